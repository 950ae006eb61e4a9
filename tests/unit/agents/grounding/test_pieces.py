"""How a stream is cut into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.grounding.pieces import Piece, Splitter

ANSWER = """\
Well met. Here is how it goes:

## Care
1. Wipe it dry. Then oil it [1].
2. Wait 1.5 hours [2].

- **Daily:** dry it, e.g. with paper [1].
Oil it.[2] Then sheathe it! [3] Done

| When | What |
| --- | --- |
| Weekly | Oil [1] |
"""


def cut(*deltas: str) -> list[Piece]:
    splitter = Splitter()
    return [piece for delta in deltas for piece in splitter.feed(delta)] + splitter.finish()


def test_sentences_items_rows_and_headings_are_pieces() -> None:
    assert [(piece.kind, piece.text) for piece in cut(ANSWER)] == [
        ("prose", "Well met."),
        ("prose", "Here is how it goes:"),
        ("heading", "Care"),
        ("item", "Wipe it dry. Then oil it [1]."),
        ("item", "Wait 1.5 hours [2]."),
        ("item", "**Daily:** dry it, e.g. with paper [1]."),
        ("prose", "Oil it.[2]"),
        ("prose", "Then sheathe it! [3]"),
        ("prose", "Done"),
        ("row", "| When | What |"),
        ("rule", "| --- | --- |"),
        ("row", "| Weekly | Oil [1] |"),
    ]


@pytest.mark.parametrize("size", range(1, 12))
def test_how_the_stream_is_chopped_makes_no_difference(size: int) -> None:
    assert cut(*(ANSWER[start : start + size] for start in range(0, len(ANSWER), size))) == cut(ANSWER)


@given(st.lists(st.text(alphabet="ab.|-1 \n[]*#", max_size=8), max_size=10))
def test_nothing_of_a_stream_is_lost(deltas: list[str]) -> None:
    assert "".join(piece.lead + piece.text for piece in cut(*deltas)).rstrip() == "".join(deltas).rstrip()


def test_a_sentence_comes_out_before_the_next_one_is_complete() -> None:
    assert [piece.text for piece in Splitter().feed("Oil it every day [1]. Then")] == ["Oil it every day [1]."]
