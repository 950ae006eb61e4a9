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
    """A drill as the session sees it.

    Args:
        minutes: of one go, at least 1.
        worth: per minute.
        warm_up: whether it only warms up.
        main: whether it is of what the session is for; a session has one such drill where there is one.
    """

    minutes: int
    worth: float
    warm_up: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A drill in a session: which candidate, how many full ``rounds``, or the ``minutes`` of a cut one (rounds 0)."""

    index: int
    rounds: int
    minutes: int


def fit(candidates: Sequence[Candidate], minutes: int, *, warm_up: bool, rounds: int = ROUNDS) -> list[Slot]:
    """Choose drills for a session.

    Args:
        candidates: the drills; at most one that only warms up is used, and for one round.
        minutes: how long the session should be.
        warm_up: whether to prefer a session that has a warm-up.
        rounds: how often a drill may be done in full, 1 to 4.

    Returns:
        Slots in the candidates' order. Their minutes add up to ``minutes`` where a drill can be repeated or cut for it;
        otherwise they come as close from below as the drills allow.
    """
    table = _table(candidates, minutes, rounds)
    has_main = any(candidate.main for candidate in candidates)
    for with_main in (True, False) if has_main else (False,):
        found = _exactly(candidates, table, minutes, warm_up=warm_up, with_main=with_main)
        if found:
            return found
    reached = max((total for total, _, main in table if main or not has_main), default=0)
    return _best(table, reached, warm_up=warm_up, with_main=has_main) or []


def _exactly(
    candidates: Sequence[Candidate], table: _Table, minutes: int, *, warm_up: bool, with_main: bool
) -> list[Slot]:
    """Slots for exactly ``minutes``: whole drills, else with one cut short; none where neither fits."""
    whole = _best(table, minutes, warm_up=warm_up, with_main=with_main)
    if whole is not None:
        return whole
    for left in range(1, minutes):
        for main_in_base in (True, False) if with_main else (False,):
            base = _best(table, minutes - left, warm_up=warm_up, with_main=main_in_base)
            cut = _cut(candidates, base, left, main=with_main and not main_in_base) if base is not None else None
            if base is not None and cut is not None:
                return sorted([*base, cut], key=lambda slot: slot.index)
    alone = _cut(candidates, [], minutes, main=with_main) if minutes >= 1 else None
    return [alone] if alone else []


_State = tuple[int, bool, bool]  # minutes, whether a warm-up is in it, whether a main drill is
_Table = dict[_State, tuple[float, tuple[Slot, ...]]]


def _table(candidates: Sequence[Candidate], minutes: int, most: int) -> _Table:
    """The best set of slots for every reachable state."""
    table: _Table = {(0, False, False): (0.0, ())}
    for index, candidate in enumerate(candidates):
        grown = dict(table)
        for (total, warmed, main), (worth, slots) in table.items():
            if candidate.warm_up and warmed:
                continue
            gain = -_EACH_COSTS
            for rounds in range(1, (1 if candidate.warm_up else most) + 1):
                gain += candidate.minutes * candidate.worth * _ROUND_WORTH[rounds - 1]
                state = (
                    total + rounds * candidate.minutes,
                    warmed or candidate.warm_up,
                    main or candidate.main,
                )
                if state[0] > minutes:
                    break
                if state not in grown or worth + gain > grown[state][0]:
                    grown[state] = (worth + gain, (*slots, Slot(index, rounds, rounds * candidate.minutes)))
        table = grown
    return table


def _best(table: _Table, minutes: int, *, warm_up: bool, with_main: bool) -> list[Slot] | None:
    """The chosen slots for exactly ``minutes``: the better of with and without a warm-up, or with one where preferred.

    Without ``with_main`` both those that have a main drill and those that have none are looked at.
    """
    if minutes == 0:
        return None
    mains = (True,) if with_main else (True, False)
    with_one, without = (
        max(
            (table[minutes, warmed, main] for main in mains if (minutes, warmed, main) in table),
            key=lambda held: held[0],
            default=None,
        )
        for warmed in (True, False)
    )
    if with_one and (warm_up or without is None or with_one[0] > without[0]):
        return list(with_one[1])
    return list(without[1]) if without else None


def _cut(candidates: Sequence[Candidate], base: Sequence[Slot], left: int, *, main: bool) -> Slot | None:
    """The most worthy drill that is not in ``base`` and longer than ``left`` minutes, cut to them; a main one if asked."""
    used = {slot.index for slot in base}
    longer = [
        index
        for index, candidate in enumerate(candidates)
        if index not in used and candidate.minutes > left and not candidate.warm_up and (candidate.main or not main)
    ]
    if not longer or (left < _CUT_AT_LEAST and base):
        return None
    return Slot(max(longer, key=lambda index: (candidates[index].worth, -candidates[index].minutes)), 0, left)
