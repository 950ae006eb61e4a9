"""Troubleshooting: the problem that the slayer describes, its cause and its fix."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.evidence import choose
from agents.composer.general import tell, tell_problem
from agents.composer.prose import listing, lower_first
from knowledge.parts import problem


def troubleshooting(ask: Ask, draft: Draft) -> bool:
    """Cause and fix of the best matching symptom; honest about none. False when the manual has no problems at all."""
    problems = [passage for passage in ask.section("Troubleshooting") if problem(passage)]
    if not problems:
        return False
    meant = ask.evidence.within("Troubleshooting") if ask.evidence.answers else None
    if meant is not None:
        draft.say(ask.manual.note)
        tell_problem(ask, draft, meant.passage)
    elif chosen := choose(ask.evidence, 2 if ask.shorter else 3):
        draft.say(ask.manual.note)
        tell(ask, draft, chosen)
    else:
        draft.found = False
        symptoms = [f'"{lower_first(passage.name)}" [{draft.number(passage)}]' for passage in problems]
        draft.say(
            f"The manual of {ask.manual.called} does not describe that problem.",
            ask.manual.note,
            f"The ones that it describes are {listing(symptoms)}. If yours is one of them in other words, tell me which.",
        )
    return True
