"""The parts of a manual: drills, intervals, materials, steps, problems, accessories and quotes, read from their Markdown.

Each reader takes a passage's text and returns what it finds; an empty list or ``None`` means that the text has another form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.split import Passage

_DRILL = re.compile(
    r"^\*\*Minutes:\*\*\s*(\d+)\s*·\s*\*\*Focus:\*\*\s*(.+?)\s*·\s*\*\*Styles:\*\*\s*(.+?)\s*$", re.MULTILINE
)
_STEP = re.compile(r"^\s*\d+[.)]\s+(.+(?:\n(?!\s*(?:\d+[.)]|[-*+#])\s|\s*$).+)*)", re.MULTILINE)
_BULLET = re.compile(r"^\s*[-*+]\s+(.+(?:\n(?!\s*(?:\d+[.)]|[-*+#])\s|\s*$).+)*)", re.MULTILINE)
_CAUSE = re.compile(r"^\*\*Cause:\*\*\s*(.+?)(?=\n\s*\*\*|\Z)", re.MULTILINE | re.DOTALL)
_FIX = re.compile(r"^\*\*Fix:\*\*\s*(.+?)(?=\n\s*\*\*|\Z)", re.MULTILINE | re.DOTALL)
_ACCESSORY = re.compile(r"^\*\*(.+?)\*\*:\s*(.+)$", re.DOTALL)
_QUOTE = re.compile(r'^["\u201c](.+)["\u201d]\s*(?:\((.+)\)|[-\u2013\u2014]\s*(.+))?$', re.DOTALL)
_BEGINNERS = re.compile(r"\blevel (?:below |under )?10\b")


@dataclass(frozen=True, slots=True)
class Drill:
    """An exercise. ``minutes`` for one go; ``styles`` are breathing styles, empty where it is good for any."""

    name: str
    minutes: int
    focus: str
    styles: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A recurring task of care: ``when`` ("Every two months") and what to ``do`` (a sentence)."""

    when: str
    do: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault as a slayer would say it, its cause and its fix."""

    symptom: str
    cause: str
    fix: str


@dataclass(frozen=True, slots=True)
class Accessory:
    """A thing that goes with a weapon and what it is for."""

    name: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A saying, who said it, and the mood it is filed under ("Courage", "After a defeat")."""

    text: str
    author: str | None
    mood: str


def steps(text: str) -> list[str]:
    """The items of the numbered list in ``text``, without their numbers."""
    return [_one_line(item) for item in _STEP.findall(text)]


def bullets(text: str) -> list[str]:
    """The items of the bulleted list in ``text``."""
    return [_one_line(item) for item in _BULLET.findall(text)]


@lru_cache(maxsize=16_384)  # the Coach looks through the drills of the whole shelf at each question
def drill(passage: Passage) -> Drill | None:
    """The drill that a passage describes; its name is the passage's last heading."""
    match = _DRILL.search(passage.text)
    doing = steps(passage.text)
    if match is None or not doing:
        return None
    styles = tuple(style.strip() for style in match.group(3).split(",") if style.strip().lower() != "any")
    return Drill(passage.name, int(match.group(1)), match.group(2), styles, tuple(doing))


def intervals(passage: Passage) -> list[Interval]:
    """The lines "<interval>: <sentence.>" of a passage."""
    pairs = (item.split(":", 1) for item in bullets(passage.text) if ":" in item)
    return [Interval(when.strip(), do.strip()) for when, do in pairs if do.strip()]


def problem(passage: Passage) -> Problem | None:
    """The problem that a passage describes; its symptom is the passage's last heading."""
    cause, fix = _CAUSE.search(passage.text), _FIX.search(passage.text)
    if cause is None or fix is None:
        return None
    return Problem(passage.name, _one_line(cause.group(1)), _one_line(fix.group(1)))


def accessories(passage: Passage) -> list[Accessory]:
    """The lines "**Name**: what it is for." of a passage."""
    matches = (_ACCESSORY.match(item) for item in bullets(passage.text))
    return [Accessory(match.group(1), match.group(2)) for match in matches if match]


def quotes(passage: Passage) -> list[Quote]:
    """The lines '"Saying." (Who)' of a passage."""
    matches = (_QUOTE.match(item) for item in bullets(passage.text))
    return [Quote(match.group(1), match.group(2) or match.group(3), passage.name) for match in matches if match]


def for_beginners(sentence: str) -> bool:
    """Whether a sentence of a manual is meant for slayers below level 10."""
    return bool(_BEGINNERS.search(sentence.lower()))


def _one_line(text: str) -> str:
    return " ".join(text.split())
