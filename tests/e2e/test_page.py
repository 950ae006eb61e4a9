"""The page in a real browser, against a real shop."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Keeper

FRONTEND = Path(__file__).parents[2] / "frontend"
PICTURES = FRONTEND / "test-results"
"""Where the pictures of the run are left to be looked at; ignored by git."""


def _drive(script: str, shop_url: str, timeout_s: float, *words: str) -> dict[str, Any]:
    """Run one of the browser's stories; what it saw."""
    assert (FRONTEND / "node_modules").is_dir(), "run 'npm ci' in frontend/ first (make does)"
    command = ["node", f"e2e/{script}", shop_url, str(PICTURES), *words]
    ran = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, timeout=timeout_s, check=False)
    assert ran.returncode == 0, ran.stderr or ran.stdout
    seen: dict[str, Any] = json.loads(ran.stdout)
    return seen


@pytest.mark.e2e
@pytest.mark.slow
def test_slayer_signs_up_chats_orders_and_finds_the_conversation_again(shop_url: str) -> None:
    for old in PICTURES.glob("*.png"):
        old.unlink()
    seen = _drive("page.e2e.mjs", shop_url, 280)
    assert seen["route"] == ["Recommender", "Quartermaster", "Coach"]
    assert seen["ordered"][0] == seen["cards"][0]["name"]
    assert len(set(seen["ordered"])) == 2
    assert {path.name for path in PICTURES.glob("*.png")} >= {
        "desktop-3-cards.png",
        "desktop-7-order.png",
        "phone-3-citation.png",
    }


@pytest.mark.e2e
@pytest.mark.slow
def test_slayer_watches_a_picture_being_painted_changes_it_and_finds_it_in_the_gallery(shop_url: str) -> None:
    seen = _drive("pictures.e2e.mjs", shop_url, 280)
    assert int(seen["seed"]) >= 0
    assert seen["hanging"] >= 2
    assert {path.name for path in PICTURES.glob("*.png")} >= {
        "desktop-13-painting.png",
        "desktop-15-view.png",
        "desktop-16-gallery.png",
        "phone-7-view.png",
    }


@pytest.mark.e2e
@pytest.mark.slow
def test_slayer_lives_in_every_room_offline_and_back_and_leaves_for_good(shop_url: str) -> None:
    assert _drive("rooms.mjs", shop_url, 280)["ok"]


@pytest.mark.e2e
@pytest.mark.slow
def test_the_staff_rolls_the_champion_back_and_nobody_else_comes_in(shop_url: str, keeper: Keeper) -> None:
    seen = _drive("staff.mjs", shop_url, 200, keeper.handle, keeper.password)
    now, before = seen["versions"]["now"], seen["versions"]["before"]
    assert [model.split("-")[0] for model in seen["models"]] == [f"v{now}", f"v{before}"]


@pytest.mark.e2e
@pytest.mark.slow
@pytest.mark.timeout(480)
def test_every_page_is_accessible_fits_and_is_quiet_on_desktop_and_phone_in_light_and_dark(
    shop_url: str, keeper: Keeper
) -> None:
    assert _drive("survey.mjs", shop_url, 400, "", f"{keeper.handle}:{keeper.password}")["found"] == 0
