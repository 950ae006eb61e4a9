"""``hashira bench`` and ``hashira eval`` as a program calls them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import temporary_home
from tests.integration.conftest import Fill
from tests.shop import environment


def hashira(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli.main", *arguments]
    return subprocess.run(
        command, env=environment(home, 8000), capture_output=True, text=True, timeout=250, check=False
    )


def test_the_turn_benchmark_reports_its_figures_and_leaves_nothing_behind(fill: Fill) -> None:
    with temporary_home() as home:
        fill(home)
        assert hashira(home, "prepare").returncode == 0
        result = hashira(home, "bench", "turn", "--quick", "--json")
        report = json.loads(result.stdout)
        assert set(report) == {"name", "figures", "bounds", "ok"}
        assert report["figures"]["recommend_ratio_p50"] > 0
        assert result.returncode == (0 if report["ok"] else 1)


def test_the_suites_notice_that_the_product_is_broken(fill: Fill) -> None:
    with temporary_home() as home:
        fill(home)
        result = hashira(home, "eval", "mutate", "--quick", "--json")
        report = json.loads(result.stdout)
        assert report["figures"]["mutations"] == 3
        assert report["figures"]["survived"] == 0, result.stderr
        assert result.returncode == 0


def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    result = hashira(tmp_path, "eval", "nonsense")
    assert result.returncode == 2
    assert "routing" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_evaluation_writes_its_report(tmp_path: Path) -> None:
    result = hashira(
        tmp_path, "eval", "recommender", "--quick", "--no-log", "--json", "--report", str(tmp_path / "reports")
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["ok"]
    report = (tmp_path / "reports" / "recommender.md").read_text(encoding="utf-8")
    assert "| regret_at_10_100k |" in report
    assert "Every bound is kept." in report
