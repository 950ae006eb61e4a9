"""Which weapon a step is about, when the slayer says "it", "the first one" or nothing at all."""

from __future__ import annotations

from agents.planner.plan import Step
from agents.state import TurnState


def weapon_in_focus(state: TurnState, step: Step) -> str | None:
    """The slug of the weapon that a step is about, or None.

    In this order: the one named; this turn's recommendation; the one the thread talked about last; the only one that the
    slayer holds.
    """
    if step.weapon:
        return step.weapon
    for block in reversed(state["blocks"]):
        if block["type"] == "recommendations" and block["recommendations"]:
            shown: list[str] = [each["slug"] for each in block["recommendations"]]
            return _at(shown, step.ordinal or 1)
    if step.ordinal and state["memory"].get("weapons"):
        return _at(state["memory"]["weapons"], step.ordinal)
    remembered = state["memory"].get("weapon")
    if remembered:
        return remembered
    owned: list[str] = state["profile"]["owned"]
    return owned[0] if len(owned) == 1 else None


def _at(shown: list[str], ordinal: int) -> str | None:
    """The one at a place: 1 for the first, -1 for the last; None where there are not so many."""
    index = ordinal if ordinal < 0 else ordinal - 1
    return shown[index] if -len(shown) <= index < len(shown) else None
