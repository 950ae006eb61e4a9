"""Pictures over several turns of a chat: which weapon, which seed, what changes, and what is refused in which words."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.shop import RunningShop


class Chat:
    """One slayer's conversation."""

    def __init__(self, shop: RunningShop, handle: str) -> None:
        self.client: httpx.Client = shop.slayer(handle)
        self.thread: str | None = None

    def say(self, message: str) -> dict[str, Any]:
        """Say something; the answer."""
        answer: dict[str, Any] = self.client.post(
            "/coach/chat", json={"message": message, **({"thread_id": self.thread} if self.thread else {})}
        ).json()
        self.thread = answer["thread_id"]
        return answer

    def pictures(self, message: str) -> list[dict[str, Any]]:
        """Say something; the state of each picture that it asks for."""
        blocks = [block for block in self.say(message)["blocks"] if block["type"] == "image"]
        return [self.client.get(block["url"]).json() for block in blocks]

    def picture(self, message: str) -> dict[str, Any]:
        """Say something that asks for one picture; its state."""
        (state,) = self.pictures(message)
        return state


@pytest.fixture
def chat(shop: RunningShop, request: pytest.FixtureRequest) -> Iterator[Chat]:
    """A conversation; what it leaves in the queue, which nobody works off here, is called off."""
    opened = Chat(shop, f"pic{zlib.crc32(request.node.name.encode())}")
    yield opened
    for picture in opened.client.get("/images").json()["items"]:
        opened.client.post(f"{picture['url']}/cancel")


@pytest.fixture
def small_day(shop: RunningShop) -> Iterator[None]:
    """Two pictures a day are allowed."""
    before = shop.settings.image_daily_quota
    shop.settings.image_daily_quota = 2
    yield
    shop.settings.image_daily_quota = before


def test_the_recommended_weapon_is_drawn_and_stays_with_its_seed(chat: Chat) -> None:
    answer = chat.say("Recommend a weapon and draw me with it")
    assert answer["route"] == ["recommender", "artist"]
    top = next(each for each in answer["blocks"] if each["type"] == "recommendations")["recommendations"][0]
    block = next(each for each in answer["blocks"] if each["type"] == "image")
    first = chat.client.get(block["url"]).json()
    assert first["weapon"]["slug"] == block["weapon"] == top["slug"]
    assert top["name"] in answer["reply"]

    night = chat.picture("again but at night")
    assert (night["weapon"], night["seed"]) == (first["weapon"], first["seed"])
    assert night["scene"] == "at night"
    assert night["image_id"] != first["image_id"]
    assert "at night" in night["prompt"]


def test_changes_pile_up_on_weapon_seed_and_pose(chat: Chat) -> None:
    first = chat.picture("draw me with the Heron Spear in a low guard in the snow")
    assert (first["pose"], first["scene"]) == ("guard", "in the snow")
    night = chat.picture("again but at night")
    rain = chat.picture("same, with rain")
    chat.say("how often do I oil it?")
    leaping = chat.picture("the same picture, but leaping")
    axe = chat.picture("with the Moonbite Axe this time")
    assert {each["seed"] for each in (first, night, rain, leaping, axe)} == {first["seed"]}
    assert (night["scene"], night["pose"]) == ("in the snow, at night", "guard")
    assert (rain["scene"], rain["pose"]) == ("at night, with rain", "guard")
    assert (leaping["scene"], leaping["pose"]) == ("at night, with rain", "leaping")
    assert leaping["weapon"]["slug"] == "heron-spear"
    assert (axe["weapon"]["slug"], axe["pose"]) == ("moonbite-axe", "leaping")


def test_another_one_has_a_seed_of_its_own_and_the_same_words(chat: Chat) -> None:
    first = chat.picture("paint me with the Lantern Sai at sunset")
    other = chat.picture("another one")
    assert other["seed"] != first["seed"]
    assert other["prompt"] == first["prompt"]
    darker = chat.picture("again but darker")
    assert darker["seed"] == other["seed"]  # the one that was painted last


def test_several_at_once_have_seeds_of_their_own_and_can_be_pointed_at(chat: Chat) -> None:
    three = chat.pictures("draw three pictures of me with the Kestrel Bow")
    assert len({each["seed"] for each in three}) == 3
    again = chat.picture("the second one but at night")
    assert (again["seed"], again["weapon"]["slug"]) == (three[1]["seed"], "kestrel-bow")
    answer = chat.say("draw nine more")
    assert sum(block["type"] == "image" for block in answer["blocks"]) == 4
    assert "4 pictures are the most" in answer["reply"]


def test_a_seed_that_is_named_is_used(chat: Chat) -> None:
    assert chat.picture("draw me with the Heron Spear at dawn, seed 1234")["seed"] == 1234
    assert chat.picture("Draw me with the Heron Spear, at dawn, seed 1234, but with rain")["seed"] == 1234


def test_a_type_of_weapon_is_one_of_that_type_and_not_what_the_slayer_holds(chat: Chat) -> None:
    state = chat.picture("draw me with a nodachi in the snow")
    assert state["weapon"]["slug"].endswith("-nodachi")
    assert "nodachi" in state["prompt"]


def test_what_the_brush_has_not_learned_is_said(chat: Chat) -> None:
    answer = chat.say("draw me with the Heron Spear facing a dragon at night")
    assert "*dragon*" in answer["reply"]
    assert "The rest will be there" in answer["reply"]
    assert "Not all of that" not in chat.say("draw me with the Heron Spear at night in the snow")["reply"]


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ("draw me naked with the Heron Spear", "clothed"),
        ("draw me with the Heron Spear in a pool of blood", "gore"),
        ("paint me with the Heron Spear as Donald Trump", "no other living person"),
    ],
)
def test_denied_words_are_refused_and_nothing_is_painted(chat: Chat, wish: str, why: str) -> None:
    answer = chat.say(wish)
    assert why in answer["reply"]
    assert [block["type"] for block in answer["blocks"]] == []
    assert chat.client.get("/images").json()["items"] == []
    assert chat.picture("draw me with the Heron Spear under a blood moon")["status"] == "queued"


@pytest.mark.usefixtures("small_day")
def test_a_used_up_day_is_told_in_plain_words(chat: Chat) -> None:
    chat.pictures("draw two pictures of me with the Heron Spear")
    answer = chat.say("another one")
    assert answer["route"] == ["artist"]
    assert not [block for block in answer["blocks"] if block["type"] == "image"]
    assert "2" in answer["reply"]
    assert "picture" in answer["reply"]


def test_without_a_model_the_answer_says_so(chat: Chat, shop: RunningShop) -> None:
    shop.settings.image_model = "none"
    try:
        answer = chat.say("draw me with the Heron Spear")
    finally:
        shop.settings.image_model = None
    assert "the forge has no image model" in answer["reply"]
    assert [block["type"] for block in answer["blocks"]] == ["notice"]
