"""Comparison: two weapons side by side."""

from __future__ import annotations

import re
from dataclasses import replace

from agents.composer.ask import Ask
from agents.composer.candidates import said_in
from agents.composer.draft import Draft
from agents.composer.drills import weapon_drills
from agents.composer.evidence import find_evidence
from agents.composer.matter import without_name
from agents.composer.prose import kilograms, listing, minutes
from agents.composer.subject import Subject, named_types, named_weapons, of_type
from knowledge.parts import intervals
from knowledge.words import sentences

_LENGTH = re.compile(r"\b\d+(?:\.\d+)? ?(?:cm|mm|metres?)\b")


def compare(ask: Ask, draft: Draft) -> bool:
    """A table of two weapons and which of them suits the slayer. False when the second weapon cannot be told."""
    other = _other(ask)
    if other is None:
        return False
    one, two = ask, replace(ask, subject=other)
    first, second = one.manual, other
    rows = [
        ["Type", _fact(draft, one, first.entry.weapon_type or ""), _fact(draft, two, second.entry.weapon_type or "")],
        ["Size", *(_size(draft, side) for side in (one, two))],
        ["Weight", *(_fact(draft, side, _weight(side)) for side in (one, two))],
        ["Breathing styles", *(_fact(draft, side, listing(side.manual.styles)) for side in (one, two))],
        ["Grip", *(_grip(draft, side) for side in (one, two))],
        ["Drills", *(_drills(draft, side) for side in (one, two))],
        ["Care", *(_care(draft, side) for side in (one, two))],
    ]
    if ask.topic and all(asked := [_asked(draft, side, other) for side, other in ((one, two), (two, one))]):
        rows.insert(0, ["What you ask", *asked])
    chosen = f"I take the {first.entry.title} and the {second.entry.title}." if first.note or second.note else ""
    draft.say(chosen, _verdict(ask, first, second))
    titles = [first.entry.title, second.entry.title]
    draft.table(f"{titles[0]} and {titles[1]}", ["", *titles], [row for row in rows if any(row[1:])])
    for side in (one, two):
        if line := side.style_line():
            draft.say(f"With the **{side.manual.entry.title}**:", draft.cited(*line))
    return True


def _size(draft: Draft, side: Ask) -> str:
    """The sentences of the overview that say how long it is."""
    said = [(one, passage) for passage in side.section("Overview") for one in said_in(passage) if _LENGTH.search(one)]
    return " ".join(draft.cited(*pair) for pair in said[:2])


def _asked(draft: Draft, side: Ask, other: Ask) -> str:
    """What one manual says to the question, without the other weapon's name."""
    text = without_name(side.question.text, other.manual.entry, side.shelf)
    evidence = find_evidence(text, side.manual.entry, side.shelf, side.trail)
    best = next((one for one in evidence.ranked if one.passage.weapon == side.manual.slug), None)
    return draft.cited(best.text, best.passage) if best and evidence.answers else ""


def needs_other(ask: Ask) -> str:
    """The sentence that asks what to compare with."""
    return (
        f"With which weapon shall I compare {ask.manual.called}?"
        if ask.subject
        else "Which two weapons shall I compare?"
    )


def _other(ask: Ask) -> Subject | None:
    question, taken = ask.question, ask.manual.slug
    if question.other_weapon:
        entry = ask.shelf.manuals.get(question.other_weapon)
        return Subject(entry, question.other_weapon in question.owned) if entry and entry.weapon != taken else None
    for entry in named_weapons(question.text, ask.shelf):
        if entry.weapon != taken:
            return Subject(entry, entry.weapon in question.owned)
    for types in named_types(question.text, ask.shelf):
        found = of_type(question, ask.shelf, types)
        if found and found.slug != taken and ask.manual.entry.weapon_type not in types:
            return found
    if question.weapon is None and ask.manual.entry.weapon_type and named_types(question.text, ask.shelf):
        return of_type(question, ask.shelf, (ask.manual.entry.weapon_type,), without=taken)  # "compare two spears"
    rest = [slug for slug in dict.fromkeys(question.owned) if slug != taken and slug in ask.shelf.manuals]
    return Subject(ask.shelf.manuals[rest[0]], owned=True) if len(rest) == 1 else None


def _verdict(ask: Ask, first: Subject, second: Subject) -> str:
    light, heavy = sorted((first, second), key=_kg)
    gap = _kg(heavy) - _kg(light)
    said = []
    if gap >= 0.005:
        said.append(f"The lighter of the two, by {kilograms(gap)}: the **{light.entry.title}**.")
    style = ask.question.style
    suited = [side for side in (first, second) if style in side.styles]
    if style and len(suited) == 1:
        said.append(f"Made for {style} Breathing: the **{suited[0].entry.title}**.")
    elif style and suited:
        said.append(f"Both suit {style} Breathing.")
    elif style:
        said.append(f"Neither was made for {style} Breathing.")
    return " ".join(said) or f"**{first.entry.title}** and **{second.entry.title}**, side by side:"


def _kg(subject: Subject) -> float:
    weight = subject.entry.front.get("weight_kg")
    return float(weight) if isinstance(weight, (int, float)) else 0.0


def _weight(side: Ask) -> str:
    return kilograms(_kg(side.manual)) if _kg(side.manual) else ""


def _fact(draft: Draft, side: Ask, fact: str) -> str:
    """A fact of the front matter; the overview says it in words, so that is what it cites."""
    passages = side.section("Overview") or side.shelf.by_weapon[side.manual.slug][:1]
    return f"{fact} [{draft.number(passages[0])}]" if fact and passages else fact


def _grip(draft: Draft, side: Ask) -> str:
    passages = side.section("Handling")
    return draft.cited(sentences(passages[0].text)[0], passages[0]) if passages else ""


def _drills(draft: Draft, side: Ask) -> str:
    style = side.question.style
    found = sorted(weapon_drills(side), key=lambda one: (not one.suits(style), one.bars(style)))[:2]
    return "; ".join(
        f"{one.drill.name} ({minutes(one.drill.minutes)}, {one.drill.focus}) [{draft.number(one.passage)}]"
        for one in found
    )


def _care(draft: Draft, side: Ask) -> str:
    for passage in side.section("Maintenance", "Intervals"):
        for line in intervals(passage):
            return f"{line.when}: {draft.cited(line.do, passage)}"
    return ""
