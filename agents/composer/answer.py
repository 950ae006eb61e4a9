"""The composer's door: a question in, a cited answer out, with no language model."""

from __future__ import annotations

from collections.abc import Callable

from agents.composer.accounts import accessories, overview, safety
from agents.composer.ask import Ask
from agents.composer.compare import compare, needs_other
from agents.composer.draft import Draft
from agents.composer.drills import drills
from agents.composer.general import from_guides, general, which_weapon
from agents.composer.handling import handling
from agents.composer.intent import detect_intent, find_minutes, wants_quote
from agents.composer.maintenance import how_often, maintenance
from agents.composer.models import CoachAnswer, CoachQuestion
from agents.composer.motivation import add_quote, motivation
from agents.composer.routine import routine
from agents.composer.subject import find_subject, first_owned, only_weapon, points_at_weapon
from agents.composer.troubleshooting import troubleshooting
from agents.planner.plan import CoachIntent
from knowledge.store import Library

Writer = Callable[[Ask, Draft], bool]

_FROM_ONE_MANUAL: dict[CoachIntent, Writer] = {
    "maintenance": maintenance,
    "how_often": how_often,
    "handling": handling,
    "troubleshooting": troubleshooting,
    "safety": safety,
    "accessories": accessories,
    "overview": overview,
}
_ALWAYS_OF_A_WEAPON = ("maintenance", "how_often", "troubleshooting", "accessories")


def compose(question: CoachQuestion, library: Library) -> CoachAnswer:
    """Answer a slayer's question from the manuals.

    Every sentence that is taken from a passage carries its ``[n]``; nothing that is not in one is claimed. Where the manuals do
    not answer, the answer says so and ``found`` is false.

    Args:
        question: what is asked, by whom, about what.
        library: the manuals.

    Raises:
        Unavailable: the library cannot be reached.
    """
    ask = _prepare(question, library)
    draft = Draft()
    if not ask.shelf.passages:
        draft.found = False
        draft.say("My shelf is empty: the manuals have not been read in yet. `hashira ingest` does that.")
        return draft.answer()
    _write(ask, draft)
    if (question.quote or wants_quote(question.text)) and ask.intent != "motivation" and draft.found:
        add_quote(ask, draft)
    return draft.answer()


def _prepare(question: CoachQuestion, library: Library) -> Ask:
    shelf = library.shelf()
    intent = question.intent or detect_intent(question.text)
    if intent == "drills" and (question.minutes or find_minutes(question.text)):
        intent = "routine"
    subject = find_subject(question, shelf)
    if subject is None and question.weapon is None and intent in ("routine", "drills"):
        subject = only_weapon(question, shelf)
    if subject is None and intent == "compare":
        subject = first_owned(question, shelf)
    return Ask(question, intent, library, shelf, subject)


def _write(ask: Ask, draft: Draft) -> None:
    """The kind of answer that was asked for; what it cannot give falls back to whatever the library says."""
    if ask.intent == "motivation":
        done = motivation(ask, draft)
    elif ask.intent == "routine":
        done = routine(ask, draft)
    elif ask.intent == "compare":
        done = _compared(ask, draft)
    elif ask.intent == "drills":
        done = drills(ask, draft) or (ask.subject is None and _without_weapon(ask, draft))
    elif ask.intent in _FROM_ONE_MANUAL:
        done = _FROM_ONE_MANUAL[ask.intent](ask, draft) if ask.subject else _without_weapon(ask, draft)
    else:
        done = ask.subject is None and ask.question.weapon is not None and which_weapon(ask, draft)
    if not done:
        general(ask, draft)


def _without_weapon(ask: Ask, draft: Draft) -> bool:
    """From the guides where they answer; otherwise ask for the weapon, if the question is about one at all."""
    if ask.question.weapon is None and from_guides(ask, draft):
        return True
    of_weapons = ask.intent in _ALWAYS_OF_A_WEAPON or points_at_weapon(ask.question.text) or not ask.topic
    return (of_weapons or ask.question.weapon is not None) and which_weapon(ask, draft)


def _compared(ask: Ask, draft: Draft) -> bool:
    if ask.subject is not None and compare(ask, draft):
        return True
    draft.found = False
    draft.say(needs_other(ask))
    return True
