"""Handling: how to hold and use a weapon, with what changes for the slayer's style and level."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from knowledge.parts import for_beginners
from knowledge.split import Passage

_SHOWN = 2


def handling(ask: Ask, draft: Draft) -> bool:
    """The handling passages that fit the question best, after the sentence for the slayer's style. False without any."""
    every = ask.section("Handling")
    if not every:
        return False
    chosen = _chosen(ask, every)
    opening = []
    if line := ask.style_line():
        opening.append(draft.cited(*line))
    if ask.beginner and (line := ask.beginner_line()):
        opening.append(draft.cited(*line))
    personal = {one.id for one in every if one not in chosen}
    draft.say(ask.manual.note, f"This is how to handle {ask.manual.called}.", *opening)
    for passage in chosen:
        draft.say(f"**{passage.name}**")
        draft.passage(passage)
    rest = [passage.name for passage in every if passage.id in personal and not _is_personal(passage)]
    if rest:
        draft.say(f"Its manual also covers {_quoted(rest)}.")
    return True


def _chosen(ask: Ask, every: list[Passage]) -> list[Passage]:
    """What was asked about by meaning; without a topic the first parts, which are about grip and stance."""
    general = [passage for passage in every if not _is_personal(passage)] or every
    if not ask.topic:
        return general[:_SHOWN]
    found = [hit.passage for hit in ask.search("Handling", k=len(every))]
    named = [passage for passage in found if ask.topic.meets(f"{passage.name}")]
    ranked = [*named, *(passage for passage in found if passage not in named)]
    best = [passage for passage in ranked if passage in general][: 1 if named else _SHOWN]
    return sorted(best or general[:_SHOWN], key=lambda passage: passage.position)


def _is_personal(passage: Passage) -> bool:
    """Whether a passage only says what changes for whom; its sentence for the slayer is quoted on its own."""
    return for_beginners(passage.text)


def _quoted(names: list[str]) -> str:
    names = [f'"{name}"' for name in names]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
