"""What the crew is told: the slayer's facts, the frame that the plan must fill, and the library's passages, as text.

The passages are data: they stand between marks that they cannot close, and what the crew makes of them is checked against the
library afterwards (``agents/plan_review.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from agents.composer.drills import Found
from agents.plan_builder import frame_of
from agents.plan_material import PlanMaterial, kind
from agents.plan_schedule import WeekFrame
from hashiramart.training_plan import CareTask

_LONGEST_PASSAGE = 700  # characters


@dataclass(frozen=True)
class Brief:
    """The crew's material, ready to be put into tasks."""

    slayer: str
    frame: str
    drills: str
    care: str
    rules: str

    def as_json(self) -> dict[str, str]:
        """For the way to the crew's process."""
        return asdict(self)


def brief_of(material: PlanMaterial) -> Brief:
    """Everything that the crew needs to know for one plan."""
    return Brief(
        slayer=_slayer(material),
        frame="\n".join(_week(week) for week in frame_of(material)),
        drills="\n".join(_drill(key, one) for key, one in numbered_drills(material).items()),
        care="\n".join(f"{key}: {task.when}: {_data(task.do)}" for key, task in numbered_care(material).items())
        or "none",
        rules="\n".join(
            f'<passage source="{passage.source}">\n{_data(passage.text)}\n</passage>'
            for passage in (*material.lighter_weeks, *material.overview)
        ),
    )


def numbered_drills(material: PlanMaterial) -> dict[str, Found]:
    """The drills by the key that the crew calls them by ("D1")."""
    return {f"D{n}": one for n, one in enumerate(material.drills, start=1)}


def numbered_care(material: PlanMaterial) -> dict[str, CareTask]:
    """The tasks of care by the key that the crew calls them by ("C1")."""
    return {f"C{n}": task for n, (task, _) in enumerate(material.care, start=1)}


def _slayer(material: PlanMaterial) -> str:
    who, wish = material.trainee, material.wish
    facts = [f"{who.style} Breathing, level {who.level}{' (a beginner)' if who.beginner else ''}"]
    facts.append(f"weapon: {material.manual.title}" if material.manual else "no weapon: the guides' drills only")
    facts.append(
        f"wishes for {wish.weeks} weeks, {wish.days_per_week} days a week, {wish.minutes_per_day} minutes a day"
    )
    facts.append(f"goal, in the slayer's words: <goal>{_data(wish.goal) or 'none given'}</goal>")
    return "\n".join(facts)


def _week(week: WeekFrame) -> str:
    days = ", ".join(
        f"day {day.day}: {day.minutes} min{' (easy)' if day.easy else ' (strength)' if day.strength else ''}"
        for day in week.days
    )
    return f"week {week.number}{' (lighter)' if week.lighter else ''}: {days}"


def _drill(key: str, one: Found) -> str:
    drill = one.drill
    facts: Iterable[str] = (
        f"{drill.minutes} min",
        drill.focus,
        f"for {', '.join(drill.styles)}" if drill.styles else "for any style",
        kind(one) or "of the weapon",
    )
    text = _data(" ".join(drill.steps))
    return f'<passage id="{key}" name="{_data(drill.name)}" about="{_data("; ".join(facts))}">\n{text}\n</passage>'


def _data(text: str) -> str:
    """Text that cannot close the mark it stands between."""
    return re.sub(r"[<>\"]", " ", text)[:_LONGEST_PASSAGE].strip()
