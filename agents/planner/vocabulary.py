"""The shop's names as slayers write them: finds catalogue weapons and weapon types in a text.

Built from what the catalogue holds at that moment, so a weapon that is added tomorrow is understood tomorrow. A weapon is
recognised by its full name, by its own part ("Tidebreaker", "cloud temple"), by one word of it beside its type ("the viper
kusarigama"), with spaces put wrongly ("moon bite axe") and with a few slips in a word that is no English word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from rapidfuzz.distance import OSA

from agents.planner.typenames import FAMILIES, SYNONYMS, plurals, singular_of


class WeaponName(NamedTuple):
    """A catalogue weapon, as much of it as the planner needs."""

    slug: str
    name: str
    type: str


class NamedWeapon(Protocol):
    """A weapon of any layer that has these three."""

    @property
    def slug(self) -> str:
        """The slug, as in addresses."""
        ...

    @property
    def name(self) -> str:
        """The full name."""
        ...

    @property
    def type(self) -> str:
        """The weapon type."""
        ...


class WeaponMention(NamedTuple):
    """A weapon found at ``text[start:end]``."""

    slug: str
    type: str
    start: int
    end: int


class TypeMention(NamedTuple):
    """One or more types found at ``text[start:end]``. ``family`` is true for "blade", "polearm" and the like."""

    types: tuple[str, ...]
    start: int
    end: int
    family: bool


# Words that many arms are named after and that people also use for other things: alone they are no weapon's name,
# unless an article makes them one ("oil the Harvest") or they stand beside their type ("harvest scythe").
_ORDINARY = frozenset(
    """
    practice practise training recruit recruits festival harvest eclipse ribbon oak lantern drizzle pilgrim canopy
    mourning whirlwind hailstone penitent iron cloud river temple moon sun star twin chain frost lotus marsh echo gate
    bell boar wind storm thunder rain snow flame fire water stone mist dawn dusk night day light shadow dragon tiger
    mountain forest sea ocean sky winter summer spring autumn pine bamboo cherry blossom maple willow silver gold golden
    black white red blue green old new great little long short heavy swift silent master student guard road bridge
    """.split()  # noqa: SIM905 - a list of words reads better as prose
)
_PLACE = r"\b(?:in|at|under|by|on|near|beneath|through|during|behind|before|after|amid|inside|beside|over|to|from)"
_IN_A_PLACE = re.compile(_PLACE + r"\s+(?:the\s+|an?\s+|some\s+|this\s+)?(?:[a-z]+\s+)?$", re.IGNORECASE)
_OF_IT = re.compile(
    r"\b(?:on|behind|before|after|over|to|from|by)\s+(?:the|my|this)\s+$", re.IGNORECASE
)  # "the string on the Drizzle"
_UNDER_IT = re.compile(
    r"\b(?:under|beneath|amid|inside|through|during|underneath)\s+(?:the\s+|an?\s+|some\s+)?$", re.IGNORECASE
)  # scenery
_DETERMINED = re.compile(r"\b(?:the|my|your|this|that|or|versus|vs\.?|and|with|than|called)\s+$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST_WINDOW = 5
_MAX_WORDS = 400


class Vocabulary:
    """Names, types and styles of one catalogue. Immutable; cheap to build anew when the catalogue changes."""

    def __init__(self, weapons: Iterable[WeaponName], styles: Iterable[str] = ()) -> None:
        self.weapons = tuple(weapons)
        self.styles = tuple(styles)
        self.types = tuple(dict.fromkeys(weapon.type for weapon in self.weapons))
        self.by_slug = {weapon.slug: weapon for weapon in self.weapons}
        self._targets = self._weapon_targets()
        self._fuzzy: dict[str, list[str]] = defaultdict(list)
        for target in self._targets:
            if len(target) >= 5 and target not in _ORDINARY:
                self._fuzzy[target[0]].append(target)
        self._type_names = self._all_type_names()
        self._type_pattern = _alternation(self._type_names)
        self.words = frozenset(
            word
            for text in (*(weapon.name for weapon in self.weapons), *self._type_names, *self.styles)
            for word in _squash_words(text)
        )

    @classmethod
    def of(cls, weapons: Iterable[NamedWeapon], styles: Iterable[str] = ()) -> Vocabulary:
        """From anything that has ``slug``, ``name`` and ``type``, such as the opening catalogue's weapons."""
        return cls((WeaponName(weapon.slug, weapon.name, weapon.type) for weapon in weapons), styles)

    @property
    def countable(self) -> str:
        """A regex (without groups) of all type names: what "three ..." may count."""
        return _alternation(self._type_names).pattern.removeprefix(r"\b(?:").removesuffix(r")\b")

    def type_of(self, slug: str) -> str | None:
        """The weapon's type, or None for a slug that the catalogue does not have."""
        weapon = self.by_slug.get(slug)
        return weapon.type if weapon else None

    def find_weapons(self, text: str, known: frozenset[str] = frozenset()) -> list[WeaponMention]:
        """Weapons named in ``text``, in order, never overlapping.

        Args:
            text: any string; only its first 400 words are looked at.
            known: lower-case English words: never taken for a misspelt name, and alone a name only by article or capital.
        """
        words = list(_WORD.finditer(text))[:_MAX_WORDS]
        squashed = [_squash(match.group()) for match in words]
        found: list[tuple[int, int, WeaponMention]] = []  # slips, minus length, mention: the best first
        for first in range(len(words)):
            for length in range(1, min(_LONGEST_WINDOW, len(words) - first) + 1):
                match = self._match(squashed[first : first + length], known)
                if match is None:
                    continue
                slips, slug = match
                start, end = words[first].start(), words[first + length - 1].end()
                ordinary = length == 1 and slips == 0 and (squashed[first] in _ORDINARY or squashed[first] in known)
                if (ordinary and not _is_a_name(text, start, end)) or (length == 1 and _UNDER_IT.search(text[:start])):
                    continue
                mention = WeaponMention(slug, self.by_slug[slug].type, start, end)
                found.append((slips, start - end, mention))
        return _without_overlaps(found)

    def find_types(self, text: str, weapons: Sequence[WeaponMention] = ()) -> list[TypeMention]:
        """Weapon types and families named in ``text`` outside the weapons' own names, in order."""
        mentions = []
        for match in self._type_pattern.finditer(text):
            if any(weapon.start < match.end() and match.start() < weapon.end for weapon in weapons):
                continue
            types, family = self._type_names[re.sub(r"[\s-]+", " ", match.group().lower())]
            mentions.append(TypeMention(types, match.start(), match.end(), family))
        return mentions or self._misspelt_types(text, weapons)

    def mask(self, text: str, weapons: Sequence[WeaponMention]) -> str:
        """``text`` with each weapon's name replaced by its type, so that a name's words do not sway the classifier."""
        for weapon in reversed(weapons):
            text = f"{text[: weapon.start]}{weapon.type}{text[weapon.end :]}"
        return text

    def _match(self, window: Sequence[str], known: frozenset[str]) -> tuple[int, str] | None:
        """Slips and slug of the weapon that these words name, or None."""
        joined = "".join(window)
        if slug := self._targets.get(joined):
            return 0, slug
        if len(joined) < 6 or all(word in known or word in self.words for word in window):
            return None
        slips = 1 if len(joined) < 8 else 2 if len(joined) < 12 else 3
        near = [
            (distance, target)
            for target in self._fuzzy.get(joined[0], ())
            if abs(len(target) - len(joined)) <= slips
            and (distance := OSA.distance(joined, target, score_cutoff=slips)) <= slips
        ]
        return (min(near)[0], self._targets[min(near)[1]]) if near else None

    def _weapon_targets(self) -> dict[str, str]:
        """Squashed ways of writing a weapon -> slug; a way that fits two weapons is left out."""
        ways: dict[str, set[str]] = defaultdict(set)
        for weapon in self.weapons:
            own, heads = _own_words(weapon)
            ways[_squash(weapon.name)].add(weapon.slug)
            ways["".join(own)].add(weapon.slug)
            ways[f"{''.join(own)}s"].add(weapon.slug)  # "any Ribbons left", "the Cloud Temple's blade"
            for head in heads:
                ways["".join([*own, head])].add(weapon.slug)
                for word in own:
                    ways[word + head].add(weapon.slug)
                if own[0].endswith("s"):
                    ways["".join([own[0].removesuffix("s"), *own[1:], head])].add(weapon.slug)
        types = {
            _squash(name) for kind in self.types for name in (kind, singular_of(kind) or kind)
        }  # "a twin blade" is none
        return {
            way: next(iter(slugs))
            for way, slugs in ways.items()
            if len(slugs) == 1 and len(way) > 2 and way not in types
        }

    def _all_type_names(self) -> dict[str, tuple[tuple[str, ...], bool]]:
        names: dict[str, tuple[tuple[str, ...], bool]] = {}
        for family, members in FAMILIES.items():
            here = tuple(type_ for type_ in members if type_ in self.types)
            if here:
                names.update(dict.fromkeys((family, *plurals(family)), (here, True)))
        for type_ in self.types:
            for name in (type_, *SYNONYMS.get(type_, ())):
                names.update(dict.fromkeys((name, *plurals(name)), ((type_,), False)))
            if singular := singular_of(type_):  # a catalogue may list its types in the plural
                names.setdefault(singular, ((type_,), False))
        return names

    def _misspelt_types(self, text: str, weapons: Sequence[WeaponMention]) -> list[TypeMention]:
        mentions = []
        for match in list(_WORD.finditer(text))[:_MAX_WORDS]:
            word = match.group().lower()
            if len(word) < 5 or any(weapon.start <= match.start() < weapon.end for weapon in weapons):
                continue
            for type_ in self.types:
                ways = (type_, *plurals(type_))
                if (
                    len(type_) >= 6
                    and " " not in type_
                    and any(
                        word[0] == way[0] and OSA.distance(word, way, score_cutoff=2) <= (1 if len(way) < 8 else 2)
                        for way in ways
                    )
                ):
                    mentions.append(TypeMention((type_,), match.start(), match.end(), family=False))
                    break
        return mentions


def _own_words(weapon: WeaponName) -> tuple[list[str], tuple[str, ...]]:
    """The words of a name that are not its type, and the words that may stand for the type behind them."""
    words = _squash_words(weapon.name)
    type_words = _squash_words(weapon.type)
    own = list(words)
    while len(own) > 1 and own[-1] in type_words:
        own.pop()
    ways = {weapon.type, type_words[-1], *plurals(weapon.type), *plurals(type_words[-1])}
    singular = type_words[-1].removesuffix("s")
    if len(singular) > 2:
        ways.add(singular)
    return own, tuple(sorted(_squash(way) for way in ways))


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _squash_words(text: str) -> list[str]:
    return [_squash(word) for word in _WORD.findall(text)]


def _is_a_name(text: str, start: int, end: int) -> bool:
    """Whether an ordinary word at ``text[start:end]`` is meant as a weapon's name: by its article or its capital."""
    before = text[:start]
    beside_another = re.match(r"\s+(?:vs\.?|versus|or)\s", text[end:], re.IGNORECASE)
    alone = not before.strip() and not re.search(r"\w", text[end:])
    if beside_another or alone:
        return True
    capital = text[start].isupper() and not text.isupper()
    if _IN_A_PLACE.search(before) and not (capital and _OF_IT.search(before)):
        return False
    follower = re.match(r"\s+([a-z]+)", text[end:])
    ends_here = follower is None or follower.group(1) in {
        "and", "or", "with", "for", "at", "in", "on", "under", "please", "is", "has", "to", "than", "be", "by", "before",
        "dangerous", "safe", "heavy", "worth", "cost", "costs", "sharp", "weigh", "weighs", "suit", "suits", "fit", "fits", "again", "any",
    }  # fmt: skip
    if _DETERMINED.search(before) and ends_here:
        return True
    return capital and bool(re.search(r"[a-z,]\s+$", before))


def _without_overlaps(found: list[tuple[int, int, WeaponMention]]) -> list[WeaponMention]:
    """The longest mentions that do not overlap, in the order of the text."""
    kept: list[WeaponMention] = []
    for _, _, mention in sorted(found, key=lambda item: item[:2]):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _alternation(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of ``names``, longest first; the space in a name may be a hyphen. Matches nothing for no names."""
    ordered = sorted(names, key=len, reverse=True)
    if not ordered:
        return re.compile(r"(?!)")
    body = "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in ordered)
    return re.compile(rf"\b(?:{body})\b", re.IGNORECASE)
