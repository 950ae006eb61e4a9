"""Short messages that mean nothing alone go on with the thread; what stands on its own does not, and nothing is ever written."""

from __future__ import annotations

import pytest

from agents.planner.context import PlanContext
from agents.planner.draft import Judged
from agents.planner.followups import complete
from agents.planner.reading import Reader
from agents.planner.thread_talk import goes_on
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed

READER = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
COACH = PlanContext(last_route=["coach"], last_intent="handling", last_weapon="oak-kanabo")
PLAN = PlanContext(last_route=["coach"], last_intent="plan")
ROUTINE = PlanContext(last_route=["coach"], last_intent="routine")
PAIR = PlanContext(last_route=["coach"], last_intent="compare")
LIST = PlanContext(last_route=["recommender"], last_weapons=["heron-spear", "gatewarden-spear"])
PICTURE = PlanContext(last_route=["artist"])
QUIZ = PlanContext(last_route=["coach"], last_intent="quiz")
ENTRY = PlanContext(last_route=["quartermaster"])


def said(text: str, label: str, confidence: float = 0.5, anchored: bool = False) -> Judged:
    return Judged(READER.read(text), label, None, confidence, anchored)


@pytest.mark.parametrize(
    ("clause", "context", "found"),
    [
        (said("my hands are small though", "statement", 0.99), COACH, ("coach", "handling")),
        (said("how many of each", "recommender", 0.6), COACH, ("coach", "handling")),
        (said("where would that be", "off_topic", 0.7), COACH, ("coach", "handling")),
        (said("so what do I do today", "quartermaster", 0.4), PLAN, ("coach", "general")),
        (said("shorten it to three weeks", "help", 0.5), PLAN, ("coach", "plan")),
        (said("so which would you take", "recommender", 0.99), PAIR, ("coach", "compare")),
        (said("something easier on the back", "recommender", 0.9), ROUTINE, ("coach", "routine")),
        (said("is the second any good in the rain", "recommender", 0.9), LIST, ("coach", "overview")),
        (said("nah, too long for me", "statement", 0.9), LIST, ("recommender", None)),
        (said("give me a longer coat", "help", 0.3), PICTURE, ("artist", None)),
    ],
)
def test_what_means_little_goes_on_with_the_thread(
    clause: Judged, context: PlanContext, found: tuple[str, str | None]
) -> None:
    assert goes_on(clause, context) == found


@pytest.mark.parametrize(
    ("clause", "context"),
    [
        (said("let me sleep on it", "statement", 0.9), COACH),
        (said("ok fine", "statement", 0.9), COACH),
        (said("who is the president", "off_topic", 0.97), COACH),
        (said("draw me at night", "artist", 0.5, anchored=True), COACH),
        (said("what is my rank", "quartermaster", 0.95), COACH),
        (said("which bow would you take under 300 coins", "recommender", 0.9), PAIR),
        (said("my hands are small though", "statement", 0.9), ENTRY),
        (said("my hands are small", "statement", 0.9), LIST),
        (said("I have told you all of this twice already today", "statement", 0.9), COACH),
    ],
)
def test_what_stands_on_its_own_does_not(clause: Judged, context: PlanContext) -> None:
    assert goes_on(clause, context) is None


@pytest.mark.parametrize(
    ("text", "context", "intent"),
    [
        ("that didn't help", COACH, "handling"),
        ("I don't get it", COACH, "handling"),
        ("I don't know", QUIZ, "quiz"),
        ("no idea", QUIZ, "quiz"),
    ],
)
def test_an_answer_that_was_no_help_is_talked_of_further(text: str, context: PlanContext, intent: str) -> None:
    draft = complete([said(text, "thanks", 0.9)], context)
    assert draft is not None
    assert (draft.specialist, draft.intent) == ("coach", intent)


def test_who_does_not_know_at_the_start_of_a_thread_is_asked_back() -> None:
    assert complete([said("I don't know", "thanks", 0.9)], PlanContext()) is None
