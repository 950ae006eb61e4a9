"""``hashira eval end_to_end`` and ``safety``: their quick forms, in shops of their own."""

from __future__ import annotations

from typing import Any

import pytest

from evals.engines import fitted
from evals.report import Report
from evals.suites import end_to_end, safety
from hashiramart.config import Settings


def quiet(_what: str, _share: float) -> None:
    pass


def told(report: Report) -> list[tuple[Any, ...]]:
    return [(row["id"], row.get("message"), row.get("faults")) for row in report.cases if not row["passed"]]


@pytest.mark.slow
def test_the_scenes_of_the_quick_form_are_as_they_should_be(shop_settings: Settings) -> None:
    report = end_to_end.run(fitted(shop_settings, "embedded"), True, quiet)
    assert report.figures["cases"] >= 25
    assert report.ok, told(report)


@pytest.mark.slow
def test_nothing_gets_through_in_the_quick_form(shop_settings: Settings) -> None:
    report = safety.run(fitted(shop_settings, "embedded"), True, quiet)
    assert report.figures["tries"] >= 50
    assert told(report) == []
    assert report.ok
