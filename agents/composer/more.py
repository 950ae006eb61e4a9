"""More: what else the library says near a question, for a slayer who asks for a longer answer."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.candidates import said_in
from agents.composer.draft import Draft
from knowledge.parts import problem
from knowledge.split import Passage

_SECTIONS, _SENTENCES = 2, 2


def more(ask: Ask, draft: Draft) -> None:
    """Add the first sentences of the nearest sections that the answer has not used yet."""
    used = {passage.id for passage in draft.passages}
    nearest = [one.passage for one in ask.evidence.ranked] if ask.topic or not ask.subject else []
    if ask.subject:
        nearest += [hit.passage for hit in ask.search(k=12)]
    fresh: dict[str, Passage] = {}
    for passage in nearest:
        mine = passage.weapon is None or (ask.subject is not None and passage.weapon == ask.subject.slug)
        if passage.id not in used and mine and said_in(passage):
            fresh.setdefault(passage.id, passage)
    for passage in list(fresh.values())[:_SECTIONS]:
        parsed = problem(passage)
        said = parsed.fix if parsed else " ".join(said_in(passage)[:_SENTENCES])
        draft.say(f"On **{passage.name or passage.title}**:", draft.cited(said, passage))
