"""A wish that goes on with the list before it: "under 200 please", "something cheaper", "no bows" keep what it was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypedDict

from agents.planner.plan import Step

_MOST_WORDS = 8
_REFINES = re.compile(
    r"^(?:(?:and|but|ok|okay|so|now|hm+|please|show me|give me|have you|do you have|i want|i'd like)[\s,]+)*"
    r"(?:under|below|between|from|at most|at least|max|up to|less than|not? more than|over|above|only|for (?:under|less|at most)|"
    r"(?:some(?:thing)?|any(?:thing)?|one|a|the)? ?(?:cheaper|less expensive)|make it|no |not |without|"
    r"(?:\d+|two|three|four|five|some|a few) (?:more|others?|cheaper)|more|others?)",
    re.IGNORECASE,
)
_CHEAPER = re.compile(r"\b(?:cheaper|less (?:expensive|dear|costly)|lower price)\b", re.IGNORECASE)
_AFRESH = re.compile(r"\b(?:weapons?|swords?|blades?|kind|whatever)\b", re.IGNORECASE)


class Wish(TypedDict):
    """What the list before was asked for."""

    weapon_types: list[str]
    exclude_types: list[str]
    budget_min: int | None
    budget: int | None


def wish_of(step: Step) -> Wish:
    """What a step asks for, to be kept with the thread."""
    return Wish(
        weapon_types=step.weapon_types,
        exclude_types=step.exclude_types,
        budget_min=step.budget_min,
        budget=step.budget,
    )


def refined(step: Step, before: Wish | None, prices: Sequence[int]) -> Step:
    """The step with what it leaves unsaid.

    Args:
        step: the Recommender's.
        before: what the list before was asked for, where the turn before ended with one.
        prices: of the weapons on that list; "cheaper" is cheaper than each of them.

    Returns:
        ``step`` itself where it asks for something of its own.
    """
    if before is None or not _goes_on(step):
        return step
    changes: dict[str, object] = {}
    if not step.weapon_types:
        excluded = [
            *before["exclude_types"],
            *(kind for kind in step.exclude_types if kind not in before["exclude_types"]),
        ]
        changes["weapon_types"] = [kind for kind in before["weapon_types"] if kind not in excluded]
        changes["exclude_types"] = excluded
    if step.budget is None and step.budget_min is None:
        changes |= {"budget_min": before["budget_min"], "budget": before["budget"]}
        if prices and _CHEAPER.search(step.text):
            changes |= {"budget_min": None, "budget": max(0, min(prices) - 1)}
    return step.model_copy(update=changes)


def _goes_on(step: Step) -> bool:
    text = step.text.strip()
    return len(text.split()) <= _MOST_WORDS and _REFINES.match(text) is not None and not _AFRESH.search(text)
