"""Ways to take the product's guards away.

Two of them stand behind each other: a thread is looked up with its owner, and the database shows nobody another's rows. Either
holds alone, so that taking one away changes nothing for a slayer; the check takes away the second with the first, and row
security on its own where a query that forgot its ``WHERE`` is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from evals.mutate.mutation import ATTACKS, MARKUP, Mutation, replaced


def _no_permissions() -> AbstractContextManager[Any]:
    from tools import registry

    def make(_call: Any) -> Any:
        def changed(_specialist: str, tool: Any, deps: Any, args: Any) -> Any:
            deps.count()
            return tool.run(deps, args)

        return changed

    return replaced(registry, "call", make)


def _no_warrant() -> AbstractContextManager[Any]:
    from agents.planner import llm

    return replaced(llm, "warranted", lambda _warranted: lambda proposed, _own, *_more: proposed)


def _no_grounding() -> AbstractContextManager[Any]:
    from agents.grounding.check import Checker, Verdict

    def make(_check: Any) -> Any:
        return lambda _self, piece, _first=1, **_named: Verdict("supported", piece.text)

    return replaced(Checker, "check", make)


def _as_owner() -> AbstractContextManager[Any]:
    """The application signs in as the owner of the tables, whom row security does not bind."""
    from hashiramart import roles

    return replaced(roles, "sign_in_as", lambda _sign_in: lambda conninfo, _role: conninfo)


@contextmanager
def _no_owner() -> Iterator[None]:
    from hashiramart import threads
    from hashiramart.errors import NotFound
    from hashiramart.models import Thread

    def make(_get: Any) -> Any:
        def changed(session: Any, _slayer_id: Any, thread_id: Any) -> Any:
            thread = session.get(Thread, thread_id)
            if thread is None:
                raise NotFound("thread_id", "You have no thread with this id.")
            return thread

        return changed

    with ExitStack() as stack:
        stack.enter_context(_as_owner())
        stack.enter_context(replaced(threads, "get", make))
        yield


def _markup() -> AbstractContextManager[Any]:
    from agents import plain

    return replaced(plain, "_RISKY", lambda _risky: re.compile("(?!)"))  # nothing is taken for markup


MUTATIONS = (
    Mutation("permissions_off", "Any specialist may use any tool.", (ATTACKS,), _no_permissions),
    Mutation("warrant_off", "A model's plan writes what the slayer never said.", (ATTACKS,), _no_warrant),
    Mutation("grounding_off", "Whatever a model says passes for what the manuals say.", (ATTACKS,), _no_grounding),
    Mutation("row_security_bypassed", "The application signs in as the owner of the tables.", (ATTACKS,), _as_owner),
    Mutation("owner_check_off", "Anybody's thread can be opened and written to.", (ATTACKS,), _no_owner),
    Mutation("markup_let_through", "Links and pictures in what is said reach the page.", (MARKUP,), _markup),
)
