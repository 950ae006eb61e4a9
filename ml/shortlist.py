"""From a ranking to the list that is shown: what price is worth, variety, and exploration.

All of it works on the short list of the best weapons, after every mask. Asked for power alone, without exploration, the list is
the ranking itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ml.cells import Index
from ml.ranking import Float, Ranking

Prefer = Literal["power", "balance", "value"]


@dataclass(frozen=True, slots=True)
class Taste:
    """What a slayer wants of a list.

    Attributes:
        doubling: predicted success that a weapon must add to be worth twice the price.
        variety: predicted success that one more weapon of a type must add for each of that type above it on the list.
    """

    doubling: float
    variety: float


TASTES: dict[Prefer, Taste] = {
    "power": Taste(0.0, 0.0),
    "balance": Taste(0.02, 0.005),
    "value": Taste(0.06, 0.005),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One place of a list that was drawn.

    Attributes:
        row: the weapon.
        position: from 1.
        propensity: how likely the policy was to show this weapon at this position, over 0 and up to 1.
        explored: whether the draw put it there.
    """

    row: int
    position: int
    propensity: float
    explored: bool


@dataclass(frozen=True, slots=True)
class Exploration:
    """How much is tried out.

    Attributes:
        share: of all lists, those that get one weapon they would not have had, 0 to 1.
        pool: how many candidates there are beside the list.
        unproven: how many times as likely as others a weapon outside the training range is drawn.
    """

    share: float = 0.0
    pool: int = 20
    unproven: float = 3.0


def doublings(price: ArrayLike) -> Float:
    """How often one coin has to be doubled to give each price, (n,); 0 for what is free."""
    return np.asarray(np.log2(np.maximum(np.asarray(price, np.float64), 1.0)))


def cost_of(doublings: Float, prefer: Prefer) -> Float | None:
    """What prices, as ``doublings``, (n,), take off the predicted success; None where price does not count.

    It goes by doublings, so it neither depends on the other weapons nor on what a coin is worth.
    """
    doubling = TASTES[prefer].doubling
    return doubling * doublings if doubling else None


def vary(ranking: Ranking, kinds: Sequence[object], count: int, variety: float) -> Index:
    """Pick a list from a ranking, so that it does not show the same kind again and again.

    Greedy: each place goes to the weapon whose value, less ``variety`` for each of its kind already picked, is highest; equal
    ones in the order of the ranking. So a weapon is passed over only for one that is at most that much worse.

    Args:
        ranking: the candidates, best first.
        kinds: the kind of each, (m,).
        count: how many are picked.
        variety: in predicted success; 0 keeps the ranking as it is.

    Returns:
        places in the ranking, in the order in which they are shown.
    """
    picked: list[int] = []
    worth = ranking.value.copy()
    for _ in range(min(count, len(ranking))):
        best = int(np.argmax(worth))
        picked.append(best)
        worth[best] = -np.inf
        if variety:
            worth[[place for place, kind in enumerate(kinds) if kind == kinds[best]]] -= variety
    return np.array(picked, np.intp)


def propensities(count: int, weights: Sequence[float], share: float) -> NDArray[np.float64]:
    """How likely each candidate is to be shown at each position, (candidates, positions).

    The policy of ``draw``: with probability ``share`` one of the ``count`` places, all alike, is given to one of the candidates
    beside the list, drawn by its weight; else the list is shown as it is.

    Args:
        count: length of the list; the first ``count`` candidates are the list.
        weights: of the candidates beside it, over 0, (r,).
        share: 0 to 1.
    """
    chance = np.zeros((count + len(weights), count))
    share = share if len(weights) and count else 0.0
    chance[np.arange(count), np.arange(count)] = 1 - share / count if count else 0.0
    if share:
        drawn = np.asarray(weights, np.float64)
        chance[count:] = (share / count * drawn / drawn.sum())[:, None]
    return chance


def draw(listed: Sequence[int], beside: Sequence[int], weights: Sequence[float], share: float, key: str) -> list[Shown]:
    """Show a list, at times with one weapon of the candidates beside it.

    Args:
        listed: rows of the list, in order.
        beside: rows of the other candidates.
        weights: how likely each of those is drawn against the others, over 0, (r,).
        share: how often one is drawn, 0 to 1.
        key: the call's own key; the same key draws the same.

    Returns:
        what is shown, with the exact probability of each place.
    """
    count = len(listed)
    chance = propensities(count, weights, share)
    shown = [Shown(row, place + 1, float(chance[place, place]), explored=False) for place, row in enumerate(listed)]
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(key.encode()).digest()[:16], "big"))
    if not (beside and count) or rng.random() >= share:
        return shown
    place = int(rng.integers(count))
    of_all = np.cumsum(np.asarray(weights, np.float64))
    other = int(np.searchsorted(of_all, rng.random() * of_all[-1], side="right"))
    shown[place] = Shown(beside[other], place + 1, float(chance[count + other, place]), explored=True)
    return shown
