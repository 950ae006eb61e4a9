"""Answers for slayers whom something hurts: drills that spare it, a word of the guides, and what they told of themselves."""

from __future__ import annotations

import pytest

from agents.composer.models import CoachAnswer, Injury, Known
from agents.memory.body import loads
from tests.unit.composer.conftest import Asking

KNEE = Known(injuries=(Injury("your left knee is bad", "knee", "left", "10 March 2026"),))
WRISTS = Known(injuries=(Injury("you have trouble with your wrists", "wrist", "both", "10 March 2026"),))


def drills_of(answer: CoachAnswer) -> list[dict[str, object]]:
    (block,) = [block for block in answer.blocks if block["type"] == "routine"]
    return list(block["drills"])


@pytest.mark.parametrize("weapon", ["tidebreaker-katana", "heron-spear", "woodcutters-axe", "kestrel-bow", None])
@pytest.mark.parametrize(("known", "part"), [(KNEE, "knee"), (WRISTS, "wrist")], ids=["knee", "wrists"])
def test_a_routine_spares_what_hurts_and_says_so(known: Known, part: str, weapon: str | None, ask: Asking) -> None:
    answer = ask("give me a 20 minute routine", weapon=weapon, minutes=20, intent="routine", known=known)
    drills = drills_of(answer)
    assert drills
    assert not [one for one in drills if loads(part, f"{one['name']} {one['focus']} {one['steps']}")]
    assert sum(int(str(one["minutes"])) for one in drills) <= 20
    assert answer.reply.startswith(f"You told me on 10 March 2026 that {known.injuries[0].said}")
    assert "guides/injuries-and-rest.md" in {citation.source for citation in answer.citations}
    assert "[1]" in answer.parts[0]
    assert answer.opening == 1


def test_what_is_left_out_is_named(ask: Asking) -> None:
    whole = ask("which drills are there?", weapon="heron-spear", intent="drills")
    spared = ask("which drills are there?", weapon="heron-spear", intent="drills", known=KNEE)
    assert "I leave out what asks much of your left knee: *" in spared.reply
    assert len(spared.reply.splitlines()) != len(whole.reply.splitlines())


def test_a_drill_that_is_asked_for_by_name_is_told_with_a_word_of_care(ask: Asking) -> None:
    careful = ask("explain the drill Waking the Joints", known=KNEE)
    assert "**Waking the Joints**" in careful.reply
    assert "Go easy on your left knee" in careful.reply
    assert "Go easy" not in ask("explain the drill Waking the Joints").reply


def test_what_was_told_in_this_message_is_not_told_as_if_it_were_old(ask: Asking) -> None:
    fresh = Known(injuries=(Injury("your elbow hurts", "elbow", "", "10 March 2026", fresh=True),))
    answer = ask("a 15 minute routine with the Heron Spear", minutes=15, intent="routine", known=fresh)
    assert answer.reply.startswith("You say that your elbow hurts.")


def test_an_illness_brings_the_guides_word_on_asking_a_physician(ask: Asking) -> None:
    ill = Known(injuries=(Injury("you have a heart condition", "", "", "10 March 2026"),))
    answer = ask("a 15 minute routine with the Heron Spear", minutes=15, intent="routine", known=ill)
    assert "physician" in answer.parts[0]
    assert "[1]" in answer.parts[0]


def test_minutes_that_were_told_once_are_kept_to_where_none_are_asked_for(ask: Asking) -> None:
    told = Known(minutes=25, minutes_said="you only have 25 minutes a day")
    answer = ask("give me a routine with the Heron Spear", intent="routine", known=told)
    assert sum(int(str(one["minutes"])) for one in drills_of(answer)) == 25
    assert "You told me that you only have 25 minutes a day" in answer.reply
    asked = ask("give me a 10 minute routine with the Heron Spear", minutes=10, intent="routine", known=told)
    assert sum(int(str(one["minutes"])) for one in drills_of(asked)) == 10
    assert "You told me" not in asked.reply


def test_a_goal_is_held_up_to_who_needs_a_word_of_encouragement(ask: Asking) -> None:
    answer = ask(
        "motivate me", intent="motivation", known=Known(goals=("you want to beat Moon-ranked demons by spring",))
    )
    assert "You told me that you want to beat Moon-ranked demons by spring." in answer.reply


def test_without_anything_told_nothing_changes(ask: Asking) -> None:
    for text, intent in (
        ("a 15 minute routine with the Heron Spear", "routine"),
        ("drills for the Heron Spear", "drills"),
    ):
        assert ask(text, intent=intent).reply == ask(text, intent=intent, known=Known()).reply
        assert ask(text, intent=intent).opening == 0
