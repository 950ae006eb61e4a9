"""Fitting drills into minutes: a subset whose times add up exactly, in rounds or with one drill cut short where they must.

A small knapsack. Pure arithmetic over candidates; what a drill is worth is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROUNDS = 4
_ROUND_WORTH = (1.0, 0.5, 0.3, 0.2)
_EACH_COSTS = 1.0  # a session of many tiny drills is worse than one of a few
_CUT_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A drill as the session sees it: its ``minutes`` (at least 1), its ``worth`` per minute, and whether it only warms up."""

    minutes: int
    worth: float
    warm_up: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A drill in a session: which candidate, how many full ``rounds``, or the ``minutes`` of a cut one (rounds 0)."""

    index: int
    rounds: int
    minutes: int


def fit(candidates: Sequence[Candidate], minutes: int, *, warm_up: bool) -> list[Slot]:
    """Choose drills for a session.

    Args:
        candidates: the drills; at most one that only warms up is used, and for one round.
        minutes: how long the session should be.
        warm_up: whether to prefer a session that has a warm-up.

    Returns:
        Slots in the candidates' order. Their minutes add up to ``minutes`` where a drill can be repeated or cut for it;
        otherwise they come as close from below as the drills allow.
    """
    table = _table(candidates, minutes)
    whole = _best(table, minutes, warm_up=warm_up)
    if whole is not None:
        return whole
    for left in range(1, minutes):
        base = _best(table, minutes - left, warm_up=warm_up)
        if base is None:
            continue
        cut = _cut(candidates, base, left)
        if cut is not None:
            return sorted([*base, cut], key=lambda slot: slot.index)
    if minutes >= 1 and (alone := _cut(candidates, [], minutes)):
        return [alone]
    reached = max((total for total, _ in table), default=0)
    return _best(table, reached, warm_up=warm_up) or []


_State = tuple[int, bool]
_Table = dict[_State, tuple[float, tuple[Slot, ...]]]


def _table(candidates: Sequence[Candidate], minutes: int) -> _Table:
    """The best set of slots for every reachable (total, whether a warm-up is in it)."""
    table: _Table = {(0, False): (0.0, ())}
    for index, candidate in enumerate(candidates):
        grown = dict(table)
        for (total, warmed), (worth, slots) in table.items():
            if candidate.warm_up and warmed:
                continue
            gain = -_EACH_COSTS
            for rounds in range(1, (1 if candidate.warm_up else ROUNDS) + 1):
                gain += candidate.minutes * candidate.worth * _ROUND_WORTH[rounds - 1]
                state = (total + rounds * candidate.minutes, warmed or candidate.warm_up)
                if state[0] > minutes:
                    break
                if state not in grown or worth + gain > grown[state][0]:
                    grown[state] = (worth + gain, (*slots, Slot(index, rounds, rounds * candidate.minutes)))
        table = grown
    return table


def _best(table: _Table, minutes: int, *, warm_up: bool) -> list[Slot] | None:
    """The chosen slots for exactly ``minutes``: the better of with and without a warm-up, or with one where preferred."""
    with_one, without = table.get((minutes, True)), table.get((minutes, False))
    if minutes == 0:
        return None
    if with_one and (warm_up or without is None or with_one[0] > without[0]):
        return list(with_one[1])
    return list(without[1]) if without else None


def _cut(candidates: Sequence[Candidate], base: Sequence[Slot], left: int) -> Slot | None:
    """The most worthy drill that is not in ``base`` and longer than ``left`` minutes, cut to them."""
    used = {slot.index for slot in base}
    longer = [
        index
        for index, candidate in enumerate(candidates)
        if index not in used and candidate.minutes > left and not candidate.warm_up
    ]
    if not longer or (left < _CUT_AT_LEAST and base):
        return None
    return Slot(max(longer, key=lambda index: (candidates[index].worth, -candidates[index].minutes)), 0, left)
