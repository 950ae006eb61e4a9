"""Is what an answer says in the passages that it cites? A check of its own, apart from the product's.

A sentence is supported when most of its content words stand in the passages that its markers point at, and with them every
number, every measure of time and every material: these are what a slayer acts on, so one that was swapped counts as false
however well the rest of the sentence agrees.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from hashiramart.blocks import Citation
from knowledge.split import Passage
from knowledge.words import stem, terms, words

WORDS_SHARE = 0.8
CLAIM_SHARE, CLAIM_WORDS = 0.6, 4

_MARKER = re.compile(r"\[(\d+)\]")
_LIST_MARK = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?")
_TITLE = re.compile(r"^\s*(?:#{1,6}\s+.*|\*\*[^*]+\*\*:?)\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_END = re.compile(r"""[.!?]["'”’)*_]*(?:\s*\[\d+\])*(?=\s+["'“‘*_A-Z0-9]|\s*$)""")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUESTION = re.compile(r"(?:How (?:often|many|much|long)|Which|Who|What (?:is|are|do|does|should|must))\b")
_QUOTED = re.compile(r'["“]([^"”]*)["”]')

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_UNITS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
NUMBER_WORDS = {  # without "one", which is a pronoun as often as a number
    **{word: str(value) for value, word in enumerate(_UNITS, 2)},
    **{word: str(value) for value, word in enumerate(_TEENS, 10)},
    **{word: str(value) for word, value in _TENS.items()},
    **{f"{ten} {word}": str(value + unit) for ten, value in _TENS.items() for unit, word in enumerate(_UNITS, 2)},
    "hundred": "100",
}
_TIME_TEXT = "second minute hour day week fortnight month quarter year midsummer midwinter"
_MATERIALS_TEXT = """
    alcohol ash bamboo bean beech beeswax brass bronze camellia carnauba ceramic chalk chamois charcoal choji citrus clove copper
    cotton deerskin fat flannel glue goose grease hemp horn iron lacquer lanolin lard leather linen linseed magnolia mineral mink
    mulberry neatsfoot nuguigami oak oil paraffin persimmon pine resin rattan rosin rubber salt sandpaper shellac silk soap spirit
    starch steel talc tallow tannin tar tsubaki tung turpentine uchiko urushi vinegar walnut wax wool
"""
_FRAME_TEXT = "among answer breathing guide level list manual nearest problem question section style"
_TIME, _MATERIALS, _FRAME = (
    frozenset(stem(word) for word in text.split()) for text in (_TIME_TEXT, _MATERIALS_TEXT, _FRAME_TEXT)
)  # the last are words by which an answer speaks of the manuals and of itself, and not of weapons
_KILOGRAMS = re.compile(r"(\d+(?:\.\d+)?) ?kg\b")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, list item or table cell of a reply, without its markup, and the markers that it carries."""

    text: str
    markers: tuple[int, ...]


def said(reply: str) -> list[Said]:
    """Split a reply into what it says; headings and titles on a line of their own are left out."""
    found: list[Said] = []
    for line in _joined(reply):
        if _TITLE.match(line):
            continue
        if line.lstrip().startswith("|"):
            pieces = [] if _RULE.match(line) else line.strip().strip("|").split("|")
        elif line.lstrip().startswith(">"):
            pieces = [line.replace(">", " ")]  # a quotation and who said it
        else:
            pieces = _cut(_LIST_MARK.sub("", line, count=1))
        for piece in pieces:
            markers = tuple(int(number) for number in _MARKER.findall(piece))
            text = " ".join(re.sub(r"[*_`]|\s*\[\d+\]", "", piece).split())
            if text:
                found.append(Said(text, markers))
    return found


def supported(sentence: Said, citations: Mapping[int, Citation], granted: Collection[str] = ()) -> bool:
    """Whether the passages that a sentence cites say it.

    Args:
        sentence: with at least one marker.
        citations: the answer's citations by number.
        granted: words and numbers that need no passage, such as the slayer's name and level.
    """
    if any(number not in citations for number in sentence.markers):
        return False
    passages = [citations[number] for number in sentence.markers]
    texts = [f"{_named(passage.source)} {passage.section} {passage.text}" for passage in passages]
    known = _Content.of(" ".join(texts))
    given = _Content.of(" ".join(granted))
    claim = _Content.of(sentence.text)
    numbers = claim.numbers - known.numbers - given.numbers
    if claim.hard - known.hard - given.hard or numbers - _differences(texts):
        return False
    return _share(claim.words, known.words | given.words | _FRAME) >= WORDS_SHARE


def unmarked_claim(sentence: Said, passages: Sequence[Passage]) -> bool:
    """Whether a sentence tells what stands in a passage and does not cite it.

    A lead-in (with a colon), a question, and a sentence that only names the weapon or chapters of its manual do not; nor does one
    with numbers of its own, such as the minutes that a slayer has trained today.
    """
    if sentence.markers or sentence.text.endswith((":", "?")) or _QUESTION.match(sentence.text):
        return False
    chapters = {name.lower() for passage in passages for name in passage.heading.split(" > ")}
    text = _QUOTED.sub(lambda quoted: "" if quoted[1].lower() in chapters else quoted[0], sentence.text)
    claim = _Content.of(text)
    for passage in passages:
        known = _Content.of(passage.embedded_text)
        told = claim.words - _FRAME - _Content.of(_named(passage.source)).words
        if len(told) >= CLAIM_WORDS and claim.numbers <= known.numbers and _share(told, known.words) >= CLAIM_SHARE:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Content:
    """What a text says: the stems of its content words, its numbers, and those words that nothing may be put in place of."""

    words: frozenset[str]
    numbers: frozenset[str]
    hard: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=4096)  # a passage is looked at for every sentence
    def of(text: str) -> _Content:
        plain = _digits(text)
        stems = frozenset(term for term in terms(plain) if not _NUMBER.fullmatch(term))
        numbers = frozenset(_normal(word) for word in words(plain) if _NUMBER.fullmatch(word))
        return _Content(stems, numbers, stems & (_TIME | _MATERIALS))


def _digits(text: str) -> str:
    """Number words as digits, so that "twenty minutes" and "20 minutes" say the same."""
    lowered = re.sub(r"\bdaily\b", "every day", text.lower().replace("-", " "))
    return _NUMBER_WORD.sub(lambda match: NUMBER_WORDS[" ".join(match[0].split())], lowered)


_NUMBER_WORD = re.compile(
    r"\b(?:" + "|".join(word.replace(" ", r"\s+") for word in sorted(NUMBER_WORDS, key=len, reverse=True)) + r")\b"
)


def _normal(number: str) -> str:
    """One spelling for a number: 1.70 is 1.7."""
    return f"{float(number):g}"


def _share(claim: Collection[str], known: Collection[str]) -> float:
    return sum(word in known for word in claim) / len(claim) if claim else 1.0


def _differences(texts: Sequence[str]) -> set[str]:
    """By how many kilograms the weapons of several passages differ: a comparison works that out itself."""
    weights = [float(weight) for text in texts for weight in _KILOGRAMS.findall(text)]
    return {_normal(f"{abs(one - other):.2f}") for one, other in combinations(weights, 2)}


def _named(source: str) -> str:
    """The document's name in words: a passage's text need not repeat it."""
    return source.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("-", " ")


def _joined(reply: str) -> list[str]:
    """The lines of a reply; a paragraph or a quotation that runs over lines is one."""
    lines: list[str] = []
    open_paragraph = False
    for line in reply.splitlines():
        if line.lstrip().startswith(">") and lines and lines[-1].lstrip().startswith(">") and open_paragraph:
            lines[-1] += " " + line.strip()
            continue
        starts = bool(re.match(r"^\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|>|\|)", line)) or _TITLE.match(line) is not None
        if line.strip() and open_paragraph and not starts:
            lines[-1] += " " + line.strip()
        elif line.strip():
            lines.append(line)
        open_paragraph = bool(line.strip()) and not line.lstrip().startswith(("|", "#")) and _TITLE.match(line) is None
    return lines


def _cut(text: str) -> list[str]:
    pieces, start = [], 0
    for end in _END.finditer(text):
        pieces.append(text[start : end.end()])
        start = end.end()
    return [piece for piece in (*pieces, text[start:]) if piece.strip()]
