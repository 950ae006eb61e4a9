"""What is counted over trials."""

from __future__ import annotations

import pytest

from evals import summary
from evals.trajectories import ordered_route
from evals.trials import failed_cases, pass_hat
from hashiramart.config import Settings
from tests.unit.evals.trials_made import trial


def test_pass_hat_k_is_the_share_of_cases_that_passed_every_time() -> None:
    rows = [trial("a"), trial("b"), trial("a"), trial("b", passed=False), trial("a"), trial("b")]
    assert pass_hat(rows) == 0.5
    assert failed_cases(rows) == ["b"]
    assert pass_hat([]) == 0


@pytest.mark.parametrize(
    ("taken", "right"),
    [
        (["coach", "artist"], True),
        (["artist", "coach"], False),
        (["coach"], False),
        (["coach", "artist", "artist"], False),
    ],
)
def test_a_route_must_be_the_expected_one_in_its_order(taken: list[str], right: bool) -> None:
    assert ordered_route(trial("a", trajectory=taken, expected_trajectory=["coach", "artist"])) is right


def test_where_any_order_will_do_no_route_is_judged() -> None:
    assert ordered_route(trial("a")) is None


def test_slices_count_cases_and_not_tries() -> None:
    rows = [trial("a"), trial("a"), trial("b", passed=False, slice="rare"), trial("b", slice="rare")]
    found = summary.slices(rows)
    assert [(each.name, each.cases, each.passed) for each in found] == [("plain", 1, 1), ("rare", 1, 0)]


def test_the_confusion_holds_first_steps_with_nobody_last() -> None:
    rows = [
        trial("a", expected_trajectory=["coach"]),
        trial("b", expected_trajectory=[], trajectory=["coach"]),
        trial("c"),
    ]
    confusion = summary.confusion(rows)
    assert confusion is not None
    assert confusion.names == ["coach", "nobody"]
    assert confusion.counts == [[1, 0], [1, 0]]
    assert summary.confusion([trial("c")]) is None


def test_what_never_passed_is_worse_than_what_passed_sometimes() -> None:
    rows = [trial("a"), trial("a", passed=False), trial("b", passed=False), trial("b", passed=False), trial("c")]
    assert [(each.trial["id"], each.passed, each.tries) for each in summary.failures(rows)] == [
        ("b", 0, 2),
        ("a", 1, 2),
    ]


def test_tokens_are_added_up_and_cost_what_the_settings_say() -> None:
    rows = [
        trial("a", calls=2, tokens_in=1_000_000, tokens_out=500_000),
        trial("b", calls=1, tokens_in=0, tokens_out=0),
    ]
    priced = Settings(llm_price_in=2.0, llm_price_out=4.0)
    assert summary.spent(rows, priced) == summary.Spent(3, 1_000_000, 500_000, 4.0)
    assert summary.spent_figures(rows, Settings()) == {"model_calls": 3, "tokens_in": 1_000_000, "tokens_out": 500_000}
    assert summary.spent([trial("a")], priced) is None
