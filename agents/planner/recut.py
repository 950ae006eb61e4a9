"""A clause that asks for several things after all: "a picture of me and the Moonbite, and its price".

The splitter knows no verb there that could stand on its own. Where the router takes a clause for several wishes, it is cut at
every joint, and the cuts are kept at which a plainly different wish begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from agents.planner.draft import SPECIALISTS, Judged
from agents.planner.plan import MAX_STEPS, WRITING
from agents.planner.slots import outcome
from ml.artist import lexicon

SEVERAL_FROM = 0.5
"""Probability of several wishes from which on a message asks for several things."""
CUT_FROM = 0.15
"""The one from which on a clause is cut anew: lower, as it is kept whole where its parts do not plainly differ."""
_SURE, _SURE_OF_ONE = 0.5, 0.8  # of a part, where the clause plainly asks for several things, and where it hardly does
_CAREFUL = WRITING | {"general"}
_MOST = 2 * MAX_STEPS
_JOINT = re.compile(
    r"\s*(?:[,;.?!]+\s*(?:(?:and|then|also|plus|next|finally|but)\s+)*(?:(?:while|since) (?:you're|you are|we're|i'm) at it,?\s+)?"
    r"|\s(?:and|then|also|plus|next)(?:\s+(?:then|also|finally|next))*\s+)",
    re.IGNORECASE,
)


_GOES_ON = re.compile(
    r"(?:an? (?:half|quarter)\b(?! (?:an )?hour)|but|nothing but|mainly|mostly|especially|apart from|except|besides|instead of|rather than|other than|(?:if|unless|provided|as long as)\b(?! (?:so|not|yes)\b)|with(?:out)?|at|in|on|under|by|near|seed)\b",
    re.IGNORECASE,
)
_DOING = re.compile(r"(?:\w+ly\s+)?\w{2,}ing\b(?! (?:me|my)\b)", re.IGNORECASE)  # "slaying a demon" on a picture
_EACH_ITS_OWN = re.compile(
    r"\b(?:for (?:me|my|him|her|his|us|the|winter|summer|home|work)\b|(?:under|below|up to|at most|around) \d+)",
    re.IGNORECASE,
)
_AND_ONE = re.compile(r"\s*,?\s*\band (?=(?:an?|one|some|something)\b)", re.IGNORECASE)


class Piece(NamedTuple):
    """A part of a clause, ``text[start:end]``."""

    start: int
    end: int


def pieces(text: str) -> list[Piece]:
    """The parts of ``text`` between all its joints; one alone where it has none, or very many."""
    found: list[Piece] = []
    start = 0
    for joint in _JOINT.finditer(text):
        if re.search(r"\w", text[start : joint.start()]):
            found.append(Piece(start, joint.start()))
            start = joint.end()
    if re.search(r"\w", text[start:]):
        found.append(Piece(start, len(text)))
    return found if len(found) <= _MOST else [Piece(0, len(text))]


def two_wanted(text: str) -> list[str] | None:
    """Both halves of "an axe for the woods and a bow for my son", "one axe under 200 and one bow under 300"; else None."""
    halves = _AND_ONE.split(text)
    return halves if len(halves) == 2 and all(_EACH_ITS_OWN.search(half) for half in halves) else None


def wishes(cut: Sequence[Piece], judged: Sequence[Judged], several: float) -> list[Piece]:
    """The pieces put together again, so that a new one begins only where another wish does.

    Args:
        cut: the pieces of a clause.
        judged: the verdict on each of them alone.
        several: probability that the clause asks for several things.
    """
    sure = _SURE if several >= SEVERAL_FROM else _SURE_OF_ONE
    kept: list[Piece] = []
    current: tuple[str, str | None, bool | None] | None = None
    for piece, verdict in zip(cut, judged, strict=True):
        asks = verdict.label in SPECIALISTS and (
            verdict.confidence >= (_SURE_OF_ONE if verdict.intent in _CAREFUL else sure) or verdict.anchored
        )
        wish = (verdict.label, verdict.intent, _ending(verdict))
        asks = asks and not (kept and _goes_on(verdict, current))
        if kept and (not asks or current is None or wish == current):
            kept[-1] = Piece(kept[-1].start, piece.end)
        else:
            kept.append(piece)
        current = wish if asks else current
    return kept


def _goes_on(verdict: Judged, current: tuple[str, str | None, bool | None] | None) -> bool:
    """Whether a piece only goes on with what stands before it: "but at night", "the Oak Kanabo"; after a picture "kneeling", "slaying a demon"."""
    reading = verdict.reading
    if _GOES_ON.match(verdict.text) or reading.only_names or reading.only_topic or reading.only_types:
        return True
    if current is None or current[0] != "artist":
        return False
    return _DOING.match(verdict.text) is not None or (not verdict.anchored and bool(lexicon.find(verdict.text)))


def _ending(verdict: Judged) -> bool | None:
    """How a battle went: a win and a loss are two entries."""
    if verdict.intent != "log_battle":
        return None
    told = outcome(verdict.text)
    return verdict.won if told is None else told
