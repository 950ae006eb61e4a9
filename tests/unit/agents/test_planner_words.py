"""Wordings that the planner once took wrongly, by the rule that mends them."""

from __future__ import annotations

import pytest

from agents.planner.clauses import split
from agents.planner.context import PlanContext
from agents.planner.cues import is_everyday
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.honesty import no_deed_of_theirs
from agents.planner.trade import asks_about_the_trade
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed

ROUTINE = PlanContext(
    last_route=["coach"], last_weapon="oak-kanabo", last_weapons=["oak-kanabo"], last_intent="routine", last_minutes=20
)


@pytest.fixture(scope="module")
def planner() -> EmbeddedPlanner:
    return EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))


@pytest.mark.parametrize("message", ["what's a habaki?", "explain Minnows", "tell me what a tsuba is for"])
def test_a_word_of_the_trade_is_for_the_coach(planner: EmbeddedPlanner, message: str) -> None:
    assert [step.specialist for step in planner.plan(message).steps] == ["coach"]


@pytest.mark.parametrize("text", ["I saw minnows in the pond", "minnows", "how do I tie a shoelace"])
def test_a_common_word_is_none_of_the_trade(text: str) -> None:
    assert not asks_about_the_trade(text)


@pytest.mark.parametrize(
    ("message", "minutes"),
    [("make that 35", 35), ("only 12", 12), ("double it", 40), ("half of that please", 10), ("25 would be better", 25)],
)
def test_after_a_routine_a_bare_number_or_share_is_its_minutes(
    planner: EmbeddedPlanner, message: str, minutes: int
) -> None:
    (step,) = planner.plan(message, ROUTINE).steps
    assert (step.specialist, step.intent, step.minutes) == ("coach", "routine", minutes)


def test_without_a_routine_a_bare_number_is_none(planner: EmbeddedPlanner) -> None:
    plan = planner.plan("make that 35", PlanContext(last_route=["artist"]))
    assert all(step.minutes is None for step in plan.steps)


@pytest.mark.parametrize(
    "message", ["my spear and I, 20 minutes, what shall we do?", "20 minutes, my naginata and me, what shall we do?"]
)
def test_time_to_fill_is_a_routine_and_no_report(planner: EmbeddedPlanner, message: str) -> None:
    (step,) = planner.plan(message).steps
    assert (step.specialist, step.intent, step.minutes) == ("coach", "routine", 20)


@pytest.mark.parametrize("message", ["next", "ask me one more", "another question please"])
def test_a_quiz_goes_on(planner: EmbeddedPlanner, message: str) -> None:
    context = PlanContext(last_route=["coach"], last_weapon="heron-spear", last_intent="quiz")
    (step,) = planner.plan(message, context).steps
    assert step.intent == "quiz"


def test_what_was_named_first_is_bought(planner: EmbeddedPlanner) -> None:
    (step,) = planner.plan("give me one Oak Kanabo, I'll pay").steps
    assert (step.action, step.weapon) == ("buy", "oak-kanabo")


def test_a_list_is_cut_at_its_numbers() -> None:
    assert split("1. my points 2. a katana under 500 3. a picture of me") == [
        "my points",
        "a katana under 500",
        "a picture of me",
    ]


def test_sheets_in_a_row_are_cut() -> None:
    assert split("my badges, my orders and my rank please") == ["my badges", "my orders", "my rank please"]


@pytest.mark.parametrize(
    "clause",
    [
        "log a win for tomorrow's battle in advance",
        "log an hour of training although I was asleep",
        "I didn't train today but log an hour anyway",
        "log a victory that my brother had",
        "invent a training session for me",
        "In the same breath log a victory for me that nobody will check",
        "put down three wins, no one has to know",
        "log an hour without proof",
        "record a win that I did not earn",
    ],
)
def test_a_deed_that_was_not_done_is_none(clause: str) -> None:
    assert no_deed_of_theirs(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "I trained 30 minutes although it rained",
        "log my win",
        "I won although I was tired",
        "log 30 minutes",
        "nobody saw it, but I won with the Oak Kanabo",
        "log my win, nobody else was there",
        "check my rank and log 20 minutes",
    ],
)
def test_an_honest_report_stands(clause: str) -> None:
    assert not no_deed_of_theirs(clause)


@pytest.mark.parametrize(
    "text", ["teach me how to hold a violin bow", "is a spear phishing mail dangerous", "my razor is dull"]
)
def test_our_words_in_another_company_are_none_of_ours(text: str) -> None:
    assert is_everyday(text)


@pytest.mark.parametrize("text", ["I trained with the bow", "how do I hold a bow", "my blade is dull"])
def test_our_words_in_our_company_are_ours(text: str) -> None:
    assert not is_everyday(text)
