"""The composer's door: a question in, a cited answer out, with no language model."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from agents.composer.accounts import accessories, overview, safety
from agents.composer.ask import Ask
from agents.composer.compare import compare, needs_other
from agents.composer.draft import Draft
from agents.composer.drills import drills
from agents.composer.general import from_guides, general, which_weapon
from agents.composer.handling import handling
from agents.composer.intent import detect_intent, find_minutes, wants_quote
from agents.composer.maintenance import how_often, maintenance
from agents.composer.matter import without_name
from agents.composer.models import CoachAnswer, CoachQuestion
from agents.composer.more import more
from agents.composer.motivation import add_quote, motivation
from agents.composer.named import named_drill
from agents.composer.personal import say_for_slayer
from agents.composer.quiz import quiz
from agents.composer.routine import routine
from agents.composer.spare import say_caution
from agents.composer.subject import find_subject, first_owned, only_weapon, points_at_weapon
from agents.composer.troubleshooting import troubleshooting
from agents.planner.plan import CoachIntent
from knowledge.parts import drill
from knowledge.shelf import Shelf

_NAMES_DRILLS = re.compile(r"\b(?:drills?|exercises?)\b(?! (?:every|each|daily|after|before|when)\b)", re.IGNORECASE)

_LOOSE: tuple[CoachIntent, ...] = ("general", "handling", "overview")
_WANTS_TRAINING = re.compile(
    r"\b(?:what|something|anything|give|set|make|build|fill)\b.*\b(?:train|practi[sc]e|drill|exercise|session|workout)\b",
    re.IGNORECASE,
)

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
_OPEN: tuple[CoachIntent, ...] = ("general", "overview", "handling", "safety", "maintenance", "troubleshooting")
_NO_DRILL_MEANT: tuple[CoachIntent, ...] = ("quiz", "motivation", "routine", "compare", "plan")
_FOR_WHOM: tuple[CoachIntent, ...] = ("handling", "drills", "routine", "overview")
_ALWAYS_OF_A_WEAPON = ("maintenance", "how_often", "troubleshooting", "accessories")


def compose(question: CoachQuestion, shelf: Shelf) -> CoachAnswer:
    """Answer a slayer's question from the manuals.

    Every sentence that is taken from a passage carries its ``[n]``; nothing that is not in one is claimed. Where the manuals do
    not answer, the answer says so and ``found`` is false.

    Args:
        question: what is asked, by whom, about what.
        shelf: the manuals.

    Raises:
        Unavailable: the store cannot be reached.
    """
    ask = _prepare(question, shelf)
    draft = Draft(simple=question.shape == "simpler")
    if not ask.shelf.passages:
        draft.found = False
        draft.say("My shelf is empty: the manuals have not been read in yet. `hashira ingest` does that.")
        ask.trail.why = "The library is empty."
        return _traced(ask, draft)
    _write(ask, draft)
    if ask.intent in _FOR_WHOM and draft.found:
        say_for_slayer(ask, draft)
    if ask.intent == "handling":
        say_caution(ask, draft, draft.text)
    if question.shape == "longer" and draft.found:
        more(ask, draft)
    if (question.quote or wants_quote(question.text)) and ask.intent != "motivation" and draft.found:
        add_quote(ask, draft)
    return _traced(ask, draft)


def _wishes_to_train(intent: CoachIntent, words: str) -> bool:
    """Whether time for a weapon is time to train: "what can I do until then?" names no care, whatever the planner said."""
    return intent in ("drills", "overview") or (intent == "maintenance" and detect_intent(words) != "maintenance")


def _traced(ask: Ask, draft: Draft) -> CoachAnswer:
    answer = draft.answer()
    if not ask.trail.why:
        ask.trail.why = f"The manuals have a section for this kind of question ({ask.intent.replace('_', ' ')})."
    trace = ask.trail.trace(
        asked=ask.question.text,
        intent=ask.intent,
        weapon=ask.subject.slug if ask.subject else ask.question.weapon,
        found=answer.found,
        citations=answer.citations,
    )
    return replace(answer, trace=trace)


def _prepare(question: CoachQuestion, shelf: Shelf) -> Ask:
    subject = find_subject(question, shelf)
    words = without_name(question.text, subject.entry, shelf) if subject else question.text
    intent = question.intent or detect_intent(words)
    timed = bool(question.minutes or find_minutes(question.text))
    if timed and (_wishes_to_train(intent, words) or (intent in _LOOSE and _WANTS_TRAINING.search(question.text))):
        intent = "routine"
    if subject is None and question.weapon is None and intent in ("routine", "drills", "quiz"):
        subject = only_weapon(question, shelf)
    if subject is None and intent == "compare":
        subject = first_owned(question, shelf)
    ask = Ask(question, intent, shelf, subject)
    if subject is not None and subject.note and intent in _OPEN and _guides_know_better(ask):
        return replace(ask, subject=None)
    return ask


def _guides_know_better(ask: Ask) -> bool:
    """Whether the guides answer what was asked with a mere kind of weapon: "how do I hand over a sword?"."""
    anywhere = replace(ask, subject=None).evidence
    return anywhere.answers and anywhere.odds > ask.evidence.odds


def _write(ask: Ask, draft: Draft) -> None:
    """The kind of answer that was asked for; what it cannot give falls back to whatever the library says."""
    if ask.intent not in _NO_DRILL_MEANT and named_drill(ask, draft):
        done = True
    elif ask.intent == "quiz":
        done = quiz(ask, draft)
    elif ask.intent == "motivation":
        done = motivation(ask, draft)
    elif ask.intent == "routine":
        done = routine(ask, draft)
    elif ask.intent == "compare":
        done = _compared(ask, draft)
    elif ask.intent == "drills":
        done = (
            _said_of_training(ask, draft) or drills(ask, draft) or (ask.subject is None and _without_weapon(ask, draft))
        )
    elif ask.intent in _FROM_ONE_MANUAL:
        done = _FROM_ONE_MANUAL[ask.intent](ask, draft) if ask.subject else _without_weapon(ask, draft)
    else:
        done = ask.subject is None and ask.question.weapon is not None and which_weapon(ask, draft)
    if not done:
        general(ask, draft)


def _said_of_training(ask: Ask, draft: Draft) -> bool:
    """From the guides' prose, where a question about training asks for no drills: "can I do grip training every day?"."""
    best = ask.evidence.best if ask.subject is None and not _NAMES_DRILLS.search(ask.question.text) else None
    if best is None or drill(best.passage) is not None:
        return False
    return from_guides(ask, draft)


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
