"""A weapon with its manual, as the page reads it."""

from __future__ import annotations

from tests.shop import RunningShop


def test_a_manual_is_told_word_for_word_and_in_order(shop: RunningShop) -> None:
    slayer = shop.slayer("manual-reader")
    manual = slayer.get("/manuals/heron-spear").json()
    assert manual["weapon"]["slug"] == "heron-spear"
    assert manual["source"] == "manuals/heron-spear.md"
    chapters = list(dict.fromkeys(section["heading"].split(" > ")[0] for section in manual["sections"]))
    assert chapters[:3] == ["Overview", "Handling", "Drills"]
    told = "\n".join(section["text"] for section in manual["sections"])
    shelf = shop.app.state.agents.shop.library.shelf()
    assert all(passage.text in told for passage in shelf.by_source["manuals/heron-spear.md"])


def test_an_unknown_weapon_is_404_and_a_strange_slug_422(shop: RunningShop) -> None:
    slayer = shop.slayer("manual-seeker")
    assert slayer.get("/manuals/no-such-blade").status_code == 404
    assert slayer.get("/manuals/No%20Such").status_code == 422
    assert shop.client().get("/manuals/heron-spear").status_code == 401
