"""The training clauses (``data/clauses.jsonl``): one JSON object a line with ``text``, ``label`` and, where it has one, ``intent``."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DATA_FILE = "clauses.jsonl"


@dataclass(frozen=True, slots=True)
class LabelledClause:
    """One clause and what it is. ``intent`` is a CoachIntent or a QuartermasterAction."""

    text: str
    label: str
    intent: str | None = None

    @property
    def fine_label(self) -> str:
        """``"coach:maintenance"``, ``"quartermaster:status"``, ``"artist"``."""
        return f"{self.label}:{self.intent}" if self.intent else self.label


@cache
def training_bytes() -> bytes:
    """The file as it stands in the package."""
    return files(__package__).joinpath("data", DATA_FILE).read_bytes()


@cache
def training_clauses() -> tuple[LabelledClause, ...]:
    """The clauses, in the order of the file."""
    lines = training_bytes().decode("utf-8").splitlines()
    return tuple(LabelledClause(**json.loads(line)) for line in lines if line.strip())


@cache
def known_words() -> frozenset[str]:
    """Real words, in lower case: common English ones and those that more than one clause uses (a slip stands in one only)."""
    counts = Counter(
        word for clause in training_clauses() for word in set(re.findall(r"[a-z]+(?:'[a-z]+)?", clause.text.lower()))
    )
    return _word_list("words.txt").union(word for word, clauses in counts.items() if clauses > 1)


@cache
def deciding_words() -> frozenset[str]:
    """The words that decide a plan, and that are worth mending when they are misspelt."""
    return _word_list("deciding_words.txt")


def _word_list(name: str) -> frozenset[str]:
    return frozenset(files(__package__).joinpath("data", name).read_text(encoding="utf-8").split())
