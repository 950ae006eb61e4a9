"""The gate's arithmetic: limits against evidence, without files. What each condition means is said in ``ml.gate``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from ml import metrics
from ml.exam import Exam, Float, Model
from ml.paired import Ratio, Spread, bootstrap
from ml.params import Gate

Comparison = Literal["first", "better", "not worse", "worse"]

_SURE = 0.975  # share of the draws that must say so before a model is called better, or worse than a baseline
_CHANCE_OF_A_SLICE = 0.05  # that any slice of an equal model looks significantly worse


class Check(BaseModel):
    """One condition. ``value`` and ``limit`` are what was compared; ``text`` is the sentence for people."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    passed: bool
    value: float
    limit: float
    text: str


class Verdict(BaseModel):
    """The decision with its reasons."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decision: Literal["release", "hold"]
    comparison: Comparison
    reason: str
    model_sha256: str = ""
    champion_sha256: str | None = None
    checks: tuple[Check, ...]
    slices: dict[str, dict[str, float]] = Field(default_factory=dict, description="AUC less the champion's, by slice")


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What one ranker made of an exam: of its battles, (n,), and of its choices, (s, w)."""

    battles: Float
    choices: Float

    @classmethod
    def of(cls, model: Model, exam: Exam) -> Scores:
        """Let a model sit the exam."""
        return cls(model(exam.matrix, exam.weapon), exam.choices.scores(model))


def decide(
    p: Gate,
    exam: Exam,
    challenger: Scores,
    champion: Scores | None,
    baselines: Mapping[str, Scores],
    k: int,
    *,
    regret_decides: bool = True,
    serving: Sequence[Check] = (),
) -> Verdict:
    """Hold all that is known against the limits.

    Args:
        p: the limits.
        exam: the frozen battles.
        challenger: the new model.
        champion: the model that would be replaced; None before the first release.
        baselines: by name.
        k: length of the list that regret is about.
        regret_decides: whether regret may hold a challenger; else it is told only.
        serving: what ``ml.readiness`` found.
    """
    rivals = {**baselines, **({} if champion is None else {"the champion": champion})}
    figures: dict[str, Ratio] = {}
    ours, our_regret = _pairs(exam, challenger), _regrets(exam, challenger, k)
    for name, scores in rivals.items():
        theirs = _pairs(exam, scores)
        figures[f"auc {name}"] = ours.less(theirs)
        figures[f"regret {name}"] = our_regret.less(_regrets(exam, scores, k))
        if scores is champion:
            for part, rows in exam.slices.items():
                # All pairs less those within the rest: the pairs that touch the slice.
                rest = _pairs(exam, challenger, ~rows).less(_pairs(exam, champion, ~rows))
                figures[f"slice {part}"] = Ratio(ours.above - theirs.above - rest.above, ours.below - rest.below)
    spreads = bootstrap(figures, p.rounds)

    beaten = [_baseline(p, name, spreads, regret_decides) for name in baselines]
    checks = [*serving, _calibration(p, exam, challenger), *beaten]
    comparison: Comparison = "first"
    slices: dict[str, Spread] = {}
    reason = "The first release: there is no champion to compare with. " + " ".join(check.text for check in beaten)
    if champion is not None:
        slices = {part: spreads[f"slice {part}"] for part in exam.slices if f"slice {part}" in spreads}
        against = [_auc(p, spreads), _regret(p, spreads, k, regret_decides), _slices(p, slices)]
        checks += against
        sure = "auc the champion" in spreads and spreads["auc the champion"].quantile(1 - _SURE) > 0
        passed = all(check.passed for check in against)
        comparison = "worse" if not passed else "better" if sure else "not worse"
        reason = f"{comparison.capitalize()} than the champion. " + " ".join(check.text for check in against)
    failed = [check.text for check in checks if not check.passed]
    return Verdict(
        decision="hold" if failed else "release",
        comparison=comparison,
        reason=" ".join(failed) if failed else reason,
        checks=tuple(checks),
        slices={
            part: {"difference": round(spread.point, 6), "standard_error": round(spread.sd, 6)}
            for part, spread in slices.items()
        },
    )


def _pairs(exam: Exam, scores: Scores, rows: NDArray[np.bool_] | slice = slice(None)) -> Ratio:
    """Per-slayer AUC over some battles, as pairs in the right order and pairs, by slayer."""
    groups = int(exam.slayer.max()) + 1
    if not isinstance(rows, slice) and not rows.any():
        return Ratio(np.zeros(groups), np.zeros(groups))
    return Ratio(*metrics.pair_counts(exam.slayer[rows], exam.outcome[rows], scores.battles[rows], groups))


def _regrets(exam: Exam, scores: Scores, k: int) -> Ratio:
    groups = int(exam.slayer.max()) + 1
    total, ranked = np.zeros(groups), np.zeros(groups)
    total[exam.choosers] = metrics.regret_of_each(exam.choices.truth, scores.choices, k)
    ranked[exam.choosers] = 1
    return Ratio(total, ranked)


def _calibration(p: Gate, exam: Exam, challenger: Scores) -> Check:
    bins = max(1, len(exam.outcome) // p.rows_per_bin)
    ece = metrics.calibration(exam.outcome, challenger.battles, bins).ece
    return _check("ece", ece <= p.max_ece, ece, p.max_ece, f"ECE {ece:.4f} in {bins} bins, at most {p.max_ece:g}")


def _baseline(p: Gate, name: str, spreads: Mapping[str, Spread], regret_decides: bool) -> Check:
    called = name.replace("_", " ")
    auc, regret = spreads.get(f"auc {name}"), spreads.get(f"regret {name}")
    if auc is None:
        return _check(f"baseline_{name}", False, 0.0, 0.0, f"No slayer has won and lost: nothing to beat {called} with")
    tied = auc.quantile(_SURE) >= 0
    gives_away = regret_decides and regret is not None and regret.quantile(p.confidence) > p.regret_margin
    text = f"AUC {auc.point:+.4f} against {called}"
    if gives_away and regret is not None:
        text += f", but more regret ({regret.point:+.4f})"
    return _check(f"baseline_{name}", tied and not gives_away, auc.point, 0.0, text)


def _auc(p: Gate, spreads: Mapping[str, Spread]) -> Check:
    spread = spreads.get("auc the champion")
    if spread is None:
        return _check("auc", False, 0.0, -p.auc_margin, "No slayer has won and lost: the holdout says nothing on AUC")
    floor = spread.quantile(1 - p.confidence)
    text = (
        f"AUC {spread.point:+.4f}, at least {floor:+.4f} ({p.confidence:.0%} sure); the limit is {-p.auc_margin:+.4f}"
    )
    return _check("auc", floor >= -p.auc_margin, floor, -p.auc_margin, text)


def _regret(p: Gate, spreads: Mapping[str, Spread], k: int, regret_decides: bool) -> Check:
    spread = spreads["regret the champion"]
    ceiling = spread.quantile(p.confidence)
    text = f"regret@{k} {spread.point:+.5f}, at most {ceiling:+.5f}; the limit is {p.regret_margin:+.5f}"
    if not regret_decides:
        text += ", which decides nothing any more: the shop's own battles are enough to judge by"
    return _check("regret", not regret_decides or ceiling <= p.regret_margin, ceiling, p.regret_margin, text)


def _slices(p: Gate, slices: Mapping[str, Spread]) -> Check:
    if not slices:
        return _check("slices", True, 0.0, -p.slice_margin, "No slice has pairs to compare")
    z = NormalDist().inv_cdf(1 - _CHANCE_OF_A_SLICE / len(slices))
    fallen = {part: s.point for part, s in slices.items() if s.point < -p.slice_margin and s.point + z * s.sd < 0}
    part, least = min(((part, s.point) for part, s in slices.items()), key=lambda item: item[1])
    if fallen:
        part, least = min(fallen.items(), key=lambda item: item[1])
    text = f"worst slice {part}: {least:+.4f}{'' if fallen or least >= -p.slice_margin else ', within chance'}"
    return _check("slices", not fallen, least, -p.slice_margin, text)


def _check(name: str, passed: bool, value: float, limit: float, text: str) -> Check:
    shown = round(value, 6) if np.isfinite(value) else 0.0  # JSON knows no NaN; comparing with one has failed the check
    return Check(name=name, passed=bool(passed), value=shown, limit=limit, text=f"{text[0].upper()}{text[1:]}.")
