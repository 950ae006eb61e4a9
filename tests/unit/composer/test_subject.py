"""Which manual a question is about."""

from __future__ import annotations

from typing import Any

import pytest

from agents.composer.models import CoachQuestion
from agents.composer.subject import ask_for_weapon, find_subject, named_types, named_weapons
from knowledge.store import Library


def slug(library: Library, text: str, **known: Any) -> str | None:
    subject = find_subject(CoachQuestion(text, **known), library.shelf())
    return subject.slug if subject else None


def test_the_resolved_weapon_wins_over_the_words(library: Library) -> None:
    assert slug(library, "how do I oil a katana?", weapon="heron-spear") == "heron-spear"


@pytest.mark.parametrize("text", ["oil the Heron Spear", "the heron spear's shaft", "Is HERON-SPEAR any good?"])
def test_a_named_weapon_is_found_in_any_spelling(library: Library, text: str) -> None:
    assert slug(library, text) == "heron-spear"


def test_the_name_without_its_kind_is_enough(library: Library) -> None:
    assert slug(library, "how do I oil my tidebreaker?") == "tidebreaker-katana"


def test_weapons_come_in_the_order_in_which_they_are_named(library: Library) -> None:
    found = named_weapons("compare the Moonbite Axe with the Heron Spear", library.shelf())
    assert [entry.weapon for entry in found] == ["moonbite-axe", "heron-spear"]


def test_a_type_means_the_owned_one_then_the_one_for_the_style(library: Library) -> None:
    assert slug(library, "how do I hold a naginata?", owned=["wisteria-naginata"], style="Wind") == "wisteria-naginata"
    assert slug(library, "how do I hold a naginata?", style="Wind") == "gale-crescent-naginata"


def test_a_manual_that_was_chosen_for_a_type_says_so(library: Library) -> None:
    subject = find_subject(CoachQuestion("how do I hold a naginata?", style="Wind"), library.shelf())
    assert subject is not None
    assert "Gale Crescent Naginata, which suits Wind Breathing" in subject.note


def test_types_are_told_apart_and_a_whip_sword_is_no_second_sword(library: Library) -> None:
    shelf = library.shelf()
    assert named_types("a whip sword or two axes", shelf) == [("whip sword",), ("axe",)]
    assert named_types("war fans", shelf) == [("war fans",)]
    assert named_types("do I bow before a bout?", shelf) == []
    assert named_types("do I string a bow?", shelf) == [("bow",)]


def test_it_means_the_only_weapon_owned(library: Library) -> None:
    assert slug(library, "how do I oil it?", owned=["heron-spear"]) == "heron-spear"
    assert slug(library, "how do I oil it?", owned=["heron-spear", "kestrel-bow"]) is None
    assert slug(library, "how many hours should I sleep?", owned=["heron-spear"]) is None


def test_an_unknown_weapon_is_no_other_weapon(library: Library) -> None:
    assert slug(library, "how do I oil my katana?", weapon="dragon-katana") is None


def test_the_question_back_names_what_the_slayer_owns(library: Library) -> None:
    shelf = library.shelf()
    assert "Heron Spear or Kestrel Bow" in ask_for_weapon(
        CoachQuestion("?", owned=["heron-spear", "kestrel-bow"]), shelf
    )
    assert "Heron Spear" in ask_for_weapon(CoachQuestion("?", owned=["heron-spear"]), shelf)
    assert "Dragon Katana" in ask_for_weapon(CoachQuestion("?", weapon="dragon-katana"), shelf)
