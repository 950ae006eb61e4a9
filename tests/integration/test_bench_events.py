"""``hashira bench events``: load and faults against a shop of its own, which is gone afterwards."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from tests.conftest import temporary_home
from tests.shop import environment

BENCH = [sys.executable, "-m", "cli.main", "bench", "events", "--quick"]


@pytest.fixture
def scratch() -> Iterator[Path]:
    """Where the benchmark makes its temporary shop."""
    with temporary_home() as folder:
        yield folder


def surroundings(users_home: Path, scratch: Path) -> dict[str, str]:
    return {**environment(users_home, 8000), "TMPDIR": str(scratch)}


@pytest.mark.slow
def test_no_event_is_lost_or_doubled_while_things_break(users_home: Path, scratch: Path, tmp_path: Path) -> None:
    result = subprocess.run(
        [*BENCH, "--json", "--report", str(tmp_path)],
        env=surroundings(users_home, scratch),
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    report = json.loads(result.stdout)
    figures = report["figures"]
    assert {name: figures[name] for name in ("lost", "doubled", "wrong_totals", "audit_faults", "changed_answers")} == {
        "lost": 0,
        "doubled": 0,
        "wrong_totals": 0,
        "audit_faults": 0,
        "changed_answers": 0,
    }
    assert (figures["unanswered"], figures["errors"], figures["wrong_statuses"]) == (0, 0, 0)
    assert (figures["kills"], figures["restarts"]) == (2, 1)
    assert figures["retries"] > 0
    assert figures["ratio"] > 0
    assert report["ok"]
    assert result.returncode == 0
    assert "API killed" in (tmp_path / "events.md").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.glob("*.svg")} == {"events-latency.svg", "events-throughput.svg"}
    assert not list(users_home.iterdir())
    assert not list(scratch.glob("hm-*"))


@pytest.mark.slow
def test_ctrl_c_ends_all_that_was_started(users_home: Path, scratch: Path) -> None:
    with subprocess.Popen(BENCH, env=surroundings(users_home, scratch), stderr=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stderr or ():
                if line.startswith("Reporting events"):
                    break
            started = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(signal.SIGINT)
            rest = process.communicate(timeout=60)[1]
        finally:
            process.kill()
    assert "Traceback" not in rest
    assert process.returncode != 0
    assert started  # the API at least
    assert not psutil.wait_procs(started, timeout=5)[1]
    assert not list(scratch.glob("hm-*"))
