"""The plan builder: exact minutes, exact weeks, nothing that the library does not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.plan_builder import build
from agents.plan_material import Trainee, gather
from agents.plan_schedule import weeks_due
from hashiramart.errors import Unavailable
from hashiramart.seed import style_names
from hashiramart.training_plan import PlanWish, TrainingPlanDocument
from knowledge.parts import intervals
from knowledge.shelf import Shelf
from tests.shelves import printed_shelf, shelf_of

WEAPONS = ("heron-spear", "oak-kanabo", "drizzle-bow", "lantern-sai", "no-such-weapon")
SLAYER = Trainee("Giyu", "Water", 20)


def wishes(most_minutes: int = 240) -> st.SearchStrategy[PlanWish]:
    return st.builds(
        PlanWish,
        weeks=st.integers(1, 26),
        days_per_week=st.integers(1, 7),
        minutes_per_day=st.integers(5, most_minutes),
        goal=st.text(max_size=50, alphabet="abc <>.1"),
        weapon=st.none() | st.sampled_from(WEAPONS),
    )


def trainees() -> st.SearchStrategy[Trainee]:
    return st.builds(Trainee, st.just("Giyu"), st.sampled_from(style_names()), st.integers(1, 100))


def plan(wish: PlanWish, who: Trainee = SLAYER, shelf: Shelf | None = None) -> TrainingPlanDocument:
    return build(gather(wish, who, shelf or printed_shelf()))


@given(wish=wishes(), who=trainees())
def test_a_plan_has_the_weeks_days_and_minutes_that_were_asked_for(wish: PlanWish, who: Trainee) -> None:
    made = plan(wish, who)
    assert len(made.weeks) == wish.weeks
    assert all(len(week.days) == wish.days_per_week for week in made.weeks)
    for week in made.weeks:
        for day in week.days:
            assert sum(drill.minutes for drill in day.drills) == day.minutes
            assert 5 <= day.minutes <= wish.minutes_per_day
    if who.level >= 10 and wish.days_per_week < 7:
        full = {day.minutes for week in made.weeks if not week.lighter for day in week.days}
        assert full == {wish.minutes_per_day}
    assert TrainingPlanDocument.model_validate_json(made.model_dump_json()) == made


@given(wish=wishes(60), who=trainees())
def test_every_drill_care_task_and_source_is_the_librarys(wish: PlanWish, who: Trainee) -> None:
    made = plan(wish, who)
    known = {(passage.name, passage.source, passage.heading) for passage in printed_shelf().passages}
    care = {
        (task.when, task.do, passage.source, passage.heading)
        for passage in printed_shelf().by_weapon.get(wish.weapon or "", [])
        for task in intervals(passage)
    }
    cited = {(source.source, source.section) for source in made.sources}
    for week in made.weeks:
        assert {(task.when, task.do, task.source, task.section) for task in week.care} <= care
        drills = {(drill.name, drill.source, drill.section) for day in week.days for drill in day.drills}
        assert drills <= known
        assert {(source, section) for _, source, section in drills} <= cited


def test_the_same_wish_gives_the_same_plan() -> None:
    wish = PlanWish(weeks=6, weapon="heron-spear")
    assert plan(wish) == plan(wish)


def test_every_week_does_what_it_is_called_after() -> None:
    for week in plan(PlanWish(weeks=12, weapon="heron-spear", minutes_per_day=25)).weeks:
        focus = week.focus.removeprefix("Recover: ").split(", ")[0]
        assert focus in {drill.name for day in week.days for drill in day.drills}


def test_the_focus_goes_through_the_weapons_drills_those_for_the_style_first() -> None:
    weeks = plan(PlanWish(weeks=4, weapon="heron-spear")).weeks
    focus = [week.focus.split(", ")[0] for week in weeks]
    assert sorted(focus) == ["Crossing the Ford", "Minnows", "Reeds in the Current", "Standing in the Shallows"]
    assert focus[-1] == "Minnows"  # the one drill that is not for Water


def test_a_lighter_week_of_half_follows_four_hard_ones() -> None:
    weeks = plan(PlanWish(weeks=10, minutes_per_day=40)).weeks
    assert [week.number for week in weeks if week.lighter] == [5, 10]
    assert {day.minutes for day in weeks[4].days} == {20}


def test_no_lighter_week_where_no_guide_asks_for_one() -> None:
    shelf = shelf_of([p for p in printed_shelf().passages if "week" not in p.text], printed_shelf())
    assert not any(week.lighter for week in plan(PlanWish(weeks=10), shelf=shelf).weeks)


def test_a_beginner_begins_with_less_and_keeps_to_the_calm_breath() -> None:
    weeks = plan(PlanWish(weeks=4, minutes_per_day=60, weapon="oak-kanabo"), Trainee("Zenitsu", "Thunder", 3)).weeks
    assert [week.days[0].minutes for week in weeks] == [40, 50, 55, 60]
    breath = {
        drill.section
        for week in weeks
        for day in week.days
        for drill in day.drills
        if drill.source == "guides/breathing-warmups.md"
    }
    assert breath
    assert all(section.startswith("Calm routines") for section in breath)


def test_seven_days_a_week_have_an_easy_one() -> None:
    day = plan(PlanWish(weeks=1, days_per_week=7, minutes_per_day=60, weapon="heron-spear")).weeks[0].days[6]
    assert day.minutes == 30
    assert {drill.source for drill in day.drills} <= {
        "guides/breathing-warmups.md", "guides/footwork.md", "guides/conditioning.md"
    }  # fmt: skip


def test_exercises_for_the_injured_are_left_out() -> None:
    made = plan(PlanWish(weeks=26, days_per_week=6))
    assert "guides/injuries-and-rest.md" not in {d.source for w in made.weeks for day in w.days for d in day.drills}


@pytest.mark.parametrize(
    ("when", "weeks"),
    [
        ("After every use", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("Weekly", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("Every fortnight", [2, 4, 6, 8]),
        ("Every ten days", [2, 3, 5, 6, 8]),
        ("Every three weeks", [3, 6]),
        ("Monthly in dry season", [4, 8]),
        ("Every two months", [8]),
        ("Every 5 sessions", [2, 4, 5, 7]),
        ("Quarterly", []),
        ("Yearly", []),
        ("Every 25 bouts", None),
        ("At midsummer and midwinter", None),
    ],
)
def test_care_falls_due_by_its_interval(when: str, weeks: list[int] | None) -> None:
    assert weeks_due(when, PlanWish(weeks=8, days_per_week=3)) == weeks


def test_an_empty_library_says_so() -> None:
    with pytest.raises(Unavailable, match="no drills"):
        gather(PlanWish(), SLAYER, shelf_of([], printed_shelf()))


def test_one_drill_alone_fills_any_day() -> None:
    one = [p for p in printed_shelf().passages if p.name == "Minnows"]
    made = plan(PlanWish(weeks=1, minutes_per_day=240), shelf=shelf_of(one, printed_shelf(), weapon=None))
    assert {day.minutes for day in made.weeks[0].days} == {240}
