"""Bad input on every route: a problem that names the field, never a stack trace, nothing written."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.shop import RunningShop

NOBODY = str(uuid.UUID(int=7))
PROFILE = {"handle": "newcomer", "password": "wisteria-night", "name": "New", "breathing_style": "Water"}
FAR = (datetime.now(UTC) + timedelta(days=2)).isoformat()

BAD: list[tuple[str, dict[str, Any], str]] = [
    ("/auth/register", {**PROFILE, "handle": "a b"}, "handle"),
    ("/auth/register", {**PROFILE, "handle": ""}, "handle"),
    ("/auth/register", {**PROFILE, "password": "short"}, "password"),
    ("/auth/register", {**PROFILE, "name": "two\nlines"}, "name"),
    ("/auth/register", {**PROFILE, "name": "nul\x00"}, "name"),
    ("/auth/register", {**PROFILE, "name": "lone \ud800"}, "name"),
    ("/auth/register", {**PROFILE, "breathing_style": "Cheese"}, "breathing_style"),
    ("/auth/register", {**PROFILE, "level": 0}, "level"),
    ("/auth/register", {**PROFILE, "level": "high"}, "level"),
    ("/auth/register", {**PROFILE, "strength": 101}, "strength"),
    ("/auth/register", {**PROFILE, "timezone": "Mars/Olympus"}, "timezone"),
    ("/auth/register", {**PROFILE, "points": 9999}, "points"),
    ("/auth/register", {name: value for name, value in PROFILE.items() if name != "name"}, "name"),
    ("/auth/login", {"handle": "giyu"}, "password"),
    ("/auth/login", {"handle": "", "password": "x"}, "handle"),
    ("/auth/demo", {"session": "forever"}, "session"),
    ("/recommend", {"top_k": 0}, "top_k"),
    ("/recommend", {"top_k": 51}, "top_k"),
    ("/recommend", {"top_k": "many"}, "top_k"),
    ("/recommend", {"budget": -1}, "budget"),
    ("/recommend", {"budget": 1e300}, "budget"),
    ("/recommend", {"weapon_types": ["spoon"]}, "weapon_types.0"),
    ("/recommend", {"weapon_types": "katana"}, "weapon_types"),
    ("/recommend", {"exclude_types": [3]}, "exclude_types.0"),
    ("/recommend", {"slayer_id": NOBODY}, "slayer_id"),
    ("/coach/chat", {}, "message"),
    ("/coach/chat", {"message": ""}, "message"),
    ("/coach/chat", {"message": "  \n "}, "message"),
    ("/coach/chat", {"message": 7}, "message"),
    ("/coach/chat", {"message": "x" * 100_000}, "message"),
    ("/coach/chat", {"message": "nul\x00"}, "message"),
    ("/coach/chat", {"message": "hi", "thread_id": "seven"}, "thread_id"),
    ("/feedback", {"rating": "up"}, "turn_id"),
    ("/feedback", {"turn_id": "seven", "rating": "up"}, "turn_id"),
    ("/feedback", {"turn_id": NOBODY}, "rating"),
    ("/feedback", {"turn_id": NOBODY, "rating": "great"}, "rating"),
    ("/feedback", {"turn_id": NOBODY, "rating": 1}, "rating"),
    ("/feedback", {"turn_id": NOBODY, "rating": "up", "comment": " "}, "comment"),
    ("/feedback", {"turn_id": NOBODY, "rating": "up", "comment": "x" * 2001}, "comment"),
    ("/feedback", {"turn_id": NOBODY, "rating": "up", "comment": "nul\x00"}, "comment"),
    ("/feedback", {"turn_id": NOBODY, "rating": "up", "slayer_id": NOBODY}, "slayer_id"),
    ("/events", {"event_id": "e", "type": "bribe"}, "body"),
    ("/events", {"event_id": "e"}, "body"),
    ("/events", {"type": "login"}, "event_id"),
    ("/events", {"event_id": "has space", "type": "login"}, "event_id"),
    ("/events", {"event_id": "e", "type": "training"}, "minutes"),
    ("/events", {"event_id": "e", "type": "training", "minutes": 0}, "minutes"),
    ("/events", {"event_id": "e", "type": "training", "minutes": 1441}, "minutes"),
    ("/events", {"event_id": "e", "type": "training", "minutes": 2.5}, "minutes"),
    ("/events", {"event_id": "e", "type": "battle", "weapon_id": NOBODY}, "success"),
    ("/events", {"event_id": "e", "type": "battle", "success": "yes", "weapon_id": NOBODY}, "success"),
    ("/events", {"event_id": "e", "type": "battle", "success": True, "weapon_id": "sword"}, "weapon_id"),
    ("/events", {"event_id": "e", "type": "login", "occurred_at": "yesterday"}, "occurred_at"),
    ("/events", {"event_id": "e", "type": "login", "occurred_at": "2026-01-01T00:00:00"}, "occurred_at"),
    ("/events", {"event_id": "e", "type": "login", "occurred_at": FAR}, "occurred_at"),
    ("/generate_image", {"weapon_id": "sword"}, "weapon_id"),
    ("/generate_image", {"weapon_id": NOBODY, "scene": "x" * 500}, "scene"),
]


@pytest.fixture(scope="module")
def client(shop: RunningShop) -> httpx.Client:
    return shop.slayer("clumsy")


def check_problem(response: httpx.Response, status: int, field: str | None = None) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["correlation_id"]
    assert "Traceback" not in response.text
    if field:
        assert field in [error["field"] for error in problem["errors"]], problem["errors"]


@pytest.mark.parametrize(
    ("path", "body", "field"), BAD, ids=[f"{path} {field} {n}" for n, (path, _, field) in enumerate(BAD)]
)
def test_a_wrong_field_is_named(client: httpx.Client, path: str, body: dict[str, Any], field: str) -> None:
    raw = json.dumps(body).encode()  # as ASCII, so that lone surrogates travel
    check_problem(client.post(path, content=raw, headers={"Content-Type": "application/json"}), 422, field)
    assert client.get("/me").json()["nichirin_points"] == 0


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/weapons?page=0", "page"),
        ("/weapons?page_size=1000", "page_size"),
        ("/weapons?type=spoon", "type"),
        ("/weapons?style=Cheese", "style"),
        ("/weapons?rarity=plenty", "rarity"),
        ("/weapons?min_price=-1", "min_price"),
        ("/weapons?sort=colour", "sort"),
        ("/weapons?q=%00", "q"),
        ("/weapons/sword", "weapon_id"),
        ("/threads/seven", "thread_id"),
        (f"/threads/{NOBODY}/turns/seven/trace", "turn_id"),
        ("/images/seven", "image_id"),
    ],
)
def test_a_wrong_query_or_path_is_named(client: httpx.Client, path: str, field: str) -> None:
    check_problem(client.get(path), 422, field)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"null"])
@pytest.mark.parametrize("path", ["/auth/register", "/recommend", "/coach/chat", "/events", "/generate_image"])
def test_a_body_that_is_no_object_is_refused(client: httpx.Client, path: str, body: bytes) -> None:
    check_problem(client.post(path, content=body, headers={"Content-Type": "application/json"}), 422)


def test_a_huge_body_is_refused_before_it_is_read(client: httpx.Client) -> None:
    check_problem(client.post("/coach/chat", content=b"x" * 2_000_000), 413)
    chunks = (b"x" * 100_000 for _ in range(20))
    check_problem(client.post("/coach/chat", content=chunks, headers={"Content-Type": "application/json"}), 413)


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("GET", f"/weapons/{NOBODY}", None, "weapon_id"),
        ("GET", f"/weapons/{NOBODY}/picture.svg", None, "weapon_id"),
        ("GET", f"/threads/{NOBODY}", None, "thread_id"),
        ("GET", f"/threads/{NOBODY}/turns/{NOBODY}/trace", None, "thread_id"),
        ("POST", "/feedback", {"turn_id": NOBODY, "rating": "up"}, "turn_id"),
        ("DELETE", f"/feedback/{NOBODY}", None, "turn_id"),
        ("GET", f"/images/{NOBODY}", None, "image_id"),
        ("GET", f"/images/{NOBODY}/file", None, "image_id"),
        ("POST", "/coach/chat", {"message": "hello", "thread_id": NOBODY}, "thread_id"),
        ("POST", "/events", {"event_id": "x", "type": "battle", "success": True, "weapon_id": NOBODY}, "weapon_id"),
    ],
)
def test_unknown_ids_are_not_found(
    client: httpx.Client, method: str, path: str, body: dict[str, Any] | None, field: str
) -> None:
    check_problem(client.request(method, path, json=body), 404, field)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/me"),
        ("GET", "/weapons"),
        ("GET", f"/weapons/{NOBODY}"),
        ("GET", "/threads"),
        ("GET", f"/threads/{NOBODY}"),
        ("GET", f"/images/{NOBODY}"),
        ("GET", f"/images/{NOBODY}/file"),
        ("GET", "/auth/session"),
        ("POST", "/recommend"),
        ("POST", "/coach/chat"),
        ("POST", "/events"),
        ("POST", "/generate_image"),
        ("POST", "/auth/logout"),
    ],
)
def test_strangers_are_refused(shop: RunningShop, method: str, path: str) -> None:
    body = {"message": "hi", "event_id": "e", "type": "login"} if method == "POST" else None
    stranger = shop.client()
    check_problem(stranger.request(method, path, json=body), 401)
    check_problem(stranger.request(method, path, json=body, headers={"Authorization": "Bearer forged"}), 401)


def test_another_slayers_thread_does_not_exist(shop: RunningShop, client: httpx.Client) -> None:
    other = shop.slayer("neighbour")
    thread = other.post("/coach/chat", json={"message": "hello"}).json()["thread_id"]
    check_problem(client.post("/coach/chat", json={"message": "hi", "thread_id": thread}), 404, "thread_id")
    check_problem(client.get(f"/threads/{thread}"), 404, "thread_id")
    assert len(other.get(f"/threads/{thread}").json()["turns"]) == 1


def test_a_taken_handle_is_a_conflict(shop: RunningShop) -> None:
    shop.slayer("taken")
    check_problem(shop.client().post("/auth/register", json={**PROFILE, "handle": "Taken"}), 409, "handle")


def test_wrong_password_and_unknown_handle_sound_the_same(shop: RunningShop) -> None:
    shop.slayer("keeper")
    answers = [
        shop.client().post("/auth/login", json={"handle": handle, "password": "not-this-one"})
        for handle in ("keeper", "no-such-slayer")
    ]
    for answer in answers:
        check_problem(answer, 401)
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_a_cookie_session_needs_its_csrf_token(shop: RunningShop) -> None:
    browser = shop.client()
    answer = browser.post("/auth/register", json={**PROFILE, "handle": "browser", "session": "cookie"}).json()
    assert answer["access_token"] is None
    check_problem(browser.post("/recommend", json={}), 403)
    check_problem(browser.post("/recommend", json={}, headers={"X-CSRF-Token": "forged"}), 403)
    token = {"X-CSRF-Token": browser.get("/auth/session").json()["csrf_token"]}
    assert browser.post("/recommend", json={}, headers=token).status_code == 200
    assert browser.post("/auth/logout", headers=token).status_code == 204
    check_problem(browser.get("/me"), 401)


def test_a_picture_without_an_image_model_is_refused_plainly(
    client: httpx.Client, shop: RunningShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop.settings, "image_model", "none")
    weapon = client.get("/weapons").json()["items"][0]["weapon_id"]
    response = client.post("/generate_image", json={"weapon_id": weapon})
    check_problem(response, 409)
    assert "HASHIRA_IMAGE_MODEL" in response.json()["detail"]


def test_an_unknown_path_and_a_wrong_method_are_problems(shop: RunningShop) -> None:
    check_problem(shop.client().get("/no/such/path"), 404)
    check_problem(shop.client().put("/me"), 405)
