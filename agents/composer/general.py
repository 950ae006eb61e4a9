"""Any other question: the sentences of the library that answer it, or the plain word that it does not."""

from __future__ import annotations

from itertools import groupby

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.evidence import Sentence, choose, gather
from agents.composer.subject import ask_for_weapon
from knowledge.split import Passage


def general(ask: Ask, draft: Draft) -> bool:
    """Answer from the best sentences; with none that answers, say so and give the nearest thing. Never false."""
    ranked = gather(ask)
    guides = [one for one in ranked if one.passage.weapon is None]
    chosen = choose(ranked) if ask.subject else choose(guides) or choose(ranked)
    if chosen:
        if ask.subject and any(one.passage.weapon for one in chosen):
            draft.say(ask.subject.note)
        tell(ask, draft, chosen)
        return True
    draft.found = False
    about = f"The manual of {ask.manual.called} does not say." if ask.subject else "The manuals do not say."
    if ranked and ranked[0].score >= 0.3:
        nearest = ranked[0]
        where = _where(ask, nearest.passage)
        draft.say(about, f"The nearest thing {where} is this:", draft.cited(nearest.text, nearest.passage))
    else:
        draft.say(about, "Ask me about a weapon's handling, drills or care, and I will open its manual.")
    return True


def from_guides(ask: Ask, draft: Draft) -> bool:
    """Answer a question that names no weapon from the guides, where they do. False where they do not."""
    chosen = choose([one for one in gather(ask) if one.passage.weapon is None])
    if chosen:
        tell(ask, draft, chosen)
    return bool(chosen)


def which_weapon(ask: Ask, draft: Draft) -> bool:
    """Ask for the weapon. Never false."""
    draft.found = False
    draft.say(ask_for_weapon(ask.question, ask.shelf))
    return True


def tell(ask: Ask, draft: Draft, chosen: list[Sentence]) -> None:
    """Say the sentences, a paragraph for each passage; another weapon's manual is named, for its advice may not carry over."""
    for passage, group in groupby(chosen, key=lambda one: one.passage):
        mine = passage.weapon is None or (ask.subject is not None and passage.weapon == ask.subject.slug)
        lead = "" if mine else f"For the **{passage.title}**:"
        draft.say(lead, *(draft.cited(one.text, passage) for one in group))


def _where(ask: Ask, passage: Passage) -> str:
    if passage.weapon is None:
        return f'in the guide "{passage.title}"'
    return (
        "that it says"
        if ask.subject and ask.subject.slug == passage.weapon
        else f"in the manual of the {passage.title}"
    )
