"""Recommendations through HTTP and in the chat: what is asked for, what changed a moment ago, and why."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from sqlmodel import col

from cli.recommend import run
from hashiramart.models import Weapon
from tests.shop import RunningShop

Card = dict[str, Any]


def recommend(client: httpx.Client, **wish: object) -> list[Card]:
    response = client.post("/recommend", json=wish)
    assert response.status_code == 200, response.text
    cards: list[Card] = response.json()["recommendations"]
    return cards


def set_weapon(shop: RunningShop, slug: str, **columns: object) -> None:
    with shop.database.service() as session:
        session.execute(update(Weapon).where(col(Weapon.slug) == slug).values(**columns))


def test_a_slayer_who_has_done_nothing_yet_gets_weapons_by_profile_alone(shop: RunningShop) -> None:
    water = recommend(shop.slayer("fresh-water", breathing_style="Water"), top_k=5)
    stone = recommend(shop.slayer("fresh-stone", breathing_style="Stone"), top_k=5)
    assert [card["slug"] for card in water] != [card["slug"] for card in stone]
    assert sum("Water" in card["styles"] for card in water) >= 3
    assert all(card["reasons"] for card in [*water, *stone])


def test_the_shelves_order_is_predicted_success_unless_asked_otherwise(shop: RunningShop) -> None:
    client = shop.slayer("power")
    cards = recommend(client, top_k=50)
    assert [card["score"] for card in cards] == sorted((card["score"] for card in cards), reverse=True)
    assert recommend(client, top_k=50, prefer="power") == cards


def test_value_finds_cheaper_weapons_within_the_budget(shop: RunningShop) -> None:
    client = shop.slayer("thrifty", level=40)
    power, balance, value = (recommend(client, top_k=5, prefer=p, budget=2000) for p in ("power", "balance", "value"))
    mean = [sum(card["price"] for card in cards) / 5 for cards in (power, balance, value)]
    assert mean[0] > mean[2]
    assert mean[1] > mean[2]
    assert all(card["price"] <= 2000 for card in [*power, *balance, *value])


def test_a_lowest_price_is_kept_as_well(shop: RunningShop) -> None:
    cards = recommend(shop.slayer("between"), top_k=50, budget_min=500, budget=900)
    assert cards
    assert all(500 <= card["price"] <= 900 for card in cards)


def test_the_terminal_asks_for_value_as_well(shop: RunningShop, capsys: pytest.CaptureFixture[str]) -> None:
    client = shop.slayer("typist", level=40)
    settings = shop.settings.model_copy(update={"api_token": client.headers["Authorization"].removeprefix("Bearer ")})
    run(settings, {"top_k": 5, "prefer": "value"}, handle=None, url=shop.url, as_json=True)
    told = json.loads(capsys.readouterr().out)["recommendations"]
    assert told == recommend(client, top_k=5, prefer="value")
    assert told != recommend(client, top_k=5)


@pytest.mark.parametrize(
    ("message", "prefer", "lead"),
    [
        ("something cheap but good", "value", "the most for the coins"),
        ("recommend me three reasonably priced weapons", "balance", "best when the price counts too"),
        ("recommend me the strongest weapons, whatever they cost", "power", "suit your Water Breathing best:"),
    ],
)
def test_the_chat_hears_what_the_price_is_to_the_slayer(
    shop: RunningShop, message: str, prefer: str, lead: str
) -> None:
    client = shop.slayer(f"heard-{prefer}", level=40)
    answer = client.post("/coach/chat", json={"message": message}).json()
    (block,) = [each for each in answer["blocks"] if each["type"] == "recommendations"]
    assert block["recommendations"] == recommend(client, top_k=3, prefer=prefer)
    assert lead in answer["reply"]


def test_an_unknown_preference_is_refused(shop: RunningShop) -> None:
    response = shop.slayer("odd").post("/recommend", json={"prefer": "cheap"})
    assert response.status_code == 422


def test_a_price_and_a_stock_that_just_changed_count_in_the_next_answer(shop: RunningShop) -> None:
    client = shop.slayer("watcher")
    first, second = recommend(client, top_k=2)
    try:
        set_weapon(shop, first["slug"], stock=0)
        assert recommend(client, top_k=1)[0]["slug"] == second["slug"]
        set_weapon(shop, first["slug"], stock=first["stock"], price=1_000_000)
        assert recommend(client, top_k=1)[0]["price"] == 1_000_000
        assert recommend(client, top_k=1, budget=999_999)[0]["slug"] == second["slug"]
    finally:
        set_weapon(shop, first["slug"], stock=first["stock"], price=first["price"])


def test_reasons_say_percent_of_success_and_never_points(shop: RunningShop) -> None:
    for card in recommend(shop.slayer("reader"), top_k=20):
        assert card["reasons"]
        assert all(reason.endswith("% success)") and "point" not in reason for reason in card["reasons"])


def test_a_weapon_beyond_the_training_range_says_so(shop: RunningShop) -> None:
    client = shop.slayer("pioneer", level=90)
    first = recommend(client, top_k=1)[0]
    try:
        set_weapon(shop, first["slug"], weight=12.5)
        alike = recommend(client, top_k=50, weapon_types=[first["weapon_type"]])
        (giant,) = [card for card in alike if card["slug"] == first["slug"]]
        assert giant["reasons"][-1].startswith("Heavier than any weapon tried so far (12.5 kg)")
    finally:
        set_weapon(shop, first["slug"], weight=first["weight"])


@pytest.mark.parametrize(("question", "place"), [("why did you rank that first?", 0), ("why the second?", 1)])
def test_asked_why_the_recommender_gives_all_reasons_of_that_weapon(
    shop: RunningShop, question: str, place: int
) -> None:
    client = shop.slayer(f"curious-{place}")
    first = client.post("/coach/chat", json={"message": "recommend me three weapons"}).json()
    cards = next(b for b in first["blocks"] if b["type"] == "recommendations")["recommendations"]
    assert all(card["model_version"] and not card["explored"] for card in cards)
    answer = client.post("/coach/chat", json={"message": question, "thread_id": first["thread_id"]}).json()
    assert answer["route"] == ["recommender"]
    assert f"**{cards[place]['name']}**" in answer["reply"]
    assert all(f"- {reason}" in answer["reply"] for reason in cards[place]["reasons"])
    assert answer["blocks"] == []
