"""What ratings teach: pairs of a better and a worse answer to one question, and questions that are hard to answer.

Whose they are is not in it: slayers' ids are not read here, and their names are out of the texts before (``without_names``).
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hashiramart.feedback import Rating

PAIRS_PER_QUESTION = 20
"""The clearest pairs of a question that many were asked are kept, so that it does not drown the others."""

_UNSAID = 2  # so often the manuals did not answer a question: once may be a slip of the pen
_NOBODY = "slayer"
_SLICES = {
    "handling": "how_to",
    "maintenance": "how_to",
    "general": "overview",
    "plan": "routine",
}
"""Slices of the Coach's suite for the intents that have no slice of their own name."""
_SLICED = {
    "how_often", "compare", "routine", "troubleshooting", "quiz", "motivation", "safety", "accessories", "overview", "drills",
}  # fmt: skip

Question = tuple[str, str | None]
"""A question as it is compared: its words, normalised, and the weapon in question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the Coach as it stands in a trace: as understood, in the slayer's words, and of what kind."""

    question: str
    asked: str
    weapon: str | None
    intent: str
    found: bool

    @property
    def key(self) -> Question:
        """What makes two of them the same question."""
        return normal(self.question), self.weapon


@dataclass(frozen=True, slots=True)
class RatedAnswer:
    """An answer that somebody rated, without who it was. ``passages`` are its citations: source, section and text."""

    rating: Rating
    message: str
    questions: tuple[Asked, ...]
    reply: str
    route: tuple[str, ...]
    engine: str
    passages: tuple[dict[str, str], ...]
    comment: str | None


@dataclass(frozen=True, slots=True)
class Hard:
    """A question that went wrong, as a case to try again.

    Args:
        asked: the question.
        profile: who asked it, without a name.
        thread: for a follow-up, the messages before it; without them the question is tried as it was understood.
    """

    asked: Asked
    profile: dict[str, Any]
    thread: tuple[str, ...] = ()


@dataclass
class _Votes:
    answer: RatedAnswer
    up: int = 0
    down: int = 0

    @property
    def lead(self) -> int:
        return self.up - self.down


@dataclass
class Pairing:
    """Collects rated answers, question by question."""

    _votes: dict[Question, dict[str, _Votes]] = field(default_factory=dict)

    def add(self, answer: RatedAnswer) -> None:
        """Count a rating.

        Only the Coach's answer to a single question takes part: where another specialist spoke, or to several questions, the
        answer says more than the question asks, and nobody knows which part was meant.
        """
        if answer.route != ("coach",) or len(answer.questions) != 1:
            return
        answers = self._votes.setdefault(answer.questions[0].key, {})
        votes = answers.setdefault(answer.reply, _Votes(answer))
        if answer.rating == "up":
            votes.up += 1
        else:
            votes.down += 1

    def pairs(self) -> list[dict[str, Any]]:
        """The pairs, by question: an answer that more slayers liked than not, against one that fewer did."""
        found: list[dict[str, Any]] = []
        for (_, weapon), answers in sorted(self._votes.items(), key=lambda item: (item[0][0], item[0][1] or "")):
            ranked = sorted(answers.values(), key=lambda votes: (-votes.lead, votes.answer.reply))
            better = [votes for votes in ranked if votes.lead > 0]
            worse = [votes for votes in reversed(ranked) if votes.lead < 0]
            clearest = sorted(itertools.product(better, worse), key=lambda pair: pair[1].lead - pair[0].lead)
            found += [_pair(weapon, *pair) for pair in clearest[:PAIRS_PER_QUESTION]]
        return found


def _pair(weapon: str | None, chosen: _Votes, rejected: _Votes) -> dict[str, Any]:
    asked = chosen.answer.questions[0]
    line: dict[str, Any] = {"prompt": asked.question, "weapon": weapon, "intent": asked.intent}
    line |= {"chosen": chosen.answer.reply, "rejected": rejected.answer.reply}
    for name, votes in (("chosen", chosen), ("rejected", rejected)):
        places = [{"source": each["source"], "section": each["section"]} for each in votes.answer.passages]
        line |= {f"{name}_engine": votes.answer.engine, f"{name}_passages": places}
        line[f"{name}_votes"] = {"up": votes.up, "down": votes.down}
    return line


def rating_line(answer: RatedAnswer, *, with_comment: bool) -> dict[str, Any]:
    """A rated answer as a line of ``ratings.jsonl``."""
    line: dict[str, Any] = {
        "rating": answer.rating,
        "message": answer.message,
        "questions": [
            {"question": each.question, "weapon": each.weapon, "intent": each.intent, "found": each.found}
            for each in answer.questions
        ],
        "answer": answer.reply,
        "route": list(answer.route),
        "engine": answer.engine,
        "passages": list(answer.passages),
    }
    return line | {"comment": answer.comment} if with_comment else line


@dataclass
class HardQuestions:
    """Collects questions that went wrong; the first slayer who asked one stands for all who did."""

    _cases: dict[Question, Hard] = field(default_factory=dict)
    _disliked: set[Question] = field(default_factory=set)
    _unsaid: dict[Question, int] = field(default_factory=dict)

    def disliked(self, case: Hard) -> None:
        """An answer to it was rated down."""
        self._cases.setdefault(case.asked.key, case)
        self._disliked.add(case.asked.key)

    def unsaid(self, case: Hard) -> None:
        """The manuals did not say."""
        self._cases.setdefault(case.asked.key, case)
        self._unsaid[case.asked.key] = self._unsaid.get(case.asked.key, 0) + 1

    def lines(self) -> list[dict[str, Any]]:
        """Those rated down, or not answered at least twice: cases of the Coach's suite (``evals/data/coach.jsonl``)."""
        often = {key for key, times in self._unsaid.items() if times >= _UNSAID}
        lines = [_case(key, self._cases[key]) for key in self._disliked | often]
        return sorted(lines, key=lambda line: (line["slice"], line["text"], line["id"]))


def _case(key: Question, case: Hard) -> dict[str, Any]:
    digest = hashlib.sha256(json.dumps(key).encode()).hexdigest()
    return {
        "id": f"h{digest[:10]}",
        "split": "test",
        "slice": "follow_up" if case.thread else _slice(case.asked.intent),
        "text": case.asked.asked if case.thread else case.asked.question,
        "thread": list(case.thread),
        "profile": case.profile,
        "facts": [],
        "absent": [],
        "minutes": None,
        "differs_from": None,
    }


def _slice(intent: str) -> str:
    return _SLICES.get(intent, intent if intent in _SLICED else "overview")


def normal(question: str) -> str:
    """A question without what makes no difference: case, blanks, punctuation at its ends, ways to write a letter."""
    plain = unicodedata.normalize("NFKC", question).casefold()
    return " ".join(plain.split()).strip(" .,;:!?…\"'“”‘’")


def without_names(text: str, names: Sequence[str]) -> str:
    """A text in which nobody is called by their name or handle. A name of one letter gives nobody away and stays."""
    known = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    if not known:
        return text
    either = "|".join(re.escape(name) for name in known)
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", _NOBODY, text, flags=re.IGNORECASE)
