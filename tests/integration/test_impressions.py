"""Impressions: every list that is shown is logged once, as it was drawn, and its chances can be worked out from the log alone."""

from __future__ import annotations

import itertools
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import numpy as np
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlmodel import col, select

from agents.turn import Agents
from hashiramart import impressions, seed
from hashiramart.blocks import Recommendation, RecommendationsBlock
from hashiramart.db import Database
from hashiramart.models import Impression, ShownList, Slayer, Weapon, utc_now
from hashiramart.roles import role_name
from ml.features import FEATURES
from ml.shortlist import Prefer, propensities
from tests.integration.belongings import show
from tests.shop import RunningShop
from tests.unit.ml.forests import scorer as another_scorer
from tools.deps import Shop, ToolDeps
from tools.recommend import TRIED_OUT, RecommendArgs, recommend_weapons

PREFERENCES: list[Prefer] = ["power", "balance", "value"]


class AnotherChampion:
    """A champion that was promoted a moment ago."""

    def scorer(self) -> object:
        return another_scorer()


def services(shop: RunningShop, share: float = 0.0) -> Shop:
    """The shop's open services, with another share of exploration."""
    agents: Agents = shop.app.state.agents
    return replace(agents.shop, settings=shop.settings.model_copy(update={"exploration": share}))


@pytest.fixture
def exploring(shop: RunningShop, monkeypatch: pytest.MonkeyPatch) -> RunningShop:
    """The shop, while it tries something out on every other list."""
    monkeypatch.setattr(shop.app.state.agents, "shop", services(shop, 0.5))
    return shop


def slayer_id(client: httpx.Client) -> uuid.UUID:
    return uuid.UUID(client.get("/me").json()["slayer_id"])


@pytest.fixture(scope="module")
def walk_in(shop: RunningShop) -> uuid.UUID:
    """A slayer whom many lists are shown to."""
    return slayer_id(shop.slayer("walk-in", level=30, strength=61.5))


def call(
    shop: Shop, caller: uuid.UUID, key: str, args: RecommendArgs | None = None
) -> tuple[RecommendationsBlock, list[BaseModel]]:
    """One call of the tool, and what it showed on the screen."""
    emitted: list[BaseModel] = []
    deps = ToolDeps(shop=shop, caller=caller, now=utc_now(), key=key, emit=emitted.append)
    return recommend_weapons(deps, args or RecommendArgs()), emitted


def logged(database: Database, slayer: uuid.UUID) -> list[impressions.Logged]:
    """Everything that was logged of a slayer, the oldest first."""
    with database.service() as session:
        lists = session.exec(
            select(ShownList).where(ShownList.slayer_id == slayer).order_by(col(ShownList.shown_at))
        ).all()
        places = session.exec(
            select(Impression).where(Impression.slayer_id == slayer).order_by(col(Impression.position))
        ).all()
    return [impressions.Logged(each, [place for place in places if place.list_id == each.id]) for each in lists]


def of_key(database: Database, slayer: uuid.UUID, key: str) -> impressions.Logged:
    (found,) = [each for each in logged(database, slayer) if each.shown.key == key]
    return found


def test_every_list_is_logged_as_it_was_shown(shop: RunningShop) -> None:
    client = shop.slayer("logged", level=12, breathing_style="Stone")
    answer = client.post("/recommend", json={"top_k": 4, "budget": 2000, "prefer": "balance"}).json()
    (found,) = logged(shop.database, slayer_id(client))
    cards = answer["recommendations"]
    assert [place.position for place in found.places] == [1, 2, 3, 4]
    assert [str(place.weapon_id) for place in found.places] == [card["weapon_id"] for card in cards]
    assert [place.score for place in found.places] == [card["score"] for card in cards]
    assert {card["model_version"] for card in cards} == {answer["model_version"], found.shown.model_version}
    assert (found.shown.prefer, found.shown.level, found.shown.breathing_style) == ("balance", 12, "Stone")
    for place, card in zip(found.places, cards, strict=True):
        seen = dict(zip(FEATURES, place.features, strict=True))
        assert (seen["level"], seen["match_style"]) == (12, float("Stone" in card["styles"]))
        assert seen["weight"] == pytest.approx(card["weight"])
        assert seen["sharpness"] == pytest.approx(card["sharpness"])


def test_without_exploration_every_place_was_certain(shop: RunningShop, walk_in: uuid.UUID) -> None:
    call(services(shop), walk_in, "certain")
    found = of_key(shop.database, walk_in, "certain")
    assert (found.shown.share, found.shown.weights) == (0, [])
    assert [(place.propensity, place.explored) for place in found.places] == [(1, False)] * 3
    assert found.shown.candidates == [place.weapon_id for place in found.places]


_KEYS = itertools.count()


@settings(max_examples=25)
@given(
    share=st.sampled_from([0.0, 0.1, 0.5]),
    top_k=st.integers(1, 50),
    prefer=st.sampled_from(PREFERENCES),
    budget=st.none() | st.integers(100, 3000),
    types=st.lists(st.sampled_from(seed.weapon_types()), max_size=3),
    words=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8),
)
def test_what_is_logged_gives_the_same_propensities_again(
    shop: RunningShop,
    walk_in: uuid.UUID,
    share: float,
    top_k: int,
    prefer: Prefer,
    budget: int | None,
    types: list[str],
    words: str,
) -> None:
    args = RecommendArgs(top_k=top_k, prefer=prefer, budget=budget, weapon_types=types)
    key = f"{next(_KEYS)}:{words}"
    block, _ = call(services(shop, share), walk_in, key, args)
    if not block.recommendations:
        assert all(each.shown.key != key for each in logged(shop.database, walk_in))
        return
    shown, places = of_key(shop.database, walk_in, key)
    assert [place.weapon_id for place in places] == [card.weapon_id for card in block.recommendations]
    assert [place.explored for place in places] == [card.explored for card in block.recommendations]
    assert len(set(shown.candidates)) == len(shown.candidates) == len(places) + len(shown.weights)
    chances = propensities(len(places), shown.weights, shown.share)
    for place in places:
        row = shown.candidates.index(place.weapon_id)
        assert place.propensity == chances[row, place.position - 1] > 0
        assert place.explored == (row >= len(places))
        assert place.explored or row == place.position - 1
    assert sum(place.explored for place in places) <= 1
    again, _ = call(services(shop, share), walk_in, key, args)
    assert again == block
    assert of_key(shop.database, walk_in, key) == (shown, places)


def test_a_repeated_call_shows_what_it_showed_although_another_model_serves(
    shop: RunningShop, walk_in: uuid.UUID
) -> None:
    first, emitted = call(services(shop, 0.5), walk_in, "turn:0", RecommendArgs(top_k=5))
    swapped: Any = replace(services(shop, 0.5), champion=AnotherChampion())  # type: ignore[arg-type]
    again, emitted_again = call(swapped, walk_in, "turn:0", RecommendArgs(top_k=5))
    assert (emitted, emitted_again) == ([first], [again])
    assert again.model_version == first.model_version != another_scorer().model_version

    def told(card: Recommendation) -> dict[str, Any]:
        return card.model_dump(exclude={"reasons"})

    assert [told(card) for card in again.recommendations] == [told(card) for card in first.recommendations]
    # What another model would say of them are not this one's reasons.
    assert all(card.reasons == [TRIED_OUT] * card.explored for card in again.recommendations)
    other, _ = call(swapped, walk_in, "turn:1", RecommendArgs(top_k=5))
    assert other.model_version == another_scorer().model_version


def test_calls_with_one_key_at_the_same_moment_show_one_list(shop: RunningShop, walk_in: uuid.UUID) -> None:
    open_shop = services(shop, 0.5)
    with ThreadPoolExecutor(8) as pool:
        blocks = list(pool.map(lambda _: call(open_shop, walk_in, "at once")[0], range(24)))
    assert blocks == [blocks[0]] * 24
    _, places = of_key(shop.database, walk_in, "at once")
    assert [place.weapon_id for place in places] == [card.weapon_id for card in blocks[0].recommendations]


def test_two_slayers_may_use_the_same_key(shop: RunningShop, walk_in: uuid.UUID) -> None:
    other = slayer_id(shop.slayer("same-key", breathing_style="Moon"))
    for who in (walk_in, other):
        call(services(shop), who, "the same key")
    assert of_key(shop.database, walk_in, "the same key").shown.breathing_style == "Water"
    assert of_key(shop.database, other, "the same key").shown.breathing_style == "Moon"


def test_asking_for_reasons_shows_and_logs_no_list(shop: RunningShop, walk_in: uuid.UUID) -> None:
    before = logged(shop.database, walk_in)
    block, emitted = call(services(shop, 0.5), walk_in, "why", RecommendArgs(explain=["heron-spear"]))
    assert [card.slug for card in block.recommendations] == ["heron-spear"]
    assert emitted == []
    assert logged(shop.database, walk_in) == before


def test_the_chat_logs_its_lists_too_and_once(exploring: RunningShop) -> None:
    client = exploring.slayer("talks")
    answer = client.post("/coach/chat", json={"message": "recommend me two spears"}).json()
    client.post("/coach/chat", json={"message": "why the first?", "thread_id": answer["thread_id"]})
    (found,) = logged(exploring.database, slayer_id(client))
    assert found.shown.key == f"{answer['thread_id']}:{answer['turn_id']}:0"
    assert found.shown.share == 0.5
    (block,) = [each for each in answer["blocks"] if each["type"] == "recommendations"]
    assert [str(place.weapon_id) for place in found.places] == [card["weapon_id"] for card in block["recommendations"]]


def test_a_list_that_cannot_be_logged_is_not_shown(shop: RunningShop, walk_in: uuid.UUID) -> None:
    with psycopg.connect(shop.database.conninfo) as owner:
        app = role_name(owner.info.dbname, "app")
        owner.execute(f'REVOKE INSERT ON impressions FROM "{app}"')
        owner.commit()
        emitted: list[BaseModel] = []
        deps = ToolDeps(shop=services(shop), caller=walk_in, now=utc_now(), key="unlogged", emit=emitted.append)
        try:
            with pytest.raises(ProgrammingError, match="permission denied"):
                recommend_weapons(deps, RecommendArgs())
        finally:
            owner.execute(f'GRANT INSERT ON impressions TO "{app}"')
            owner.commit()
    assert emitted == []
    assert all(each.shown.key != "unlogged" for each in logged(shop.database, walk_in))
    block, _ = call(services(shop), walk_in, "unlogged")  # asked again
    assert block.recommendations


def test_a_list_is_logged_whole_or_not_at_all(database: Database, slayer: Slayer, stocked: list[Weapon]) -> None:
    with pytest.raises(IntegrityError), database.session(slayer.id) as session:
        show(session, slayer.id, [stocked[0].id, uuid.uuid4()], "half")
    assert logged(database, slayer.id) == []


def test_a_tried_out_weapon_says_so_and_keeps_its_honest_score(exploring: RunningShop) -> None:
    client = exploring.slayer("trying")
    best = client.post("/recommend", json={"top_k": 50}).json()["recommendations"]
    honest = {card["slug"]: card["score"] for card in best}
    for _ in range(60):  # half of the lists try something out
        cards = client.post("/recommend", json={"top_k": 3}).json()["recommendations"]
        tried = [card for card in cards if card["explored"]]
        assert all((card["reasons"][-1] == TRIED_OUT) == card["explored"] for card in cards)
        assert all(card["score"] == honest.get(card["slug"], card["score"]) for card in cards)
        if tried:
            break
    (card,) = tried
    assert len(card["reasons"]) >= 2
    assert card["score"] <= max(honest.values())


def test_a_weapon_outside_the_training_range_is_tried_three_times_as_often(exploring: RunningShop) -> None:
    client = exploring.slayer("cold-start", level=90)
    me = slayer_id(client)
    (new,) = client.get("/weapons", params={"q": "Heron Spear"}).json()["items"]
    key = uuid.UUID(new["weapon_id"])

    def set_weight(kg: float) -> None:
        with exploring.database.service() as session:
            session.execute(update(Weapon).where(col(Weapon.id) == key).values(weight=kg))

    try:
        set_weight(12.5)
        tried: list[dict[str, Any]] = []
        for _ in range(200):  # one in fifteen lists shows it
            cards = client.post("/recommend", json={"top_k": 1}).json()["recommendations"]
            tried = [card for card in cards if card["weapon_id"] == str(key)]
            if tried:
                break
    finally:
        set_weight(new["weight"])
    shown, _ = logged(exploring.database, me)[0]
    weight_of = dict(zip(shown.candidates[1:], shown.weights, strict=True))
    assert (weight_of.pop(key), set(weight_of.values())) == (3, {1})
    (card,) = tried
    assert card["explored"]
    assert card["reasons"][-2].startswith("Heavier than any weapon tried so far (12.5 kg)")
    assert card["reasons"][-1] == TRIED_OUT


def test_the_reason_why_it_was_first_tells_that_it_was_tried_out(exploring: RunningShop) -> None:
    client = exploring.slayer("wonders")
    for _ in range(60):  # half of the lists of one are another weapon than the best
        first = client.post("/coach/chat", json={"message": "recommend only one weapon"}).json()
        (card,) = next(each for each in first["blocks"] if each["type"] == "recommendations")["recommendations"]
        if card["explored"]:
            break
    assert card["explored"]
    assert TRIED_OUT in first["reply"]
    why = client.post(
        "/coach/chat", json={"message": "why did you rank that first?", "thread_id": first["thread_id"]}
    ).json()
    assert why["route"] == ["recommender"]
    assert f"**{card['name']}**" in why["reply"]
    assert all(f"- {reason}" in why["reply"] for reason in card["reasons"])
    assert why["reply"].count(TRIED_OUT) == 1


def test_the_export_holds_what_was_recommended(shop: RunningShop) -> None:
    client = shop.slayer("takes-along")
    cards = client.post("/recommend", json={"top_k": 2}).json()["recommendations"]
    (kept,) = client.get("/me/export").json()["recommendations"]
    assert [place["weapon"] for place in kept["places"]] == [card["name"] for card in cards]
    assert [place["score"] for place in kept["places"]] == [card["score"] for card in cards]
    assert kept["prefer"] == "power"


def test_features_are_those_that_the_model_saw(shop: RunningShop, walk_in: uuid.UUID) -> None:
    """The score of a logged place follows from its features alone."""
    call(services(shop), walk_in, "features", RecommendArgs(top_k=10))
    _, places = of_key(shop.database, walk_in, "features")
    scorer = services(shop).champion.scorer()
    matrix = np.array([place.features for place in places], np.float32)
    np.testing.assert_allclose(
        scorer._booster.predict(matrix, num_threads=1), [place.score for place in places], atol=1e-9
    )
