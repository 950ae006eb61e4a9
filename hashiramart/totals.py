"""What a slayer's events add up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol


class Totals(Protocol):
    """Points and counts of one slayer: a row of ``gamification``, or ``Sums`` without a database."""

    nichirin_points: int
    rank: str
    battles_won: int
    weapon_types: list[str]
    minutes_trained: int
    streak: int
    best_streak: int
    last_login_day: date | None


@dataclass
class Sums:
    """Totals as plain numbers. ``weapon_types`` are those of the battles' weapons, sorted."""

    nichirin_points: int = 0
    rank: str = "Apprentice"
    battles_won: int = 0
    weapon_types: list[str] = field(default_factory=list)
    minutes_trained: int = 0
    streak: int = 0
    best_streak: int = 0
    last_login_day: date | None = None
