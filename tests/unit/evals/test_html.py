"""The report page: whole, self-contained, and no door for what is in a case."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from evals.html import page, write
from evals.report import Report
from evals.trials import Trial
from hashiramart.config import Settings
from tests.unit.evals.trials_made import trial

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
ATTACK = '<script>alert("x")</script>'


def shown(cases: list[Trial], **figures: float) -> str:
    report = Report("routing", {"share": 0.4, **figures}, {"share": (">=", 0.5)}, about="How it is done.", cases=cases)
    return page([report], Settings(llm_price_in=1.0, llm_price_out=1.0), now=NOW, told={"planner": "embedded"})


def test_the_page_has_bounds_slices_confusion_worst_cases_latency_and_tokens() -> None:
    text = shown(
        [
            trial("a", expected_trajectory=["coach"], calls=1, tokens_in=500_000, tokens_out=250_000),
            trial("b", passed=False, slice="rare", expected_trajectory=["artist"], message="draw", faults=["too dear"]),
        ],
        planning_p95_ms=12.5,
    )
    for expected in (
        "By slice",
        "First step",
        "Latency",
        "Worst cases",
        "too dear",
        "0.400",
        "≥ 0.500",
        "0.7500",
        "12.5",
    ):
        assert expected in text
    assert "a bound was missed" in text


def test_a_page_without_cases_has_its_figures() -> None:
    text = shown([])
    assert "By slice" not in text
    assert "share" in text


def test_words_of_a_case_are_no_markup() -> None:
    wicked = trial(
        "a", passed=False, message=ATTACK, got={"reply": ATTACK}, faults=[ATTACK], slice=ATTACK, trajectory=[ATTACK]
    )
    text = shown([wicked])
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_nothing_is_loaded_from_elsewhere() -> None:
    text = shown([trial("a", passed=False)])
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)|url\(|@import|https?://", text)
    assert "default-src 'none'" in text


def test_texts_of_a_closed_case_are_not_shown() -> None:
    text = shown(
        [trial("a1", passed=False, quiet=True, message="secret message", got="secret reply", faults=["secret fault"])]
    )
    assert "a1" in text
    assert "secret" not in text


def test_the_page_goes_into_the_file_or_the_folder_that_was_named(tmp_path: Path) -> None:
    one = [Report("routing", {"share": 1.0})]
    both = [*one, Report("slots", {"share": 1.0})]
    told: dict[str, str] = {}
    assert write(one, tmp_path / "x" / "r.html", Settings(), now=NOW, told=told) == tmp_path / "x" / "r.html"
    assert write(one, tmp_path / "y", Settings(), now=NOW, told=told).name == "routing.html"
    assert write(both, tmp_path / "y", Settings(), now=NOW, told=told).name == "evaluation.html"
    assert 'href="#slots"' in (tmp_path / "y" / "evaluation.html").read_text(encoding="utf-8")
