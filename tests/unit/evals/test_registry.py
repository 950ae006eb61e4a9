"""What the registry hands to a suite, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

import pytest

from evals import registry
from evals.registry import Asked
from evals.report import Report
from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, NotFound, SetupError
from tests.unit.evals.trials_made import trial

Tell = Callable[[str, float], None]


@dataclass
class Suite:
    """A suite that keeps what it was handed."""

    got: dict[str, Any] = field(default_factory=dict)

    def run(
        self, settings: Settings, quick: bool, tell: Tell, *, planner: str = "embedded", only: Collection[str] = ()
    ) -> Report:
        self.got = {"settings": settings, "quick": quick, "planner": planner, "only": only}
        return Report("routing", {}, cases=[trial("a", calls=1, tokens_in=5, tokens_out=2)])


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> Suite:
    suite = Suite()
    monkeypatch.setattr(registry, "import_module", lambda _name: suite)
    return suite


def configured(**settings: Any) -> Settings:
    return Settings(openai_base_url="http://127.0.0.1:9/v1", openai_api_key="key", **settings)


def test_the_embedded_planner_is_measured_without_the_endpoint(suite: Suite) -> None:
    registry.run("suite", "routing", configured())
    assert not suite.got["settings"].llm_configured


def test_the_language_model_is_measured_where_one_is_configured(suite: Suite) -> None:
    registry.run("suite", "routing", configured(), asked=Asked(planner="llm", only=("typo",)))
    assert suite.got["settings"].llm_configured
    assert (suite.got["planner"], suite.got["only"]) == ("llm", ("typo",))
    with pytest.raises(SetupError, match="OPENAI_BASE_URL"):
        registry.run(
            "suite", "routing", Settings(openai_base_url=None, openai_api_key=None), asked=Asked(planner="llm")
        )


def test_what_a_suite_cannot_do_is_refused(suite: Suite) -> None:
    with pytest.raises(InvalidInput, match="tries each of its cases once"):
        registry.run("suite", "routing", Settings(), asked=Asked(repeats=2))


def test_tokens_of_the_cases_become_figures(suite: Suite) -> None:
    assert registry.run("suite", "routing", Settings()).figures == {"model_calls": 1, "tokens_in": 5, "tokens_out": 2}


def test_an_unknown_suite_is_told_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match="end_to_end"):
        registry.run("suite", "nonsense", Settings())
