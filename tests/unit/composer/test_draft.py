"""Citations and Markdown of a draft."""

from __future__ import annotations

import pytest

from agents.composer.draft import Draft
from agents.composer.prose import count, listing, lower_first, material, pick, steps_named
from knowledge.split import Passage


def passage(number: int, text: str = "Text.") -> Passage:
    return Passage(f"a#{number}", "a.md", "A", "a", "axe", "S", f"S > {number}", text, number)


def test_every_sentence_is_marked_before_its_full_stop() -> None:
    assert Draft().cited("Dry it. Oil it!", passage(0)) == "Dry it [1]. Oil it [1]!"
    assert Draft().cited("two drops of oil", passage(0)) == "two drops of oil [1]"


def test_passages_are_numbered_as_they_come_and_keep_their_number() -> None:
    draft = Draft()
    draft.say(draft.cited("One.", passage(7)), draft.cited("Two.", passage(3)), draft.cited("Three.", passage(7)))
    answer = draft.answer()
    assert answer.reply == "One [1]. Two [2]. Three [1]."
    assert [(citation.n, citation.section) for citation in answer.citations] == [(1, "S > 7"), (2, "S > 3")]


def test_parts_join_to_the_reply() -> None:
    draft = Draft()
    draft.say("Lead.")
    draft.numbered(["One.", "Two."], passage(0))
    draft.say("")
    draft.bulleted(["**a**", "b"])
    answer = draft.answer()
    assert len(answer.parts) > 3
    assert "".join(answer.parts) == answer.reply == "Lead.\n\n1. One [1].\n2. Two [1].\n\n- **a**\n- b"


def test_a_passage_keeps_its_form() -> None:
    draft = Draft()
    draft.passage(passage(0, "First. Second.\n\n1. Step.\n2. Next.\n\n- Item."))
    assert draft.answer().reply == "First [1]. Second [1].\n\n1. Step [1].\n2. Next [1].\n\n- Item [1]."


def test_a_table_is_markdown_and_a_block_without_markers() -> None:
    draft = Draft()
    draft.table("T", ["", "A|B"], [["Weight", draft.cited("1.20 kg", passage(0))]])
    answer = draft.answer()
    assert answer.reply == "|  | A/B |\n| --- | --- |\n| Weight | 1.20 kg [1] |"
    assert answer.blocks == [{"type": "table", "title": "T", "columns": ["", "A|B"], "rows": [["Weight", "1.20 kg"]]}]


def test_small_words() -> None:
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert listing(["a"]) == "a"
    assert listing([]) == ""
    assert lower_first("Camellia oil") == "camellia oil"
    assert lower_first("I slip") == "I slip"
    assert material("Camellia oil, two drops, no more.") == "camellia oil (two drops, no more)"
    assert steps_named([2, 6]) == "steps 2 and 6"
    assert (count(1, "round"), count(12, "round")) == ("one round", "12 rounds")


def test_a_pick_is_steady_and_varied() -> None:
    assert pick("I lost", 6) == pick(" i LOST ", 6)
    assert len({pick(f"text {number}", 6) for number in range(60)}) == 6


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_said_is_nothing_written(text: str) -> None:
    draft = Draft()
    draft.say(text.strip())
    draft.numbered([], passage(0))
    assert draft.answer().parts == []
    assert draft.answer().citations == []
