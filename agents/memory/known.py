"""What is remembered of a slayer, as the composer uses it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from agents.composer.models import Injury, Known
from agents.memory.preferences import (
    DAYS,
    LENGTH,
    LONG,
    MINUTES,
    SHORT,
    SIMPLE,
    WORDING,
    preferred_days,
    preferred_minutes,
)
from agents.memory.spoken import spoken_day, to_you

_SHAPES = {(LENGTH, SHORT): "shorter", (LENGTH, LONG): "longer", (WORDING, SIMPLE): "simpler"}


def known_of(remembered: Iterable[dict[str, Any]]) -> Known:
    """Gather what matters for an answer from the memories in a turn's profile."""
    known = list(remembered)
    preferences = {one["subject"]: one["text"] for one in known if one["kind"] == "preference"}
    shape = next((_SHAPES[key] for key in preferences.items() if key in _SHAPES), None)
    said_minutes, said_days = preferences.get(MINUTES, ""), preferences.get(DAYS, "")
    return Known(
        injuries=tuple(_injury(one) for one in known if one["kind"] == "injury"),
        goals=tuple(to_you(one["text"]) for one in known if one["kind"] == "goal"),
        shape=shape,  # type: ignore[arg-type]
        minutes=preferred_minutes(said_minutes) if said_minutes else None,
        minutes_said=to_you(said_minutes),
        days=preferred_days(said_days) if said_days else None,
    )


def hurt_parts(subjects: Sequence[str]) -> frozenset[str]:
    """The parts of the body that memories of injuries are about ("knee:left" is about the knee)."""
    return frozenset(
        part for part in (subject.partition(":")[0] for subject in subjects) if part not in ("condition", "body")
    )


def _injury(one: dict[str, Any]) -> Injury:
    part, _, side = one["subject"].partition(":")
    return Injury(
        said=to_you(one["text"]),
        part="" if part in ("condition", "body") else part,
        side=side if part not in ("condition", "body") else "",
        told_on=spoken_day(one["told_on"]),
        fresh=one["fresh"],
    )
