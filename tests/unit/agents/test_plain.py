"""The last look at the door."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.plain import joined, plain, plain_block

UNTOUCHED = (
    "Oil the blade [1][2], then wait 20 minutes [3].",
    "**1. Minnows** (10 minutes, small thrusts [4])",
    "| Length | 230 cm [1] | 74 cm [2] |",
    "Below level 10: 3 < 4, and 5 > 4.",
    "`hashira ingest` reads them in.",
    "Keep the *point* corked; cords/ropes too. [12]",
    "He said: \u201crain does not push the door\u201d [1].",
)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_an_honest_sentence_is_left_alone(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See [the guide](https://evil.example/a) now.", "See the guide now."),
        ("Look ![seal](https://evil.example/p.png?n=Giyu) here.", "Look  here."),
        ("Go to https://evil.example/a now.", "Go to now."),
        ("A <b>bold</b> claim [1].", "A bold claim [1]."),
        ("Oil\u200b it [1].", "Oil it [1]."),
    ],
)
def test_only_the_words_stay(text: str, left: str) -> None:
    assert plain(text) == left


@pytest.mark.parametrize(
    "text", ["[1](https://evil.example)", "[1]: https://evil.example", "![1](https://evil.example)"]
)
def test_a_marker_is_no_way_to_smuggle_a_link(text: str) -> None:
    assert "evil.example" not in plain(text)


@pytest.mark.parametrize("text", ["<img src=x onerror=", "<marquee title='a.", "text <svg/onload=alert(1)"])
def test_a_tag_that_is_closed_later_does_not_begin(text: str) -> None:
    assert not re.search(r"<[a-z]", plain(text))


@pytest.mark.parametrize("delta", ["(https://evil.example)", "[ref]", ": https://evil.example"])
def test_two_pieces_do_not_join_into_a_link(delta: str) -> None:
    assert joined("a [word]", delta).startswith(" ")


def test_a_blocks_texts_are_plain_and_its_own_paths_stay() -> None:
    block = {"type": "table", "rows": [["<b>x</b>", "![i](https://evil.example)"]], "picture": "/weapons/1/picture.svg"}
    assert plain_block(block) == {"type": "table", "rows": [["x", ""]], "picture": "/weapons/1/picture.svg"}


@given(st.text(alphabet="ab [](){}<>!/:.1-\n\"'`", max_size=60))
def test_looking_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
