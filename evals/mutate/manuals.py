"""Ways to break the Coach and its library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evals.mutate.mutation import RETRIEVAL, Look, Mutation, replaced

if TYPE_CHECKING:
    from knowledge.shelf import Shelf


@contextmanager
def _other_manual() -> Iterator[None]:
    """Passages are looked for in the manual of the next weapon."""
    from knowledge.shelf import Shelf

    def other(shelf: Shelf, weapon: str | None) -> str | None:
        known = sorted(shelf.manuals)
        return known[(known.index(weapon) + 1) % len(known)] if weapon in known else weapon

    def make_rows(rows: Any) -> Any:
        def changed(self: Shelf, where: Mapping[str, str]) -> Any:
            wanted = {**where, "weapon": other(self, where["weapon"])} if "weapon" in where else where
            return rows(self, wanted)

        return changed

    def make_under(under: Any) -> Any:
        def changed(self: Shelf, *, weapon: str | None = None, **named: Any) -> Any:
            return under(self, weapon=other(self, weapon), **named)

        return changed

    with ExitStack() as stack:
        stack.enter_context(replaced(Shelf, "rows", make_rows))
        stack.enter_context(replaced(Shelf, "under", make_under))
        yield


def _worst_first() -> AbstractContextManager[Any]:
    from knowledge import retrieve

    return replaced(retrieve, "_fuse", lambda fuse: lambda *found: fuse(*found)[::-1])


def _shifted() -> AbstractContextManager[Any]:
    """Every citation has the number of the next."""
    from agents.composer.draft import Draft

    def make(answer: Any) -> Any:
        def changed(self: Draft) -> Any:
            whole = answer(self)
            return replace(whole, citations=[each.model_copy(update={"n": each.n + 1}) for each in whole.citations])

        return changed

    return replaced(Draft, "answer", make)


def _five_more() -> AbstractContextManager[Any]:
    from agents.composer import routine

    def make(fit: Any) -> Any:
        return lambda candidates, minutes, **named: fit(candidates, minutes + 5, **named)

    return replaced(routine, "fit", make)


def _stranger() -> AbstractContextManager[Any]:
    """The Coach takes everybody for the same slayer."""
    from agents import coach

    def make(question: Any) -> Any:
        def changed(state: Any, *more: Any) -> Any:
            other = {
                **state["profile"],
                "name": "Muzan",
                "breathing_style": "Stone",
                "level": 50,
                "owned": [],
                "activity": None,
            }
            return question({**state, "profile": other}, *more)

        return changed

    return replaced(coach, "_question", make)


MUTATIONS = (
    Mutation(
        "other_manual",
        "Passages come from the manual of another weapon.",
        (RETRIEVAL,),
        _other_manual,
    ),
    Mutation(
        "worst_passage_first",
        "The passages that were found are ranked upside down.",
        (RETRIEVAL,),
        _worst_first,
    ),
    Mutation(
        "citations_shifted",
        "Every citation has the number of the one after it.",
        (Look("coach", ("how_often",)),),
        _shifted,
    ),
    Mutation(
        "routine_minutes_off",
        "A routine lasts five minutes longer than was asked for.",
        (Look("coach", ("routine",)),),
        _five_more,
    ),
    Mutation(
        "coach_takes_you_for_another",
        "The Coach answers with another slayer's name, style and level.",
        (Look("coach", ("personal",)),),
        _stranger,
    ),
)
