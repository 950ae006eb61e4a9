"""The training clauses, ``data/clauses.jsonl``.

One JSON object a line: ``text``, ``label``, ``family`` and, where it has them, ``intent``, ``outcome`` and ``misspelt``.
The file is derived: ``evals/train_router.py`` cuts the utterances of ``evals/data/routing_train.jsonl`` into clauses. It stands in the
package because the speller takes its words from it, and the router's hash says whether it was trained on it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DATA_FILE = "clauses.jsonl"
SEVERAL = "several"
"""The label of a message that asks for more than one thing; no part of one has it."""
_FREQUENT = 10  # clauses
_LONG = 5  # letters


@dataclass(frozen=True, slots=True)
class LabelledClause:
    """One clause and what it is.

    Attributes:
        text: the clause.
        label: a specialist, a kind of small talk, or ``statement``.
        intent: a CoachIntent or a QuartermasterAction.
        outcome: of a battle that is told: ``won`` or ``lost``.
        family: the way of speaking that it stands for.
        misspelt: whether its words are not to be taken for real ones.
    """

    text: str
    label: str
    intent: str | None = None
    outcome: str | None = None
    family: str = ""
    misspelt: bool = False

    @property
    def fine_label(self) -> str:
        """``"coach:maintenance"``, ``"quartermaster:log_battle:won"``, ``"artist"``."""
        return ":".join(part for part in (self.label, self.intent, self.outcome) if part)


@cache
def training_bytes() -> bytes:
    """The file as it stands in the package."""
    return files(__package__).joinpath("data", DATA_FILE).read_bytes()


@cache
def training_clauses() -> tuple[LabelledClause, ...]:
    """The clauses, in the order of the file."""
    lines = training_bytes().decode("utf-8").splitlines()
    return tuple(LabelledClause(**json.loads(line)) for line in lines if line.strip())


def reload() -> None:
    """Forget the file, so that it is read again: for whoever has just written it."""
    for kept in (training_bytes, training_clauses, known_words, frequent_words):
        kept.cache_clear()


@cache
def known_words() -> frozenset[str]:
    """Real words, in lower case.

    They are common English ones, those that more than one clause uses (a slip stands in one only), and all of the clauses that are
    off topic, so that a "cast iron pan" is not taken for a misspelt fan.
    """
    counts: Counter[str] = Counter()
    elsewhere: set[str] = set()
    for clause in training_clauses():
        if clause.misspelt:
            continue
        words = set(re.findall(r"[a-z]+(?:'[a-z]+)?", clause.text.lower()))
        counts.update(words)
        if clause.label == "off_topic":
            elsewhere |= words
    return _word_list("words.txt") | elsewhere | {word for word, clauses in counts.items() if clauses > 1}


@cache
def frequent_words() -> frozenset[str]:
    """Longer words that many clauses use, in lower case: what slayers say, so what a misspelt word is likely to mean."""
    counts = Counter(
        word
        for clause in training_clauses()
        if not clause.misspelt
        for word in set(re.findall(r"[a-z]+", clause.text.lower()))
    )
    return frozenset(word for word, clauses in counts.items() if clauses >= _FREQUENT and len(word) >= _LONG)


@cache
def deciding_words() -> frozenset[str]:
    """The words that decide a plan, and that are worth mending when they are misspelt."""
    return _word_list("deciding_words.txt")


def _word_list(name: str) -> frozenset[str]:
    return frozenset(files(__package__).joinpath("data", name).read_text(encoding="utf-8").split())
