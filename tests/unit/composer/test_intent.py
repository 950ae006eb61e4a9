"""What a question is after, from its words."""

from __future__ import annotations

import pytest

from agents.composer.intent import detect_intent, find_minutes, wants_quote
from agents.planner.plan import CoachIntent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("How do I oil my katana?", "maintenance"),
        ("tell me how to look after it", "maintenance"),
        ("How often should I do that?", "how_often"),
        ("when should I oil it", "how_often"),
        ("Give me a 5-minute daily routine", "routine"),
        ("20 minutes of footwork drills please", "routine"),
        ("I have half an hour, what training should I do? two hours is too much", "routine"),
        ("what drills are there for my spear", "drills"),
        ("How do I get better at footwork? I want to improve", "drills"),
        ("How do I hold a naginata?", "handling"),
        ("how should I swing it", "handling"),
        ("The blade rattles in the scabbard", "troubleshooting"),
        ("why is my string so loose", "troubleshooting"),
        ("is it dangerous to train indoors with it", "safety"),
        ("how do I avoid injuries with it", "safety"),
        ("my shoulder hurts", "general"),
        ("what accessories go with it", "accessories"),
        ("compare the heron spear with the gatewarden spear", "compare"),
        ("what is the difference between a sai and a tonfa?", "compare"),
        ("I lost my fight and feel useless", "motivation"),
        ("give me a quote", "motivation"),
        ("tell me about the Moonbite Axe", "overview"),
        ("how many hours should I sleep", "general"),
        ("", "general"),
    ],
)
def test_the_words_tell_the_intent(text: str, intent: CoachIntent) -> None:
    assert detect_intent(text) == intent


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("a 5-minute routine", 5),
        ("twenty minutes of drills", 20),
        ("forty-five minutes", 45),
        ("half an hour", 30),
        ("a quarter of an hour", 15),
        ("an hour and a half", 90),
        ("train for 2 hours", 120),
        ("a routine", None),
        ("0 minutes", None),
        ("9999 minutes", None),
    ],
)
def test_minutes_are_found_in_figures_and_words(text: str, minutes: int | None) -> None:
    assert find_minutes(text) == minutes


def test_a_quote_is_wanted_only_when_it_is_named() -> None:
    assert wants_quote("a 5-minute routine and one motivational quote")
    assert not wants_quote("a 5-minute routine")
