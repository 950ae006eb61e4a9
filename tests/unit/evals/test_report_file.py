"""A report as a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from evals import report_file
from evals.report import Report

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def written(folder: Path, report: Report) -> str:
    return report_file.write(report, folder, now=NOW).read_text(encoding="utf-8")


def test_it_says_what_was_found_when_and_where(tmp_path: Path) -> None:
    report = Report("demo", {"lost": 0}, {"lost": ("<=", 0)}, about="What was done.", surroundings={"Server": "18.4"})
    text = written(tmp_path / "made" / "here", report)
    assert text.startswith("# demo\n\nWhat was done.\n")
    assert "| Date | 2026-03-10 12:00 UTC |" in text
    assert "| Server | 18.4 |" in text
    assert "cores" in text
    assert "GiB of memory" in text
    assert "| lost | 0 | ≤ 0 | kept |" in text


def test_a_missed_bound_is_named_first(tmp_path: Path) -> None:
    text = written(tmp_path, Report("demo", {"lost": 2}, {"lost": ("<=", 0), "kills": (">=", 1)}))
    assert "Missed: lost, kills." in text
    assert "| kills | missing | ≥ 1 | missed |" in text


def test_pictures_lie_beside_it(tmp_path: Path) -> None:
    text = written(tmp_path, Report("demo", {}, pictures={"curve": lambda: b"<svg/>"}))
    assert "![curve](demo-curve.svg)" in text
    assert (tmp_path / "demo-curve.svg").read_bytes() == b"<svg/>"


def test_details_keep_their_shape(tmp_path: Path) -> None:
    table = Table("what", "when")
    table.add_row("API killed", "1.5")
    text = written(tmp_path, Report("demo", {}, details=[table, "one line"]))
    assert "API killed" in text
    assert "```text\none line\n```" in text
