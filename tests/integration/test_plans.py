"""A training plan's way: asked for over HTTP or in the chat, written by the worker, read and cancelled by its owner only."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import psycopg
import pytest
from sqlmodel import Session

from agents import plan_jobs
from agents.plan_jobs import PlanWriter
from hashiramart import jobs, plans
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.errors import Conflict
from hashiramart.jobs import worker_app
from hashiramart.models import Slayer, TrainingPlan, utc_now
from hashiramart.training_plan import PlanWish, TrainingPlanDocument
from tests.shelves import printed_shelf
from tests.shop import RunningShop


@pytest.fixture
def client(shop: RunningShop) -> httpx.Client:
    return shop.slayer(f"planner-{uuid.uuid4().hex[:8]}", level=20)


@pytest.fixture
def quiet_queue(shop: RunningShop) -> Iterator[None]:
    """No plan of another test waits to be written."""
    yield
    work_off(shop)


def work_off(shop: RunningShop) -> None:
    """Do what ``hashira worker`` does, until the queue is empty."""

    async def work() -> None:
        app = worker_app(shop.database)
        plan_jobs.register(app, shop.settings, shop.database)
        async with app.open_async():
            await app.run_worker_async(
                queues=[jobs.PLAN_QUEUE], wait=False, install_signal_handlers=False, listen_notify=False
            )

    asyncio.run(work())


def test_a_plan_is_queued_written_and_read(shop: RunningShop, client: httpx.Client) -> None:
    asked = client.post("/coach/plans", json={"weeks": 6, "weapon": "heron-spear", "minutes_per_day": 25})
    assert asked.status_code == 202
    waiting = client.get(asked.headers["location"]).json()
    assert (waiting["status"], waiting["progress"], waiting["plan"]) == ("queued", 0.0, None)
    work_off(shop)
    done = client.get(asked.headers["location"]).json()
    assert (done["status"], done["engine"], done["progress"], done["error"]) == ("done", "embedded", 1.0, None)
    plan = TrainingPlanDocument.model_validate(done["plan"])
    assert (len(plan.weeks), plan.weapon, plan.title) == (6, "heron-spear", "6 weeks with the Heron Spear")
    (listed,) = client.get("/coach/plans").json()["items"]
    assert (listed["plan_id"], listed["status"]) == (done["plan_id"], "done")
    assert "plan" not in listed


def test_the_same_wish_while_it_waits_is_the_same_plan(client: httpx.Client, quiet_queue: None) -> None:
    first, second = (client.post("/coach/plans", json={"weeks": 3}).json() for _ in range(2))
    assert first["plan_id"] == second["plan_id"]
    assert len(client.get("/coach/plans").json()["items"]) == 1


def test_a_fourth_plan_at_once_is_a_conflict(client: httpx.Client, quiet_queue: None) -> None:
    codes = [client.post("/coach/plans", json={"weeks": weeks}).status_code for weeks in (1, 2, 3, 4)]
    assert codes == [202, 202, 202, 409]


def test_a_cancelled_plan_is_not_written(shop: RunningShop, client: httpx.Client) -> None:
    asked = client.post("/coach/plans", json={}).json()
    assert client.post(f"{asked['url']}/cancel").json()["status"] == "cancelled"
    work_off(shop)
    state = client.get(asked["url"]).json()
    assert (state["status"], state["plan"]) == ("cancelled", None)


def test_a_finished_plan_stays_finished_when_it_is_cancelled(shop: RunningShop, client: httpx.Client) -> None:
    asked = client.post("/coach/plans", json={"weeks": 1}).json()
    work_off(shop)
    cancelled = client.post(f"{asked['url']}/cancel")
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "done")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"weeks": 0}, 422, "weeks"),
        ({"weeks": 27}, 422, "weeks"),
        ({"weeks": "six"}, 422, "weeks"),
        ({"days_per_week": 8}, 422, "days_per_week"),
        ({"minutes_per_day": 4}, 422, "minutes_per_day"),
        ({"goal": "x" * 301}, 422, "goal"),
        ({"goal": "a\x00b"}, 422, "goal"),
        ({"weapon": "../etc"}, 422, "weapon"),
        ({"slayer_id": "someone"}, 422, "slayer_id"),
        ({"weapon": "no-such-weapon"}, 404, "weapon"),
    ],
)
def test_a_wrong_wish_names_its_field(client: httpx.Client, body: dict[str, Any], status: int, field: str) -> None:
    answer = client.post("/coach/plans", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert [error["field"].split(".")[-1] for error in answer.json()["errors"]] == [field]


def test_a_plan_is_its_owners_only(shop: RunningShop, client: httpx.Client, quiet_queue: None) -> None:
    asked = client.post("/coach/plans", json={}).json()
    stranger = shop.slayer(f"looker-{uuid.uuid4().hex[:8]}")
    assert stranger.get(asked["url"]).status_code == 404
    assert stranger.post(f"{asked['url']}/cancel").status_code == 404
    assert stranger.get("/coach/plans").json() == {"items": []}
    assert client.get(asked["url"]).json()["status"] == "queued"


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("plan me six weeks", {"weeks": 6, "days_per_week": 3, "minutes_per_day": 30}),
        (
            "make me a 4 week training plan for the Heron Spear, 45 minutes five times a week",
            {"weeks": 4, "days_per_week": 5, "minutes_per_day": 45, "weapon": "heron-spear"},
        ),
    ],
)
def test_the_chat_orders_the_plan_that_was_asked_for(
    shop: RunningShop, client: httpx.Client, message: str, wish: dict[str, Any]
) -> None:
    answer = client.post("/coach/chat", json={"message": message}).json()
    assert answer["route"] == ["coach"]
    (block,) = answer["blocks"]
    assert (block["type"], block["status"], block["weeks"]) == ("plan", "queued", wish["weeks"])
    assert wish.items() <= client.get(block["url"]).json()["wish"].items()
    work_off(shop)
    assert client.get(block["url"]).json()["status"] == "done"


def test_a_plan_goes_on_in_the_chat(shop: RunningShop, client: httpx.Client, quiet_queue: None) -> None:
    said = {"message": "make me a 4 week training plan for the Heron Spear, 45 minutes five times a week"}
    thread = client.post("/coach/chat", json=said).json()["thread_id"]
    answer = client.post("/coach/chat", json={"message": "make it eight weeks", "thread_id": thread}).json()
    wish = client.get(answer["blocks"][0]["url"]).json()["wish"]
    assert (wish["weeks"], wish["days_per_week"], wish["minutes_per_day"]) == (8, 5, 45)
    assert wish["weapon"] == "heron-spear"


class Shelved:
    """A library whose shelf is the printed manuals."""

    def shelf(self) -> Any:
        return printed_shelf()


def order(database: Database, slayer: Slayer, weeks: int = 2) -> uuid.UUID:
    with database.session(slayer.id) as session:
        return plans.order(session, slayer.id, PlanWish(weeks=weeks), uuid.uuid4(), now=utc_now()).id


def status_of(database: Database, plan_id: uuid.UUID) -> str:
    with database.service() as session:
        return session.get_one(TrainingPlan, plan_id).status


def queued(database: Database) -> list[str]:
    with psycopg.connect(database.conninfo) as connection:
        rows = connection.execute(
            "SELECT args ->> 'plan_id' FROM procrastinate.procrastinate_jobs WHERE task_name = 'plan' ORDER BY id"
        )
        return [plan_id for (plan_id,) in rows]


def look_once(database: Database) -> None:
    """The worker's look at what was left unfinished."""

    async def look() -> None:
        app = worker_app(database)
        async with app.open_async():
            task = asyncio.create_task(plan_jobs.take_up_again(app, database))
            while not queued(database) and not task.done():
                await asyncio.wait([task], timeout=0.02)
            task.cancel()

    asyncio.run(asyncio.wait_for(look(), 20))


def test_a_plan_whose_worker_was_killed_is_taken_up_again(
    database: Database, slayer: Slayer, settings: Settings
) -> None:
    plan_id = order(database, slayer)
    with database.service() as session:
        assert plans.begin(session, plan_id, now=utc_now())
    look_once(database)
    assert queued(database) == [str(plan_id)]
    library: Any = Shelved()
    PlanWriter(settings, database, library).write(plan_id)
    assert status_of(database, plan_id) == "done"


def test_a_plan_in_somebodys_hands_is_left_to_them(database: Database, slayer: Slayer, settings: Settings) -> None:
    theirs, left = order(database, slayer, 2), order(database, slayer, 3)
    library: Any = Shelved()
    with plans.sole_writer(database, theirs) as mine:
        assert mine
        look_once(database)
        PlanWriter(settings, database, library).write(theirs)
        assert status_of(database, theirs) == "queued"
    assert queued(database) == [str(left)]


def test_a_plan_that_keeps_breaking_off_ends_with_a_sentence(session: Session, slayer: Slayer) -> None:
    long_ago = utc_now() - timedelta(hours=2)
    plan = plans.order(session, slayer.id, PlanWish(), uuid.uuid4(), now=long_ago)
    assert plans.begin(session, plan.id, now=long_ago)
    assert plans.begin(session, plan.id, now=utc_now()) is None
    assert (plan.status, plan.error) == ("failed", plans.GIVEN_UP)


def test_a_library_without_drills_fails_the_plan_with_a_sentence(
    database: Database, slayer: Slayer, settings: Settings
) -> None:
    plan_id = order(database, slayer)

    class Empty:
        def shelf(self) -> Any:
            from tests.shelves import shelf_of

            return shelf_of([], printed_shelf())

    library: Any = Empty()
    PlanWriter(settings, database, library).write(plan_id)
    with database.service() as session:
        plan = session.get_one(TrainingPlan, plan_id)
    assert plan.status == "failed"
    assert "hashira ingest" in (plan.error or "")


def test_the_same_id_is_the_same_plan_even_when_it_is_done(session: Session, slayer: Slayer) -> None:
    plan_id = uuid.uuid4()
    plan = plans.order(session, slayer.id, PlanWish(), plan_id, now=utc_now())
    plan.status = "done"
    assert plans.order(session, slayer.id, PlanWish(), plan_id, now=utc_now()).status == "done"


def test_a_slayer_waits_for_three_plans_at_most(session: Session, slayer: Slayer) -> None:
    for weeks in (1, 2, 3):
        plans.order(session, slayer.id, PlanWish(weeks=weeks), uuid.uuid4(), now=utc_now())
    with pytest.raises(Conflict):
        plans.order(session, slayer.id, PlanWish(weeks=4), uuid.uuid4(), now=utc_now())
