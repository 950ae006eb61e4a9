"""What the composer is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from agents.planner.plan import CoachIntent
from hashiramart.blocks import Citation


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


@dataclass(frozen=True, slots=True)
class CoachAnswer:
    """The Coach's answer.

    ``parts`` are pieces of Markdown to stream in order; joined they are the reply. ``blocks`` are wire blocks (DESIGN 1: a
    closed union by ``type``). ``found`` is false where the manuals do not answer, or the weapon must be named first.
    """

    parts: list[str]
    citations: list[Citation] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    found: bool = True

    @property
    def reply(self) -> str:
        """The whole answer in Markdown."""
        return "".join(self.parts).strip()
