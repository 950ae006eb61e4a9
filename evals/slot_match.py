"""Is a slot of a planned step what was asked for? Where two spellings mean the same, they count as the same."""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz

from agents.planner.plan import Step

_SAME_SCENE = 85  # of 100: "in the snow" and "snow" are the same scene, "at dawn" is another
_ONE_BY_DEFAULT = "count"  # a battle that is told without a number is one


def same(slot: str, expected: Any, step: Step) -> bool:
    """Whether ``step`` has ``expected`` in ``slot``.

    Args:
        slot: a field of ``Step``.
        expected: its value; the order of a list does not matter, nor how a scene is led in ("in the snow", "snow").
        step: as it was planned.
    """
    got = getattr(step, slot)
    if isinstance(expected, list):
        return sorted(expected) == sorted(got)
    if slot == "scene" and expected and got:
        return fuzz.token_set_ratio(expected.lower(), got.lower()) >= _SAME_SCENE and len(got) <= 2 * len(expected)
    if slot == _ONE_BY_DEFAULT:
        return (got or 1) == (expected or 1)
    return bool(expected == got)
