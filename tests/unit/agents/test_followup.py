"""Follow-ups that are rewritten into questions which stand alone."""

from __future__ import annotations

from typing import Any

import pytest

from agents.followup import Standalone, remember, standalone
from agents.planner.plan import Step
from agents.state import LastQuestion, Memory

OIL = LastQuestion(
    text="how do I oil the Heron Spear?", intent="maintenance", weapon="heron-spear", other_weapon=None, minutes=None
)
ROUTINE = LastQuestion(
    text="a 15 minute routine with the Tidebreaker",
    intent="routine",
    weapon="tidebreaker-katana",
    other_weapon=None,
    minutes=15,
)
COMPARISON = LastQuestion(
    text="compare the Tidebreaker and the Oak Kanabo",
    intent="compare",
    weapon="tidebreaker-katana",
    other_weapon="oak-kanabo",
    minutes=None,
)


def after(last: LastQuestion, text: str, **planned: Any) -> Standalone:
    """What a message means after a question; the planner, if not told otherwise, keeps its intent and weapon."""
    slots = {"intent": last["intent"], "weapon": last["weapon"], "refers_back": True, **planned}
    return standalone(text, Step(specialist="coach", text=text, **slots), Memory(question=last))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("shorter please", "shorter"),
        ("in short, please", "shorter"),
        ("too long", "shorter"),
        ("less detail", "shorter"),
        ("tell me more", "longer"),
        ("more details please", "longer"),
        ("too short", "longer"),
        ("simpler", "simpler"),
        ("could you explain that more simply?", "simpler"),
        ("I don't get it", "simpler"),
        ("what do you mean?", "simpler"),
        ("can you repeat that?", None),
        ("put that in a table please", None),
    ],
)
def test_another_shape_is_the_last_question_again(text: str, shape: str | None) -> None:
    asked = after(OIL, text)
    assert (asked.text, asked.intent, asked.weapon, asked.shape) == (OIL["text"], "maintenance", "heron-spear", shape)


@pytest.mark.parametrize(
    ("text", "rewritten", "intent"),
    [
        ("how often?", "how often should I oil the Heron Spear?", "how_often"),
        ("and how often should I do that?", "how often should I oil the Heron Spear?", "how_often"),
        ("when?", "when should I oil the Heron Spear?", "how_often"),
        ("why?", "why should I oil the Heron Spear?", "general"),
        ("how long does that take?", "how long does it take to oil the Heron Spear?", "general"),
        ("with what?", "what do I need to oil the Heron Spear?", "maintenance"),
        ("which oil?", "which oil do I use to oil the Heron Spear?", "general"),
        ("is that dangerous?", "is it dangerous to oil the Heron Spear?", "safety"),
        ("what if I skip it?", "what happens if I do not oil the Heron Spear?", "maintenance"),
    ],
)
def test_a_bare_question_word_asks_about_the_same_thing(text: str, rewritten: str, intent: str) -> None:
    asked = after(OIL, text)
    assert (asked.text, asked.intent, asked.weapon) == (rewritten, intent, "heron-spear")


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("and the tip?", "how do I oil the tip of the Heron Spear?"),
        ("and the handle?", "how do I oil the handle of the Heron Spear?"),
        ("what about sharpening?", "how do I go about sharpening the Heron Spear?"),
        ("and in winter?", "how do I oil the Heron Spear, in winter?"),
        ("and for a beginner?", "how do I oil the Heron Spear, for a beginner?"),
    ],
)
def test_another_part_keeps_the_kind_of_question(text: str, rewritten: str) -> None:
    asked = after(OIL, text, intent="troubleshooting")  # as the planner takes a bare noun
    assert (asked.text, asked.intent, asked.weapon) == (rewritten, "maintenance", "heron-spear")


@pytest.mark.parametrize(
    ("last", "text", "weapon", "rewritten"),
    [
        (OIL, "and for the Gatewarden?", "gatewarden-spear", "how do I oil the Gatewarden Spear?"),
        (OIL, "what about the second one?", "oak-kanabo", "how do I oil the Oak Kanabo?"),
        (OIL, "for my katana?", "recruits-katana", "how do I oil the Recruits Katana?"),
        (ROUTINE, "and for the Heron Spear?", "heron-spear", "a 15 minute routine with the Heron Spear"),
    ],
)
def test_another_weapon_takes_the_place_of_the_last(last: LastQuestion, text: str, weapon: str, rewritten: str) -> None:
    asked = after(last, text, weapon=weapon)
    assert (asked.text, asked.intent, asked.weapon) == (rewritten, last["intent"], weapon)
    assert asked.minutes == last["minutes"]


def test_another_weapon_is_compared_with_the_same_one() -> None:
    asked = after(COMPARISON, "and the Heron Spear?", weapon="heron-spear")
    assert asked.text == "compare the Tidebreaker and the Heron Spear"
    assert (asked.weapon, asked.other_weapon) == ("tidebreaker-katana", "heron-spear")


@pytest.mark.parametrize(
    "text",
    [
        "again but 20 minutes",
        "make it 20 minutes",
        "only twenty minutes please",
        "a shorter one, 20 minutes",
        "can we do twenty minutes instead?",
    ],
)
def test_another_length_keeps_the_session(text: str) -> None:
    asked = after(ROUTINE, text)
    assert (asked.text, asked.intent, asked.minutes) == ("a 20 minute routine with the Tidebreaker", "routine", 20)


def test_a_word_is_asked_about_on_the_weapon_that_was_spoken_of() -> None:
    assert after(OIL, "what do you mean by tsuba?") == Standalone(
        "what is the tsuba of the Heron Spear?", "general", "heron-spear"
    )


@pytest.mark.parametrize(
    "text",
    [
        "how do I sharpen the Heron Spear?",
        "give me a drill for my footwork",
        "is it safe to train in the rain?",
        "I lost my last fight and my hands hurt, what should I change about my stance tomorrow?",
    ],
)
def test_a_question_that_stands_alone_stays_as_it_is(text: str) -> None:
    assert after(OIL, text).text == text


def test_it_becomes_the_weapons_name() -> None:
    assert after(OIL, "how do I sharpen it?").text == "how do I sharpen the Heron Spear?"


def test_without_an_earlier_question_nothing_is_taken_over() -> None:
    step = Step(specialist="coach", text="how often?", intent="how_often")
    assert standalone("how often?", step, Memory()) == Standalone("how often?", "how_often")


def test_follow_ups_of_follow_ups_are_understood() -> None:
    memory: Memory = remember({}, Standalone(OIL["text"], "maintenance", "heron-spear"))
    asked = []
    for text, weapon in (
        ("how often?", "heron-spear"),
        ("and for the Gatewarden?", "gatewarden-spear"),
        ("shorter", "gatewarden-spear"),
    ):
        step = Step(specialist="coach", text=text, intent=memory["question"]["intent"], weapon=weapon, refers_back=True)
        question = standalone(text, step, memory)
        memory = remember(memory, question)
        asked.append(question.text)
    assert asked == [
        "how often should I oil the Heron Spear?",
        "how often should I oil the Gatewarden Spear?",
        "how often should I oil the Gatewarden Spear?",
    ]
    assert memory["weapon"] == "gatewarden-spear"


def test_the_memory_keeps_what_is_not_the_coachs() -> None:
    memory = remember(Memory(weapons=["oak-kanabo"], route=["recommender"]), Standalone("a quote please", "motivation"))
    assert memory["weapons"] == ["oak-kanabo"]
    assert memory["route"] == ["recommender"]
    assert memory["question"]["text"] == "a quote please"
