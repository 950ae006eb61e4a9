"""The gate's decisions on made-up rankers whose worth is known."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.exam import NEW_WEAPONS, Choices, Exam, Float
from ml.params import load_params
from ml.verdict import Check, Scores, Verdict, decide

P = load_params().gate.model_copy(update={"rounds": 400})
SLAYERS, BATTLES, WEAPONS, K = 400, 20, 60, 10


class World:
    """Slayers whose chances with every weapon are known, and battles of theirs."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        slayer = np.repeat(np.arange(SLAYERS), BATTLES)
        self.logit = rng.normal(0, 1, len(slayer))
        self.choice_logit = rng.normal(0, 1, (SLAYERS, WEAPONS))
        style = rng.integers(0, 5, SLAYERS)[slayer]
        slices = {f"style {i}": style == i for i in range(5)}
        slices[NEW_WEAPONS] = rng.random(len(slayer)) < 0.1
        self.exam = Exam(
            matrix=np.zeros((len(slayer), 8), np.float32),
            weapon=rng.integers(0, WEAPONS, len(slayer)),
            slayer=slayer,
            outcome=(rng.random(len(slayer)) < _chance(self.logit)).astype(np.int8),
            slices=slices,
            choices=Choices(np.zeros((0, 8), np.float32), np.zeros(0, np.intp), _chance(self.choice_logit)),
            choosers=np.arange(SLAYERS),
            chooser_slices={},
            shop=np.ones(WEAPONS, bool),
        )

    def ranker(self, noise: float, seed: int) -> Scores:
        """The truth, blurred: at noise 0 nothing ranks better."""
        rng = np.random.default_rng([seed, 1])  # not the draws of a world of the same seed
        battles = self.logit + rng.normal(0, noise, self.logit.shape) if noise else self.logit
        choices = self.choice_logit + rng.normal(0, noise, self.choice_logit.shape) if noise else self.choice_logit
        # What is blurred must stay calibrated: it tells less of the truth than its size says, and leaves some of it open
        # (the mean chance over a normal rest, after MacKay 1992).
        rest = noise**2 / (1 + noise**2)
        return Scores(_chance(battles / (1 + noise**2) / np.sqrt(1 + np.pi * rest / 8)), _chance(choices))


@cache
def world(seed: int = 0) -> World:
    return World(seed)


def _chance(logit: Float) -> Float:
    return np.asarray(1 / (1 + np.exp(-logit)))


def _decided(challenger: Scores, champion: Scores | None, of: World | None = None, **baselines: Scores) -> Verdict:
    return decide(P, (of or world()).exam, challenger, champion, baselines, K)


def _check(verdict: Verdict, name: str) -> Check:
    return next(check for check in verdict.checks if check.name == name)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 3), st.floats(0.0, 0.6))
def test_an_identical_challenger_passes_and_is_no_better(seed: int, noise: float) -> None:
    same = world(seed).ranker(noise, seed)
    verdict = _decided(same, same, world(seed))
    assert (verdict.decision, verdict.comparison) == ("release", "not worse")
    assert _check(verdict, "auc").value == 0
    assert all(of_slice["difference"] == 0 for of_slice in verdict.slices.values())


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 3), st.floats(0.5, 2.0))
def test_a_clearly_worse_challenger_is_refused_and_the_reason_says_by_how_much(seed: int, noise: float) -> None:
    verdict = _decided(world(seed).ranker(noise, 9), world(seed).ranker(0.0, 9), world(seed))
    assert (verdict.decision, verdict.comparison) == ("hold", "worse")
    assert not _check(verdict, "auc").passed
    assert not _check(verdict, "regret").passed
    assert "AUC -" in verdict.reason


@settings(deadline=None, max_examples=5)
@given(st.integers(0, 3))
def test_a_clearly_better_challenger_is_released_as_better(seed: int) -> None:
    verdict = _decided(world(seed).ranker(0.0, 1), world(seed).ranker(0.8, 1), world(seed))
    assert (verdict.decision, verdict.comparison) == ("release", "better")


def test_noise_alone_is_hardly_ever_called_better() -> None:
    # Forty pairs of equally good rankers: at 97.5 % sure, one of them may look better by luck, or two.
    found = [_decided(world(2).ranker(0.3, 2 * i), world(2).ranker(0.3, 2 * i + 1), world(2)) for i in range(40)]
    assert sum(verdict.comparison == "better" for verdict in found) <= 4
    assert {verdict.comparison for verdict in found} > {"better"} or all(v.comparison != "better" for v in found)


def test_a_slice_that_falls_is_named_although_the_whole_does_not() -> None:
    here = world(1)
    rows = here.exam.slices["style 3"]
    champion, best = here.ranker(0.35, 4), here.ranker(0.0, 4)
    upside_down = np.where(rows, 1 - best.battles, best.battles)
    verdict = _decided(Scores(upside_down, best.choices), champion, here)
    assert not _check(verdict, "slices").passed
    assert "Worst slice style 3" in verdict.reason
    assert verdict.decision == "hold"


def test_new_weapons_are_judged_by_the_pairs_that_touch_them() -> None:
    here = world(1)
    rows = here.exam.slices[NEW_WEAPONS]
    champion = here.ranker(0.0, 4)
    ignorant = Scores(np.where(rows, 0.5, champion.battles), champion.choices)
    verdict = _decided(ignorant, champion, here)
    assert "new weapons" in _check(verdict, "slices").text
    assert not _check(verdict, "slices").passed


def test_a_small_slice_that_is_down_by_chance_holds_nobody_back() -> None:
    here = world(3)
    few = np.zeros(len(here.exam.outcome), bool)
    few[:60] = True
    exam = Exam(**{name: getattr(here.exam, name) for name in Exam.__slots__} | {"slices": {"style few": few}})
    fell = passed = 0
    for i in range(12):
        verdict = decide(P, exam, here.ranker(0.3, 2 * i), here.ranker(0.3, 2 * i + 1), {}, K)
        fell += verdict.slices["style few"]["difference"] < -P.slice_margin
        passed += _check(verdict, "slices").passed
    assert fell >= 3  # chance does take it below the margin
    assert passed >= 10  # at 5 % significance, one of twelve may


def test_wrong_probabilities_hold_back_a_perfect_ranking() -> None:
    best = world().ranker(0.0, 1)
    boastful = Scores(best.battles**0.5, best.choices)
    verdict = _decided(boastful, best)
    assert not _check(verdict, "ece").passed
    assert _check(verdict, "auc").passed
    assert verdict.decision == "hold"
    assert verdict.reason.startswith("ECE 0.1")


@pytest.mark.parametrize("champion", [False, True])
def test_a_baseline_that_is_better_holds_back(champion: bool) -> None:
    weak, best = world().ranker(0.8, 1), world().ranker(0.0, 1)
    verdict = _decided(weak, weak if champion else None, logistic_regression=best)
    assert verdict.decision == "hold"
    assert "logistic regression" in verdict.reason
    assert verdict.comparison == ("not worse" if champion else "first")


def test_a_first_release_needs_to_beat_or_tie_the_baselines_only() -> None:
    best, weak = world().ranker(0.0, 1), world().ranker(0.8, 1)
    verdict = _decided(best, None, popularity=weak, itself=best)
    assert (verdict.decision, verdict.comparison) == ("release", "first")
    assert verdict.slices == {}
    assert {check.name for check in verdict.checks} == {"ece", "baseline_popularity", "baseline_itself"}


def test_a_holdout_where_nobody_won_and_lost_releases_nothing() -> None:
    here = world()
    flat = Exam(
        **{name: getattr(here.exam, name) for name in Exam.__slots__} | {"outcome": np.ones_like(here.exam.outcome)}
    )
    same = here.ranker(0.0, 1)
    assert decide(P, flat, same, same, {"popularity": same}, K).decision == "hold"


def test_the_same_scores_always_get_the_same_verdict() -> None:
    one, other = world().ranker(0.2, 1), world().ranker(0.2, 2)
    assert _decided(one, other) == _decided(one, other)


def test_regret_of_a_world_that_is_only_guessed_at_is_told_and_decides_nothing() -> None:
    here = world()
    champion = here.ranker(0.5, 1)
    # Equal on the battles that were fought, worse on the choices of the synthetic world.
    worse = Scores(champion.battles, here.ranker(3.0, 2).choices)
    held = decide(P, here.exam, worse, champion, {"simple": here.ranker(2.0, 4)}, K)
    told = decide(P, here.exam, worse, champion, {"simple": here.ranker(2.0, 4)}, K, regret_decides=False)
    assert (held.decision, told.decision) == ("hold", "release")
    assert _check(held, "regret").value == _check(told, "regret").value
    assert "decides nothing" in _check(told, "regret").text


def test_a_model_that_cannot_be_served_is_held_however_good_it_is() -> None:
    here = world()
    broken = Check(name="parity", passed=False, value=1.0, limit=1e-6, text="It cannot be served.")
    verdict = decide(P, here.exam, here.ranker(0, 0), None, {"simple": here.ranker(2.0, 4)}, K, serving=[broken])
    assert (verdict.decision, verdict.reason) == ("hold", "It cannot be served.")
