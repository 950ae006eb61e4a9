"""What slayers say about the price, from either planner to the Recommender's arguments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.models import LanguageModel, Messages
from agents.planner.context import PlanContext
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.llm import LanguageModelPlanner
from agents.planner.preferences import preference
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed
from hashiramart.config import Settings
from ml.shortlist import Prefer

SAID: list[tuple[str, Prefer | None]] = [
    ("something cheap but good", "value"),
    ("best value", "value"),
    ("good value for money", "value"),
    ("something good for the money", "value"),
    ("which spear gives me the most for my coins?", "value"),
    ("find me a bargain", "value"),
    ("cheaper ones please", "value"),
    ("I am broke, what can I get?", "value"),
    ("I don't have much money", "value"),
    ("these are all too expensive", "value"),
    ("the strongest but cheap", "value"),
    ("not too expensive, please", "balance"),
    ("a decent blade at a fair price", "balance"),
    ("something good without breaking the bank", "balance"),
    ("the strongest whatever it costs", "power"),
    ("a cheap one or a dear one, money is no object", "power"),
    ("the price doesn't matter", "power"),
    ("regardless of the cost", "power"),
    ("I don't care what it costs", "power"),
    ("the best bow money can buy", "power"),
    ("the most powerful spear you have", "power"),
    ("nothing cheap", None),
    ("I don't want anything cheap", None),
    ("not the strongest, the lightest", None),
    ("recommend me a blade under 400 coins", None),
    ("three katanas for level 12", None),
]


@pytest.mark.parametrize(("words", "expected"), SAID, ids=[words for words, _ in SAID])
def test_the_price_counts_as_the_slayer_says(words: str, expected: Prefer | None) -> None:
    assert preference(words) == expected
    assert preference(words.upper()) == expected


@given(st.text(max_size=400))
def test_any_words_say_one_preference_or_none(words: str) -> None:
    assert preference(words) in {None, *get_args(Prefer)}


@pytest.mark.parametrize("words", ["cheap " * 800, "not a " * 800, "don't want " * 400 + "cheap"])
def test_long_messages_are_read(words: str) -> None:
    assert preference(words[:4000]) in {None, "value"}


@pytest.fixture(scope="module")
def planner() -> EmbeddedPlanner:
    return EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("something cheap but good", "value"),
        ("the strongest blade, whatever it costs", "power"),
        ("recommend me a reasonably priced spear", "balance"),
        ("recommend me a spear", None),
    ],
)
def test_the_embedded_planner_hears_it(planner: EmbeddedPlanner, message: str, expected: Prefer | None) -> None:
    (step,) = planner.plan(message, PlanContext()).steps
    assert (step.specialist, step.prefer) == ("recommender", expected)


def test_only_the_recommenders_step_has_it(planner: EmbeddedPlanner) -> None:
    plan = planner.plan("recommend me a cheap spear and tell me how to oil it", PlanContext())
    assert [(step.specialist, step.prefer) for step in plan.steps] == [("recommender", "value"), ("coach", None)]


class Scripted(LanguageModel):
    """Answers with one step after the other."""

    def __init__(self, *steps: dict[str, Any]) -> None:
        super().__init__(Settings())
        self.asked: list[Messages] = []
        self._answers = iter(steps)

    def stream(self, messages: Messages, **options: Any) -> Iterator[str]:
        self.asked.append(list(messages))
        yield json.dumps({"steps": [next(self._answers)]})


def test_the_language_model_may_say_it_too(planner: EmbeddedPlanner) -> None:
    words = "a blade that is light on my purse"
    model = Scripted({"specialist": "recommender", "text": words, "prefer": "value"})
    (step,) = LanguageModelPlanner(model, planner).plan(words, PlanContext()).steps
    assert step.prefer == "value"


def test_a_preference_that_there_is_not_is_sent_back_once(planner: EmbeddedPlanner) -> None:
    wrong = {"specialist": "recommender", "text": "a cheap blade", "prefer": "cheap"}
    model = Scripted(wrong, {**wrong, "prefer": "value"})
    (step,) = LanguageModelPlanner(model, planner).plan("a cheap blade", PlanContext()).steps
    assert step.prefer == "value"
    assert "prefer" in str(model.asked[1][-1])
