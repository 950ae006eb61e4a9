"""What a slayer takes back in the same breath is not planned."""

from __future__ import annotations

import re

import pytest

from agents.planner.corrections import settled


def names(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"Heron Spear|Oak Kanabo|bows|axes", text)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("log 1 hour of training, no wait, 40 minutes", "log 40 minutes of training"),
        ("log 20, sorry, 30 minutes of training", "log 30 minutes of training"),
        ("20 minutes of training, sorry, 30 minutes of training", "30 minutes of training"),
        ("a bow under 300, no, 250 coins please", "a bow under 250 coins please"),
        ("won 2, I mean 3 battles with the Oak Kanabo", "won 3 battles with the Oak Kanabo"),
        ("buy the Heron Spear, no wait, the Oak Kanabo", "buy the Oak Kanabo"),
        ("no, with the Oak Kanabo", "with the Oak Kanabo"),
    ],
)
def test_only_the_second_thought_stays(said: str, meant: str) -> None:
    assert settled(said, names) == meant


@pytest.mark.parametrize(
    "said",
    [
        "log 20 minutes of training, actually 2 battles too",
        "log 30 minutes, no 2 demons were there",
        "bows, no axes",
        "actually 20 minutes",
        "recommend weapons, no more than 300 coins",
        "compare the Heron Spear and the Oak Kanabo, no rush",
    ],
)
def test_what_takes_nothing_back_stays_as_it_is(said: str) -> None:
    assert settled(said, names) == said
