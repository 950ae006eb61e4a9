"""The matter of a question: its words without the weapon's name, which of them tell, and what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agents.composer.asked import Asked, asked_for
from knowledge.shelf import Entry, Shelf
from knowledge.words import STOP_WORDS, stem, terms, words

# Words that never tell one sentence of a manual from another.
_EMPTY = frozenset(
    stem(word)
    for word in words("""
    weapon weapons manual manuals guide guides slayer slayers coach happen happens try trying want wants need needs needed stuff
    lot bit actually really currently always usually right way best please kind sort possible recommend suggest question answer
    explain describe find work works one two three first day help anything anyone someone something thing things whole properly
    correctly proper ok okay alright advice tip tips teach show call called exactly onto supposed mine whether without
    """)
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a question asks.

    Args:
        text: the question with "weapon" for the weapon's name and kind, which stand in every passage of its manual.
        stems: the telling words, as stems, in their order.
        words: the same as they were written.
        weights: how telling each is: 1 for one that no passage holds, near 0 for one that almost all hold.
        asked: what the answer must look like.
    """

    text: str
    stems: tuple[str, ...]
    words: tuple[str, ...]
    weights: tuple[float, ...]
    asked: Asked


def find_matter(text: str, entry: Entry | None, shelf: Shelf) -> Matter:
    """The matter of a question about ``entry``'s weapon, or about none."""
    plain = without_name(text, entry, shelf) if entry else text
    telling: dict[str, str] = {}
    for word in words(re.sub(r"(?<![\w.])\d+(?![\w.])", " ", plain)):
        if word not in STOP_WORDS:
            for one in terms(word):
                if one not in _EMPTY:
                    telling.setdefault(one, word)
    weights = tuple(shelf.lexical.rarity(one) for one in telling)
    return Matter(plain, tuple(telling), tuple(telling.values()), weights, asked_for(plain))


def without_name(text: str, entry: Entry, shelf: Shelf) -> str:
    """``text`` with "weapon" where it names the weapon: "the shaft of the Heron Spear" is "the shaft of the weapon"."""
    manual = " ".join(passage.text for passage in shelf.by_source.get(entry.source, ()))
    first = entry.title.split()[0].removesuffix("'s")
    word_too = bool(re.search(rf"\b{re.escape(first.lower())}", manual))  # "oak" of the Oak Kanabo is also its wood
    return _collapsed(_names(entry.title, entry.weapon_type or "", not word_too).sub("weapon", text))


def _collapsed(text: str) -> str:
    return re.sub(r"\bweapon(?:[ -]weapon)+\b", "weapon", text)


@lru_cache(maxsize=256)
def _names(title: str, kind: str, first_alone: bool) -> re.Pattern[str]:
    """The ways to name a weapon, longest first: title, its beginnings, its kind."""
    parts = title.split()
    shortest = 1 if first_alone else 2
    names = [" ".join(parts[:length]) for length in range(len(parts), shortest - 1, -1)]
    if kind:
        names += [kind, kind.rsplit(maxsplit=1)[-1]]
    if kind == "whip sword":
        names.append("whip")
    either = "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in dict.fromkeys(names))
    return re.compile(rf"\b(?:{either})(?:e?s)?\b(?:['\u2019]s?(?!\w))?", re.IGNORECASE)
