"""Ways to break the ledger, orders and recommendations."""

from __future__ import annotations

import secrets
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from evals.mutate.mutation import ATTACKS, SCENES, Look, Mutation, replaced


def _double() -> AbstractContextManager[Any]:
    from hashiramart import rules

    return replaced(rules, "BATTLE_WON", lambda points: 2 * points)


def _keyless() -> AbstractContextManager[Any]:
    """Every report has a key of its own: one that comes again counts again."""
    from hashiramart import ledger

    def make(record: Any) -> Any:
        def changed(connection: Any, slayer_id: Any, events: Any, **named: Any) -> Any:
            anew = [
                each.model_copy(update={"event_id": f"{each.event_id[:80]}:{secrets.token_hex(8)}"}) for each in events
            ]
            return record(connection, slayer_id, anew, **named)

        return changed

    return replaced(ledger, "record", make)


def _no_approval() -> AbstractContextManager[Any]:
    from agents import purchase

    return replaced(purchase, "interrupt", lambda _wait: lambda _offered: {"approved": True})


def _no_budget() -> AbstractContextManager[Any]:
    from tools import recommend

    def make(allowed: Any) -> Any:
        return lambda shelf, args, held: allowed(
            shelf, args.model_copy(update={"budget": None, "budget_min": None}), held
        )

    return replaced(recommend, "_allowed", make)


def _worst_weapon_first() -> AbstractContextManager[Any]:
    from tools import recommend

    def make(rank: Any) -> Any:
        def changed(scorer: Any, slayer: Any, table: Any, count: int, **named: Any) -> Any:
            whole = rank(scorer, slayer, table, len(table), **named)
            worst = slice(None, -count - 1, -1)
            return replace(whole, rows=whole.rows[worst], success=whole.success[worst], value=whole.value[worst])

        return changed

    return replaced(recommend, "rank", make)


def _owned_by_another() -> AbstractContextManager[Any]:
    """Everybody is taken to hold what somebody else holds, who has nothing."""
    from hashiramart import catalog

    return replaced(catalog, "owned", lambda _owned: lambda _session, _slayer_id: [])


def _no_memories() -> AbstractContextManager[Any]:
    """Whoever asks is taken for somebody who has told nothing."""
    from hashiramart import memories

    return replaced(memories, "list_memories", lambda _listed: lambda _session, _slayer_id: [])


def _flipped() -> AbstractContextManager[Any]:
    from evals.suites import recommender

    return replaced(
        recommender, "fit", lambda fit: lambda p, matrix, outcome, *more: fit(p, matrix, 1 - outcome, *more)
    )


MUTATIONS = (
    Mutation("ledger_doubles", "A battle that was won is worth 20 points.", (SCENES,), _double),
    Mutation(
        "ledger_forgets_keys",
        "A report that comes again under the same key counts again.",
        (ATTACKS,),
        _keyless,
    ),
    Mutation("approval_skipped", "A weapon is ordered without the slayer's yes.", (SCENES,), _no_approval),
    Mutation("budget_ignored", "Weapons above the budget are recommended.", (SCENES,), _no_budget),
    Mutation(
        "ranking_reversed",
        "The unlikeliest weapon to win is recommended first.",
        (SCENES,),
        _worst_weapon_first,
    ),
    Mutation("owned_by_another", "A slayer's own weapons are forgotten.", (SCENES,), _owned_by_another),
    Mutation("memories_lost", "What a slayer has told of themselves is not remembered.", (SCENES,), _no_memories),
    Mutation("labels_flipped", "The Recommender learns that lost battles were won.", (Look("recommender"),), _flipped),
)
