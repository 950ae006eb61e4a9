"""What a training plan may be made of: the drills, the care and the rules that the library holds for one slayer and weapon."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from agents.composer.ask import BEGINNER_BELOW
from agents.composer.drills import Found
from agents.composer.spare import words_of
from agents.memory.body import loads
from hashiramart.errors import Unavailable
from hashiramart.training_plan import CareTask, PlanWish
from knowledge.parts import drill, intervals
from knowledge.shelf import Entry, Shelf
from knowledge.split import Passage

BREATHING, FOOTWORK, CONDITIONING, HEALING = "breathing-warmups", "footwork", "conditioning", "injuries-and-rest"

_CALM_WEEKS = 4
_LIGHTER_WEEK = re.compile(r"\b(?:deload|lighter) week\b[^.]*\bafter\b[^.]*\bfour\b", re.IGNORECASE)
_REST_DAY = re.compile(r"\bone full day\b", re.IGNORECASE)
_ALL_HURT = "Every drill of the library asks much of what hurts you. Rest, and see a physician before you train."
_NO_DRILLS = "The library holds no drills to make a plan of: `hashira ingest` reads the manuals in."


@dataclass(frozen=True)
class Trainee:
    """Who trains. ``level`` 1-100; ``hurt`` are the parts of their body that drills must spare (``agents/memory/body.py``)."""

    name: str
    style: str
    level: int
    hurt: frozenset[str] = frozenset()

    @property
    def beginner(self) -> bool:
        """Whether the manuals still speak to them as to a beginner."""
        return self.level < BEGINNER_BELOW


@dataclass(frozen=True)
class PlanMaterial:
    """The library, seen for one wish.

    Attributes:
        wish: what is asked for.
        trainee: by whom.
        manual: the weapon's manual; None without a weapon, or where the library has none for it.
        own: the weapon's drills, those that fit the trainee best first.
        guides: the guides' drills, healing exercises left out: those are for the injured.
        care: the weapon's recurring care with the passages that say so.
        lighter_weeks: the passages that ask for lighter weeks.
        rest_days: the passages that ask for a day without hard training.
    """

    wish: PlanWish
    trainee: Trainee
    manual: Entry | None
    own: tuple[Found, ...]
    guides: tuple[Found, ...]
    care: tuple[tuple[CareTask, Passage], ...]
    lighter_weeks: tuple[Passage, ...]
    rest_days: tuple[Passage, ...]
    overview: tuple[Passage, ...] = field(default=())

    @cached_property
    def drills(self) -> tuple[Found, ...]:
        """All drills."""
        return (*self.own, *self.guides)

    @cached_property
    def by_name(self) -> dict[str, Found]:
        """Drills by name in lower case; the weapon's own go before a guide's of the same name."""
        return {one.drill.name.lower(): one for one in reversed(self.drills)}


def gather(wish: PlanWish, trainee: Trainee, shelf: Shelf) -> PlanMaterial:
    """Read from the shelf what a plan may be made of.

    Raises:
        Unavailable: the library holds no drills at all.
    """
    manual = shelf.manuals.get(wish.weapon) if wish.weapon else None
    passages = shelf.by_weapon.get(wish.weapon, []) if wish.weapon else []
    of_guides = [passage for passage in shelf.passages if passage.weapon is None]
    guides = [one for one in _drills(of_guides) if kind(one) != HEALING and spares(one, trainee)]
    own = sorted((one for one in _drills(passages) if spares(one, trainee)), key=lambda one: _rank(one, trainee))
    if not own and not guides:
        raise Unavailable(_ALL_HURT if trainee.hurt else _NO_DRILLS)
    care = [
        (CareTask(when=task.when, do=task.do, source=passage.source, section=passage.heading), passage)
        for passage in passages
        if passage.name == "Intervals"
        for task in intervals(passage)
    ]
    return PlanMaterial(
        wish=wish,
        trainee=trainee,
        manual=manual,
        own=tuple(own),
        guides=tuple(guides),
        care=tuple(care),
        lighter_weeks=tuple(passage for passage in of_guides if _LIGHTER_WEEK.search(passage.text)),
        rest_days=tuple(passage for passage in of_guides if _REST_DAY.search(passage.text)),
        overview=tuple(passage for passage in passages if passage.section in ("Overview", "Handling")),
    )


def kind(one: Found) -> str:
    """Which guide a drill is from; empty for a weapon's own."""
    return "" if one.passage.weapon else one.passage.source.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def spares(one: Found, trainee: Trainee) -> bool:
    """Whether a drill asks little of what hurts."""
    return not any(loads(part, words_of(one.drill)) for part in trainee.hurt)


def too_lively(one: Found, trainee: Trainee, week: int) -> bool:
    """Whether the guide keeps a drill of the breath from beginners, who do the calm ones only in their first month."""
    early = trainee.beginner and week <= _CALM_WEEKS
    return early and kind(one) == BREATHING and "calm" not in one.passage.heading.lower()


def _drills(passages: list[Passage]) -> list[Found]:
    pairs = ((drill(passage), passage) for passage in passages)
    return [Found(parsed, passage) for parsed, passage in pairs if parsed and parsed.minutes > 0]


def _rank(one: Found, trainee: Trainee) -> tuple[bool, bool, int]:
    """Those for other styles last, those for the trainee's first; beginners start with the short ones."""
    return one.bars(trainee.style), not one.suits(trainee.style), one.drill.minutes if trainee.beginner else 0
