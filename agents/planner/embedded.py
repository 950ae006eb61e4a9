"""The embedded planner: a message becomes a plan without a language model.

::

    message -> mend the spelling -> cut into clauses -> find the names -> router + anchors -> put together -> fill the slots

It never raises on a message and always returns a valid plan. One call of the embedding model per message.
"""

from __future__ import annotations

import re
import threading
from typing import Literal

from agents.planner import followups, memory_words, merging, pictures, purchases
from agents.planner.antecedents import Antecedents
from agents.planner.classifier import load_router
from agents.planner.clauses import split
from agents.planner.context import PlanContext
from agents.planner.draft import SPECIALISTS, Judged
from agents.planner.filling import TooMuch, fill
from agents.planner.judge import Judge
from agents.planner.plan import Plan
from agents.planner.reading import Reader
from agents.planner.vocabulary import Vocabulary
from agents.planner.waved_off import without_the_declined

__all__ = ["EmbeddedPlanner", "PlanContext", "Vocabulary"]

_YES_OR_NO = re.compile(r"^(?:yes|no|yeah|yep|nope|nah|yes please|no thanks?|sure|maybe)\W*$", re.IGNORECASE)
_SMALL_TALK_FROM = 0.45
SmallTalk = Literal["greeting", "thanks", "off_topic", "help", "refused", "clarify"]
_OFFERS = {
    "recommender": "find a weapon for you",
    "coach": "coach you with a weapon",
    "artist": "paint you",
    "quartermaster": "log training or a battle, order a weapon, or show your points",
}


class EmbeddedPlanner:
    """Plans with the router. Safe to share by threads; ``vocabulary`` may be replaced when the catalogue changes.

    Args:
        vocabulary: the catalogue's names.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._reader = Reader(vocabulary)
        self._judge: Judge | None = None
        self._lock = threading.Lock()

    @property
    def vocabulary(self) -> Vocabulary:
        """The names it knows."""
        return self._reader.vocabulary

    @vocabulary.setter
    def vocabulary(self, vocabulary: Vocabulary) -> None:
        self._reader = Reader(vocabulary)

    def warm_up(self) -> None:
        """Load the router and the embedding model now instead of with the first message."""
        self.plan("recommend me a blade", PlanContext())

    def plan(self, message: str, context: PlanContext | None = None) -> Plan:
        """The steps that ``message`` asks for, in its order, or the reason why there are none.

        Args:
            message: the slayer's words; of more than 4000 characters the rest is not read.
            context: the thread so far.
        """
        context = context or PlanContext()
        reader = self._reader
        mended = memory_words.joined(reader.mend(message))
        clauses = without_the_declined(
            self._loaded().judge([reader.read(clause) for clause in split(mended)], reader.read(mended), reader.read)
        )
        if not clauses or _YES_OR_NO.match(message.strip()):  # there is no question of ours open that it could answer
            return Plan(small_talk="clarify", question="What would you like me to do?", confidence=0.0)
        follow_up = followups.complete(clauses, context)
        drafts = [follow_up] if follow_up else merging.assemble(pictures.regarded(clauses, context))
        if not drafts:
            return _without_steps(clauses)
        pictures.mark(drafts, context)
        try:
            steps = fill(drafts, Antecedents(context, reader.vocabulary), reader.vocabulary)
        except TooMuch as too_much:
            return Plan(small_talk="clarify", question=too_much.question, confidence=drafts[0].confidence)
        return Plan(steps=steps, confidence=min(draft.confidence for draft in drafts))

    def _loaded(self) -> Judge:
        with self._lock:
            if self._judge is None:
                router, encoder = load_router()
                self._judge = Judge(encoder, router)
            return self._judge


def _without_steps(clauses: list[Judged]) -> Plan:
    """A plan without steps: the most telling kind of small talk, or a question back."""
    sure = [clause for clause in clauses if clause.anchored or clause.confidence >= _SMALL_TALK_FROM]
    for kind in ("refused", "help", "off_topic", "thanks", "greeting"):
        fitting = [clause for clause in sure if clause.label == kind]
        if fitting:
            return Plan(small_talk=kind, confidence=max(clause.confidence for clause in fitting))
    declined = any(purchases.wish(clause.reading) == "declined" for clause in clauses)
    question = "Then nothing is ordered. What would you like instead?" if declined else _question(clauses)
    return Plan(small_talk="clarify", question=question, confidence=max(clause.confidence for clause in clauses))


def _question(clauses: list[Judged]) -> str:
    likely = [
        clause.label for clause in sorted(clauses, key=lambda clause: -clause.confidence) if clause.label in SPECIALISTS
    ]
    offers = [_OFFERS[label] for label in dict.fromkeys([*likely, "recommender", "coach"])][:2]
    return f"Shall I {offers[0]}, or {offers[1]}?"
