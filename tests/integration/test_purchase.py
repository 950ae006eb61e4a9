"""Buying in the chat: nothing is ordered before the slayer's own yes, and a yes orders once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import Any

import httpx
import pytest
from httpx_sse import connect_sse
from sqlmodel import col, select, update

from hashiramart.models import Weapon
from tests.shop import RunningShop

Answer = dict[str, Any]
BUY = "buy the Tidebreaker Katana"
SLUG = "tidebreaker-katana"


def chat(client: httpx.Client, message: str, thread: str | None = None) -> Answer:
    response = client.post("/coach/chat", json={"message": message} | ({"thread_id": thread} if thread else {}))
    assert response.status_code == 200, response.text
    answer: Answer = response.json()
    return answer


def resume(client: httpx.Client, offer: Answer, *, approved: bool) -> httpx.Response:
    answer = {"approval_id": offer["approval"]["approval_id"], "approved": approved}
    return client.post("/coach/chat", json={"thread_id": offer["thread_id"], "resume": answer})


def orders(client: httpx.Client) -> list[Answer]:
    items: list[Answer] = client.get("/orders").json()["items"]
    return items


def shelf(client: httpx.Client) -> Answer:
    found: Answer = client.get("/weapons", params={"q": "Tidebreaker Katana"}).json()["items"][0]
    return found


@pytest.fixture
def alter(shop: RunningShop) -> Iterator[Callable[..., None]]:
    """Changes the Tidebreaker on the shelf, and puts it back afterwards."""

    def change(**values: int) -> None:
        with shop.database.service() as session:
            session.execute(update(Weapon).where(col(Weapon.slug) == SLUG).values(**values))

    with shop.database.service() as session:
        weapon = session.exec(select(Weapon).where(Weapon.slug == SLUG)).one()
        before = {"stock": weapon.stock, "price": weapon.price}
    yield change
    change(**before)


def test_an_offer_names_the_price_and_orders_nothing(shop: RunningShop) -> None:
    client = shop.slayer("offered")
    stock = shelf(client)["stock"]
    answer = chat(client, BUY)
    assert answer["route"] == ["quartermaster"]
    assert answer["approval"]["weapon"]["slug"] == SLUG
    assert str(answer["approval"]["price"]) in answer["reply"]
    assert answer["blocks"] == [answer["approval"]]
    assert orders(client) == []
    assert shelf(client)["stock"] == stock


def test_a_yes_orders_and_the_coach_tells_the_first_care(shop: RunningShop) -> None:
    client = shop.slayer("buyer")
    offer = chat(client, BUY)
    stock = shelf(client)["stock"]
    answer = resume(client, offer, approved=True).json()
    assert answer["route"] == ["quartermaster", "coach"]
    assert answer["approval"] is None
    assert [block["type"] for block in answer["blocks"]] == ["order"]
    assert [order["weapon"]["slug"] for order in orders(client)] == [SLUG]
    assert SLUG in {weapon["slug"] for weapon in client.get("/me").json()["owned_weapons"]}
    assert shelf(client)["stock"] == stock - 1
    assert {citation["source"] for citation in answer["citations"]} == {f"manuals/{SLUG}.md"}
    sections = {citation["section"].split(" > ")[0] for citation in answer["citations"]}
    assert {"Maintenance", "Accessories"} <= sections


@pytest.mark.parametrize("word", ["yes", "Yes please!", "ok, do it"])
def test_plain_words_are_a_yes_too(shop: RunningShop, word: str) -> None:
    client = shop.slayer(f"plain-{len(word)}")
    offer = chat(client, BUY)
    chat(client, word, offer["thread_id"])
    assert len(orders(client)) == 1


@pytest.mark.parametrize("by_button", [True, False])
def test_a_no_orders_nothing(shop: RunningShop, by_button: bool) -> None:
    client = shop.slayer(f"decliner-{by_button}")
    offer = chat(client, BUY)
    answer = (
        resume(client, offer, approved=False).json() if by_button else chat(client, "no thanks", offer["thread_id"])
    )
    assert answer["route"] == ["quartermaster"]
    assert orders(client) == []


def test_another_message_lets_the_offer_lapse(shop: RunningShop) -> None:
    client = shop.slayer("wanderer")
    offer = chat(client, BUY)
    chat(client, "how often do I oil it?", offer["thread_id"])
    assert resume(client, offer, approved=True).status_code == 409
    chat(client, "yes", offer["thread_id"])
    assert orders(client) == []


def test_the_rest_of_the_message_is_done_after_the_yes(shop: RunningShop) -> None:
    client = shop.slayer("planner")
    offer = chat(client, f"{BUY}, then log 30 minutes of training")
    assert client.get("/me").json()["nichirin_points"] == 0
    answer = resume(client, offer, approved=True).json()
    assert answer["route"] == ["quartermaster", "coach", "quartermaster"]
    assert client.get("/me").json()["nichirin_points"] == 3


def test_the_one_recommended_can_be_bought(shop: RunningShop) -> None:
    client = shop.slayer("chooser")
    offer = chat(client, "recommend me a blade under 400 coins and buy the best one")
    best = offer["blocks"][0]["recommendations"][0]
    assert offer["approval"]["weapon"]["weapon_id"] == best["weapon_id"]


def test_two_answers_at_once_order_once(shop: RunningShop) -> None:
    client = shop.slayer("hasty")
    offer = chat(client, BUY)
    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(lambda _: resume(client, offer, approved=True).status_code, range(4)))
    assert codes == [200, 409, 409, 409]
    assert len(orders(client)) == 1


def test_a_price_that_changed_meanwhile_is_not_paid(shop: RunningShop, alter: Callable[..., None]) -> None:
    client = shop.slayer("priced")
    offer = chat(client, BUY)
    alter(price=offer["approval"]["price"] + 100)
    answer = resume(client, offer, approved=True).json()
    assert f"costs {offer['approval']['price'] + 100} coins now" in answer["reply"]
    assert answer["route"] == ["quartermaster"]
    assert orders(client) == []


def test_a_weapon_that_was_sold_meanwhile_is_not_ordered(shop: RunningShop, alter: Callable[..., None]) -> None:
    client = shop.slayer("latecomer")
    offer = chat(client, BUY)
    alter(stock=0)
    answer = resume(client, offer, approved=True).json()
    assert "sold out" in answer["reply"]
    assert orders(client) == []
    assert chat(client, BUY)["approval"] is None


def test_a_weapon_is_bought_once(shop: RunningShop) -> None:
    client = shop.slayer("collector")
    resume(client, chat(client, BUY), approved=True)
    answer = chat(client, BUY)
    assert answer["approval"] is None
    assert "yours already" in answer["reply"]


def test_nobody_answers_for_somebody_else(shop: RunningShop) -> None:
    client = shop.slayer("victim")
    offer = chat(client, BUY)
    assert resume(shop.slayer("thief"), offer, approved=True).status_code == 404
    assert orders(client) == []


def test_an_open_offer_is_shown_after_a_reload(shop: RunningShop) -> None:
    client = shop.slayer("reloader")
    offer = chat(client, BUY)
    thread = client.get(f"/threads/{offer['thread_id']}").json()
    assert thread["approval_id"] == offer["approval"]["approval_id"]
    assert thread["turns"][-1]["blocks"] == [offer["approval"]]
    resume(client, offer, approved=False)
    thread = client.get(f"/threads/{offer['thread_id']}").json()
    assert thread["approval_id"] is None
    assert [turn["message"] for turn in thread["turns"]] == [BUY, "No, leave it."]


def test_an_offer_is_streamed_before_the_end(shop: RunningShop) -> None:
    client = shop.slayer("streaming-buyer")
    headers = {"Accept": "text/event-stream"}
    with connect_sse(client, "POST", "/coach/chat", json={"message": BUY}, headers=headers) as source:
        events = [(event.event, event.json()) for event in source.iter_sse()]
    assert [kind for kind, _ in groupby(kind for kind, _ in events)] == ["route", "status", "text", "approval", "done"]
    body = {
        "thread_id": events[-1][1]["thread_id"],
        "resume": {"approval_id": events[-2][1]["approval_id"], "approved": True},
    }
    with connect_sse(client, "POST", "/coach/chat", json=body, headers=headers) as source:
        rest = [(event.event, event.json()) for event in source.iter_sse()]
    assert rest[0] == ("route", rest[0][1])
    assert rest[0][1]["route"] == ["quartermaster", "coach"]
    assert "".join(data["delta"] for kind, data in rest if kind == "text") == rest[-1][1]["reply"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": "yes", "resume": {"approval_id": "a", "approved": True}},
        {"resume": {"approval_id": "a", "approved": True}},
        {"resume": {"approval_id": "a", "approved": "yes"}, "thread_id": "3f0c2d1e-0000-4000-8000-000000000000"},
    ],
)
def test_an_answer_must_be_one_thing(shop: RunningShop, body: Answer) -> None:
    assert shop.slayer(f"vague-{abs(hash(str(body))) % 10**8}").post("/coach/chat", json=body).status_code == 422
