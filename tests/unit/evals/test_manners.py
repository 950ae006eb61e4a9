"""The manners that every suite and benchmark shares."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from rich.console import Console

from evals import registry
from evals.report import Report


def report(value: float = 0.5, sign: str = ">=", limit: float = 0.4) -> Report:
    return Report("demo", {"share": value}, {"share": (sign, limit)})


def test_json_has_exactly_the_agreed_fields() -> None:
    data = json.loads(json.dumps(report().to_json()))
    assert data == {"name": "demo", "figures": {"share": 0.5}, "bounds": {"share": [">=", 0.4]}, "ok": True}


@pytest.mark.parametrize(
    ("value", "sign", "limit", "ok"),
    [(0.4, ">=", 0.4, True), (0.39, ">=", 0.4, False), (0.4, "<=", 0.4, True), (0.41, "<=", 0.4, False)],
)
def test_a_missed_bound_is_not_ok(value: float, sign: str, limit: float, ok: bool) -> None:
    assert report(value, sign, limit).ok is ok


def test_a_bound_without_its_figure_is_missed() -> None:
    assert not Report("demo", {}, {"share": (">=", 0.0)}).ok


def test_figures_must_be_finite() -> None:
    with pytest.raises(ValueError, match="share"):
        report(float("nan"))


def test_people_see_which_bound_was_missed() -> None:
    console = Console(file=StringIO(), width=100)
    report(0.1).print(console)
    assert isinstance(console.file, StringIO)
    assert "missed" in console.file.getvalue()


@pytest.mark.parametrize("kind", ["suite", "bench"])
def test_everything_registered_can_be_loaded(kind: registry.Kind) -> None:
    from importlib import import_module

    assert registry.names(kind)
    for name in registry.names(kind):
        assert callable(import_module(registry._MODULES[kind][name]).run)
