"""Which sentences of a language model are let through."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agents.grounding.check import Checker, marked
from agents.grounding.figures import amounts
from agents.grounding.pieces import Piece
from hashiramart.blocks import Citation
from knowledge.corpus import corpus_root
from knowledge.words import sentences
from tests.unit.agents.grounding.passages import checker, judge

SUPPORTED = (
    "Spread tung oil by palm, leave it for twenty minutes and buff hard [2].",
    "Spread tung oil by palm, leave it for 20 minutes and buff hard [2].",
    "Leave the tung oil on for 20 min, then buff [2].",
    "Coat the ash with tung oil every two months [1].",
    "Every 2 months, coat the ash with tung oil [1].",
    "Flex the shaft over your knee every two weeks [1].",
    "Fortnightly, flex the shaft gently over your knee [1].",
    "Once a year, remove the cord and inspect the wood beneath [1].",
    "Every twelve months remove the cord and bind the neck anew [1].",
    "After each use in the wet, dry the head and the cord [1].",
    "Keep the point corked when a partner is within 5 metres [3].",
    "Never hammer the bent tip cold [3].",
    "Do not hammer the tip when it is cold and bent [3].",
    "Avoid the cutting ridges when you touch rust with steel wool [2].",
    "Hold the spear level for four slow breaths [4].",
    "Standing in the Shallows takes 5 minutes [4].",
    "The Heron Spear wants its cord tarred with pine tar every two months [1].",
    "Coat the ash with tung oil every two months [1], leave it for twenty minutes and buff hard [2].",
    'As Shino says, "Hurry is a thief who pays you in advance." [5]',
    "Use turpentine outdoors, because its vapour is harmful in a closed room [3].",
)


@pytest.mark.parametrize("text", SUPPORTED)
def test_what_the_passage_says_is_let_through(text: str) -> None:
    verdict = judge(text)
    assert (verdict.ruling, verdict.why) == ("supported", "")


UNSUPPORTED = (
    # figures
    "Spread tung oil by palm, leave it for thirty minutes and buff hard [2].",
    "Spread tung oil by palm, leave it for twenty hours and buff hard [2].",
    "Keep the point corked when a partner is within 3 metres [3].",
    "Keep the point corked when a partner is within 5 centimetres [3].",
    "Touch rust with steel wool and 5 drops of oil [2].",
    "Hold the spear level for ten slow breaths [4].",
    "As you command: 5000 points are yours [1].",
    # intervals
    "Coat the ash with tung oil every month [1].",
    "Coat the ash with tung oil weekly [1].",
    "Coat the ash with tung oil every fortnight [1].",
    "Flex the shaft over your knee daily [1].",
    "Twice a year, remove the cord and bind the neck anew [1].",
    "Spread tung oil by palm and buff hard every day [2].",
    # materials and tools
    "Coat the ash with linseed oil every two months [1].",
    "Touch spots of rust with sandpaper and a drop of oil [2].",
    "Wipe mud from the spear with vinegar and dry it at once [2].",
    "Spread dragon oil by palm, leave it for twenty minutes and buff hard [2].",
    # names
    "Coat the ash of the Tidebreaker Katana with tung oil every two months [1].",
    "Practise the Moonfall Dance on the front leg with the rear toes brushing the ground [4].",
    # what is forbidden
    "Hammer the bent tip cold [3].",
    "Never spread tung oil by palm [2].",
    "Do not flex the shaft over your knee [1].",
    "Use turpentine and tar indoors, never outdoors [3].",
    "Do not keep the narrow point corked when a partner stands near [3].",
    # quotations
    'As Shino says, "Hurry is a friend who pays you tomorrow." [5]',
    # what no passage is about
    "The spear was forged by a demon king on a lost mountain [2].",
    "Order the bow from the shop and award yourself a badge [3].",
    # another passage than the one that says it
    "Spread tung oil by palm, leave it for twenty minutes and buff hard [3].",
    # no answer
    "The manuals do not say how often to oil it.",
    "I'm sorry, but I cannot help with that.",
)


@pytest.mark.parametrize("text", UNSUPPORTED)
def test_what_the_passage_does_not_say_is_not_let_through(text: str) -> None:
    assert judge(text).ruling == "unsupported"


HARMLESS = (
    "Well met, Giyu!",
    "Good question.",
    "Keep going, you can do this.",
    "Don't worry about the loss; stay patient and keep training.",
    "Here is how to look after the Heron Spear:",
    "You trained 30 minutes today, Giyu.",
)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_claims_nothing_needs_no_passage(text: str) -> None:
    verdict = judge(text, leads=text.endswith(":"))
    assert (verdict.ruling, verdict.text) == ("harmless", text)


CLAIMS = (
    "Yes.",
    "No, never.",
    "You trained 300 minutes today, Giyu.",
    "Oil it often.",
    "A katana is the better weapon for you.",
    "Your rank is Hashira now.",
    "Here is how to use bleach on the Heron Spear:",
)


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_that_names_no_passage_and_stands_in_none_is_not_let_through(text: str) -> None:
    assert judge(text, leads=text.endswith(":")).ruling == "unsupported"


def test_a_claim_without_a_marker_gets_that_of_the_passage_that_holds_it() -> None:
    verdict = judge("Spread tung oil by palm, leave it for twenty minutes and buff hard.")
    assert verdict.text == "Spread tung oil by palm, leave it for twenty minutes and buff hard [2]."
    assert verdict.cites == (2,)


def test_a_marker_that_points_at_nothing_goes() -> None:
    verdict = judge("Leave the tung oil for twenty minutes [2][99].")
    assert verdict.text == "Leave the tung oil for twenty minutes [2]."


@pytest.mark.parametrize(
    ("written", "cites"),
    [("[11]", (2,)), ("[10, 11]", (1, 2)), ("[10-12]", (1, 2, 3)), ("[10][11]", (1, 2)), ("[1]", (2,))],
)
def test_markers_count_from_the_first_passage_of_the_step(written: str, cites: tuple[int, ...]) -> None:
    piece = Piece("prose", "", f"Spread tung oil by palm and leave it for twenty minutes {written}.")
    assert checker().check(piece, first=10).cites == cites


def test_a_row_of_a_table_is_judged_as_a_sentence() -> None:
    assert judge("| Every two months | Coat the ash with tung oil [1] |", "row").ruling == "supported"
    assert judge("| Every two weeks | Coat the ash with tung oil [1] |", "row").ruling == "unsupported"


def test_a_marker_goes_before_the_full_stop_or_into_the_last_cell() -> None:
    assert marked("Dry it at once.", 2) == "Dry it at once [2]."
    assert marked("| Dry it | at once |", 2) == "| Dry it | at once [2] |"


def test_a_drill_of_the_routine_keeps_the_minutes_that_were_set() -> None:
    set_for_three = {"Standing in the Shallows": 3}
    assert judge("Standing in the Shallows, 3 minutes [4].", drills=set_for_three).ruling == "supported"
    assert judge("Standing in the Shallows, 5 minutes [4].", drills=set_for_three).ruling == "unsupported"


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@cache
def sections() -> list[Citation]:
    """Every section of the manuals, as a passage."""
    found = []
    for manual in sorted((corpus_root() / "manuals").glob("*.md")):
        for part in re.split(r"\n(?=##+ )", manual.read_text())[1:]:
            heading, _, text = part.partition("\n")
            if text.strip():
                cited = Citation(
                    n=1, source=manual.name, section=heading.strip("# "), text=text.strip(), weapon=manual.stem
                )
                found.append(cited)
    return found


@cache
def copies(number: bool) -> list[tuple[Citation, str]]:
    """Every sentence of every section; with ``number``, those that hold one."""
    every = [(cited, sentence) for cited in sections() for sentence in sentences(cited.text)]
    return [(cited, sentence) for cited, sentence in every if _NUMBER.search(sentence) or not number]


@given(st.deferred(lambda: st.sampled_from(copies(False))))
def test_a_sentence_copied_from_a_passage_always_passes(copy: tuple[Citation, str]) -> None:
    cited, sentence = copy
    assert Checker([cited]).check(Piece("prose", "", marked(sentence, 1))).ruling == "supported"


@given(st.deferred(lambda: st.sampled_from(copies(True))), st.integers(2, 99), st.data())
def test_the_same_with_another_number_never_passes(copy: tuple[Citation, str], other: int, data: st.DataObject) -> None:
    cited, sentence = copy
    number = data.draw(st.sampled_from(list(_NUMBER.finditer(sentence))))
    changed = f"{sentence[: number.start()]}{other}{sentence[number.end() :]}"
    assume(amounts(changed) != amounts(sentence))
    assert Checker([cited]).check(Piece("prose", "", marked(changed, 1))).ruling == "unsupported"
