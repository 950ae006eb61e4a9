"""A step in the making: the clauses that belong to it, before its slots are filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast, get_args

from agents.planner.plan import Again, CoachIntent, QuartermasterAction, Specialist
from agents.planner.reading import Reading
from agents.planner.vocabulary import TypeMention, WeaponMention

SPECIALISTS: tuple[str, ...] = get_args(Specialist)
_INTENTS: tuple[str, ...] = get_args(CoachIntent)
_ACTIONS: tuple[str, ...] = get_args(QuartermasterAction)


@dataclass(frozen=True)
class Judged:
    """A clause with the router's verdict.

    Attributes:
        reading: the clause and its names.
        label: a specialist, a kind of small talk, or ``statement``.
        intent: of the Coach or the Quartermaster, where the label is one of them.
        confidence: probability of ``label``.
        anchored: whether a wording settled it.
        won: how a battle went that is told in words that no list has; None where the router is not sure.
        part: whether its message asks for one thing, so that it goes on with the clause before it.
        apart: whether its message plainly asks for several things, so that another intent is another wish.
    """

    reading: Reading
    label: str
    intent: str | None
    confidence: float
    anchored: bool
    won: bool | None = None
    part: bool = False
    apart: bool = False

    @property
    def text(self) -> str:
        """The clause."""
        return self.reading.text


@dataclass
class Draft:
    """One step: its clauses in order.

    Attributes:
        specialist: whose step it is.
        intent: of the Coach or the Quartermaster.
        clauses: the request, in the slayer's words.
        background: statements that came before the request ("I am left-handed").
        confidence: of the least sure clause that decided something.
        explain: a reason for an earlier recommendation is asked for.
        goes_on: a follow-up that is about what the last turn was about.
        quote: a quote is wanted too.
        minutes: of a routine, where a follow-up gives them without a unit.
        again: a picture goes on with the last one: with a change, or as another of the same.
        to_be_logged: a later clause asks to write down what this one reports ("two hours of footwork, log that").
    """

    specialist: Specialist
    intent: str | None
    clauses: list[Judged]
    background: list[Judged] = field(default_factory=list)
    confidence: float = 1.0
    explain: bool = False
    goes_on: bool = False
    quote: bool = False
    minutes: int | None = None
    again: Again | None = None
    to_be_logged: bool = False

    @classmethod
    def of(cls, clause: Judged, background: list[Judged] | None = None) -> Draft:
        """A step that begins with ``clause``."""
        return cls(cast("Specialist", clause.label), clause.intent, [clause], list(background or ()), clause.confidence)

    @property
    def coach_intent(self) -> CoachIntent | None:
        """The intent when this is the Coach's."""
        return cast("CoachIntent", self.intent) if self.specialist == "coach" and self.intent in _INTENTS else None

    @property
    def action(self) -> QuartermasterAction | None:
        """The action when this is the Quartermaster's."""
        known = self.specialist == "quartermaster" and self.intent in _ACTIONS
        return cast("QuartermasterAction", self.intent) if known else None

    @property
    def text(self) -> str:
        """The slayer's words for this step, background first."""
        return sentence(self.background + self.clauses)

    @property
    def request(self) -> str:
        """The words of the request alone."""
        return sentence(self.clauses)

    @property
    def weapons(self) -> list[WeaponMention]:
        """Weapons named in the request, else in its background."""
        named = [mention for clause in self.clauses for mention in clause.reading.weapons]
        return named or [mention for clause in self.background for mention in clause.reading.weapons]

    @property
    def types(self) -> list[TypeMention]:
        """Types named in the request."""
        return [mention for clause in self.clauses for mention in clause.reading.types]


def sentence(clauses: list[Judged]) -> str:
    """Clauses as one text again."""
    text = ""
    for clause in clauses:
        text += ("" if not text else " " if text[-1] in ".!?" else ". ") + clause.text
    return text
