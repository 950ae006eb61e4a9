"""All mutations, by name."""

from __future__ import annotations

from collections.abc import Sequence

from evals.mutate import manuals, planning, shopkeeping, walls
from evals.mutate.mutation import Mutation
from hashiramart.errors import NotFound

ALL: tuple[Mutation, ...] = (*planning.MUTATIONS, *manuals.MUTATIONS, *shopkeeping.MUTATIONS, *walls.MUTATIONS)
QUICK = ("planner_always_coach", "gate_off", "routine_minutes_off")
"""The short form: three that are quick to notice and need no shop."""


def chosen(names: Sequence[str], *, quick: bool) -> list[Mutation]:
    """The mutations that were asked for: by name, the three quick ones, or all.

    Raises:
        NotFound: there is none of that name.
    """
    known = {mutation.name: mutation for mutation in ALL}
    for name in names:
        if name not in known:
            raise NotFound("name", f"There is no mutation called {name!r}. There is: {', '.join(known)}.")
    return [known[name] for name in names or (QUICK if quick else known)]
