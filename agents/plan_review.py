"""What the crew wrote, held against the library: known drills, exact minutes, numbers that the passages bear out.

A day that does not hold is set anew by the plan builder. Where too few days hold, the whole plan is the builder's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from agents.composer.drills import Found
from agents.crews.brief import numbered_care, numbered_drills
from agents.plan_builder import build, build_day, care_of, document, focus_of, frame_of, planned, title
from agents.plan_material import PlanMaterial, too_lively
from agents.plan_schedule import WeekFrame, weeks_due
from agents.planner.quantities import digits
from hashiramart.training_plan import (
    LONGEST_DAY,
    CareTask,
    PlanEngine,
    PlannedDay,
    PlannedWeek,
    TrainingPlanDocument,
    plain_words,
)

_ENOUGH = 0.5  # share of days that must be the crew's for the plan to count as theirs
_MOST_DRILLS = 8  # a day
_NOTES = 3


def review(answer: str, material: PlanMaterial) -> tuple[TrainingPlanDocument, PlanEngine]:
    """The plan that may be shown, and who wrote it.

    Args:
        answer: the editor's words.
        material: what the plan may be made of.
    """
    said = _object(answer)
    weeks_said = {str(week.get("number")): week for week in _dicts(said.get("weeks"))}
    drills, care = _keys(numbered_drills(material), material), numbered_care(material)
    by_use = {key: task for key, task in care.items() if weeks_due(task.when, material.wish) is None}
    weeks: list[PlannedWeek] = []
    kept = days = 0
    for week in frame_of(material):
        told = weeks_said.get(str(week.number), {})
        days_said = _dicts(told.get("days"))
        planned_days = []
        for index in range(len(week.days)):
            day = _day(days_said[index], material, drills, week, index) if index < len(days_said) else None
            kept, days = kept + (day is not None), days + 1
            planned_days.append(day or build_day(material, week, index))
        weeks.append(
            PlannedWeek(
                number=week.number,
                focus=_words(told.get("focus"), 80, _evidence(material)) or focus_of(material, week),
                lighter=week.lighter,
                days=planned_days,
                care=[*care_of(material, week.number), *_extra(told.get("care"), by_use)],
            )
        )
    if kept < _ENOUGH * days:
        return build(material), "embedded"
    evidence = _evidence(material)
    notes = [words for note in _list(said.get("notes"))[:_NOTES] if (words := _words(note, 300, evidence))]
    name = _words(said.get("title"), 80, evidence) or plain_words(title(material), 80)
    return document(material, name, weeks, notes), "llm" if kept == days else "mixed"


def _day(
    said: Mapping[str, Any], material: PlanMaterial, drills: Mapping[str, Found], week: WeekFrame, index: int
) -> PlannedDay | None:
    """The day as the crew set it, or None where it does not hold."""
    frame = week.days[index]
    entries = _dicts(said.get("drills"))
    chosen = []
    for entry in entries:
        one, share = drills.get(str(entry.get("drill", "")).strip().lower()), entry.get("minutes")
        if one is None or type(share) is not int or not 1 <= share <= LONGEST_DAY:
            return None
        if too_lively(one, material.trainee, week.number) or (frame.easy and one.passage.weapon):
            return None
        evidence = f"{one.passage.text} {share} {one.drill.minutes} {week.number} {frame.day}"
        chosen.append(planned(one, share, _words(entry.get("note"), 200, evidence)))
    if not 1 <= len(chosen) <= _MOST_DRILLS or sum(drill.minutes for drill in chosen) != frame.minutes:
        return None
    return PlannedDay(day=frame.day, minutes=frame.minutes, drills=chosen)


def _keys(numbered: Mapping[str, Found], material: PlanMaterial) -> dict[str, Found]:
    """Drills by key and by name: models like to write the name."""
    return {**material.by_name, **{key.lower(): one for key, one in numbered.items()}}


def _extra(said: Any, by_use: dict[str, CareTask]) -> list[CareTask]:
    """Care that goes by use or season, where the armorer puts it; each once in a plan."""
    return [task for key in _list(said) if (task := by_use.pop(str(key), None))]


def _words(said: Any, limit: int, evidence: str) -> str:
    """The crew's words; nothing where they hold markup, an address, or a number that the evidence does not."""
    words = " ".join(said.split()) if isinstance(said, str) else ""
    if plain_words(words, len(words)) != words or not _numbers(words) <= _numbers(evidence):
        return ""
    return plain_words(words, limit)


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", digits(text)))


def _evidence(material: PlanMaterial) -> str:
    """What a number in a title, a focus or a note may come from."""
    wish = material.wish
    asked = f"{wish.weeks} {wish.days_per_week} {wish.minutes_per_day} {material.trainee.level} {wish.goal}"
    return " ".join([asked, *(p.text for p in material.lighter_weeks), *(p.text for p in material.overview)])


def _object(answer: str) -> dict[str, Any]:
    """The JSON object in the answer; empty where there is none. Small models wrap it in prose or fences."""
    found = re.search(r"\{.*\}", answer, re.DOTALL)
    try:
        said = json.loads(found[0]) if found else {}
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _dicts(said: Any) -> list[dict[str, Any]]:
    return [one for one in _list(said) if isinstance(one, dict)]


def _list(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []
