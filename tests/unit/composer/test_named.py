"""A drill that is asked for by its name, and passages that tell how something is done."""

from __future__ import annotations

import pytest

from tests.unit.composer.conftest import Asking

SPEAR = "heron-spear"


@pytest.mark.parametrize("text", ["explain Minnows", "how does the Minnows drill work?", 'what is "Minnows"?'])
def test_a_drill_that_is_named_is_told_in_full(ask: Asking, text: str) -> None:
    answer = ask(text, weapon=SPEAR, intent="drills")
    assert answer.reply.startswith("**Minnows** is a drill from the manual of the **Heron Spear**: 10 minutes")
    assert "5. Count leaves you tore as half a hit" in answer.reply


def test_a_drill_of_another_manual_is_found_without_its_weapon(ask: Asking) -> None:
    assert "Wade into calm water" in ask("how do I do Crossing the Ford?", intent="general").reply


def test_a_word_that_is_also_a_drills_name_is_no_name_within_a_question(ask: Asking) -> None:
    assert "is a drill" not in ask("are there minnows in the pond of the dojo?", weapon=SPEAR, intent="general").reply


def test_how_something_is_done_is_told_whole(ask: Asking) -> None:
    answer = ask("how should I enter a dojo properly", intent="general")
    assert "Take off your shoes" in answer.reply
    assert "Bow once" in answer.reply


def test_a_drill_for_other_styles_is_shown_where_it_is_just_what_was_asked(ask: Asking) -> None:
    assert "Rooted Pine" in ask("leg strength exercise please", intent="drills", style="Water").reply
