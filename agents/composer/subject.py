"""The subject: which weapon's manual a question is about, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agents.composer.models import CoachQuestion
from agents.composer.prose import listing
from hashiramart.seed import slugify
from knowledge.shelf import Entry, Shelf

_SWORDS = ("katana", "wakizashi", "nodachi", "twin blades", "whip sword")
_NICKNAMES: dict[str, tuple[str, ...]] = {
    "sword": _SWORDS,
    "polearm": ("spear", "naginata"),
    "fan": ("war fans",),
    "flail": ("chain flail",),
    "stave": ("staff",),
    "twin blade": ("twin blades",),
    "twin sword": ("twin blades",),
    "club": ("kanabo",),
    "short sword": ("wakizashi",),
    "greatsword": ("nodachi",),
}
_TO_BOW = re.compile(r"\b(?:i|to|we|you|should|must|not|please) bow\b")  # the courtesy, not the weapon
_OWNER = re.compile(r"['\u2019]s\b")
_REFERS = re.compile(
    r"\b(?:it|its|this|that|these|those|them|my (?:weapon|blade|arm|sword)s?|the (?:weapon|blade))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A manual, and ``note``: one sentence that says why this one where the slayer did not name it (else empty)."""

    entry: Entry
    owned: bool
    note: str = ""

    @property
    def slug(self) -> str:
        """The weapon's slug."""
        assert self.entry.weapon is not None
        return self.entry.weapon

    @property
    def called(self) -> str:
        """How to name the weapon in a sentence: "your Heron Spear" or "the Heron Spear"."""
        return f"{'your' if self.owned else 'the'} **{self.entry.title}**"

    @property
    def styles(self) -> list[str]:
        """The breathing styles that the weapon suits."""
        styles = self.entry.front.get("styles")
        return [str(style) for style in styles] if isinstance(styles, list) else []


def find_subject(question: CoachQuestion, shelf: Shelf) -> Subject | None:
    """The manual that a question is about, or ``None`` when it cannot be told.

    In this order: the weapon that the planner resolved, a weapon named in the words, a weapon type named in them (an owned
    one first, then one that suits the style), the one weapon that the slayer owns when the words point at "it".
    """
    if question.weapon is not None:
        entry = shelf.manuals.get(question.weapon)
        return Subject(entry, question.weapon in question.owned) if entry else None
    named = named_weapons(question.text, shelf)
    if named:
        return Subject(named[0], named[0].weapon in question.owned)
    types = named_types(question.text, shelf)
    if types:
        return of_type(question, shelf, types[0])
    owned = [shelf.manuals[slug] for slug in dict.fromkeys(question.owned) if slug in shelf.manuals]
    if len(owned) == 1 and _REFERS.search(question.text):
        return Subject(owned[0], owned=True)
    return None


def points_at_weapon(text: str) -> bool:
    """Whether the words point at some weapon without naming it: "it", "my blade"."""
    return bool(_REFERS.search(text))


def only_weapon(question: CoachQuestion, shelf: Shelf) -> Subject | None:
    """The slayer's weapon for a request that needs one but points at none: the only one owned, or the one that fits the style."""
    owned = [shelf.manuals[slug] for slug in dict.fromkeys(question.owned) if slug in shelf.manuals]
    if len(owned) > 1:
        owned = [entry for entry in owned if question.style in entry.front.get("styles", [])]
    return Subject(owned[0], owned=True) if len(owned) == 1 else None


def first_owned(question: CoachQuestion, shelf: Shelf) -> Subject | None:
    """The first of the slayer's two weapons, for "compare my weapons"; ``None`` unless there are exactly two."""
    owned = [shelf.manuals[slug] for slug in dict.fromkeys(question.owned) if slug in shelf.manuals]
    return Subject(owned[0], owned=True) if question.weapon is None and len(owned) == 2 else None


def named_weapons(text: str, shelf: Shelf) -> list[Entry]:
    """The weapons whose names stand in ``text``, in the order in which they do; "tidebreaker" is enough for its katana."""
    whole, owner = slugify(text), slugify(_OWNER.sub(" ", text))  # "the heron spear's shaft", but "Recruit's Katana"
    padded = f"-{whole}--{owner}-"
    found: list[tuple[int, Entry]] = []
    for slug, entry in shelf.manuals.items():
        short = slug.removesuffix(f"-{slugify(entry.weapon_type or '')}")
        for name in (slug, short) if len(short) > 5 and short != slug else (slug,):
            place = padded.find(f"-{name}-")
            if place >= 0:
                found.append((place, entry))
                break
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def named_types(text: str, shelf: Shelf) -> list[tuple[str, ...]]:
    """The weapon types that ``text`` names, in its order; "sword" stands for every kind of sword, so an item is a group."""
    lowered = f" {re.sub(r'[^a-z]+', ' ', _TO_BOW.sub(' ', text.lower()))} "
    known = {entry.weapon_type: (entry.weapon_type,) for entry in shelf.manuals.values() if entry.weapon_type}
    found: list[tuple[int, tuple[str, ...]]] = []
    for name, types in sorted({**_NICKNAMES, **known}.items(), key=lambda pair: -len(pair[0])):
        for form in (name, f"{name}s", f"{name}es"):
            place = lowered.find(f" {form} ")
            if place >= 0:
                found.append((place, types))
                lowered = lowered.replace(f" {form} ", f" {'.' * len(form)} ")  # "whip sword" is no second "sword"
    return list(dict.fromkeys(types for _, types in sorted(found)))


def ask_for_weapon(question: CoachQuestion, shelf: Shelf) -> str:
    """The sentence that asks which weapon is meant."""
    if question.weapon is not None:
        name = question.weapon.replace("-", " ").title()
        return f"The library holds no manual for the {name}. Which other weapon shall I look up for you?"
    owned = [shelf.manuals[slug].title for slug in dict.fromkeys(question.owned) if slug in shelf.manuals]
    if len(owned) > 1:
        return f"Which weapon do you mean: your {listing(owned, 'or')}?"
    if owned:
        return f"Which weapon do you mean? If it is your {owned[0]}, just say so."
    return "Which weapon do you mean? Name it, or its kind (a katana, a spear, a bow), and I will open its manual."


def of_type(
    question: CoachQuestion, shelf: Shelf, types: tuple[str, ...], *, without: str | None = None
) -> Subject | None:
    """The manual to use for a weapon type (``without`` one weapon): an owned one, then one that suits the slayer's style."""
    fitting = [entry for slug, entry in shelf.manuals.items() if entry.weapon_type in types and slug != without]
    if not fitting:
        return None
    kind = types[0] if len(types) == 1 else "sword" if types == _SWORDS else "weapon of this kind"
    owned = [entry for entry in fitting if entry.weapon in question.owned]
    suited = [entry for entry in fitting if question.style and question.style in entry.front.get("styles", [])]
    chosen = min(owned or suited or fitting, key=lambda entry: (entry not in suited, entry.title))
    if owned:
        note = "" if len(owned) == 1 else f"You own more than one {kind}; this is for your {chosen.title}."
        return Subject(chosen, True, note)
    if len(fitting) == 1:
        return Subject(chosen, False)
    why = f", which suits {question.style} Breathing" if suited else ""
    return Subject(
        chosen, False, f"You named no particular {kind}, so this is from the manual of the {chosen.title}{why}."
    )
