"""Gives each clause its label: the router's probabilities, moved by the anchors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from agents.planner import memory_words, purchases
from agents.planner.anchors import votes
from agents.planner.classifier import Encoder, Router
from agents.planner.cues import is_everyday
from agents.planner.draft import Judged
from agents.planner.entries import with_the_other_entry
from agents.planner.honesty import no_deed_of_theirs
from agents.planner.quantities import minutes
from agents.planner.reading import Reading
from agents.planner.recut import CUT_FROM, SEVERAL_FROM, pieces, two_wanted, wishes
from agents.planner.slots import asks_only, asks_why, outcome, reports_battle, reports_training
from agents.planner.trade import asks_about_the_trade
from agents.planner.training_data import SEVERAL
from agents.planner.whole import as_one_wish

_FLOOR = 1e-6
_ENTRIES = {"log_training", "log_battle", "log_login"}
_DECISIVE = 6.0
_PURCHASE_VOTES: dict[purchases.Wish | None, dict[str, float]] = {
    "order": {"quartermaster:buy": 6.0},
    "search": {"recommender": 4.0},
    "declined": {"statement": 5.0},
    None: {},
}
_EVERYDAY_WEIGHT = 2.5
_OF_THE_TRADE = 4.0
_TOLD = 0.75
_SHORT = 4  # words
_TOLD_HOW = 0.5
_SURE_HOW = 0.7
_SURE_BUY = 0.7
_REFUSED_AS_A_WHOLE = 0.7  # "log an hour, I was in bed all day but anyway": neither half alone says it
_AHEAD = re.compile(
    r"\b(?:tomorrow|tonight there|next (?:week|month|time)|soon|will|'ll|going to|about to|want|wish|hope|afraid|scared|nervous|there(?:'s| is| are))\b|\?",
    re.IGNORECASE,
)


class Judge:
    """Labels clauses. Holds nothing that changes."""

    def __init__(self, encoder: Encoder, router: Router) -> None:
        self._encoder = encoder
        self._router = router
        self._fine = np.array([":".join(label.split(":")[:2]) for label in router.labels])
        self._endings = np.array([label.rpartition(":")[2] for label in router.labels])
        self._heads = np.array([label.split(":")[0] for label in router.labels])
        self._kinds = tuple(kind for kind in dict.fromkeys(self._heads.tolist()) if kind != SEVERAL)

    def judge(
        self, readings: list[Reading], whole: Reading | None = None, read: Callable[[str], Reading] | None = None
    ) -> list[Judged]:
        """One verdict a clause, in order; as a rule one call of the encoder for all of them.

        Args:
            readings: the clauses.
            whole: the message that they were cut from. Where it plainly asks for one thing, its clauses are judged as parts of it.
            read: reads a part of a clause that asks for several things after all.
        """
        if not readings:
            return []
        looked_at = readings if whole is None or len(readings) == 1 else [*readings, whole]
        probabilities = self._router.probabilities([reading.masked for reading in looked_at], self._encoder)
        clauses: list[Judged] = []
        for reading, row in zip(readings, probabilities, strict=False):
            share = float(row[self._heads == SEVERAL].sum())
            apart = self._apart(reading, read, share) if read and share >= CUT_FROM else None
            clauses += apart or with_the_other_entry(_about_memory(reading) or self._one(reading, row))
        if len(looked_at) == len(readings) or len(clauses) > len(readings):
            return clauses
        several = float(probabilities[-1][self._heads == SEVERAL].sum())
        if several >= SEVERAL_FROM:
            return [replace(clause, apart=True) for clause in clauses]
        if float(probabilities[-1][self._heads == "refused"].sum()) >= _REFUSED_AS_A_WHOLE:
            return [replace(clause, label="refused", intent=None) for clause in clauses]
        return as_one_wish(clauses, self._one(looked_at[-1], probabilities[-1]), several)

    def _apart(self, reading: Reading, read: Callable[[str], Reading], several: float) -> list[Judged] | None:
        """The wishes of a clause that asks for several things; None where its parts do not plainly differ."""
        halves = [read(half) for half in two_wanted(reading.text) or ()]
        if halves and all(half.types for half in halves):
            return [replace(half, apart=True) for half in self.judge(halves)]
        cut = pieces(reading.text)
        if len(cut) == 1:
            return None
        alone = dict(zip(cut, self._alone([read(reading.text[part.start : part.end]) for part in cut]), strict=True))
        found = wishes(cut, list(alone.values()), several)
        if len(found) == 1:
            return None
        joined = [part for part in found if part not in alone]
        alone |= zip(joined, self._alone([read(reading.text[part.start : part.end]) for part in joined]), strict=True)
        parts = [entry for part in found for entry in with_the_other_entry(alone[part])]
        return [replace(part, apart=several >= SEVERAL_FROM) for part in parts]

    def _alone(self, readings: list[Reading]) -> list[Judged]:
        """One verdict a reading, each for itself."""
        if not readings:
            return []
        probabilities = self._router.probabilities([reading.masked for reading in readings], self._encoder)
        return [
            _about_memory(reading) or self._one(reading, row)
            for reading, row in zip(readings, probabilities, strict=True)
        ]

    def _one(self, reading: Reading, probabilities: NDArray[np.float32]) -> Judged:
        anchors = _anchors(reading)
        logs = np.log(np.maximum(probabilities, _FLOOR)).astype(np.float64)
        logs[self._heads == SEVERAL] = -np.inf  # of a clause that is no question
        for label, weight in anchors.items():
            fits = self._fine == label if label in self._fine else self._heads == label
            logs[fits] += weight
        moved = np.exp(logs - logs.max())
        moved /= moved.sum()
        by_kind = {kind: float(moved[self._heads == kind].sum()) for kind in self._kinds}
        label = max(by_kind, key=by_kind.__getitem__)
        anchored = any(name.split(":")[0] == label for name in anchors)
        if asks_why(reading.text) and (other := _asked_why(label, reading)):
            label, anchored = other, True
        if (
            label == "recommender"
            and len({weapon.slug for weapon in reading.weapons}) == 2
            and not asks_why(reading.text)
        ):
            return Judged(
                reading, "coach", "compare", by_kind[label], anchored=True
            )  # "shall I take the Adder or the Ribbon?"
        if label == "coach" and _two_named(reading) and _COMPARES.search(reading.text):
            return Judged(reading, "coach", "compare", by_kind[label], anchored=True)
        inside = np.where(self._heads == label, moved, -1.0)
        fine = max(dict.fromkeys(self._fine[self._heads == label]), key=lambda name: inside[self._fine == name].sum())
        intent = fine.partition(":")[2] or None
        if _only_tells(reading.text, intent, anchored):
            label, intent = (
                "statement",
                None,
            )  # "I was practising cuts when it clicked": the scene of what is asked next
        if label == "quartermaster" and intent in _ENTRIES and asks_only(reading.text):
            intent = "status"  # "what do I get if I win a battle?" must not log one
        if intent in _ENTRIES and no_deed_of_theirs(reading.text):
            label, intent, anchored = "refused", None, True
        told = reports_training(reading.text) or outcome(reading.text) is not None
        wished = minutes(reading.text) is not None and reading.weapons and not told
        if intent == "log_training" and wished and not anchored:
            label, intent, anchored = (
                "coach",
                "routine",
                True,
            )  # "Kagura fans, 30 minutes": nothing says that it was done
        if intent == "log_login" and reading.reference.pronoun and not anchored and _is_bare(reading.text):
            label, intent = "statement", None  # "log it": whatever it is, it is no login
        if label == "quartermaster" and intent == "buy":
            label, intent = purchases.checked(reading, sure=by_kind[label] >= _SURE_BUY)
        won = self._how_it_went(moved) if intent == "log_battle" else None
        if (
            intent == "log_battle"
            and not anchored
            and not (won is not None and by_kind[label] >= _TOLD_HOW and not _AHEAD.search(reading.text))
            and not reports_battle(reading.text)
            and not _tells_of_it(reading, by_kind[label])
        ):
            label, intent = "statement", None  # "there is a duel tomorrow"
        return Judged(reading, label, intent, by_kind[label], anchored, won)

    def _how_it_went(self, moved: NDArray[np.float64]) -> bool | None:
        """Whether a battle was won, where the router is sure of it."""
        told = self._fine == "quartermaster:log_battle"
        for ending, won in (("won", True), ("lost", False)):
            share = moved[told & (self._endings == ending)].sum() / moved[told].sum()
            if share >= _SURE_HOW:
                return won
        return None


def _anchors(reading: Reading) -> dict[str, float]:
    """What the wording of a clause settles: weight by label."""
    anchors = {"coach:overview": _DECISIVE} if reading.only_names else votes(reading.masked)
    anchors |= _PURCHASE_VOTES[purchases.wish(reading)]
    if asks_about_the_trade(reading.text):
        return {"coach": _OF_THE_TRADE} | anchors
    if "refused" not in anchors and is_everyday(reading.masked):  # "compare two phones", "a quote by Shakespeare"
        return {"off_topic": _EVERYDAY_WEIGHT}
    return anchors


def _asked_why(label: str, reading: Reading) -> str | None:
    """Whom a "why" is for, where the router took it for another's: reasons of a choice, or reasons of the trade."""
    of_a_choice = _CHOICE.search(reading.text) is not None
    if label == "coach" and of_a_choice:
        return "recommender"  # "why did you pick the first one?"
    of_the_trade = bool(reading.weapons or reading.types) and not of_a_choice and not _PRAISE.search(reading.text)
    return "coach" if label == "recommender" and of_the_trade else None  # "why does the poll of my axe need a file?"


def _about_memory(reading: Reading) -> Judged | None:
    """The verdict on a clause about what the Coach remembers, unless it is hostile for more than its "forget everything"."""
    wish = memory_words.wish(reading.text)
    if wish is None or "refused" in votes(_FORGETS.sub("", reading.masked)):
        return None
    return Judged(reading, "coach", wish, 1.0, anchored=True)


def _only_tells(text: str, intent: str | None, anchored: bool) -> bool:
    """Whether what looks like an entry is the scene of what is asked: "I was practising cuts when it clicked", "I'm lost"."""
    if intent == "log_training":
        return minutes(text) is None and _IN_THE_MIDST.search(text) is not None
    return intent == "log_battle" and not anchored and _LOST_THEMSELVES.search(text) is not None


def _is_bare(text: str) -> bool:
    """Whether a clause only asks to log something ("log it"); "I'm here, mark it" says what."""
    return len(text.split()) <= _SHORT and _HERE.search(text) is None


def _tells_of_it(reading: Reading, confidence: float) -> bool:
    """Whether a clause tells of a battle in words that no list has, so that the Quartermaster asks how it went."""
    return confidence >= _TOLD and _AHEAD.search(reading.text) is None


def _two_named(reading: Reading) -> bool:
    return len({weapon.slug for weapon in reading.weapons}) == 2


_FORGETS = re.compile(r"\b(?:forget|erase|delete|remove|wipe|clear|drop|stop remembering)\b", re.IGNORECASE)
_PRAISE = re.compile(
    r"\b(?:best|better|first|second|third|top|suits?|fits?|for me|right one|good (?:choice|pick)|list)\b", re.IGNORECASE
)
_COMPARES = re.compile(
    r"^(?!.*\bhow (?:do|does|should|can|must|often)\b).*\b(?:compar\w+|than|vs|versus|or|next to|beside|against|alongside|side by side|which|differ\w*|both|between)\b",
    re.IGNORECASE,
)
_IN_THE_MIDST = re.compile(
    r"\b(?:while|when|as|whenever) (?:i|we)\b|\b(?:i|we) (?:was|were) (?:\w+ )?\w+ing\b(?!.*\b(?:log|record|note|write|put|mark|count|enter|for an?|from|since|all|until|till)\b)",
    re.IGNORECASE,
)
_HERE = re.compile(r"\b(?:here|present|came|arrived|dropped by|back)\b", re.IGNORECASE)
_LOST_THEMSELVES = re.compile(r"\b(?:i'm|i am|we're|feel|feeling|get|got|am) (?:\w+ )?lost\W*$", re.IGNORECASE)
_CHOICE = re.compile(r"\b(?:recommend(?:ed)?|suggest(?:ed)?|pick(?:ed)?|chose|choose|rank(?:ed)?)\b", re.IGNORECASE)
