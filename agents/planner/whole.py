"""A message that was cut into clauses and yet asks for one thing: "half an hour is all I have, what's best with the Adder?".

The second part alone is a question for the Recommender, the first alone a report. The router has read the whole, too, and knows from
its training what messages look like that ask for several things.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agents.planner.draft import SPECIALISTS, Judged
from agents.planner.memory_words import INTENTS

_CONDITION = re.compile(
    r"\bif (?:so|not|yes|i fail|that fails)\b|\b(?:once|when|as soon as|after) you(?:'ve| have)? (?:found|find|picked?|chosen|chose|got)\b",
    re.IGNORECASE,
)
_SEVERAL_BELOW = 0.1
_SURE_FROM = 0.7
_ALONE_BELOW, _ALONE_FROM = 0.1, 0.9  # where no clause by itself was taken for what the whole is taken for
_STUBBORN_FROM, _PLAINLY_ONE = 0.98, 0.02  # a clause so sure of its own gives way only to a message so plainly one
_REFUSED_FROM = 0.8
_NOTHING_TO_DO = frozenset({"refused", "off_topic"})


def as_one_wish(clauses: list[Judged], whole: Judged, several: float) -> list[Judged]:
    """The clauses, judged as parts of one wish where the message is one; else as they are.

    Args:
        clauses: each with its own verdict.
        whole: the verdict on the message.
        several: probability that it asks for more than one thing.
    """
    sure = several < _ALONE_BELOW and whole.confidence >= _ALONE_FROM
    if whole.label in _NOTHING_TO_DO:
        writes = [each.anchored and each.label in SPECIALISTS for each in clauses]
        return (
            [_as(each, whole) for each in clauses]
            if sure and (whole.label == "refused" or not any(writes))
            else clauses
        )
    if any(_CONDITION.search(clause.text) for clause in clauses):
        return clauses  # "is it too heavy for me, and if so, what else is there?"
    if several > _SEVERAL_BELOW or whole.label not in SPECIALISTS or whole.confidence < _SURE_FROM:
        return clauses
    agreed = any(clause.label == whole.label for clause in clauses)
    if not (agreed or sure) or not all(_gives_way(each, whole, several) for each in clauses):
        return clauses
    return [_part(clause, whole) for clause in clauses]


def _gives_way(clause: Judged, whole: Judged, several: float) -> bool:
    """Whether a clause may be a part of the wish: nothing in its own words speaks for another, nor against doing anything."""
    if clause.intent in INTENTS or (
        clause.label == "refused" and (clause.anchored or clause.confidence >= _REFUSED_FROM)
    ):
        return False
    if clause.label not in SPECIALISTS or (clause.label, clause.intent) == (whole.label, whole.intent):
        return True
    if whole.intent == "buy" and clause.label == "recommender" and not clause.reading.weapons and clause.reading.types:
        return False  # "cheapest wakizashi, buy it": it has to be found first
    if clause.anchored and clause.label != whole.label:
        return False
    stubborn = clause.anchored or clause.confidence >= _STUBBORN_FROM
    return not stubborn or several < _PLAINLY_ONE


def _part(clause: Judged, whole: Judged) -> Judged:
    if clause.label == "statement" or (clause.label not in SPECIALISTS and clause.anchored):
        return clause  # a greeting, or what was only told
    if clause.label == whole.label == "quartermaster" and (clause.anchored or clause.confidence >= _ALONE_FROM):
        return clause  # "I won two and lost one": two entries, for all that they look alike
    if clause.label == whole.label and clause.anchored:
        return replace(clause, part=True)
    return _as(clause, whole)


def _as(clause: Judged, whole: Judged) -> Judged:
    won = whole.won if clause.won is None else clause.won
    return replace(
        clause,
        label=whole.label,
        intent=whole.intent,
        confidence=whole.confidence,
        won=won,
        part=whole.label != "quartermaster",
    )
