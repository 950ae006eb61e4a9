"""A picture's way: asked for over HTTP or in the chat, painted by the worker, fetched by its owner only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from hashiramart import images
from hashiramart.config import Settings
from hashiramart.jobs import worker_app
from hashiramart.models import utc_now
from tests.conftest import temporary_home
from tests.integration.conftest import Fill
from tests.ml.tiny_diffusion import make_tiny_checkpoint
from tests.shop import RunningShop, running
from tools import chores


@pytest.fixture(scope="module")
def forge(fill: Fill, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A shop whose Artist has a (tiny, untrained) Stable Diffusion checkpoint."""
    checkpoint = make_tiny_checkpoint(tmp_path_factory.mktemp("checkpoint"))
    with temporary_home() as home:
        fill(home)
        with running(Settings(home=home, image_model=str(checkpoint))) as opened:
            yield opened


def work_off(shop: RunningShop) -> None:
    """Do what ``hashira worker`` does, until the queue is empty."""

    async def work() -> None:
        app = worker_app(shop.database)
        chores.register(app, shop.settings, shop.database)
        async with app.open_async():
            await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(work())


def test_a_picture_is_queued_painted_and_fetched_by_its_owner(forge: RunningShop) -> None:
    client = forge.slayer("painted")
    weapon = client.get("/weapons", params={"q": "Tidebreaker"}).json()["items"][0]["weapon_id"]
    asked = client.post("/generate_image", json={"weapon_id": weapon, "scene": "at night in the snow"})
    assert asked.status_code == 202
    image = asked.json()
    assert image["status"] == "queued"
    assert client.get(f"/images/{image['image_id']}/file").status_code == 404

    work_off(forge)
    done = client.get(image["url"]).json()
    assert done["status"] == "done"
    response = client.get(done["file"])
    picture = Image.open(BytesIO(response.content))
    assert picture.format == "PNG"
    assert "Water Breathing" in picture.info["prompt"]
    assert "at night in the snow" in picture.info["prompt"]
    stranger = forge.slayer("looker")
    assert stranger.get(image["url"]).status_code == 404
    assert stranger.get(done["file"]).status_code == 404


def test_drawing_in_the_chat_shows_the_weapon_that_was_recommended(forge: RunningShop) -> None:
    client = forge.slayer("posing")
    answer = client.post("/coach/chat", json={"message": "recommend a weapon and draw me with it"}).json()
    assert answer["route"] == ["recommender", "artist"]
    top = next(b for b in answer["blocks"] if b["type"] == "recommendations")["recommendations"][0]
    image = next(b for b in answer["blocks"] if b["type"] == "image")
    assert top["name"] in image["alt"]
    assert client.get(image["url"]).json()["status"] == "queued"


def test_a_broken_checkpoint_fails_the_picture_with_a_sentence(shop: RunningShop, tmp_path: Path) -> None:
    client = shop.slayer("unlucky")
    weapon = client.get("/weapons").json()["items"][0]["weapon_id"]
    broken = shop.settings.model_copy(update={"image_model": str(tmp_path / "nothing-here")})
    slayer = client.get("/me").json()["slayer_id"]
    with shop.database.session(slayer) as session:
        image = images.order_image(session, slayer, weapon, "a prompt", 7, now=utc_now())
    chores.paint_image(broken, shop.database, image.id)
    state = client.get(f"/images/{image.id}").json()
    assert state["status"] == "failed"
    assert state["error"]
    assert "Traceback" not in state["error"]
