"""The nightly report: what it finds in a night whose truth is known, and what it says when there is little to find."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from hashiramart.config import Settings
from hashiramart.errors import InvalidInput, Unavailable
from ml import impressions, nightly, tracking
from ml.features import FEATURES
from ml.layout import Layout
from ml.night import SCORE
from ml.params import Params, load_params
from ml.release import MODEL_FILE, RUN_FILE
from tests.unit.ml.nights import Pipeline, battles_of, pipeline, take_snapshot
from tests.unit.ml.shop_log import draw

NOBODY_LISTENS = "http://127.0.0.1:9"
PICTURES = ("offpolicy.png", "drift.png", "calibration.png")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return pipeline(tmp_path_factory.mktemp("night"))


def _params(**changes: Any) -> Params:
    params = load_params()
    return params.model_copy(update={"nightly": params.nightly.model_copy(update={"rounds": 200, **changes})})


def _write(root: Path, params: Params | None = None) -> tuple[dict[str, Any], dict[str, Any], str]:
    report = nightly.write(root, params or _params(), Settings(home=root / "home", mlflow_tracking_uri=NOBODY_LISTENS))
    off_policy, drift = (json.loads((report.parent / name).read_text()) for name in ("offpolicy.json", "drift.json"))
    return off_policy, drift, report.read_text(encoding="utf-8")


def impressions_of(made: Pipeline) -> pd.DataFrame:
    return pd.concat(map(pd.read_parquet, sorted((made.layout.snapshot / "impressions").iterdir())))


@pytest.fixture
def night(made: Pipeline, tmp_path: Path) -> Callable[..., Pipeline]:
    """A pipeline whose champion showed lists; arguments as of ``draw``. Unless ``learned``, no battle was trained on."""

    def build(*, learned: Callable[[pd.DataFrame], pd.DataFrame] | None = None, **changes: Any) -> Pipeline:
        shutil.copytree(
            made.root,
            tmp_path,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("interactions", "impressions", "nightly"),
        )
        fresh = Pipeline(tmp_path, made.shop, made.believed)
        believed = made.shop.truth if changes.pop("right", True) else np.clip(made.shop.truth + 0.15, 0, 1)
        shown = draw(made.shop, believed, np.random.default_rng(5), **{"lists": 1200, **changes})
        battles = battles_of(shown)
        take_snapshot(fresh, shown, battles)
        if learned is not None:
            train = pd.read_parquet(fresh.layout.split / "train.parquet")
            pd.concat([train, learned(battles)]).to_parquet(fresh.layout.split / "train.parquet", index=False)
        return fresh

    return build


def test_an_empty_snapshot_gives_a_report_that_says_so(made: Pipeline) -> None:
    off_policy, drift, report = _write(made.root)
    assert off_policy["state"] == "no impressions"
    assert drift["state"] == "no battles"
    assert off_policy["alerts"] == drift["alerts"] == []
    assert "No list was shown yet" in report
    assert "No real battle was reported yet" in report
    assert not [name for name in PICTURES if (made.layout.report("nightly") / name).exists()]


def test_the_report_of_a_night_tells_verdict_data_values_drift_and_calibration(night: Callable[..., Pipeline]) -> None:
    made = night()
    off_policy, drift, report = _write(made.root)
    settled = int(impressions_of(made)["battles"].gt(0).sum())
    assert report.startswith("# The night's report: release: better\n")
    for words in ("### Slices", "| watermark | interaction 900 |", "| train battles | 8,000 |", f"| {settled:,} |"):
        assert words in report
    assert off_policy["state"] == "estimated"
    assert off_policy["settled"] == settled
    assert set(off_policy["values"]) == {"challenger", "champion", "logged"}
    assert off_policy["against"] == "champion"
    assert off_policy["inconsistent"] == 0
    assert off_policy["examined"] == pytest.approx([0.5, 0.3, 0.15], abs=0.04)
    assert [each["name"] for each in drift["shifts"]] == [*FEATURES, SCORE]
    assert drift["calibration"]["rows"] == settled
    assert "calibration" not in [alert["subject"] for alert in drift["alerts"]]  # what was shown is the truth
    for alert in (*off_policy["alerts"], *drift["alerts"]):
        assert alert["reason"] in report
    for name in PICTURES:
        with Image.open(made.layout.report("nightly") / name) as picture:
            assert min(picture.size) > 300
        assert f"({name})" in report


def test_the_same_night_gives_the_same_report(night: Callable[..., Pipeline]) -> None:
    made = night()
    assert _write(made.root) == _write(made.root)


def test_pictures_of_an_earlier_night_do_not_stay(night: Callable[..., Pipeline]) -> None:
    made = night()
    _write(made.root)
    _write(made.root, _params(min_settled=10_000, min_slayers=10_000))
    assert not [name for name in PICTURES if (made.layout.report("nightly") / name).exists()]


def test_too_few_rows_are_said_and_raise_no_alert(night: Callable[..., Pipeline]) -> None:
    made = night(lists=60, right=False)
    off_policy, drift, report = _write(made.root)
    assert off_policy["state"] == drift["state"] == "too few"
    assert off_policy["values"] == {}
    assert drift["calibration"] is None
    assert off_policy["alerts"] == drift["alerts"] == []
    assert report.count("Too few") == 3


def test_scores_that_promise_too_much_are_an_alert(night: Callable[..., Pipeline]) -> None:
    _, drift, report = _write(night(right=False).root)
    assert "calibration" in [alert["subject"] for alert in drift["alerts"]]
    assert "promise too much" in report


def test_lists_that_the_challenger_may_have_learned_from_are_left_out(night: Callable[..., Pipeline]) -> None:
    made = night(learned=lambda battles: battles[battles["occurred_at"] < battles["occurred_at"].quantile(0.6)])
    shown = impressions_of(made)
    off_policy, _, _ = _write(made.root)
    train = pd.read_parquet(made.layout.split / "train.parquet")
    until = train.loc[train["p_true"].isna(), "occurred_at"].max()
    late = shown["battles"].gt(0) & shown["shown_at"].gt(until)
    assert late.sum() < off_policy["settled"] < shown["battles"].gt(0).sum()  # and frozen slayers, whenever
    assert off_policy["settled"] + off_policy["trained_on"] == shown["battles"].gt(0).sum()


def test_lists_that_minded_the_price_say_nothing_of_rankings_by_success(night: Callable[..., Pipeline]) -> None:
    made = night()
    shown = impressions_of(made)
    thrifty = pd.factorize(shown["list_id"])[0] % 2 == 1
    take_snapshot(made, shown.assign(prefer=np.where(thrifty, "value", "power")), battles_of(shown))
    off_policy, drift, _ = _write(made.root)
    assert off_policy["settled"] == (shown["battles"].gt(0) & ~thrifty).sum()
    assert drift["calibration"]["rows"] == shown["battles"].gt(0).sum()  # what came true is a matter of every list


def test_frozen_slayers_are_judged_by_whatever_was_trained_on(made: Pipeline, night: Callable[..., Pipeline]) -> None:
    fresh = night()
    found = impressions.read(fresh.layout)
    assert found is not None
    end = found.places["shown_at"].max()
    kept = found.unlearned(end, 0.2)
    assert 0 < kept.settled["slayer_id"].nunique() < 0.4 * found.settled["slayer_id"].nunique()
    everything_of_them = found.settled["slayer_id"].isin(set(kept.settled["slayer_id"]))
    assert len(kept.settled) == everything_of_them.sum()
    assert len(found.unlearned(None, 0.2).places) == len(found.places)


def test_real_battles_are_the_reference_once_there_are_enough(night: Callable[..., Pipeline]) -> None:
    earlier = pd.Timedelta(days=60)
    made = night(learned=lambda battles: battles.assign(occurred_at=battles["occurred_at"] - earlier))
    _, drift, report = _write(made.root)
    assert drift["reference"] == "real battles"
    assert drift["alerts"] == []  # the same shop, two months ago
    assert "No column has shifted" in report


def test_other_slayers_than_those_learned_from_are_a_shift(night: Callable[..., Pipeline]) -> None:
    earlier = pd.Timedelta(days=60)
    weaker: dict[str, Any] = {"strength": lambda frame: frame["strength"] * 0.5}
    made = night(learned=lambda battles: battles.assign(occurred_at=battles["occurred_at"] - earlier, **weaker))
    _, drift, _ = _write(made.root)
    levels = {alert["subject"]: alert["level"] for alert in drift["alerts"]}
    assert levels["strength"] == "large"
    assert not {"level", "dexterity", "stamina", "sharpness"} & set(levels)


def test_only_the_latest_days_are_compared(night: Callable[..., Pipeline]) -> None:
    made = night(days=40)
    _, drift, _ = _write(made.root)
    battles = battles_of(impressions_of(made))
    recent = battles["occurred_at"] >= pd.Timestamp(drift["since"])
    assert drift["current_rows"] == recent.sum() < 0.5 * len(battles)


def test_draws_that_come_too_often_and_propensities_that_do_not_fit_are_alerts(night: Callable[..., Pipeline]) -> None:
    made = night()
    for path in (made.layout.snapshot / "impressions").iterdir():
        day = pd.read_parquet(path)
        day.assign(share=day["share"] / 3).to_parquet(path, index=False)
    off_policy, _, report = _write(made.root)
    assert {"exploration", "propensities"} <= {alert["subject"] for alert in off_policy["alerts"]}
    assert "cannot be trusted" in report


def test_a_log_that_cannot_show_what_the_challenger_would_is_an_alert(night: Callable[..., Pipeline]) -> None:
    off_policy, _, _ = _write(night(share=0.0).root)
    assert off_policy["drawn"] is None
    assert "support" in [alert["subject"] for alert in off_policy["alerts"]]


def test_without_a_champion_the_challenger_is_compared_with_the_log(night: Callable[..., Pipeline]) -> None:
    made = night()
    for path in made.layout.champion.iterdir():
        path.unlink()
    off_policy, _, report = _write(made.root)
    assert set(off_policy["values"]) == {"challenger", "logged"}
    assert off_policy["against"] == "logged"
    assert "against the lists as they were shown" in report


def test_a_store_that_is_away_costs_no_report(made: Pipeline, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _write(made.root)
    assert "was not logged" in caplog.text


def test_the_run_of_the_training_gets_the_report(night: Callable[..., Pipeline]) -> None:
    made = night()
    settings = Settings(home=made.root / "home", mlflow_tracking_uri=None)
    nightly.write(made.root, _params(), settings)
    with tracking.open_client(settings) as client:
        experiment = client.get_experiment_by_name(tracking.NAME)
        (run,) = client.search_runs([experiment.experiment_id])
        logged = {Path(each.path).name for each in client.list_artifacts(run.info.run_id, "nightly")}
    assert logged == {"report.md", "offpolicy.json", "drift.json", *PICTURES}
    assert run.data.metrics["nightly_settled"] > 100
    assert {"nightly_dr_challenger", "nightly_dr_difference", "nightly_ece"} <= set(run.data.metrics)


@pytest.mark.parametrize("missing", [MODEL_FILE, RUN_FILE])
def test_a_model_that_is_missing_is_named(night: Callable[..., Pipeline], missing: str) -> None:
    made = night(lists=20)
    (made.layout.model / missing).unlink()
    with pytest.raises(Unavailable, match=missing):
        _write(made.root)


def test_a_damaged_champion_is_not_valued(night: Callable[..., Pipeline]) -> None:
    made = night(lists=20)
    path = made.layout.champion / MODEL_FILE
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(Unavailable, match="not the one that was released"):
        _write(made.root)


def test_impressions_of_unknown_weapons_are_refused(night: Callable[..., Pipeline]) -> None:
    made = night()
    weapons = pd.read_parquet(made.layout.split / "weapons.parquet")
    weapons[weapons["styles"].map(len) > 2].to_parquet(made.layout.split / "weapons.parquet", index=False)
    with pytest.raises(InvalidInput, match="not among the known ones"):
        _write(made.root)


def test_the_report_lies_where_the_layout_says(made: Pipeline) -> None:
    report = nightly.write(made.root, _params(), Settings(home=made.root, mlflow_tracking_uri=NOBODY_LISTENS))
    assert report == Layout(made.root).report("nightly") / "report.md"
