"""The page in a real browser, against a real shop."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"
PICTURES = FRONTEND / "test-results"
"""Where the pictures of the run are left to be looked at; ignored by git."""


@pytest.mark.e2e
@pytest.mark.slow
def test_slayer_signs_up_chats_orders_and_finds_the_conversation_again(shop_url: str) -> None:
    assert (FRONTEND / "node_modules").is_dir(), "run 'npm ci' in frontend/ first (make does)"
    for old in PICTURES.glob("*.png"):
        old.unlink()
    script = ["node", "e2e/page.e2e.mjs", shop_url, str(PICTURES)]
    ran = subprocess.run(script, cwd=FRONTEND, capture_output=True, text=True, timeout=280, check=False)
    assert ran.returncode == 0, ran.stderr or ran.stdout
    seen = json.loads(ran.stdout)
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
    assert (FRONTEND / "node_modules").is_dir(), "run 'npm ci' in frontend/ first (make does)"
    shots = PICTURES / "pictures"
    for old in shots.glob("*.png"):
        old.unlink()
    script = ["node", "e2e/pictures.e2e.mjs", shop_url, str(shots)]
    ran = subprocess.run(script, cwd=FRONTEND, capture_output=True, text=True, timeout=280, check=False)
    assert ran.returncode == 0, ran.stderr or ran.stdout
    seen = json.loads(ran.stdout)
    assert int(seen["seed"]) >= 0
    assert seen["hanging"] >= 2
    assert {path.name for path in shots.glob("*.png")} >= {
        "desktop-13-painting.png",
        "desktop-15-view.png",
        "desktop-16-gallery.png",
        "phone-7-view.png",
    }
