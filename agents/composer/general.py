"""Any other question: the sentences of the library that answer it, or the plain word that it does not."""

from __future__ import annotations

from itertools import groupby

from agents.composer.ask import Ask
from agents.composer.candidates import said_in
from agents.composer.draft import Draft
from agents.composer.evidence import Sentence, choose
from agents.composer.subject import ask_for_weapon
from knowledge.parts import drill, problem, quotes
from knowledge.split import Passage

_NEAR_ENOUGH = -1.5  # log odds of the question from which its nearest sentence is worth showing beside a "no"
_SHORT, _USUAL = 2, 4  # sentences chosen
_WHOLE = 9  # sentences of a passage that may be told whole


def general(ask: Ask, draft: Draft) -> bool:
    """Answer from the best sentences; with none that answers, say so and give the nearest thing. Never false."""
    chosen = choose(ask.evidence, _SHORT if ask.shorter else _USUAL)
    if not chosen:
        say_silent(ask, draft)
        return True
    if ask.subject and any(one.passage.weapon for one in chosen):
        draft.say(ask.subject.note)
    tell(ask, draft, chosen)
    return True


def say_silent(ask: Ask, draft: Draft, said: str = "") -> None:
    """Say that the manuals do not answer, and offer the nearest thing that they hold, marked as such.

    Args:
        ask: the question.
        draft: where to say it.
        said: the sentence that says so, where a plain "does not say" is not enough.
    """
    draft.found = False
    plain = f"The manual of {ask.manual.called} does not say." if ask.subject else "The manuals do not say."
    note = ask.subject.note if ask.subject else ""
    nearest = ask.evidence.best
    if nearest is not None and ask.evidence.odds >= _NEAR_ENOUGH and _may_be_shown(ask, nearest.passage):
        where = _where(ask, nearest.passage)
        draft.say(
            said or plain, note, f"The nearest thing {where} is this:", draft.cited(nearest.text, nearest.passage)
        )
    else:
        draft.say(said or plain, note, "Ask me about a weapon's handling, drills or care, and I will open its manual.")


def from_guides(ask: Ask, draft: Draft) -> bool:
    """Answer a question that names no weapon from the guides, where they do. False where they do not."""
    best = ask.evidence.best
    if best is None or best.passage.weapon is not None:
        return False
    chosen = [one for one in choose(ask.evidence, _SHORT if ask.shorter else _USUAL) if one.passage.weapon is None]
    if chosen:
        tell(ask, draft, chosen)
    return bool(chosen)


def which_weapon(ask: Ask, draft: Draft) -> bool:
    """Ask for the weapon. Never false."""
    draft.found = False
    ask.trail.why = "The question is about a weapon that it does not name."
    draft.say(ask_for_weapon(ask.question, ask.shelf))
    return True


def tell_elsewhere(ask: Ask, draft: Draft, section: str) -> bool:
    """Say what answers best where it stands outside the section that was asked for, and whether it does.

    One sentence where the section comes near it, for the section is told too.
    """
    best = ask.evidence.best
    if best is None or best.passage.section == section:
        return False
    near = ask.evidence.within(section) is not None
    draft.say(ask.manual.note)
    tell(ask, draft, choose(ask.evidence, 1 if near else _SHORT if ask.shorter else _USUAL))
    return True


def tell(ask: Ask, draft: Draft, chosen: list[Sentence]) -> None:
    """Say the sentences, a paragraph for each passage; another weapon's manual is named, for its advice may not carry over."""
    lead_problem = chosen[0].passage if problem(chosen[0].passage) else None
    for place, (passage, group) in enumerate(groupby(chosen, key=lambda one: one.passage)):
        mine = passage.weapon is None or (ask.subject is not None and passage.weapon == ask.subject.slug)
        lead = "" if mine else f"For the **{passage.title}**:"
        if place == 0 and _tells_whole(ask, passage):
            draft.say(lead or f"**{passage.name or passage.title}**")
            draft.passage(passage)
        elif lead_problem is not None and passage.id == lead_problem.id and not ask.evidence.matter.asked.strict:
            tell_problem(ask, draft, passage)
        elif passage.name in ("Intervals", "Materials", "Steps", "Safety", "Accessories"):
            draft.say(lead)
            draft.bulleted([draft.cited(one.text, passage) for one in group])
        else:
            heading = f"In **{passage.name}**:" if passage.section == "Drills" else ""
            draft.say(lead or heading, *(draft.cited(one.text, passage) for one in group))


def _tells_whole(ask: Ask, passage: Passage) -> bool:
    """Whether a short passage that describes how something is done is told as it stands."""
    if ask.shorter or not ask.how_to or problem(passage) or drill(passage) or quotes(passage):
        return False
    of_use = passage.section == "Handling" or passage.weapon is None
    return of_use and len(said_in(passage)) <= _WHOLE


def tell_problem(ask: Ask, draft: Draft, passage: Passage) -> None:
    """The symptom that a passage of Troubleshooting describes, its cause and its fix."""
    parsed = problem(passage)
    assert parsed is not None
    mine = ask.subject is not None and passage.weapon == ask.subject.slug
    manual = ask.manual.called if mine else f"the **{passage.title}**"
    draft.say(f'The manual of {manual} lists that as "{parsed.symptom}" [{draft.number(passage)}].')
    draft.say(f"**Cause:** {draft.cited(parsed.cause, passage)}")
    draft.say(f"**Fix:** {draft.cited(parsed.fix, passage)}")


def _may_be_shown(ask: Ask, passage: Passage) -> bool:
    return passage.weapon is None or ask.subject is None or passage.weapon == ask.subject.slug


def _where(ask: Ask, passage: Passage) -> str:
    if passage.weapon is None:
        return f'in the guide "{passage.title}"'
    return "that it says" if ask.subject else f"in the manual of the {passage.title}"
