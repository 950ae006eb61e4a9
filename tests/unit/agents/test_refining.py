"""Wishes that go on with the list before, and questions about one article."""

from __future__ import annotations

import pytest

from agents.article import asks_about_article
from agents.planner.plan import Step
from agents.refining import Wish, refined, wish_of


def wish(text: str, **slots: object) -> Step:
    return Step.model_validate({"specialist": "recommender", "text": text, **slots})


BEFORE: Wish = wish_of(wish("katanas or bows, at most 500", weapon_types=["katana", "bow"], budget=500))


def test_a_new_price_keeps_the_kinds() -> None:
    step = refined(wish("under 200 please", budget=200), BEFORE, [])
    assert (step.weapon_types, step.budget) == (["katana", "bow"], 200)


def test_a_kind_that_is_turned_down_goes_and_the_price_stays() -> None:
    step = refined(wish("no bows", exclude_types=["bow"]), BEFORE, [])
    assert (step.weapon_types, step.exclude_types, step.budget) == (["katana"], ["bow"], 500)


def test_cheaper_is_cheaper_than_all_that_was_shown() -> None:
    assert refined(wish("something cheaper than that"), BEFORE, [380, 260, 300]).budget == 259


@pytest.mark.parametrize("text", ["recommend me a weapon", "which blade suits me?", "any weapon, money doesn't matter"])
def test_a_wish_of_its_own_takes_nothing_over(text: str) -> None:
    step = wish(text)
    assert refined(step, BEFORE, [300]) is step


def test_without_a_list_before_nothing_is_taken_over() -> None:
    step = wish("under 200 please", budget=200)
    assert refined(step, None, []) is step


@pytest.mark.parametrize(
    "text", ["how much does the Moonbite Axe cost?", "what does it cost?", "is it still available?"]
)
def test_a_question_for_price_or_stock_is_about_one_article(text: str) -> None:
    assert asks_about_article(wish(text, refers_back=True))


@pytest.mark.parametrize("text", ["something that costs less than it", "recommend one like it", "why does it suit me?"])
def test_other_wishes_are_for_a_list(text: str) -> None:
    assert not asks_about_article(wish(text, refers_back=True))
