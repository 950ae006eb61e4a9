"""How a slayer's sentence names a weapon, and how to put another name there."""

from __future__ import annotations

import re
from functools import cache

# "it" where it stands for a thing: not in "is it safe to", "does it matter", "make it short".
_PRONOUN = re.compile(
    r"(?<!\bis )(?<!\bwas )(?<!\bdoes )(?<!\bwill )(?<!\bif )(?<!\bmake )(?<!\bcan )(?<!\bwould )"
    r"\b(?:it|that one|this one)\b(?!')",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\bthe (?:first|second|third|fourth|fifth|last|other|top)(?: one)?\b", re.IGNORECASE)
_ARTICLE = r"\b(?:the |my |your |an? |this |that )?"


def spoken(weapon: str | None) -> str:
    """A slug as it stands in a sentence: "the Heron Spear"; "my weapon" for none."""
    return f"the {weapon.replace('-', ' ').title()}" if weapon else "my weapon"


@cache
def type_words() -> frozenset[str]:
    """The words of the weapon types, in the singular and the plural."""
    from hashiramart import seed

    words = {word for weapon in seed.weapons() for word in weapon.type.split()}
    return frozenset(words | {f"{word}s" for word in words})


def with_name(text: str, weapon: str | None) -> str:
    """``text`` with the weapon's name in place of the first "it" or "the second one"."""
    if weapon is None:
        return text
    named, count = _PLACE.subn(spoken(weapon), text, count=1)
    return named if count else _PRONOUN.sub(spoken(weapon), text, count=1)


def renamed(text: str, old: str | None, name: str) -> str:
    """``text`` about another weapon: its name in place of the old one's, of the "it" that meant that, or at the end.

    Args:
        text: a question that stands alone.
        old: slug of the weapon that it is about, or None.
        name: how the other one is called.
    """
    for form in _forms(old) if old else ():
        named, count = re.subn(rf"{_ARTICLE}{form}\b", name, text, count=1, flags=re.IGNORECASE)
        if count:
            return named
    named, count = _PRONOUN.subn(name, text, count=1)
    return named if count else f"{text.strip().rstrip('?!. ')} with {name}?"


def _forms(weapon: str) -> list[str]:
    """How a weapon is named, the fullest first: "recruit's katana", "recruit's", "my katana"."""
    words = [f"{word[:-1]}['\u2019]?s" if word.endswith("s") else word for word in weapon.split("-")]
    own = words[:-1] or words
    return [r"[\s-]+".join(words), r"[\s-]+".join(own), rf"(?<=\b(?:my|he) ){words[-1]}"]
