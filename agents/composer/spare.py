"""What hurts is spared: drills that load it are left out, and the guides' words on it come first.

What the slayer told carries no citation, for it is in no manual; the advice that goes with it does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.composer.ask import Ask
from agents.composer.candidates import said_in
from agents.composer.draft import Draft
from agents.composer.evidence import nearest_advice
from agents.composer.models import Injury
from agents.memory.body import loads, names
from agents.memory.spoken import joined
from knowledge.parts import Drill, drill
from knowledge.split import Passage

_HEALING, _CONDITIONING = "guides/injuries-and-rest.md", "guides/conditioning.md"
_WHEN_TO_STOP = "stop the session when pain is sharp or growing, when a joint gives way"
_WHOM_TO_ASK = "ask a physician before you begin a hard programme with a heart or joint condition"
_WARNS = re.compile(r"\b(?:pain|hurts?|ache|strain|sprain|warning|stop|twist\w*|careful|injur\w*)\b", re.IGNORECASE)
_NAMED = 3  # drills that are named as left out


def spares(ask: Ask, found: Drill, passage: Passage) -> bool:
    """Whether a drill asks nothing of what hurts. The guide's healing exercises are made for that."""
    return passage.source == _HEALING or not _loaded(ask, words_of(found))


def say_spared(ask: Ask, draft: Draft) -> None:
    """Open an answer of drills with what hurts, what is left out for it, and what the guides say of it."""
    injuries = ask.question.known.injuries
    if not injuries:
        return
    draft.say(_lead(ask, injuries), *_advice(ask, draft, injuries))
    draft.opens()


def say_caution(ask: Ask, draft: Draft, words: str) -> None:
    """Close an answer that may load what hurts with a word of care."""
    hurt = [injury for injury in ask.question.known.injuries if injury.part and loads(injury.part, words)]
    if hurt and draft.found:
        draft.say(
            f"{_told(hurt)} Go easy on {joined([one.named for one in hurt])} with this.", *_advice(ask, draft, hurt)
        )


def _lead(ask: Ask, injuries: Sequence[Injury]) -> str:
    told = _told(injuries)
    parts = [injury.named for injury in injuries if injury.part]
    if not parts:
        return told
    own = [parsed for passage in _own(ask) if (parsed := drill(passage))]
    out = [one.name for one in own if _loaded(ask, words_of(one))]
    named = joined(list(dict.fromkeys(parts)))
    if out and len(out) == len(own):
        every = f"Every drill of {ask.manual.called} asks much of {named}"
        return f"{told} {every}, so I leave them out and take the guides' drills that do not."
    if out:
        shown = joined([f"*{name}*" for name in out[:_NAMED]])
        more = f" and {len(out) - _NAMED} more" if len(out) > _NAMED else ""
        return f"{told} I leave out what asks much of {named}: {shown}{more}."
    return f"{told} I leave out drills that ask much of {named}."


def _told(injuries: Sequence[Injury]) -> str:
    said = [f"{'that ' if place else ''}{injury.said}" for place, injury in enumerate(injuries)]
    if all(injury.fresh for injury in injuries):
        return f"You say that {joined(said)}."
    on = f" on {injuries[0].told_on}" if len(injuries) == 1 else ""
    return f"You told me{on} that {joined(said)}."


def _advice(ask: Ask, draft: Draft, injuries: Sequence[Injury]) -> list[str]:
    """A sentence or two of the guides: on the part that hurts, and on when to stop; for an illness whom to ask first."""
    parts = list(dict.fromkeys(injury.part for injury in injuries if injury.part))
    said: dict[str, Passage] = {}
    if parts and not ask.shorter:
        said.update(_on_part(ask, parts[0]))
    if parts:
        said.update(nearest_advice(_WHEN_TO_STOP, _HEALING, ask.shelf, most=1))
    if len(parts) < len({injury.subject for injury in injuries}):
        said.update(nearest_advice(_WHOM_TO_ASK, _CONDITIONING, ask.shelf, most=1))
    return [draft.cited(sentence, passage) for sentence, passage in said.items()]


def _on_part(ask: Ask, part: str) -> list[tuple[str, Passage]]:
    """What the guides say of a part that hurts, the nearest sentence that names it; none where they do not."""
    found = [
        (sentence, passage)
        for passage in ask.shelf.passages
        if passage.weapon is None and drill(passage) is None
        for sentence in said_in(passage)
        if names(part, sentence) and _WARNS.search(sentence)
    ]
    if not found:
        return []
    embedder = ask.shelf.embedder
    near = embedder.recall([sentence for sentence, _ in found]) @ embedder.recall([f"{part} pain in training"])[0]
    return [found[int(near.argmax())]]


def _own(ask: Ask) -> list[Passage]:
    return ask.shelf.by_weapon.get(ask.subject.slug, []) if ask.subject else []


def _loaded(ask: Ask, words: str) -> bool:
    return any(loads(part, words) for part in ask.question.known.parts)


def words_of(found: Drill) -> str:
    """All that a drill says."""
    return f"{found.name}. {found.focus}. {' '.join(found.steps)}"
