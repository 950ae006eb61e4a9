"""How likely the weapon of a settled place is each candidate of its list: under the policy that was logged, and under any other.

A place is *settled* when its weapon was fought with. By the position-based model (Li et al. 2018, "Offline Evaluation of Ranking
Policies with Click Models") whether a place leads to a battle depends on the place alone. Then the weapon of a settled place is a
draw among the candidates with known chances: those of ``ml.shortlist.propensities``, averaged over the places by how often each
is fought with. So lists in another order can be valued too, although the policy never shows a listed weapon at another place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Index = NDArray[np.intp]

_SAME = 1e-6  # relative; propensities that differ by more were not drawn by the policy that is described


@dataclass(frozen=True, eq=False)
class Lists:
    """Shown lists with their candidates laid end to end, each list's own in the order of the policy.

    Attributes:
        start: where a list's candidates begin, and the end, (l + 1,).
        places: length of each list; its first candidates are the list, (l,).
        share: how often the list gives a place to another candidate, (l,).
        weight: how likely a candidate is drawn against others when it is beside the list, (c,). Of listed ones nobody knows.
    """

    start: Index
    places: Index
    share: Float
    weight: Float

    @cached_property
    def of(self) -> Index:
        """The list of each candidate, (c,)."""
        return np.repeat(np.arange(len(self.places)), np.diff(self.start))

    @cached_property
    def as_shown(self) -> Index:
        """The order that the logged policy gave the candidates, from 0 within their list, (c,)."""
        return np.arange(len(self.weight)) - self.start[self.of]

    def ranked(self, score: Float) -> Index:
        """The order of a policy that ranks candidates by score, (c,); the logged order among equals."""
        order = np.empty(len(score), np.intp)
        order[np.lexsort((-score, self.of))] = self.as_shown
        return order

    def listed(self, order: Index) -> NDArray[np.bool_]:
        """Which candidates an order puts on the list, (c,)."""
        return np.asarray(order < self.places[self.of])

    def sums(self, values: Float) -> Float:
        """Values of candidates, (c,), added up by list, (l,)."""
        return np.asarray(np.bincount(self.of, values, minlength=len(self.places)), np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Settled places.

    Attributes:
        list: of each, (u,).
        shown: which candidate stood there, counted over all lists, (u,).
        position: from 1, (u,).
        propensity: how likely the policy was to show it there, as it was logged, (u,).
        outcome: mean of its battles, 0 to 1, (u,).
        slayer: as small integers, (u,).
    """

    list: Index
    shown: Index
    position: Index
    propensity: Float
    outcome: Float
    slayer: Index

    def __len__(self) -> int:
        return len(self.list)


def examined(position: Index, settled: NDArray[np.bool_]) -> Float:
    """How likely a place leads to a battle, by position, (longest list,). Half a battle is added: no place is hopeless.

    Args:
        position: of all impressions, from 1, (n,).
        settled: whether there was a battle, (n,).
    """
    shown = np.bincount(position, minlength=2)[1:]
    fought = np.bincount(position, settled, minlength=2)[1:]
    return np.asarray((fought + 0.5) / (shown + 1.0))


def chances(lists: Lists, examined: Float, order: Index) -> Float:
    """How likely the weapon of a settled place is each candidate, (c,); they add up to 1 in each list.

    Args:
        lists: the lists.
        examined: how likely each place leads to a battle, (longest list,).
        order: the policy's ranking of the candidates, from 0 within their list, (c,).
    """
    of, places = lists.of, lists.places
    by_place = np.where(lists.listed(order), examined[np.minimum(order, len(examined) - 1)], 0.0)
    drawn, share = _draw(lists, order)
    return np.asarray((1 - share / places)[of] * by_place / lists.sums(by_place)[of] + drawn)


def logged_chance(lists: Lists, settled: Settled, examined: Float) -> Float:
    """How likely each settled place held its weapon, from the propensity that was logged, (u,)."""
    of_place = examined[settled.position - 1] / np.cumsum(examined)[lists.places[settled.list] - 1]
    # A listed weapon is shown at its own place only; one from beside is as likely at any, so all places count.
    listed = lists.listed(lists.as_shown)[settled.shown]
    return np.asarray(np.where(listed, settled.propensity * of_place, settled.propensity))


def inconsistent(lists: Lists, settled: Settled) -> float:
    """Share of settled places whose logged propensity is not what candidates, weights and share of their list give."""
    if not len(settled):
        return 0.0
    drawn, share = _draw(lists, lists.as_shown)
    order, places = lists.as_shown[settled.shown], lists.places[settled.list]
    own = np.where(order == settled.position - 1, (1 - share / lists.places)[settled.list], 0.0)
    expected = np.where(order < places, own, drawn[settled.shown])
    return float(np.mean(np.abs(settled.propensity - expected) > _SAME * expected))


def _draw(lists: Lists, order: Index) -> tuple[Float, Float]:
    """The chance of each candidate to be drawn from beside the list to a given place, (c,), and the share that is, (l,)."""
    beside = np.where(lists.listed(order), 0.0, lists.weight)
    total = lists.sums(beside)
    share = np.where(total > 0, lists.share, 0.0)  # of nothing, nothing is drawn
    return (share / lists.places / np.where(total > 0, total, 1.0))[lists.of] * beside, share
