"""The page in a real browser, against a real shop."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import poisoned
from tests.e2e.conftest import Keeper

FRONTEND = Path(__file__).parents[2] / "frontend"
PICTURES = FRONTEND / "test-results"
"""Where the pictures of the run are left to be looked at; ignored by git."""


def _drive(script: str, shop_url: str, timeout_s: float, *more: str) -> dict[str, Any]:
    """Run one of the browser's stories; what it saw."""
    assert (FRONTEND / "node_modules").is_dir(), "run 'npm ci' in frontend/ first (make does)"
    command = ["node", f"e2e/{script}", shop_url, str(PICTURES), *more]
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
def test_conversation_outlives_broken_connections_and_reloads_and_scrolls_through_two_thousand_messages(
    shop_url: str,
) -> None:
    seen = _drive("chat.e2e.mjs", shop_url, 280)
    assert seen["connections"] > 2
    assert seen["scrolled"]["drawn"] < 500


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


@pytest.mark.e2e
@pytest.mark.slow
def test_the_main_path_can_be_gone_by_keyboard_alone(shop_url: str) -> None:
    assert _drive("keyboard.e2e.mjs", shop_url, 280)["weapon"]


@pytest.mark.e2e
@pytest.mark.slow
def test_lost_sessions_midnight_and_a_lost_network_take_nothing_along_on_desktop_and_phone(shop_url: str) -> None:
    assert _drive("lapses.e2e.mjs", shop_url, 280)["ok"]


@pytest.mark.e2e
@pytest.mark.slow
def test_the_main_path_can_be_gone_on_a_phone(shop_url: str) -> None:
    assert _drive("phone.e2e.mjs", shop_url, 280)["weapon"]


@pytest.mark.e2e
@pytest.mark.slow
def test_a_poisoned_manual_shows_no_foreign_image_no_script_and_no_link_without_a_warning(
    shop_url: str, poisoned_manual: Path
) -> None:
    seen = _drive("poison.e2e.mjs", shop_url, 280, str(poisoned_manual), poisoned.SLUG, *poisoned.QUESTIONS)
    assert seen["cited"] > 0


@pytest.mark.e2e
@pytest.mark.slow
def test_the_page_is_light_and_accessible_and_shows_all_of_a_long_conversation(shop_url: str, tmp_path: Path) -> None:
    """The quick form of ``npm run measure``; what depends on how busy the machine is has no bound here."""
    command = ["node", "e2e/measure/measure.mjs", shop_url, str(tmp_path), "--quick"]
    ran = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, timeout=280, check=False)
    assert ran.stdout, ran.stderr
    seen = json.loads(ran.stdout)
    assert all(page["script"] <= 320 for page in seen["weight"].values())
    assert [look for look in seen["lighthouse"] if look["accessibility"] < 0.95] == []
    assert all(look["cls"] < 0.1 for look in seen["lighthouse"])
    assert seen["thread"]["held"] == 60
    assert seen["thread"]["reached"], "the first message was not reached"
    assert seen["thread"]["most"] < 60, "the whole conversation is drawn"
    assert seen["words"]["turns"] == 5
