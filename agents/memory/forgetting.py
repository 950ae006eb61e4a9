"""Which memories a slayer means who asks to forget something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agents.memory.facts import facts
from agents.memory.goals import goals
from agents.memory.injuries import injuries
from agents.memory.preferences import preferences
from agents.memory.sayings import Saying
from knowledge.words import terms

_ALL = re.compile(
    r"^(?:everything|all|anything|whatever|what|the things?|the stuff)\b(?!.*\b(?:about|of|on) (?:my|the|that)\b).*$|^me$|^(?:all (?:of )?)?(?:my|your|the|these|those)\s+(?:memories|notes)\b.*$",
    re.IGNORECASE,
)
_KINDS = (
    ("injury", re.compile(r"\b(?:all )?(?:of )?my injur(?:y|ies)$", re.IGNORECASE)),
    ("goal", re.compile(r"\bmy (?:goals?|aims?|dreams?)$", re.IGNORECASE)),
    ("preference", re.compile(r"\bmy (?:preferences?|wishes|tastes?)$", re.IGNORECASE)),
    ("fact", re.compile(r"\bmy facts$", re.IGNORECASE)),
)
_THAT = re.compile(
    r"^(?:that|it|this)(?: again| please| one| right away| then)*$|^(?:what|the thing) i(?:'ve| have)? (?:just )?(?:said|told you|wrote)(?: just now)?$",
    re.IGNORECASE,
)
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": 0}
_PLACE = re.compile(
    r"^(?:about )?(?:the )?(?:(?P<word>first|second|third|fourth|fifth|last)|(?:number |no\. ?|#)?(?P<number>\d{1,2}))(?: one| memory| note| thing)?$",
    re.IGNORECASE,
)
_LITTLE = frozenset(terms("remember forget told said know noted memory note everything thing about me fact that"))


class Everything:
    """All that is remembered."""


class NothingNamed:
    """Nothing: "forget that", where nothing was noted that it could mean."""


def to_forget(
    what: str, known: Sequence[dict[str, Any]], *, noted: Sequence[str], listed: Sequence[str]
) -> Everything | NothingNamed | set[str]:
    """The ids of the memories that are meant; none where nothing that is remembered is.

    Args:
        what: what is to be forgotten, in the slayer's words.
        known: all that is remembered of them.
        noted: ids of what was noted last in this thread, which "that" means.
        listed: ids of what was told last in this thread, in its order, which "the second" means.
    """
    if _THAT.match(what):
        return {*noted} if noted else NothingNamed()
    if place := _PLACE.match(what):
        at = _PLACES[place["word"].lower()] if place["word"] else int(place["number"])
        order = list(listed) or [one["memory_id"] for one in known]
        return {order[at - 1]} if order and (at == 0 or 1 <= at <= len(order)) else set()
    if _ALL.match(what):
        return Everything()
    for kind, named in _KINDS:
        if named.search(what):
            return {one["memory_id"] for one in known if one["kind"] == kind}
    return _by_subject(what, known) or _by_words(what, known)


def _by_subject(what: str, known: Sequence[dict[str, Any]]) -> set[str]:
    """By what it is about, as "that I'm left-handed", "my knee is bad": what the rules would have noted."""
    said = Saying(re.sub(r"^(?:the fact )?that\s+", "", what, flags=re.IGNORECASE), asks=False)
    subjects = {
        (note.kind, subject)
        for rules in (injuries, goals, preferences, facts)
        for note in rules(said)
        for subject in (note.subject, *note.over, *note.within)
    }
    return {one["memory_id"] for one in known if (one["kind"], one["subject"]) in subjects}


def _by_words(what: str, known: Sequence[dict[str, Any]]) -> set[str]:
    """By words, as "my knee", "my goal with the upper moon": the memories that hold most of the words."""
    asked = set(terms(what)) - _LITTLE
    if not asked:
        return set()
    held = {one["memory_id"]: len(asked & set(terms(f"{one['text']} {one['subject']} {one['kind']}"))) for one in known}
    most = max(held.values(), default=0)
    return {key for key, count in held.items() if count == most and count >= max(1, (len(asked) + 1) // 2)}
