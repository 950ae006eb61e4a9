"""What the composer is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from agents.planner.plan import CoachIntent
from hashiramart.blocks import Citation


@dataclass(frozen=True, slots=True)
class Bout:
    """A battle that was reported: with which weapon (slug), whether it was won, and how many hours ago."""

    weapon: str
    won: bool
    hours_ago: float


@dataclass(frozen=True, slots=True)
class Activity:
    """What a slayer has done lately.

    Args:
        rank: Apprentice, Slayer or Hashira.
        points: Nichirin points.
        streak: local days in a row with a login.
        bouts: the battles of the last 14 days, the latest first, 20 at most.
        minutes_today: minutes trained in the last 24 hours.
        minutes_week: minutes trained in the last 7 days.
    """

    rank: str = "Apprentice"
    points: int = 0
    streak: int = 0
    bouts: tuple[Bout, ...] = ()
    minutes_today: int = 0
    minutes_week: int = 0


Shape = Literal["shorter", "longer", "simpler"]


@dataclass(frozen=True, slots=True)
class Injury:
    """Something that hurts, as the slayer told it.

    Args:
        said: their words, as they go on after "You told me that".
        part: the part of the body (``agents/memory/body.py``); empty for an illness.
        side: left, right or both; empty where they did not say.
        told_on: the day, as it is spoken of: 10 March 2026.
        fresh: whether this very message tells it.
    """

    said: str
    part: str
    side: str
    told_on: str
    fresh: bool = False

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.part or self.said

    @property
    def named(self) -> str:
        """The part as it is spoken of: "your left knee"."""
        if self.side == "both":
            return f"your {'feet' if self.part == 'foot' else f'{self.part}s'}"
        return f"your {self.side} {self.part}".replace("  ", " ")


@dataclass(frozen=True, slots=True)
class Known:
    """What the slayer has told of themselves in any thread.

    Args:
        injuries: what hurts, told latest first.
        goals: what they train for, as it goes on after "You told me that".
        shape: how they like to be answered.
        minutes: how long they like to train; ``minutes_said`` are their words for it.
        days: on how many days a week.
    """

    injuries: tuple[Injury, ...] = ()
    goals: tuple[str, ...] = ()
    shape: Shape | None = None
    minutes: int | None = None
    minutes_said: str = ""
    days: int | None = None

    @property
    def parts(self) -> frozenset[str]:
        """The parts of the body to be spared."""
        return frozenset(injury.part for injury in self.injuries if injury.part)


@dataclass(frozen=True, slots=True)
class CoachQuestion:
    """A question to the Coach with what is known about who asks.

    Args:
        text: the slayer's words.
        intent: what kind of answer is wanted; found from the words when ``None``.
        weapon: slug of the weapon in question.
        other_weapon: slug of the second weapon of a comparison.
        minutes: length of a routine.
        quote: whether a quote is wanted with the answer.
        style: the slayer's breathing style ("Water").
        level: the slayer's level, 1-100.
        owned: slugs of the slayer's weapons.
        name: what to call the slayer.
        activity: what they have done lately; None where nothing is known.
        shape: how the answer should be, beside what it says: shorter, longer or simpler than usual.
        known: what they have told of themselves.
    """

    text: str
    intent: CoachIntent | None = None
    weapon: str | None = None
    other_weapon: str | None = None
    minutes: int | None = None
    quote: bool = False
    style: str | None = None
    level: int | None = None
    owned: list[str] = field(default_factory=list)
    name: str | None = None
    activity: Activity | None = None
    shape: Shape | None = None
    known: Known = Known()


@dataclass(frozen=True, slots=True)
class CoachAnswer:
    """The Coach's answer.

    ``parts`` are pieces of Markdown to stream in order; joined they are the reply. ``blocks`` are wire blocks (DESIGN 1: a
    closed union by ``type``). ``found`` is false where the manuals do not answer, or the weapon must be named first.
    ``opening`` is how many parts come first whoever words the rest: what the Coach has in mind of the slayer.
    ``trace`` says what was looked for, what was found and why, and what was used (JSON types; ``composer/trace.py``).
    """

    parts: list[str]
    citations: list[Citation] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    found: bool = True
    opening: int = 0
    trace: dict[str, Any] = field(default_factory=dict)

    @property
    def reply(self) -> str:
        """The whole answer in Markdown."""
        return "".join(self.parts).strip()
