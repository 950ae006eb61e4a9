"""A picture's way: asked for over HTTP or in the chat, painted by the worker, watched and fetched by its owner only."""

from __future__ import annotations

import asyncio
import json
import threading
import uuid
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import pytest
from httpx_sse import connect_sse
from PIL import Image
from sqlalchemy import update
from sqlmodel import col

from hashiramart import images
from hashiramart.config import Settings
from hashiramart.jobs import PICTURE_QUEUE, worker_app
from hashiramart.models import Image as Row
from tests.conftest import temporary_home
from tests.easel import Held, QuickPainter
from tests.integration.conftest import Fill
from tests.integration.test_bad_input import check_problem
from tests.ml.tiny_diffusion import make_tiny_checkpoint
from tests.shop import RunningShop, running
from tools import painting


@pytest.fixture(scope="module")
def forge(fill: Fill, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A shop whose Artist has a (tiny, untrained) Stable Diffusion checkpoint."""
    checkpoint = make_tiny_checkpoint(tmp_path_factory.mktemp("checkpoint"))
    with temporary_home() as home:
        fill(home)
        with running(Settings(home=home, image_model=str(checkpoint), image_steps=3)) as opened:
            yield opened


@pytest.fixture
def quiet(shop: RunningShop) -> RunningShop:
    """The shop with nothing in the queue of pictures."""
    with shop.database.service() as session:
        session.execute(
            update(Row).where(col(Row.status).in_(images.UNFINISHED)).values(status="failed", error="left by a test")
        )
    return shop


def work_off(shop: RunningShop) -> None:
    """Do what the process that paints does, until the queue is empty."""

    async def work() -> None:
        app = worker_app(shop.database)
        painting.register(app, shop.settings, shop.database)
        async with app.open_async():
            await app.run_worker_async(
                queues=[PICTURE_QUEUE], wait=False, install_signal_handlers=False, listen_notify=False
            )

    asyncio.run(work())


def weapon_of(client: httpx.Client, name: str = "Tidebreaker") -> str:
    found: str = client.get("/weapons", params={"q": name}).json()["items"][0]["weapon_id"]
    return found


def ask(client: httpx.Client, **wish: Any) -> dict[str, Any]:
    answer = client.post("/generate_image", json={"weapon_id": weapon_of(client), **wish})
    assert answer.status_code == 202, answer.text
    state: dict[str, Any] = answer.json()
    assert answer.headers["Location"] == state["url"]
    return state


def paint(shop: RunningShop, state: dict[str, Any], painter: QuickPainter | None = None) -> None:
    painter = painter or QuickPainter()
    painter.name, painter.fingerprint = state["checkpoint"], state["checkpoint_hash"]  # as it was asked for
    painting.Easel(shop.settings, shop.database, painter.load).paint(uuid.UUID(state["image_id"]))


# --- from end to end ---


def test_a_picture_is_queued_painted_and_fetched_by_its_owner(forge: RunningShop) -> None:
    client = forge.slayer("picture-painted")
    wish = {"scene": "at night in the snow", "pose": "guard", "seed": 11}
    state = ask(client, **wish)
    assert (state["status"], state["place"], state["step"], state["steps"]) == ("queued", 1, 0, 3)
    for missing in ("file", "thumbnail", "preview"):
        check_problem(client.get(f"{state['url']}/{missing}"), 404)
    work_off(forge)
    done = client.get(state["url"]).json()
    assert (done["status"], done["place"], done["step"], done["steps"], done["error"]) == ("done", None, 3, 3, None)
    assert (done["scene"], done["pose"], done["seed"], done["weapon"]["slug"]) == (*wish.values(), "tidebreaker-katana")
    response = client.get(done["file"])
    assert response.headers["content-type"] == "image/png"
    picture = Image.open(BytesIO(response.content))
    assert (picture.format, picture.size) == ("PNG", (done["width"], done["height"]))
    told = {key: picture.info[key] for key in ("prompt", "negative_prompt", "seed", "steps", "guidance", "checkpoint")}
    assert told == {
        **{key: str(done[key]) for key in ("prompt", "negative_prompt", "seed", "steps")},
        "guidance": f"{done['guidance']:g}",
        "checkpoint": done["checkpoint_hash"],
    }
    assert "Tidebreaker" in done["prompt"]
    assert Image.open(BytesIO(client.get(done["thumbnail"]).content)).format == "PNG"
    stranger = forge.slayer("picture-looker")
    for path in ("url", "file", "thumbnail", "events"):
        assert stranger.get(done[path]).status_code == 404

    # Thrown away and asked for again, it comes out the same, byte for byte.
    assert client.delete(done["url"]).status_code == 204
    assert client.get(done["url"]).status_code == 404
    again = ask(client, **wish)
    assert again["image_id"] != done["image_id"]
    work_off(forge)
    assert client.get(f"{again['url']}/file").content == response.content


def test_drawing_in_the_chat_shows_the_weapon_that_was_recommended(forge: RunningShop) -> None:
    client = forge.slayer("picture-posing")
    answer = client.post("/coach/chat", json={"message": "recommend a weapon and draw me with it"}).json()
    assert answer["route"] == ["recommender", "artist"]
    top = next(b for b in answer["blocks"] if b["type"] == "recommendations")["recommendations"][0]
    image = next(b for b in answer["blocks"] if b["type"] == "image")
    assert top["name"] in image["alt"]
    assert image["weapon"] == top["slug"]
    state = client.get(image["url"]).json()
    assert (state["status"], state["weapon"]["slug"], state["seed"]) == ("queued", top["slug"], image["seed"])


def test_a_broken_checkpoint_fails_the_picture_with_a_sentence(quiet: RunningShop) -> None:
    client = quiet.slayer("picture-unlucky")
    state = ask(client)
    broken = quiet.settings.model_copy(update={"image_model": str(quiet.settings.home / "nothing-here")})
    painting.Easel(broken, quiet.database).paint(uuid.UUID(state["image_id"]))
    told = client.get(state["url"]).json()
    assert told["status"] == "failed"
    assert "There is no image model folder" in told["error"]
    assert "Traceback" not in told["error"]


# --- asking ---


def test_the_same_request_is_the_same_picture_and_later_its_finished_one(quiet: RunningShop) -> None:
    client = quiet.slayer("picture-again-and-again")
    first = ask(client, scene="in the rain")
    assert ask(client, scene="in the rain")["image_id"] == first["image_id"]
    assert ask(client, scene="in the rain", seed=5)["image_id"] != first["image_id"]
    assert ask(client, scene="at dawn")["image_id"] != first["image_id"]
    paint(quiet, first)
    cached = ask(client, scene="in the rain")
    assert (cached["image_id"], cached["status"]) == (first["image_id"], "done")


def test_several_pictures_have_seeds_in_a_row_and_places_in_a_row(quiet: RunningShop) -> None:
    order = ask(quiet.slayer("picture-many"), seed=2**32 - 2, count=3)
    assert [each["seed"] for each in order["images"]] == [2**32 - 2, 2**32 - 1, 0]
    assert [each["place"] for each in order["images"]] == [1, 2, 3]
    assert order["image_id"] == order["images"][0]["image_id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pose", "upside down"), ("pose", 3), ("seed", -1), ("seed", 2**32), ("seed", "7"), ("seed", 1.5), ("count", 0),
        ("count", 5), ("scene", ""), ("scene", "x" * 201), ("scene", "a\nb"), ("scene", "nude in a bath"),
        ("weapon_id", "katana"), ("steps", 9),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused_with_the_fields_name(
    field: str, value: object, quiet: RunningShop
) -> None:
    client = quiet.slayer(f"odd-{uuid.uuid4().hex[:8]}")
    body = {"weapon_id": weapon_of(client), field: value}
    check_problem(client.post("/generate_image", json=body), 422, field)
    assert client.get("/images").json() == {"items": [], "next": None}


def test_a_full_queue_is_429_with_a_time_and_an_order_taken_on_before_is_still_answered(
    quiet: RunningShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet.settings, "image_queue_limit", 2)
    client = quiet.slayer("picture-crowding")
    taken = [ask(client, seed=seed)["image_id"] for seed in range(2)]
    refused = client.post("/generate_image", json={"weapon_id": weapon_of(client), "seed": 2})
    check_problem(refused, 429)
    assert int(refused.headers["Retry-After"]) >= 1
    assert "2 pictures wait" in refused.json()["detail"]
    assert ask(client, seed=1)["image_id"] == taken[1]


def test_a_day_that_is_used_up_is_429_until_the_slayers_midnight(
    quiet: RunningShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet.settings, "image_daily_quota", 2)
    client = quiet.slayer("picture-eager")
    ask(client, count=2)
    refused = client.post("/generate_image", json={"weapon_id": weapon_of(client), "seed": 9})
    check_problem(refused, 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 24 * 3600
    assert "2 pictures a day" in refused.json()["detail"]


# --- watching ---


def test_the_stream_tells_the_place_each_step_with_a_frame_and_the_end(
    quiet: RunningShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painting, "_TELL_EVERY_S", 0)
    client = quiet.slayer("picture-watcher")
    state = ask(client)
    held = Held(at=3)
    painter = threading.Thread(target=paint, args=(quiet, state, QuickPainter(before_step=held)))
    seen: list[dict[str, Any]] = []
    with connect_sse(client, "GET", state["events"]) as stream:
        assert stream.response.headers["x-accel-buffering"] == "no"
        assert stream.response.headers["cache-control"] == "no-store"
        for event in stream.iter_sse():
            assert event.event == "state"
            seen.append(json.loads(event.data))
            if len(seen) == 1:
                painter.start()
            if seen[-1]["step"] == 2 and not held.released.is_set():
                frame = client.get(seen[-1]["preview"])
                held.released.set()
    painter.join(20)
    assert Image.open(BytesIO(frame.content)).format == "JPEG"
    assert (seen[0]["status"], seen[0]["place"]) == ("queued", 1)
    assert any(each["status"] == "painting" and each["preview"] for each in seen)
    assert (seen[-1]["status"], seen[-1]["preview"]) == ("done", None)
    assert seen[-1]["file"]
    steps = [each["step"] for each in seen]
    assert steps == sorted(steps)
    with connect_sse(client, "GET", state["events"]) as stream:  # of what has ended: the end
        assert [json.loads(event.data)["status"] for event in stream.iter_sse()] == ["done"]


def test_a_stream_ends_when_its_picture_is_thrown_away(quiet: RunningShop) -> None:
    client = quiet.slayer("picture-fickle")
    state = ask(client)
    told = 0
    with connect_sse(client, "GET", state["events"]) as stream:
        for _ in stream.iter_sse():
            told += 1
            assert client.delete(state["url"]).status_code == 204
    assert told == 1


def test_a_picture_can_be_called_off_while_it_is_painted(quiet: RunningShop) -> None:
    client = quiet.slayer("picture-undecided")
    state = ask(client)
    held = Held(at=2)
    brush = QuickPainter(before_step=held)
    painter = threading.Thread(target=paint, args=(quiet, state, brush))
    painter.start()
    assert held.reached.wait(20)
    assert client.get(state["url"]).json()["status"] == "painting"
    assert client.post(f"{state['url']}/cancel").json()["status"] == "cancelled"
    held.released.set()
    painter.join(20)
    assert client.get(state["url"]).json()["status"] == "cancelled"
    check_problem(client.get(f"{state['url']}/file"), 404)
    assert ask(client)["image_id"] != state["image_id"]


def test_a_file_that_is_known_already_is_not_sent_again_and_never_to_another(quiet: RunningShop) -> None:
    client = quiet.slayer("picture-thrifty")
    state = ask(client)
    paint(quiet, state)
    first = client.get(f"{state['url']}/file")
    assert first.headers["cache-control"] == "private, no-cache"
    known = {"If-None-Match": first.headers["etag"]}
    again = client.get(f"{state['url']}/file", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert quiet.slayer("picture-curious").get(f"{state['url']}/file", headers=known).status_code == 404


def test_the_gallery_has_pages_the_latest_first(quiet: RunningShop) -> None:
    client = quiet.slayer("picture-collector")
    asked = [ask(client, seed=seed)["image_id"] for seed in range(5)]
    seen: list[str] = []
    before: str | None = None
    while True:
        page = client.get("/images", params={"limit": 2, **({"before": before} if before else {})}).json()
        seen += [each["image_id"] for each in page["items"]]
        if (before := page["next"]) is None:
            break
    assert seen == asked[::-1]
    check_problem(client.get("/images", params={"limit": 0}), 422, "limit")
    check_problem(client.get("/images", params={"before": str(uuid.uuid4())}), 404, "before")
