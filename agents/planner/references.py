"""Back references: "it", "that one", "the second", "my blade". What they point to is decided in ``slots``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_ORDINALS = {
    "first": 1, "1st": 1, "top": 1, "former": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "last": -1, "latter": -1, "bottom": -1,
}  # fmt: skip
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}  # "number one" is more often praise than a place in a list
_ORDINAL_WORD = "|".join(_ORDINALS)
_GENERIC = r"(?:weapons?|blades?|swords?|steel|edge|arms?|gear|pieces?|tools?)"
_THING = rf"(?:ones?|options?|choices?|picks?|suggestions?|recommendations?|cards?|results?|items?|{_GENERIC})"

_ORDINAL = re.compile(
    rf"\b(?:the|your|that|number|no\.?|option|#)\s*(?P<word>{_ORDINAL_WORD})(?:\s+{_THING}|\s+(?P<type>[a-z]+))?\b"
    rf"|\b(?P<bare>{_ORDINAL_WORD})\s+(?:one|option|pick|choice|suggestion|recommendation|card)\b"
    rf"|(?:\bnumber|\boption|\bno\.?|#)\s*(?P<digit>[1-9]|{'|'.join(_NUMBERS)})\b"
    r"|\b(?:with|about|buy|order|take|get|of|clean|oil|hold|why) number (?P<one>one)\b",
    re.IGNORECASE,
)
_NOT_ORDINAL_TYPE = frozenset({"time", "thing", "step", "day", "night", "week", "fight", "battle", "duel", "session", "month",
                               "year", "two", "three", "lesson", "drill", "exercise", "hour", "minute"})  # fmt: skip
_BOTH = re.compile(
    r"\b(?:the\s+|those\s+|these\s+)?first\s+(?:two|2)\b|\btop\s+(?:two|2)\b(?=\s*(?:$|[.,;?!]|of\b|and\b))|\bboth\b|(?<!er\sof\s)(?<!ter\sone\sof\s)(?<!est\sof\s)(?<!best\sof\s)\bthe\s+two\b|\b(?:those|these)\s+two\b",
    re.IGNORECASE,
)
# "it" that stands for nothing: the weather, the hour, "is it safe to ..", "how is it going", "log it".
_EMPTY_IT = re.compile(
    r"\b(?:is|was|would|will|makes?|isn't|wasn't)\s+it\s+(?:be\s+)?(?:\w+\s+)?(?:\w+)\s+(?:to(?!\s+\w+\W*$)|if|that|when)\b"
    r"|\bit(?:'s|\s+is|\s+was)\s+(?:raining|snowing|late|early|time|over|cold|dark|night|my|me|possible|true|been|ok|okay|fine)\b"
    r"|\b(?:it\s+(?:down|up))\b|\bgoing\b|\b(?:that's|that\s+is)\s+(?:it|all)\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|its|itself)\b", re.IGNORECASE)
_THEM = re.compile(r"\b(?:them|they|their|these|those)\b", re.IGNORECASE)
_THAT = re.compile(
    rf"\b(?:this|that|the\s+same|the\s+other|the)\s+(?:one\b|{_GENERIC}\b|thing\b)|\b(?:the\s+same|the\s+other)\s*[?.!,]?$"
    r"|\b(?:that|this)(?:'s|\s+is)?\s*(?:[?.!,;]|$)"
    r"|\b(?:do|doing|with|for|of|like|than|about|as|use|using|wield|wielding|hold|holding|on|to|clean|oil|practise|practice|train|repeat|buy|"
    r"take|want|paint|draw|picture|log|after|did|done)\s+(?:that|this)\b(?!\s+(?:i|you|he|she|they|we|a|an|the|my|is|are|does|do|can|will|fits|suits)\b)"
    r"|\bwhy\s+(?:that|this)\b|\b(?:is|was)\s+(?:that|this)\b|^(?:that|this)\s+(?:is|was|looks|seems|does)\b|\b(?:the\s+one)\s+(?:you|we|i|from|that)\b",
    re.IGNORECASE,
)
_MINE = re.compile(
    rf"\b(?:my|mine)\b(?:\s+(?:new|old|own|trusty|current|rare|common|uncommon|epic|legendary|favou?rite|beloved))*\s*(?P<noun>{_GENERIC})\b",
    re.IGNORECASE,
)


class Reference(NamedTuple):
    """What in a clause points back.

    Attributes:
        pronoun: "it", "that one", "the same", "the blade".
        plural: "them", "those".
        ordinal: 1 for "the first one", -1 for the last; None without one.
        other: the second of two places: "the first with the third".
        pair: "both", "the first two".
        mine: "my blade", "my sword": one of the slayer's own.
    """

    pronoun: bool = False
    plural: bool = False
    ordinal: int | None = None
    other: int | None = None
    pair: bool = False
    mine: bool = False

    def __bool__(self) -> bool:
        return self.pronoun or self.plural or self.pair or self.mine or self.ordinal is not None


def find(clause: str) -> Reference:
    """The back references in ``clause``. "that" as a conjunction and "it" for the weather are none."""
    plain = _EMPTY_IT.sub(" ", clause)
    pair = _BOTH.search(plain) is not None
    places = [] if pair else _ordinals(plain)
    return Reference(
        pronoun=_IT.search(plain) is not None or _THAT.search(plain) is not None,
        plural=_THEM.search(plain) is not None,
        ordinal=places[0] if places else None,
        other=places[1] if len(places) > 1 else None,
        pair=pair,
        mine=_MINE.search(plain) is not None,
    )


def merge(found: Iterable[Reference]) -> Reference:
    """The references of several clauses as one."""
    all_ = list(found)
    return Reference(
        pronoun=any(reference.pronoun for reference in all_),
        plural=any(reference.plural for reference in all_),
        ordinal=next((reference.ordinal for reference in all_ if reference.ordinal is not None), None),
        other=next((reference.other for reference in all_ if reference.other is not None), None),
        pair=any(reference.pair for reference in all_),
        mine=any(reference.mine for reference in all_),
    )


def _ordinals(clause: str) -> list[int]:
    """The places named, each once, in the order in which they are."""
    places: list[int] = []
    for match in _ORDINAL.finditer(clause):
        if match.group("one"):
            places.append(1)
            continue
        if digit := match.group("digit"):
            places.append(_NUMBERS.get(digit.lower()) or int(digit))
            continue
        if (match.group("type") or "").lower() in _NOT_ORDINAL_TYPE:
            continue
        word = match.group("word") or match.group("bare")
        places.append(_ORDINALS[word.lower()])
    return list(dict.fromkeys(places))
