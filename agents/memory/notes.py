"""The door: what a message says of its slayer that is worth remembering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from agents.memory.facts import facts, told_to_remember
from agents.memory.goals import goals
from agents.memory.injuries import injuries
from agents.memory.preferences import preferences
from agents.memory.sayings import Saying, commands, hostile, sayings
from agents.planner.memory_words import remembered, wish
from hashiramart.memories import LONGEST, Note
from hashiramart.training_plan import plain_words

MOST_AT_ONCE = 8
"""Notes of one message."""

_LEAD = 3  # words before what is noted that still ask for nothing ("the doctor says")
_OPENING = re.compile(
    r"^(?:(?:please|and|but|also|so|well|oh|hey|hi|hello|coach|sensei|by the way|btw|actually|sorry|no|yes|ok|okay|note that|you should know(?: that)?|fyi|"
    r"from now on|just so you know|unfortunately|sadly|luckily|as you know|mind you|remember|today|honestly|to be honest|thanks|thank you|good (?:morning|evening|day)|that)\b[\s,:]*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s,]+(?:please|though|by the way|btw|you know|thanks|thank you|now|remember|coach|sensei|ok|okay)$",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:my|his|her|their|our|a|the)\s+(?:\w+\s+)?(?:friend|brother|sister|wife|husband|partner|master|sensei|teacher|student|rival|cousin|mother|father|son|daughter|uncle|aunt|crow)s?"
    r"(?:'s\b|\s+(?:has|have|is|was|said|says|told|thinks|wants|hates|likes|lives|hurt|broke)\b)",
    re.IGNORECASE,
)
_FREE = re.compile(r"^(?:i|i'm|i've|i'd|my|we|our|there|the|it|in|on|at|every|each)\b", re.IGNORECASE)


def notes_in(message: str) -> list[Note]:
    """What a message says of the slayer who wrote it, in order, 8 notes at most.

    Nothing where any part of the message is hostile; nothing of a part that asks, supposes, quotes, speaks of another, or tells
    the Coach how to behave.
    """
    return list(_read(message)[0])


def only_tells(message: str) -> bool:
    """Whether everything that a message says became a note: nothing else is left to be answered."""
    notes, rest = _read(message)
    return bool(notes) and not rest


def note_of(text: str, kept: Note) -> Note:
    """The note that a slayer makes of a memory by putting it in other words.

    Args:
        text: the new words.
        kept: what the memory was; its kind and subject stay where the new words tell of nothing that the rules know.
    """
    words = plain_words(text, LONGEST)
    found = [note for note in _all_of(Saying(_bare(words), asks=False)) if not note.ends]
    if not words:
        return kept
    if len(found) == 1:
        return replace(found[0], text=words)
    if kept.subject.startswith("said:"):
        return replace(told_to_remember(words), kind=kept.kind)
    return replace(kept, text=words, over=(), within=())


@lru_cache(maxsize=128)  # a turn asks several times
def _read(message: str) -> tuple[tuple[Note, ...], bool]:
    """The notes, and whether something is left that is none."""
    if hostile(message):
        return (), True
    notes: list[Note] = []
    rest = False
    for saying in sayings(message):
        asked_for = wish(saying.text) == "remember"
        told = remembered(saying.text) if asked_for else saying.text
        bare = _bare(told)
        if not bare:
            rest = rest or asked_for
            continue
        found = list(_usable(_all_of(Saying(bare, saying.asks and not asked_for)), bare))
        if not found and asked_for and _may_be_kept(bare):
            found = [told_to_remember(_cut(bare))]
        notes += found
        rest = rest or asked_for or not any(_covers(note, bare) for note in found)
    return tuple(_latest(notes)[:MOST_AT_ONCE]), rest


def _covers(note: Note, piece: str) -> bool:
    """Whether a note is all that a piece says: nothing that wants an answer stands before it."""
    return note.ends or note.text not in piece or len(piece[: piece.index(note.text)].split()) <= _LEAD


def _all_of(saying: Saying) -> Iterator[Note]:
    found = list(injuries(saying))
    yield from found
    for rules in (goals, preferences, facts):
        if found:
            return
        found = list(rules(saying))
        yield from found


def _usable(notes: Iterable[Note], piece: str) -> Iterator[Note]:
    for note in () if _OF_OTHERS.search(piece) else notes:
        if note.ends:
            yield note
        elif (text := _cut(note.text)) and not commands(text):
            yield replace(note, text=text)


def _may_be_kept(text: str) -> bool:
    return _FREE.match(text) is not None and not commands(text) and len(text.split()) > 2


def _bare(text: str) -> str:
    before = None
    while text != before:
        before = text
        text = _CLOSING.sub("", _OPENING.sub("", text.strip(" \t,.;:!?-")))
    return text


def _cut(text: str) -> str:
    return plain_words(_bare(text), LONGEST)


def _latest(notes: list[Note]) -> list[Note]:
    """One note a subject: the later word holds."""
    return list({(note.kind, note.subject): note for note in notes}.values())
