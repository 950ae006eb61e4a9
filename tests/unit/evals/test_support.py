"""The support checker: true sentences pass, and what a slayer could be misled by does not."""

from __future__ import annotations

import pytest

from evals.support import Said, said, supported, unmarked_claim
from hashiramart.blocks import Citation
from knowledge.split import Passage

INTERVALS = Citation(
    n=1,
    source="manuals/heron-spear.md",
    section="Maintenance > Intervals",
    text=(
        "- Every fortnight: Flex the shaft gently over your knee and listen for a tick that betrays a split.\n"
        "- Every two months: Coat the ash with tung oil and the tarred cord with pine tar.\n"
        "- Yearly: Remove the cord, inspect the wood beneath and bind the neck anew."
    ),
    weapon="heron-spear",
)
OVERVIEW = Citation(
    n=2,
    source="manuals/gatewarden-spear.md",
    section="Overview",
    text="The weight of 2.20 kg is carried well forward of the middle, which gives the point authority.",
    weapon="gatewarden-spear",
)
LIGHTER = OVERVIEW.model_copy(
    update={"n": 3, "source": "manuals/heron-spear.md", "text": "At 1.70 kg with the balance near the middle."}
)
CITATIONS = {1: INTERVALS, 2: OVERVIEW, 3: LIGHTER}
PASSAGE = Passage(
    id="manuals/heron-spear.md#3",
    source="manuals/heron-spear.md",
    title="Heron Spear",
    weapon="heron-spear",
    weapon_type="spear",
    section="Maintenance",
    heading="Maintenance > Intervals",
    text=INTERVALS.text,
    position=3,
)


def only(reply: str) -> Said:
    (sentence,) = said(reply)
    return sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Coat the ash with tung oil and the tarred cord with pine tar every two months [1].",
        "Every 2 months, coat the ash of the Heron Spear with tung oil. [1]",
        "Each year, inspect the wood beneath the cord and bind the neck anew [1].",
        "It weighs 2.2 kg, carried well forward of the middle [2].",
        "The Heron Spear is lighter by 0.50 kg, with its balance near the middle [2][3].",
    ],
)
def test_what_the_passage_says_is_supported(sentence: str) -> None:
    assert supported(only(sentence), CITATIONS)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Coat the ash with tung oil every three months [1].", id="another number"),
        pytest.param("Coat the ash with tung oil every 12 months [1].", id="another number in digits"),
        pytest.param("Coat the ash with tung oil every two weeks [1].", id="another unit of time"),
        pytest.param(
            "Coat the ash with camellia oil and the tarred cord with pine tar every two months [1].",
            id="another material",
        ),
        pytest.param("The weight of 2.02 kg is carried well forward of the middle [2].", id="digits changed round"),
        pytest.param("Coat the ash with tung oil and the tarred cord with pine tar [2].", id="another passage"),
        pytest.param("Coat the ash with tung oil and the tarred cord with pine tar [7].", id="no such passage"),
        pytest.param("Sharpen the edges and polish the whole blade before a duel [1].", id="something else"),
    ],
)
def test_what_the_passage_does_not_say_is_not(sentence: str) -> None:
    assert not supported(only(sentence), CITATIONS)


def test_what_is_known_of_the_slayer_needs_no_passage() -> None:
    sentence = only("At level 7, Ren, bind the neck anew every year [1].")
    assert supported(sentence, CITATIONS, granted=["Ren", "level 7"])
    assert not supported(sentence, CITATIONS)


def test_a_claim_without_a_marker_is_noticed() -> None:
    assert unmarked_claim(only("Coat the ash with tung oil and the tarred cord with pine tar."), [PASSAGE])


@pytest.mark.parametrize(
    "sentence",
    [
        "Coat the ash with tung oil and the tarred cord with pine tar [1].",
        "This is how you flex the shaft of the Heron Spear and coat the ash with tung oil:",
        "What do you coat the ash and the tarred cord with?",
        "How often is this due: coat the ash with tung oil and the tarred cord with pine tar.",
        "You have coated the ash and the tarred cord with tung oil and pine tar 150 times.",
        "Here is what to do with the Heron Spear.",
        "Train well, Ren, and come back when the moon is full.",
        'Its manual also speaks of "Maintenance" and "Intervals".',
    ],
)
def test_what_cites_asks_leads_in_or_says_something_else_is_no_claim_without_a_source(sentence: str) -> None:
    assert not unmarked_claim(only(sentence), [PASSAGE])


def test_a_reply_is_cut_into_sentences_items_cells_and_quotations() -> None:
    reply = """
**The care of it**

Wipe it down. [1] It weighs 0.45 kg, and more [2].
A second line of the paragraph [3].

1. **Oil** it [4].
2. Dry it.

| | Heron | Gatewarden |
| --- | --- | --- |
| Weight | 1.70 kg [5] | 2.20 kg [6] |

> "Oil it thinly." [7]
>
> Genzo, an old polisher
"""
    assert said(reply) == [
        Said("Wipe it down.", (1,)),
        Said("It weighs 0.45 kg, and more.", (2,)),
        Said("A second line of the paragraph.", (3,)),
        Said("Oil it.", (4,)),
        Said("Dry it.", ()),
        Said("Heron", ()),
        Said("Gatewarden", ()),
        Said("Weight", ()),
        Said("1.70 kg", (5,)),
        Said("2.20 kg", (6,)),
        Said('"Oil it thinly." Genzo, an old polisher', (7,)),
    ]
