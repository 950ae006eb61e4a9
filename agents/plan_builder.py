"""The plan builder: a training plan without a language model, set from the library's drills by the guides' own rules.

Each week has a drill of the weapon in its focus, each day opens with the breath, and the other drills take turns; minutes are
fitted exactly (``composer/session``). Deterministic: the same wish over the same library gives the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agents.composer.drills import Found
from agents.composer.prose import listing, minutes
from agents.composer.session import Candidate, fit
from agents.plan_material import BREATHING, CONDITIONING, FOOTWORK, PlanMaterial, kind, too_lively
from agents.plan_schedule import DayFrame, WeekFrame, frame, weeks_due
from hashiramart.blocks import Citation
from hashiramart.training_plan import (
    CareTask,
    PlannedDay,
    PlannedDrill,
    PlannedWeek,
    TrainingPlanDocument,
    plain_words,
)
from knowledge.split import Passage

_WARM_UP_FROM = 10  # minutes
_STAGES = (BREATHING, FOOTWORK, "", CONDITIONING)
_Pool = list[tuple[Found, Candidate]]


def build(material: PlanMaterial) -> TrainingPlanDocument:
    """The plan for a wish."""
    weeks = [build_week(material, week) for week in frame_of(material)]
    return document(material, plain_words(title(material), 80), weeks, ())


def frame_of(material: PlanMaterial) -> list[WeekFrame]:
    """The days and minutes that a plan for this wish must have."""
    return frame(
        material.wish,
        beginner=material.trainee.beginner,
        lighter_weeks=bool(material.lighter_weeks),
        rest_days=bool(material.rest_days),
    )


def build_week(material: PlanMaterial, week: WeekFrame) -> PlannedWeek:
    """One week."""
    return PlannedWeek(
        number=week.number,
        focus=focus_of(material, week),
        lighter=week.lighter,
        days=[build_day(material, week, index) for index in range(len(week.days))],
        care=care_of(material, week.number),
    )


def build_day(material: PlanMaterial, week: WeekFrame, index: int) -> PlannedDay:
    """One day: the ``index``-th training day of a week."""
    day = week.days[index]
    pool = _pool(material, week, day, index)
    found = [one for one, _ in pool]
    focus = found.index(_focus(material, week.number)) if index == 0 else None  # each week does what it is called after
    spent = _spend([candidate for _, candidate in pool], day.minutes, first=focus)
    chosen = sorted(
        ((found[place], share) for place, share in spent.items()), key=lambda pair: (_stage(pair[0]), pair[1])
    )
    return PlannedDay(day=day.day, minutes=day.minutes, drills=[planned(one, share) for one, share in chosen])


def planned(one: Found, share: int, note: str = "") -> PlannedDrill:
    """A drill of a day with its share of the minutes."""
    return PlannedDrill(
        name=one.drill.name,
        minutes=share,
        source=one.passage.source,
        section=one.passage.heading,
        note=note or _rounds(share, one.drill.minutes),
    )


def care_of(material: PlanMaterial, number: int) -> list[CareTask]:
    """The weapon's care that falls due in a week."""
    return [task for task, _ in material.care if number in (weeks_due(task.when, material.wish) or ())]


def focus_of(material: PlanMaterial, week: WeekFrame) -> str:
    """What a week is about, in a few words."""
    drill = _focus(material, week.number).drill
    lead = "Recover: " if week.lighter and week.number > 1 else "Begin gently: " if week.lighter else ""
    return plain_words(f"{lead}{drill.name}, {drill.focus}", 80)


def title(material: PlanMaterial) -> str:
    """What the plan is called."""
    weeks = material.wish.weeks
    weapon = f" with the {material.manual.title}" if material.manual else ""
    return f"{weeks} {'week' if weeks == 1 else 'weeks'}{weapon}"


def document(
    material: PlanMaterial, name: str, weeks: Sequence[PlannedWeek], notes: Iterable[str]
) -> TrainingPlanDocument:
    """The whole plan, with what must be said about it and the passages it is made of."""
    return TrainingPlanDocument(
        title=name,
        weapon=material.manual.weapon if material.manual else None,
        weeks=list(weeks),
        notes=[*notes, *_notes(material, weeks)],
        sources=_sources(material, weeks),
    )


def _focus(material: PlanMaterial, number: int) -> Found:
    """The drill in a week's focus."""
    core = _core(material)
    return core[(number - 1) % len(core)]


def _core(material: PlanMaterial) -> Sequence[Found]:
    """The drills that take turns in the focus: the weapon's own; without a weapon footwork that fits the style, and strength."""
    if material.own:
        return material.own
    footwork = _fitting(material, [one for one in material.guides if kind(one) == FOOTWORK])
    return [*footwork, *_strength(material)] or _fitting(material, material.guides)


def _strength(material: PlanMaterial) -> list[Found]:
    """Strength and wind are everybody's, whatever the style; those for the trainee's come first."""
    drills = [one for one in material.guides if kind(one) == CONDITIONING and "warm-up" not in one.drill.focus]
    return sorted(drills, key=lambda one: (not one.suits(material.trainee.style), one.bars(material.trainee.style)))


def _fitting(material: PlanMaterial, drills: Sequence[Found]) -> list[Found]:
    """Drills that are not for other styles, those for the trainee's first; all of them where none is left."""
    style = material.trainee.style
    free = [one for one in drills if not one.bars(style)] or list(drills)
    return sorted(free, key=lambda one: not one.suits(style))


def _pool(material: PlanMaterial, week: WeekFrame, day: DayFrame, index: int) -> _Pool:
    """What a day may be made of, with what each is worth to it."""
    turn = (week.number - 1) * len(week.days) + index
    guides = {stage: _fitting(material, [one for one in material.guides if kind(one) == stage]) for stage in _STAGES}
    warm = _warm_ups(material, week, guides[BREATHING], day.minutes)
    joints = [one for one in guides[CONDITIONING] if "warm-up" in one.drill.focus]
    pool: _Pool = [_worth(one, 0.4, warm_up=True) for one in _turns(warm, turn, 2)]
    pool += [_worth(one, 0.6) for one in joints]
    pool += [_worth(one, value) for one, value in zip(_turns(guides[FOOTWORK], turn, 2), (0.9, 0.6), strict=False)]
    if day.easy:
        pool += [_worth(one, 0.5) for one in warm]
        return _or_anything(material, pool)
    focus = _focus(material, week.number)
    others = [one for one in material.own if one is not focus]
    values = [1.1, *(0.5 for _ in others)]
    pool += [_worth(one, value) for one, value in zip(_turns(others, turn, len(others)), values, strict=False)]
    pool += [_worth(one, 0.8) for one in _turns(_strength(material), turn, 2) if day.strength]
    pool += [_worth(one, 0.5) for one in material.guides if kind(one) not in _STAGES]
    pool = [pair for pair in pool if pair[0] is not focus]
    return _or_anything(material, [*pool, _worth(focus, 1.5)])


def _warm_ups(material: PlanMaterial, week: WeekFrame, breathing: list[Found], day_minutes: int) -> list[Found]:
    short = [one for one in breathing if one.drill.minutes <= max(3, day_minutes // 3)]
    return [one for one in short if not too_lively(one, material.trainee, week.number)]


def _or_anything(material: PlanMaterial, pool: _Pool) -> _Pool:
    """Where the library has only drills of other kinds, a day is made of those."""
    if any(not candidate.warm_up for _, candidate in pool):
        return pool
    return [*pool, *(_worth(one, 0.5) for one in material.drills)]


def _worth(one: Found, value: float, *, warm_up: bool = False) -> tuple[Found, Candidate]:
    return one, Candidate(one.drill.minutes, value, warm_up)


def _turns(drills: Sequence[Found], turn: int, count: int) -> list[Found]:
    """``count`` of the drills, beginning with another one at each turn."""
    return [drills[(turn + step) % len(drills)] for step in range(min(count, len(drills)))]


def _spend(candidates: list[Candidate], total: int, *, first: int | None) -> dict[int, int]:
    """Minutes by candidate, adding up to ``total`` exactly; ``first`` is done once in any case."""
    spent = {} if first is None else {first: min(candidates[first].minutes, total)}
    left = total - sum(spent.values())
    again = False
    while left:
        places = [place for place, one in enumerate(candidates) if not (again and one.warm_up)]
        slots = fit([candidates[place] for place in places], left, warm_up=not again and total >= _WARM_UP_FROM)
        if not slots:
            place = max(places, key=lambda place: candidates[place].worth)
            spent[place] = spent.get(place, 0) + left
            break
        for slot in slots:
            spent[places[slot.index]] = spent.get(places[slot.index], 0) + slot.minutes
            left -= slot.minutes
        again = True  # four rounds of everything are not enough: one more turn, without its warm-up
    return spent


def _stage(one: Found) -> int:
    stage = kind(one)
    if "warm-up" in one.drill.focus:
        return 0
    return _STAGES.index(stage) if stage in _STAGES else len(_STAGES)


def _rounds(share: int, whole: int) -> str:
    if share < whole:
        return f"the first {share} of its {minutes(whole)}"
    rounds, rest = divmod(share, whole)
    more = f", then its first {minutes(rest)} once more" if rest else ""
    return f"{rounds} rounds of {minutes(whole)}{more}" if rounds > 1 else f"once through{more}" if rest else ""


def _notes(material: PlanMaterial, weeks: Sequence[PlannedWeek]) -> list[str]:
    wish, notes = material.wish, []
    if wish.weapon and material.manual is None:
        notes.append("The library holds no manual for this weapon, so the plan is made of the guides' drills.")
    if material.trainee.hurt:
        parts = listing(sorted(material.trainee.hurt))
        notes.append(f"You told the Coach what hurts: drills that ask much of your {parts} are left out.")
    if material.trainee.beginner:
        notes.append("Below level 10 the plan begins with shorter days and adds about a tenth a week.")
    if any(week.lighter and week.number > 1 for week in weeks):
        notes.append("A lighter week of about half the work follows every four hard ones, as the guides ask.")
    if material.rest_days and wish.days_per_week == 7:
        notes.append("The seventh day is an easy one: the guides ask for a day a week without hard training.")
    unknown = [task.when for task, _ in material.care if weeks_due(task.when, wish) is None]
    later = [task.when for task, _ in material.care if weeks_due(task.when, wish) == []]
    if unknown:
        notes.append(plain_words(f"Care that goes by use or season, not by the week: {listing(unknown)}.", 400))
    if later:
        notes.append(plain_words(f"Care that falls due only after this plan: {listing(later)}.", 400))
    return notes


def _sources(material: PlanMaterial, weeks: Sequence[PlannedWeek]) -> list[Citation]:
    used = {(drill.source, drill.section) for week in weeks for day in week.days for drill in day.drills}
    used |= {(task.source, task.section) for week in weeks for task in week.care}
    passages: list[Passage] = [one.passage for one in material.drills]
    passages += [passage for _, passage in material.care]
    cited = {(p.source, p.heading): p for p in passages if (p.source, p.heading) in used}
    if any(week.lighter for week in weeks):
        cited |= {(p.source, p.heading): p for p in material.lighter_weeks}
    return [
        Citation(n=n, source=p.source, section=p.heading, text=p.text, weapon=p.weapon)
        for n, p in enumerate(cited.values(), start=1)
    ]
