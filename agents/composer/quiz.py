"""The quiz: three questions from a manual, then their answers, each cited."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.drills import guide_drills, weapon_drills
from agents.composer.prose import count, lower_first, minutes, pick
from knowledge.parts import accessories, bullets, intervals, problem
from knowledge.split import Passage

_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class _Item:
    question: str
    answer: str
    passage: Passage


def quiz(ask: Ask, draft: Draft) -> bool:
    """Three questions of different kinds, those on the topic first, and the answers below. False without anything to ask."""
    asked = ask.question.text
    kinds = [
        kind(ask) for pattern, kind in sorted(_KINDS, key=lambda pair: not re.search(pair[0], asked, re.IGNORECASE))
    ]
    chosen = [_pick(ask, items) for items in kinds if items][:_QUESTIONS]
    if not chosen:
        return False
    source = f"the manual of {ask.manual.called}" if ask.subject else "the guides"
    number = {1: "One question", 2: "Two questions"}.get(len(chosen), "Three questions")
    draft.say(ask.subject.note if ask.subject else "", f"{number} from {source}; the answers stand below.")
    draft.bulleted([f"**{place}.** {item.question}" for place, item in enumerate(chosen, start=1)])
    draft.say("**Answers**")
    draft.bulleted(
        [f"**{place}.** {draft.cited(item.answer, item.passage)}" for place, item in enumerate(chosen, start=1)]
    )
    return True


def _pick(ask: Ask, items: list[_Item]) -> _Item:
    """One that names the topic where any does; the same words always get the same one, other words another."""
    about = [item for item in items if ask.topic.meets(f"{item.question} {item.answer}")] if ask.topic else []
    fitting = about or items
    return fitting[pick(f"{ask.question.text} {fitting[0].question}", len(fitting))]


def _care(ask: Ask) -> list[_Item]:
    if ask.subject is None:
        return []
    return [
        _Item(
            f"How often, or when, is this due: {lower_first(line.do)}", f"{line.when}: {lower_first(line.do)}", passage
        )
        for passage in ask.section("Maintenance", "Intervals")
        for line in intervals(passage)
    ]


def _problems(ask: Ask) -> list[_Item]:
    if ask.subject is None:
        return []
    found = [(problem(passage), passage) for passage in ask.section("Troubleshooting")]
    return [
        _Item(f'What is the cause when you say "{parsed.symptom}"?', parsed.cause, passage)
        for parsed, passage in found
        if parsed
    ]


def _drills(ask: Ask) -> list[_Item]:
    found = weapon_drills(ask) if ask.subject else guide_drills(ask)
    return [
        _Item(
            f"How long does the drill **{one.drill.name}** last, and what does it train?",
            f"{minutes(one.drill.minutes).capitalize()}, focus: {one.drill.focus}.",
            one.passage,
        )
        for one in found
    ]


def _things(ask: Ask) -> list[_Item]:
    if ask.subject is None:
        return []
    return [
        _Item(f"What is the {lower_first(thing.name)} for?", f"{thing.name}: {thing.purpose}", passage)
        for passage in ask.section("Accessories")
        for thing in accessories(passage)
    ]


def _rules(ask: Ask) -> list[_Item]:
    if ask.subject is None:
        return []
    found = [(bullets(passage.text), passage) for passage in ask.section("Safety")]
    return [
        _Item(f"Which {count(len(rules), 'safety rule')} does the manual set?", " ".join(rules), passage)
        for rules, passage in found
        if rules
    ]


# What the slayer wants to be asked about, and its questions; those that are not asked for come in this order.
_KINDS: tuple[tuple[str, Callable[[Ask], list[_Item]]], ...] = (
    (r"\b(?:look\w* after|car(?:e|ing)|maint\w+|upkeep|oil\w*|clean\w*)\b", _care),
    (r"\b(?:troubles?|problems?|faults?|troubleshooting|repairs?|goes wrong)\b", _problems),
    (r"\b(?:drills?|exercises?|training)\b", _drills),
    (r"\b(?:accessor\w+|gear|extras)\b", _things),
    (r"\b(?:safe\w*|dangers?|risks?|hazards?)\b", _rules),
)
