"""What another ranking would have been worth, from lists that were shown (off-policy evaluation). Pure functions over arrays.

The unit is a settled place (``ml.chances``). Places without a battle say nothing and are left out, so every value is a success
rate of battles. It counts as if slayers fought from any list as often, and from its places in the same proportion; who fights
only with what they trust anyway breaks that, and it shows: the weights then no longer average to 1.

**The target** ranks each list's own candidates by its predictions and explores as the shop does, with the list's own share. It
is what would run if that model served; and where both rankings agree every weight is exactly 1, so that a comparison is about the
models and not about exploration. A target without exploration has weights as large: they grow with how rarely the log showed
a weapon.

**Estimates** of the target's success rate, with weight ``w`` = chance under the target / chance in the log, outcome ``r`` and
predicted success ``q``:

- IPS: mean of ``w r``.
- SNIPS: the same divided by the mean of ``w`` (self-normalised, Swaminathan and Joachims 2015).
- DR: mean of ``w (r - q)`` + the sum of ``q`` over all candidates by the target's chances: doubly robust (Dudík et al. 2011),
  right when the chances or the predictions are. The predictions must not come from a model that was trained on these outcomes.

**Errors**: bootstrap over slayers, for lists of one slayer are alike (``ml.paired``). It cannot see heavy weights that were never
drawn, and a small log holds none of them. The chances are known, so the standard error is computed *by design* as well, with
the predictions as the outcomes' own variance; intervals use the larger of the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ml.chances import Float, Index, Lists, Settled, chances, logged_chance
from ml.paired import Ratio, Spread, bootstrap

LOGGED = "logged"
_Z = NormalDist().inv_cdf(0.975)


class Estimate(BaseModel):
    """A success rate, or a difference of two, with its 95 % interval."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float
    standard_error: float = Field(description="by bootstrap over slayers")
    standard_error_by_design: float = Field(description="from the known chances; the interval uses the larger")
    low: float
    high: float

    @classmethod
    def of(cls, spread: Spread, by_design: float) -> Estimate:
        """A figure with what both ways say of its error."""
        reach = _Z * max(spread.sd, by_design)
        return cls(
            value=_short(spread.point),
            standard_error=_short(spread.sd),
            standard_error_by_design=_short(by_design),
            low=_short(spread.point - reach),
            high=_short(spread.point + reach),
        )


class Value(BaseModel):
    """What a policy is worth, and what that rests on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ips: Estimate
    snips: Estimate | None = Field(description="none when no settled place holds a weapon of the target")
    dr: Estimate
    model_alone: float = Field(description="what the predictions say without any outcome")
    effective_rows: float = Field(description="Kish's effective sample size of the weights that occurred")
    effective_rows_by_design: float = Field(description="the same for all weights that could have occurred")
    mean_weight: float = Field(description="1 if chances and assumptions hold")
    mean_weight_z: float = Field(description="its distance from 1 in standard errors by design")
    max_weight: float
    clipped: float = Field(description="share of the settled places whose weight was clipped")
    unsupported: float = Field(description="share of the target's battles with weapons that the log could not show")
    moved: float = Field(description="share of the target's battles with weapons that the log only explored")
    seen: int = Field(description="settled places with such a weapon")


def evaluate(
    lists: Lists,
    settled: Settled,
    examined: Float,
    orders: Mapping[str, Index],
    predicted: Float,
    *,
    max_weight: float,
    rounds: int,
) -> tuple[dict[str, Value], Estimate]:
    """Estimate the success rate of some policies.

    Args:
        lists: the lists of the settled places.
        settled: at least one.
        examined: how likely each place leads to a battle, (longest list,).
        orders: how each policy ranks the candidates, (c,) each, at least one. The log's own ranking is added as ``logged``.
        predicted: success of each candidate by a model that has not seen the outcomes, (c,).
        max_weight: larger weights are clipped, which pulls IPS and SNIPS towards what the log holds, and DR towards the model.
        rounds: of the bootstrap.

    Returns:
        The values by policy, ``logged`` the last, and how much more the first is worth than the second by DR, on the same draws.
    """
    log = _Log(lists, settled, chances(lists, examined, lists.as_shown), predicted)
    rarity = logged_chance(lists, settled, examined)
    ranks = {**orders, LOGGED: lists.as_shown}
    aims = {name: chances(lists, examined, order) for name, order in ranks.items()}
    policies = {name: _Policy.of(log, aim, rarity, max_weight) for name, aim in aims.items()}

    rows = log.by_slayer(np.ones(len(settled)))
    figures: dict[str, Ratio] = {}
    for name, policy in policies.items():
        won = log.by_slayer(policy.weight * settled.outcome)
        figures[f"ips {name}"] = Ratio(won, rows)
        figures[f"snips {name}"] = Ratio(won, log.by_slayer(policy.weight))
        figures[f"dr {name}"] = Ratio(log.by_slayer(policy.doubly_robust(log)), rows)
    first, second, *_ = policies.values()
    more = first.less(second)
    figures["difference"] = Ratio(log.by_slayer(more.doubly_robust(log)), rows)
    spreads = bootstrap(figures, rounds)

    values = {}
    for name, policy in policies.items():
        unclipped = aims[name][settled.shown] / rarity
        heft = log.mean(aims[name] * log.odds(aims[name]))  # mean squared weight over all that could have been drawn
        outside = ~lists.listed(lists.as_shown) & lists.listed(ranks[name])
        weight = policy.weight
        snips = spreads.get(f"snips {name}")
        values[name] = Value(
            ips=Estimate.of(spreads[f"ips {name}"], policy.error_of_ips(log)),
            snips=None if snips is None else Estimate.of(snips, policy.error_of_snips(log, snips.point)),
            dr=Estimate.of(spreads[f"dr {name}"], policy.error_of_dr(log)),
            model_alone=_short(policy.direct[settled.list].mean()),
            effective_rows=_short(weight.sum() ** 2 / np.square(weight).sum() if weight.any() else 0.0),
            effective_rows_by_design=_short(len(settled) / heft),
            mean_weight=_short(unclipped.mean()),
            mean_weight_z=_short((unclipped.mean() - 1) / np.sqrt(max(heft - 1, 1e-12) / len(settled))),
            max_weight=_short(unclipped.max()),
            clipped=_short(np.mean(unclipped > max_weight)),
            unsupported=_short(log.mean(np.where(log.base > 0, 0.0, aims[name]))),
            moved=_short(log.mean(np.where(outside, aims[name], 0.0))),
            seen=int(outside[settled.shown].sum()),
        )
    return values, Estimate.of(spreads["difference"], more.error_of_dr(log))


@dataclass(frozen=True, slots=True, eq=False)
class _Log:
    """What all policies are valued on. ``base`` is the chance of each candidate in the log, ``predicted`` its success, (c,)."""

    lists: Lists
    settled: Settled
    base: Float
    predicted: Float

    def mean(self, values: Float) -> float:
        """Values of candidates, (c,), added up by list, on average over the settled places."""
        return float(self.lists.sums(values)[self.settled.list].mean())

    def odds(self, aim: Float) -> Float:
        """The weight of each candidate, (c,); 0 where the log could not show it."""
        return np.divide(aim, self.base, out=np.zeros_like(aim), where=self.base > 0)

    def by_slayer(self, values: Float) -> Float:
        """Values of settled places, (u,), added up by slayer, (s,)."""
        return np.asarray(np.bincount(self.settled.slayer, values), np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Policy:
    """A target on a log, or the difference of two: everything is linear in the target's chances.

    Attributes:
        kept: chance of each candidate as far as clipping leaves it, (c,).
        weight: of each settled place, clipped, (u,).
        direct: predicted success of each list, (l,).
    """

    kept: Float
    weight: Float
    direct: Float

    @classmethod
    def of(cls, log: _Log, aim: Float, rarity: Float, max_weight: float) -> _Policy:
        return cls(
            kept=np.minimum(aim, max_weight * log.base),
            weight=np.minimum(aim[log.settled.shown] / rarity, max_weight),
            direct=log.lists.sums(aim * log.predicted),
        )

    def less(self, other: _Policy) -> _Policy:
        return _Policy(self.kept - other.kept, self.weight - other.weight, self.direct - other.direct)

    def doubly_robust(self, log: _Log) -> Float:
        surprise = log.settled.outcome - log.predicted[log.settled.shown]
        return self.direct[log.settled.list] + self.weight * surprise

    def error_of_ips(self, log: _Log) -> float:
        q, odds = log.predicted, log.odds(self.kept)
        return self._error(log, log.mean(self.kept * odds * q) - log.mean(self.kept * q) ** 2)

    def error_of_snips(self, log: _Log, value: float) -> float:
        q, odds = log.predicted, log.odds(self.kept)
        return self._error(log, log.mean(self.kept * odds * (q * (1 - q) + np.square(q - value))))

    def error_of_dr(self, log: _Log) -> float:
        q, odds = log.predicted, log.odds(self.kept)
        return self._error(log, float(self.direct[log.settled.list].var()) + log.mean(self.kept * odds * q * (1 - q)))

    def _error(self, log: _Log, variance: float) -> float:
        return float(np.sqrt(max(variance, 0.0) / len(log.settled)))


def _short(value: float | np.floating[Any]) -> float:
    return round(float(value), 6)
