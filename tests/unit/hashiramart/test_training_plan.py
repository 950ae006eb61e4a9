"""The schema of training plans: what it refuses whoever wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from hashiramart.training_plan import Plain, PlannedWeek, TrainingPlanDocument, plain_words

DRILL = {"name": "Minnows", "minutes": 10, "source": "manuals/heron-spear.md", "section": "Drills > Minnows"}


def day(number: int = 1, minutes: int = 10, *drills: dict[str, Any]) -> dict[str, Any]:
    return {"day": number, "minutes": minutes, "drills": list(drills) or [DRILL]}


def week(number: int = 1, *days: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"number": number, "focus": "small thrusts", "days": list(days) or [day()], **changes}


def test_a_plan_that_adds_up_is_accepted() -> None:
    plan = TrainingPlanDocument.model_validate({"title": "Two weeks", "weapon": None, "weeks": [week(1), week(2)]})
    assert [each.number for each in plan.weeks] == [1, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        week(1, day(1, 11)),
        week(1, day(1, 10, DRILL, DRILL)),
        week(1, day(3), day(1)),
        week(1, day(1), day(1)),
        week(1, day(8)),
        week(0),
        week(1, focus=""),
        week(1, focus="see https://evil.example"),
        week(1, focus="![x](y)"),
        week(1, points=1000),
        week(1, day(1, 10, {**DRILL, "note": "<img src=x>"})),
        week(1, day(1, 0, {**DRILL, "minutes": 0})),
    ],
)
def test_a_week_that_does_not_hold_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PlannedWeek.model_validate(wrong)


@pytest.mark.parametrize("weeks", [[], [week(2)], [week(1), week(3)], [week(2), week(1)]])
def test_weeks_are_numbered_without_a_gap(weeks: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        TrainingPlanDocument.model_validate({"title": "x", "weapon": None, "weeks": weeks})


@given(text=st.text(max_size=200), limit=st.integers(2, 80))
def test_plain_words_are_always_fit_for_a_plan(text: str, limit: int) -> None:
    words = plain_words(text, limit)
    assert len(words) <= limit
    assert not words or TypeAdapter(Plain).validate_python(words) == words.strip()


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("**Minnows**, quick", "quick"),
        ("[the manual](https://evil.example) says", "the manual says"),
        ("![pixel](https://evil.example/p.png) go", "pixel go"),
        ("hthttps://xttps://evil.example/ go", " go"),
        ("<scr<b>ipt>alert</script> go", "go"),
    ],
)
def test_markup_is_taken_out(text: str, end: str) -> None:
    words = plain_words(text, 80)
    assert "evil" not in words
    assert "<" not in words
    assert words.endswith(end)
