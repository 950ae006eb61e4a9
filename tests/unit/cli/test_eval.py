"""``hashira eval`` as people type it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from evals import registry
from evals.registry import Asked
from evals.report import Report
from tests.unit.evals.trials_made import trial


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Asked]]:
    """The suites that were run, and how; ``slots`` misses its bound."""
    calls: list[tuple[str, Asked]] = []

    def run(_kind: str, name: str, _settings: Any, *, quick: bool, tell: Callable[..., None], asked: Asked) -> Report:
        calls.append((name, asked))
        figure = 0.0 if name == "slots" else 1.0
        return Report(name, {"share": figure}, {"share": (">=", 0.5)}, cases=[trial("a")])

    monkeypatch.setattr(registry, "run", run)
    return calls


def hashira(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["eval", *arguments])


def test_without_a_suite_all_are_listed() -> None:
    listed = hashira()
    assert listed.exit_code == 0
    assert listed.stdout.split() == list(registry.names("suite"))
    assert json.loads(hashira("--json").stdout) == list(registry.names("suite"))


def test_run_may_be_left_out_and_options_may_come_first(ran: list[tuple[str, Asked]]) -> None:
    assert hashira("routing", "--no-log").exit_code == 0
    assert hashira("run", "routing", "--no-log").exit_code == 0
    assert hashira("--no-log", "--repeats", "4", "--only", "typo", "routing").exit_code == 0
    assert ran == [("routing", Asked()), ("routing", Asked()), ("routing", Asked(repeats=4, only=("typo",)))]


def test_one_suite_is_a_document_and_several_are_an_array(ran: list[tuple[str, Asked]]) -> None:
    one = json.loads(hashira("routing", "--json", "--no-log").stdout)
    assert one == {"name": "routing", "figures": {"share": 1.0}, "bounds": {"share": [">=", 0.5]}, "ok": True}
    several = json.loads(hashira("routing", "coach", "--json", "--no-log").stdout)
    assert [each["name"] for each in several] == ["routing", "coach"]


def test_a_missed_bound_is_exit_code_1_and_names_the_suite(ran: list[tuple[str, Asked]]) -> None:
    result = hashira("routing", "slots", "--no-log")
    assert result.exit_code == 1
    assert "missed in slots" in result.stderr


def test_all_asks_of_each_suite_what_it_can_do(ran: list[tuple[str, Asked]]) -> None:
    hashira("all", "--repeats", "2", "--no-log")
    asked = dict(ran)
    assert set(asked) == set(registry.names("suite"))
    assert asked["end_to_end"].repeats == 2
    assert asked["recommender"].repeats == 1


def test_the_page_is_written_where_it_was_asked_for(ran: list[tuple[str, Asked]], tmp_path: Path) -> None:
    assert hashira("routing", "--no-log", "--html", str(tmp_path / "page.html")).exit_code == 0
    assert "routing" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_an_unknown_suite_is_a_usage_error() -> None:
    result = hashira("nonsense")
    assert result.exit_code == 2
    assert "routing" in result.stderr


def test_mutations_are_listed() -> None:
    listed = json.loads(hashira("mutate", "--list", "--json").stdout)
    assert len(listed) >= 14
    assert hashira("mutate", "nonsense").exit_code == 1


@pytest.mark.parametrize("command", ["run", "compare", "mutate"])
def test_each_command_explains_itself(command: str) -> None:
    assert "Usage" in hashira(command, "--help").output


def test_help_says_that_run_may_be_left_out() -> None:
    assert "run" in hashira("--help").output
