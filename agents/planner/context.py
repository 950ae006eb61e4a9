"""What a planner may know about the conversation so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from agents.planner.plan import CoachIntent


@dataclass(frozen=True, slots=True)
class PlanContext:
    """The thread's memory as the planners need it. Everything is a catalogue slug or a name of the plan's schema.

    Attributes:
        last_route: specialists of the previous turn, in order; empty at the start of a thread.
        last_weapon: weapon the thread was about last.
        last_weapons: weapons shown last (cards of a recommendation, sides of a comparison), best first.
        last_intent: what the Coach was asked last.
        last_minutes: minutes of the routine that the Coach planned last.
        last_picture: weapon on the picture that was painted last in this thread.
        owned: weapons of the slayer, newest first.
    """

    last_route: list[str] = field(default_factory=list)
    last_weapon: str | None = None
    last_weapons: list[str] = field(default_factory=list)
    last_intent: CoachIntent | None = None
    last_minutes: int | None = None
    last_picture: str | None = None
    owned: list[str] = field(default_factory=list)
