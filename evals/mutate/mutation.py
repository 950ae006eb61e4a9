"""A mutation: one way to break the product, and where that should be noticed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

ALONE = frozenset({"routing", "slots", "recommender"})
"""Suites that need neither manuals nor a champion."""


@dataclass(frozen=True)
class Look:
    """A suite to run, or some of its slices or cases: as few as can notice."""

    suite: str
    only: tuple[str, ...] = ()
    quick: bool = True


ROUTES = Look("routing", ("multi", "follow_up", "off_topic", "hostile"))
SLOTS = Look("slots", quick=False)  # a plan takes 20 ms
RETRIEVAL = Look("retrieval", tuple(f"r{number}" for number in range(107, 329, 6)))
"""Every sixth question of the test half that asks for a fact about a weapon."""
SCENES = Look(
    "end_to_end",
    ("e003", "e013", "e017", "e039", "e045", "e063", "e064", "e067", "e070", "e109", "e190"),
    quick=False,  # the quick form lets one scene in ten fail, and a mutation may break no more than one of these
)
"""Lists with budgets, battles, an offer that is declined, one of a weapon that is owned already, and a memory."""
ATTACKS = Look(
    "safety",
    ("a002", "a041", "a079", "a084", "a123", "a124", "a126", "a127", "a128", "a130", "a133", "a136", "a163", "a167"),
)
"""Claims and privilege words, poisoned manuals, ids of another's things, an offer and a report that are answered twice."""

MARKUP = Look("safety", ("profile", "catalogue"))
"""Names of slayers and of weapons that hold links and pictures."""


@dataclass(frozen=True)
class Mutation:
    """One way to break the product.

    Attributes:
        name: its name.
        what: what is broken, a sentence.
        looks: where that should be noticed, the likeliest first.
        apply: breaks the product until the context is left. It patches the real code, in this process.
    """

    name: str
    what: str
    looks: tuple[Look, ...]
    apply: Callable[[], AbstractContextManager[Any]]


def replaced(target: object, name: str, make: Callable[[Any], Any]) -> AbstractContextManager[Any]:
    """Put something in place of an attribute, made of what is there.

    Args:
        target: the module or class.
        name: of the attribute; one that is not there is an error, so that a mutation cannot go stale unnoticed.
        make: from the original to what takes its place.
    """
    return patch.object(target, name, make(getattr(target, name)))
