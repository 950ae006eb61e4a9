"""Handling: how to hold and use a weapon, with what changes for the slayer's style and level."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.candidates import said_in
from agents.composer.draft import Draft
from agents.composer.evidence import choose
from agents.composer.general import say_silent, tell
from knowledge.parts import for_beginners
from knowledge.split import Passage

_SHOWN, _SHORT = 2, 2  # parts; sentences of one in a short answer


def handling(ask: Ask, draft: Draft) -> bool:
    """The handling passages that fit the question best, after the sentence for the slayer's style. False without any."""
    every = ask.section("Handling")
    if not every:
        return False
    if ask.silent:
        say_silent(ask, draft, f"The manual of {ask.manual.called} does not describe that.")
        return True
    if ask.topic and ask.evidence.within("Handling") is None:
        draft.say(ask.manual.note)
        tell(ask, draft, choose(ask.evidence, 2 if ask.shorter else 4))
        return True
    chosen = _chosen(ask, every)[: 1 if ask.shorter else _SHOWN]
    opening = []
    if line := ask.style_line():
        opening.append(draft.cited(*line))
    if ask.beginner and (line := ask.beginner_line()):
        opening.append(draft.cited(*line))
    personal = {one.id for one in every if one not in chosen}
    if not chosen and not opening:
        tell(ask, draft, choose(ask.evidence))
        return True
    draft.say(ask.manual.note, f"This is how to handle {ask.manual.called}.", *opening)
    for passage in chosen:
        draft.say(f"**{passage.name}**")
        if ask.shorter:
            draft.bulleted(said_in(passage)[:_SHORT], passage)
        else:
            draft.passage(passage)
    if ask.shorter:
        return True
    rest = [passage.name for passage in every if passage.id in personal and not _is_personal(passage)]
    if rest:
        draft.say(f"Its manual also covers {_quoted(rest)}.")
    return True


def _chosen(ask: Ask, every: list[Passage]) -> list[Passage]:
    """What the best sentences stand in; without a topic the first parts, which are about grip and stance."""
    general = [passage for passage in every if not _is_personal(passage)] or every
    if not ask.topic:
        return general[:_SHOWN]
    ranked = list({one.passage.id: one.passage for one in ask.evidence.ranked if one.passage in every}.values())
    if ranked and ranked[0] not in general:
        return []  # the sentences for the slayer's style and level, which open the answer, are what was asked for
    best = [passage for passage in ranked if passage in general]
    return best[:1] or general[:_SHOWN]


def _is_personal(passage: Passage) -> bool:
    """Whether a passage only says what changes for whom; its sentence for the slayer is quoted on its own."""
    return for_beginners(passage.text)


def _quoted(names: list[str]) -> str:
    names = [f'"{name}"' for name in names]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
