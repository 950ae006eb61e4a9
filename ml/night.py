"""What the latest battles and lists say of the models: the findings of the nightly report, as data. Decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from ml import drift
from ml.chances import Float, Index, examined, inconsistent
from ml.drift import Alert, Calibration, Sample, Shift
from ml.exam import Model
from ml.features import FEATURES
from ml.impressions import Impressions, settled_lists
from ml.offpolicy import LOGGED, Estimate, Value, evaluate
from ml.params import Nightly
from ml.split import is_real
from ml.tables import battle_matrix

if TYPE_CHECKING:
    import pandas as pd

SCORE = "predicted success"
_ODD = 4.0  # standard errors beyond which chance is no explanation
_BLIND = 0.01  # share of a policy's battles that may be beyond what the log could show


class Drawn(BaseModel):
    """Whether exploration draws as often as it says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lists: int = Field(description="lists that had something to draw")
    explored: int
    expected: float
    z: float = Field(description="distance of the two in standard deviations")


class OffPolicy(BaseModel):
    """What the models' lists would have been worth. ``text`` says it in a sentence, or why it is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: Literal["no impressions", "too few", "estimated"]
    text: str
    places: int = Field(0, description="places of lists that were shown")
    settled: int = Field(
        0, description="of these, places that were fought with and that the challenger was not trained on"
    )
    slayers: int = Field(0, description="whose settled places these are")
    trained_on: int = Field(0, description="settled places that are left out, for it may have been trained on them")
    drawn: Drawn | None = None
    inconsistent: float = Field(0.0, description="share of settled places whose propensity contradicts their list")
    examined: tuple[float, ...] = Field((), description="how likely a place leads to a battle, by position")
    values: dict[str, Value] = Field(default_factory=dict, description="by policy")
    against: str = Field("", description="what the challenger is compared with")
    difference: Estimate | None = Field(None, description="what the challenger's lists are worth more, by DR")
    alerts: tuple[Alert, ...] = ()


class Drift(BaseModel):
    """Whether these days look like those that the challenger learned from, and whether scores came true."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: Literal["no battles", "too few", "compared"]
    text: str
    since: str | None = None
    reference: Literal["real battles", "all battles, most of them synthetic"] | None = None
    reference_rows: int = 0
    reference_slayers: float = Field(0.0, description="effective")
    current_rows: int = 0
    current_slayers: float = Field(0.0, description="effective")
    shifts: tuple[Shift, ...] = ()
    calibration_text: str = "Nothing was fought with that was recommended."
    calibration: Calibration | None = None
    alerts: tuple[Alert, ...] = ()


def value_lists(
    shown: Impressions | None, new: Impressions | None, weapons: pd.DataFrame, models: dict[str, Model], p: Nightly
) -> OffPolicy:
    """Estimate what the lists of some models would have been worth.

    Args:
        shown: all impressions; None where there are none.
        new: those whose outcomes the challenger was not trained on: who learned an outcome cannot be surprised by it.
        weapons: all candidates.
        models: the challenger first, and the champion where there is one.
        p: sizes and the bootstrap.
    """
    if shown is None or new is None:
        return OffPolicy(state="no impressions", text="No list was shown yet, so there is nothing to learn from.")
    settled = new.settled
    counts = {
        "places": len(new.places),
        "settled": len(settled),
        "slayers": int(settled["slayer_id"].nunique()),
        "trained_on": len(shown.settled) - len(settled),
    }
    drawn = _drawn(new.places)
    alerts = [] if drawn is None or abs(drawn.z) <= _ODD else [_odd_draws(drawn)]
    if len(settled) < p.min_settled:
        text = f"Too few: {len(settled):,} settled places that the challenger has not learned from; {p.min_settled:,} are needed."
        return OffPolicy(state="too few", text=text, drawn=drawn, alerts=tuple(alerts), **counts)

    found = settled_lists(settled, weapons)
    chance = examined(new.places["position"].to_numpy(np.intp), (new.places["battles"] > 0).to_numpy(bool))
    nobody: Index = np.empty(0, np.intp)  # what the models know of is rows of features
    scores = {name: model(found.matrix, nobody) for name, model in models.items()}
    challenger = next(iter(models))
    values, difference = evaluate(
        found.lists,
        found.settled,
        chance,
        {name: found.lists.ranked(score) for name, score in scores.items()},
        scores[challenger],
        max_weight=p.max_weight,
        rounds=p.rounds,
    )
    wrong = inconsistent(found.lists, found.settled)
    if wrong:
        reason = f"{wrong:.1%} of the logged propensities contradict their list: the estimates cannot be trusted."
        alerts.append(Alert(subject="propensities", level="large", value=wrong, limit=0.0, reason=reason))
    alerts += [_odd_weights(name, each) for name, each in values.items() if abs(each.mean_weight_z) > _ODD]
    blind = values[challenger].unsupported
    if blind > _BLIND:
        reason = f"{blind:.1%} of the challenger's battles would be fought with weapons that the log could not show."
        alerts.append(Alert(subject="support", level="moderate", value=blind, limit=_BLIND, reason=reason))
    against = list(values)[1]
    return OffPolicy(
        state="estimated",
        text=_told(values[challenger], difference, against),
        drawn=drawn,
        inconsistent=wrong,
        examined=tuple(round(float(each), 4) for each in chance),
        values=values,
        against=against,
        difference=difference,
        alerts=tuple(alerts),
        **counts,
    )


def compare_days(
    train: pd.DataFrame,
    battles: pd.DataFrame,
    shown: Impressions | None,
    weapons: pd.DataFrame,
    model: Model,
    p: Nightly,
) -> Drift:
    """Hold the latest days against what the challenger learned from.

    Args:
        train: its training battles.
        battles: real ones, all there are.
        shown: all impressions.
        weapons: all weapons.
        model: the challenger, whose predictions are one of the compared columns.
        p: the window, sizes and limits.
    """
    import pandas as pd

    if battles.empty and shown is None:
        return Drift(state="no battles", text="No real battle was reported yet.")
    moments = [battles["occurred_at"].max(), None if shown is None else shown.places["shown_at"].max()]
    since = max(each for each in moments if not pd.isna(each)) - pd.Timedelta(days=p.window_days)
    current = battles[battles["occurred_at"] >= since]
    reference, said = _reference(train, since, p)
    sizes = [drift.effective(pd.factorize(part["slayer_id"])[0]) for part in (reference, current)]
    calibration, calibration_text, late = _calibration(shown, since, p)
    about: dict[str, Any] = {
        "since": since.isoformat(),
        "reference": said,
        "reference_rows": len(reference),
        "reference_slayers": round(sizes[0], 1),
        "current_rows": len(current),
        "current_slayers": round(sizes[1], 1),
        "calibration": calibration,
        "calibration_text": calibration_text,
    }
    if min(sizes) < p.min_slayers:
        who = "the reference" if sizes[0] < p.min_slayers else "the latest days"
        text = f"Too few: the battles of {who} are worth {min(sizes):.0f} slayers; {p.min_slayers:,} are needed."
        return Drift(state="too few", text=text, alerts=tuple(late), **about)
    was, now = (_columns(part, weapons, model) for part in (reference, current))
    shifts = [
        drift.shift(name, Sample(was[name], sizes[0]), Sample(now[name], sizes[1]), p) for name in (*FEATURES, SCORE)
    ]
    alerts = [alert for alert in map(drift.shift_alert, shifts) if alert is not None]
    moved = ", ".join(alert.subject for alert in alerts)
    text = f"Shifted: {moved}." if moved else "No column has shifted beyond chance and the usual limits."
    return Drift(state="compared", text=text, shifts=tuple(shifts), alerts=(*alerts, *late), **about)


def _reference(train: pd.DataFrame, since: Any, p: Nightly) -> tuple[pd.DataFrame, str]:
    """Training battles from before the window: the real ones where they are enough, else all."""
    import pandas as pd

    before = train[train["occurred_at"] < since]
    real = before[is_real(before)]
    if drift.effective(pd.factorize(real["slayer_id"])[0]) >= p.min_slayers:
        return real, "real battles"
    return before, "all battles, most of them synthetic"


def _columns(battles: pd.DataFrame, weapons: pd.DataFrame, model: Model) -> dict[str, Float]:
    matrix = battle_matrix(battles, weapons)
    columns = {name: matrix[:, i].astype(np.float64) for i, name in enumerate(FEATURES)}
    return columns | {SCORE: model(matrix, np.empty(0, np.intp))}


def _calibration(shown: Impressions | None, since: Any, p: Nightly) -> tuple[Calibration | None, str, list[Alert]]:
    settled = None if shown is None else shown.since(since).settled
    if settled is None or settled.empty:
        return None, "Nothing was fought with that was recommended in these days.", []
    if len(settled) < p.min_settled:
        return None, f"Too few: {len(settled):,} settled places; {p.min_settled:,} are needed.", []
    battles: NDArray[np.int64] = settled["battles"].to_numpy(np.int64)
    score, outcome = (settled[name].to_numpy(np.float64) for name in ("score", "outcome"))
    found = drift.calibration(score, outcome, battles, p)
    alert = drift.calibration_alert(found)
    text = f"Predicted {found.predicted:.1%}, won {found.observed:.1%}, on {found.rows:,} settled places."
    return found, text, [] if alert is None else [alert]


def _drawn(places: pd.DataFrame) -> Drawn | None:
    of_lists = places[places["beside"] > 0]
    heads = of_lists[of_lists["position"] == 1]
    share = heads["share"].to_numpy(np.float64)
    spread = float(np.sqrt((share * (1 - share)).sum()))
    if not spread:
        return None
    explored, expected = int(of_lists["explored"].sum()), float(share.sum())
    return Drawn(
        lists=len(heads), explored=explored, expected=round(expected, 1), z=round((explored - expected) / spread, 2)
    )


def _odd_draws(drawn: Drawn) -> Alert:
    reason = f"{drawn.explored:,} of {drawn.lists:,} lists explore, {drawn.expected:,.0f} are expected: propensities are wrong."
    return Alert(subject="exploration", level="large", value=abs(drawn.z), limit=_ODD, reason=reason)


def _odd_weights(name: str, value: Value) -> Alert:
    reason = (
        f"The weights of {name} average {value.mean_weight:.2f} and not 1: what is shown changes how often slayers fight, or "
        "propensities are wrong. IPS is off, SNIPS and DR may be."
    )
    return Alert(
        subject=f"weights of {name}", level="moderate", value=abs(value.mean_weight_z), limit=_ODD, reason=reason
    )


def _told(challenger: Value, difference: Estimate, against: str) -> str:
    other = "the lists as they were shown" if against == LOGGED else "the champion's"
    low, high = difference.low, difference.high
    verdict = "better" if low > 0 else "worse" if high < 0 else "not told apart"
    seen = f"{challenger.seen:,} settled place{' shows' if challenger.seen == 1 else 's show'} one"
    return (
        f"Battles with the challenger's lists: {challenger.dr.value:.1%} won, "
        f"{100 * difference.value:+.1f} points against {other} "
        f"(95 %: {100 * low:+.1f} to {100 * high:+.1f}): {verdict}. "
        f"{challenger.moved:.1%} of them would be fought with weapons that the log only explored; {seen}."
    )
