from __future__ import annotations

import numpy as np
import pytest

from ml.paired import Ratio, bootstrap


def _ratio(above: list[float], below: list[float]) -> Ratio:
    return Ratio(np.array(above), np.array(below))


def test_the_point_is_the_ratio_of_the_sums() -> None:
    found = bootstrap({"x": _ratio([1, 2, 3], [2, 2, 4])}, 200)
    assert found["x"].point == 6 / 8
    assert found["x"].draws.shape == (200,)


def test_the_spread_is_the_standard_error_of_a_mean() -> None:
    rng = np.random.default_rng(2)
    values = rng.normal(5, 2, 400)
    spread = bootstrap({"mean": Ratio(values, np.ones(400))}, 2000)["mean"]
    assert spread.sd == pytest.approx(2 / np.sqrt(400), rel=0.1)
    assert spread.quantile(0.5) == pytest.approx(values.mean(), abs=0.02)
    assert spread.quantile(0.025) == pytest.approx(values.mean() - 1.96 * spread.sd, abs=0.02)


def test_figures_are_drawn_together_so_that_their_differences_are_paired() -> None:
    rng = np.random.default_rng(3)
    values, ones = rng.normal(0, 3, 300), np.ones(300)
    found = bootstrap({"a": Ratio(values, ones), "b": Ratio(values + 1, ones), "d": Ratio(ones, ones)}, 500)
    np.testing.assert_allclose(found["b"].draws - found["a"].draws, 1)
    assert found["d"].sd == 0


def test_the_same_seed_draws_the_same_slayers_and_another_seed_others() -> None:
    figures = {"x": Ratio(np.arange(50.0), np.ones(50))}
    np.testing.assert_array_equal(bootstrap(figures, 300)["x"].draws, bootstrap(figures, 300)["x"].draws)
    assert (bootstrap(figures, 300, seed=1)["x"].draws != bootstrap(figures, 300)["x"].draws).any()


def test_what_has_no_denominator_is_left_out() -> None:
    found = bootstrap({"empty": _ratio([0, 0], [0, 0]), "x": _ratio([1, 0], [1, 0])}, 200)
    assert set(found) == {"x"}
    assert (found["x"].draws == 1).all()  # draws that miss the only slayer with pairs say nothing and are dropped
    assert bootstrap({}, 200) == {}


def test_many_slayers_are_drawn_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ml.paired._BLOCK", 250)
    spread = bootstrap({"x": Ratio(np.arange(100.0), np.ones(100))}, 501)["x"]
    assert spread.draws.shape == (501,)
    assert spread.quantile(0.5) == pytest.approx(49.5, abs=1)
