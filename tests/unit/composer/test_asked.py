"""What a question asks for, and its matter."""

from __future__ import annotations

import pytest

from agents.composer.asked import asked_for
from agents.composer.matter import find_matter, without_name
from agents.composer.thesaurus import kin, same
from knowledge.store import Library
from knowledge.words import stem


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What does a new scabbard cost?", "price"),
        ("how old was the smith", "age"),
        ("Who forged it?", "maker"),
        ("how many were made", "count"),
        ("how thick is the shaft", "thickness"),
        ("how long does the oil stay on", "duration"),
        ("how long is the blade", "length"),
        ("how often do I oil it", "interval"),
        ("which oil goes on the shaft", "material"),
        ("why does it hum", "reason"),
        ("Is there a left-handed version?", "trade"),
        ("how do I hold it", None),
    ],
)
def test_the_words_tell_what_is_asked_for(text: str, kind: str | None) -> None:
    assert asked_for(text).kind == kind


@pytest.mark.parametrize(
    ("question", "answer", "holds"),
    [
        ("how thick is the shaft", "A springy ash shaft 26 mm thick.", True),
        ("how thick is the shaft", "Hold the shaft with both palms facing each other.", False),
        ("how many studs are there", "The ball carries sixteen blunt studs.", True),
        ("how many studs are there", "Take six slow steps and look at the ball.", False),
        ("what wood is it made of", "A shaft of white oak.", True),
        ("what wood is it made of", "Warm the wood for a day.", False),
        ("how do I hold it", "Anything at all.", True),
    ],
)
def test_a_sentence_holds_what_was_asked_for_or_does_not(question: str, answer: str, holds: bool) -> None:
    assert asked_for(question).in_(answer) is holds


def test_a_measure_is_nearer_to_the_part_that_it_stands_beside() -> None:
    asked = asked_for("how long is the handle")
    text = "A blade of 71 cm rides on a balanced grip of silk and skin and a handle of 26 cm."
    assert asked.nearness(text, frozenset({stem("handle")})) > asked.nearness(text, frozenset({stem("balanced")})) > 0
    assert asked.nearness("No measure at all.", frozenset({stem("measure")})) == 0


@pytest.mark.parametrize(
    ("weapon", "text", "plain"),
    [
        ("heron-spear", "the Heron Spear's shaft", "the weapon shaft"),
        ("heron-spear", "how long is my spear?", "how long is my weapon?"),
        ("kestrel-bow", "when must the Kestrel get a new string?", "when must the weapon get a new string?"),
        ("oak-kanabo", "is the Oak Kanabo made of oak?", "is the weapon made of oak?"),
        ("penitent-chain-flail", "the chain of the chain flail", "the chain of the weapon"),
    ],
)
def test_the_weapons_name_is_no_part_of_the_matter(library: Library, weapon: str, text: str, plain: str) -> None:
    shelf = library.shelf()
    assert without_name(text, shelf.manuals[weapon], shelf) == plain


def test_the_matter_is_the_telling_words_by_rarity(library: Library) -> None:
    shelf = library.shelf()
    matter = find_matter("Please, how do I oil the zeppelin of my Heron Spear?", shelf.manuals["heron-spear"], shelf)
    assert matter.words == ("oil", "zeppelin")
    assert matter.weights[1] > matter.weights[0]


def test_the_thesaurus_tells_the_same_thing_from_what_answers_for_it() -> None:
    assert stem("scabbard") in same(stem("sheath"))
    assert stem("red") not in same(stem("colour"))
    assert stem("red") in kin(stem("colour"))
    assert same(stem("zeppelin")) == {stem("zeppelin")}
