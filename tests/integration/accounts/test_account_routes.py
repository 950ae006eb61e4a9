"""Accounts over HTTP: tokens, sign-in, password, profile, export and leaving."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest

from hashiramart.models import Image
from tests.easel import ordered
from tests.integration.test_bad_input import check_problem
from tests.shop import RunningShop

PASSWORD = "wisteria-night"  # of everybody whom RunningShop.slayer registers
NOBODY = str(uuid.UUID(int=7))


def browser(shop: RunningShop, handle: str) -> httpx.Client:
    """A client that is signed in with a cookie, as the page is, and sends its CSRF token."""
    client = shop.client()
    body = {"handle": handle, "password": PASSWORD, "name": handle.title(), "breathing_style": "Water"}
    answer = client.post("/auth/register", json={**body, "session": "cookie"})
    answer.raise_for_status()
    client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    return client


def bearer(shop: RunningShop, token: str) -> httpx.Client:
    client = shop.client()
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def log_in(shop: RunningShop, handle: str, password: str = PASSWORD) -> httpx.Response:
    return shop.client().post("/auth/login", json={"handle": handle, "password": password})


# --- tokens ---


def test_a_token_is_shown_once_lets_a_program_in_and_can_be_revoked(shop: RunningShop) -> None:
    page = browser(shop, "token-maker")
    made = page.post("/auth/tokens", json={"name": "training log", "days": 7})
    assert made.status_code == 201
    token = made.json()
    lives = datetime.fromisoformat(token["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=6, hours=23) < lives < timedelta(days=7)
    program = bearer(shop, token["access_token"])
    assert program.get("/me").json()["handle"] == "token-maker"

    listed = page.get("/auth/tokens")
    assert token["access_token"] not in listed.text
    newest, own = listed.json()["items"]
    assert (newest["token_id"], newest["name"], newest["kind"], newest["current"]) == (
        token["token_id"],
        "training log",
        "token",
        False,
    )
    assert (own["name"], own["kind"], own["current"]) == (None, "cookie", True)
    assert [each["current"] for each in program.get("/auth/tokens").json()["items"]] == [True, False]

    assert page.delete(f"/auth/tokens/{token['token_id']}").status_code == 204
    check_problem(program.get("/me"), 401)
    check_problem(page.delete(f"/auth/tokens/{token['token_id']}"), 404, "token_id")
    assert page.get("/me").status_code == 200


def test_a_token_lives_as_long_as_the_shop_is_set_up_when_nothing_is_said(shop: RunningShop) -> None:
    token = shop.slayer("default-days").post("/auth/tokens", json={"name": "x"}).json()
    lives = datetime.fromisoformat(token["expires_at"]) - datetime.now(UTC)
    assert round(lives / timedelta(days=1)) == shop.settings.session_days


def test_a_browser_that_revokes_its_own_session_is_signed_out(shop: RunningShop) -> None:
    page = browser(shop, "self-revoker")
    own = page.get("/auth/tokens").json()["items"][0]["token_id"]
    assert page.delete(f"/auth/tokens/{own}").status_code == 204
    assert not page.cookies
    check_problem(page.get("/me"), 401)


def test_someone_elses_token_cannot_be_revoked(shop: RunningShop) -> None:
    owner = shop.slayer("token-owner")
    token = owner.post("/auth/tokens", json={"name": "mine"}).json()
    check_problem(shop.slayer("token-thief").delete(f"/auth/tokens/{token['token_id']}"), 404, "token_id")
    assert bearer(shop, token["access_token"]).get("/me").status_code == 200


# --- sign-in ---


@pytest.mark.parametrize("handle", ["locked-out", "locked-nobody"])
def test_a_handle_that_was_guessed_at_has_to_wait_and_open_sessions_go_on(shop: RunningShop, handle: str) -> None:
    owner = shop.slayer("locked-out") if handle == "locked-out" else None
    for _ in range(5):
        check_problem(log_in(shop, handle, "not-this-one"), 401)
    refused = log_in(shop, handle)
    check_problem(refused, 429)
    assert 25 <= int(refused.headers["Retry-After"]) <= 30
    assert refused.headers["Retry-After"] in refused.json()["detail"]
    if owner:
        assert owner.get("/me").status_code == 200
        assert owner.post("/auth/tokens", json={"name": "still in"}).status_code == 201


def test_guesses_at_once_over_http_cannot_slip_through(shop: RunningShop) -> None:
    shop.slayer("rushed")
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: log_in(shop, "rushed", f"guess number {n}").status_code, range(50)))
    assert (answers.count(401), answers.count(429)) == (5, 45)


# --- another password ---


def test_another_password_ends_every_other_session(shop: RunningShop) -> None:
    page = browser(shop, "changer")
    program = bearer(shop, page.post("/auth/tokens", json={"name": "x"}).json()["access_token"])
    check_problem(page.post("/auth/password", json={"current": "wrong", "new": "12345678"}), 422, "current")
    answer = page.post("/auth/password", json={"current": PASSWORD, "new": "moon-over-mist"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert page.get("/me").status_code == 200
    check_problem(program.get("/me"), 401)
    check_problem(log_in(shop, "changer"), 401)
    assert log_in(shop, "changer", "moon-over-mist").status_code == 200


def test_the_demo_slayer_keeps_account_and_password(shop: RunningShop) -> None:
    demo = bearer(shop, shop.client().post("/auth/demo", json={}).json()["access_token"])
    check_problem(demo.post("/auth/password", json={"current": "anything", "new": "12345678"}), 403)
    check_problem(demo.request("DELETE", "/me", json={"password": "anything"}), 403)
    assert demo.get("/me").json()["handle"] == "demo"
    assert demo.get("/me/export").status_code == 200


# --- the profile ---


def test_a_profile_is_changed_and_the_rest_of_it_stays(shop: RunningShop) -> None:
    client = shop.slayer("profiled", level=3)
    before = client.get("/me").json()
    assert before["show_name"] is False
    wanted = {"name": "Tanjiro", "breathing_style": "sun breathing", "stamina": 77.5, "show_name": True}
    answer = client.patch("/me", json=wanted)
    assert answer.status_code == 200
    assert answer.json() == client.get("/me").json() == before | wanted | {"breathing_style": "Sun"}


def test_moving_about_all_day_is_a_conflict(shop: RunningShop) -> None:
    client = shop.slayer("restless")
    for zone in ("Asia/Tokyo", "UTC") * 3:
        assert client.patch("/me", json={"timezone": zone}).json()["timezone"] == zone
    check_problem(client.patch("/me", json={"name": "Gone", "timezone": "Asia/Tokyo"}), 409, "timezone")
    assert client.get("/me").json()["name"] == "Restless"


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("PATCH", "/me", {}, "body"),
        ("PATCH", "/me", {"points": 9999}, "points"),
        ("PATCH", "/me", {"slayer_id": NOBODY}, "slayer_id"),
        ("PATCH", "/me", {"handle": "another"}, "handle"),
        ("PATCH", "/me", {"name": None}, "name"),
        ("PATCH", "/me", {"timezone": None}, "timezone"),
        ("PATCH", "/me", {"show_name": None}, "show_name"),
        ("PATCH", "/me", {"show_name": "yes"}, "show_name"),
        ("PATCH", "/me", {"name": "two\nlines"}, "name"),
        ("PATCH", "/me", {"name": "nul\x00"}, "name"),
        ("PATCH", "/me", {"name": "lone \ud800"}, "name"),
        ("PATCH", "/me", {"name": "x" * 100_000}, "name"),
        ("PATCH", "/me", {"level": 10**30}, "level"),
        ("PATCH", "/me", {"strength": 1e308}, "strength"),
        ("PATCH", "/me", {"timezone": "../etc/passwd"}, "timezone"),
        ("PATCH", "/me", {"timezone": "\ud800"}, "timezone"),
        ("PATCH", "/me", {"breathing_style": ["Water"]}, "breathing_style"),
        ("DELETE", "/me", {}, "password"),
        ("DELETE", "/me", {"password": ""}, "password"),
        ("DELETE", "/me", {"password": 12345678}, "password"),
        ("DELETE", "/me", {"password": "x" * 129}, "password"),
        ("DELETE", "/me", {"password": "\ud800"}, "password"),
        ("DELETE", "/me", {"password": PASSWORD, "really": True}, "really"),
        ("POST", "/auth/password", {"new": "12345678"}, "current"),
        ("POST", "/auth/password", {"current": PASSWORD}, "new"),
        ("POST", "/auth/password", {"current": PASSWORD, "new": "short"}, "new"),
        ("POST", "/auth/password", {"current": PASSWORD, "new": "x" * 129}, "new"),
        ("POST", "/auth/password", {"current": PASSWORD, "new": "lone surrogate \udfff"}, "new"),
        ("POST", "/auth/password", {"current": None, "new": "12345678"}, "current"),
        ("POST", "/auth/tokens", {}, "name"),
        ("POST", "/auth/tokens", {"name": ""}, "name"),
        ("POST", "/auth/tokens", {"name": "two\nlines"}, "name"),
        ("POST", "/auth/tokens", {"name": "x" * 81}, "name"),
        ("POST", "/auth/tokens", {"name": "nul\x00"}, "name"),
        ("POST", "/auth/tokens", {"name": "x", "days": 0}, "days"),
        ("POST", "/auth/tokens", {"name": "x", "days": 366}, "days"),
        ("POST", "/auth/tokens", {"name": "x", "days": 1.5}, "days"),
        ("POST", "/auth/tokens", {"name": "x", "days": "7"}, "days"),
        ("POST", "/auth/tokens", {"name": "x", "kind": "cookie"}, "kind"),
        ("DELETE", "/auth/tokens/seven", None, "token_id"),
        ("DELETE", "/auth/tokens/%00", None, "token_id"),
        ("POST", "/auth/login", {"handle": "x" * 65, "password": "y"}, "handle"),
        ("POST", "/auth/login", {"handle": "lone \ud800", "password": "y"}, "handle"),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_a_wrong_field_is_named_and_nothing_happens(
    shop: RunningShop, clumsy: httpx.Client, method: str, path: str, body: dict[str, Any] | None, field: str
) -> None:
    before = clumsy.get("/me").json(), clumsy.get("/auth/tokens").json()
    raw = None if body is None else json.dumps(body).encode()  # as ASCII, so that lone surrogates travel
    answer = clumsy.request(method, path, content=raw, headers={"Content-Type": "application/json"})
    check_problem(answer, 422, field)
    assert (clumsy.get("/me").json(), clumsy.get("/auth/tokens").json()) == before


@pytest.fixture(scope="module")
def clumsy(shop: RunningShop) -> httpx.Client:
    return shop.slayer("clumsy-account")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"null", b"7"])
@pytest.mark.parametrize(
    ("method", "path"), [("PATCH", "/me"), ("DELETE", "/me"), ("POST", "/auth/tokens"), ("POST", "/auth/password")]
)
def test_a_body_that_is_no_object_is_refused(clumsy: httpx.Client, method: str, path: str, body: bytes) -> None:
    check_problem(clumsy.request(method, path, content=body, headers={"Content-Type": "application/json"}), 422)


@pytest.mark.parametrize("handle", ["gi\x00yu", "' OR 1=1 --", "ｇｉｙｕ", "🗡" * 30, "\u212aaede", " \t "])
def test_an_odd_handle_is_just_unknown(shop: RunningShop, handle: str) -> None:
    check_problem(log_in(shop, handle), 401)


# --- who may ---

CHANGES: list[tuple[str, str, dict[str, Any] | None]] = [
    ("PATCH", "/me", {"name": "Hijacked"}),
    ("DELETE", "/me", {"password": PASSWORD}),
    ("POST", "/auth/password", {"current": PASSWORD, "new": "12345678"}),
    ("POST", "/auth/tokens", {"name": "hijacked"}),
    ("DELETE", f"/auth/tokens/{NOBODY}", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CHANGES, ids=lambda value: ascii(value)[:24])
def test_a_browser_changes_nothing_without_its_csrf_token(
    shop: RunningShop, page: httpx.Client, method: str, path: str, body: dict[str, Any] | None
) -> None:
    for forged in ("", "forged"):
        check_problem(page.request(method, path, json=body, headers={"X-CSRF-Token": forged}), 403)
    assert page.get("/me").json()["name"] == "Csrf-Guarded"
    assert len(page.get("/auth/tokens").json()["items"]) == 1


@pytest.fixture(scope="module")
def page(shop: RunningShop) -> httpx.Client:
    return browser(shop, "csrf-guarded")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [*CHANGES, ("GET", "/me/export", None), ("GET", "/auth/tokens", None)],
    ids=lambda value: ascii(value)[:24],
)
def test_strangers_are_refused(shop: RunningShop, method: str, path: str, body: dict[str, Any] | None) -> None:
    stranger = shop.client()
    check_problem(stranger.request(method, path, json=body), 401)
    check_problem(stranger.request(method, path, json=body, headers={"Authorization": "Bearer forged"}), 401)


# --- taking everything along ---


def test_the_export_is_a_file_with_everything_and_no_secret(shop: RunningShop) -> None:
    client = shop.slayer("exporter")
    client.post("/events", json={"event_id": "t", "type": "training", "minutes": 30})
    chat = client.post("/coach/chat", json={"message": "how do I look after a katana?"}).json()
    token = client.post("/auth/tokens", json={"name": "x"}).json()["access_token"]
    answer = client.get("/me/export")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == 'attachment; filename="hashiramart-exporter.json"'
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert set(told) == {
        *("exported_at", "account", "profile", "zones", "sessions", "holdings", "orders", "events", "ledger"),
        *(
            "totals",
            "feats",
            "battles",
            "recommendations",
            "threads",
            "feedback",
            "plans",
            "images",
            "image_days",
            "chat_allowance",
            "staff_actions",
            "memories",
        ),
    }
    assert told["events"][0]["answer"]["points_awarded"] == told["ledger"][0]["points"] == 3
    assert told["threads"][0]["turns"][0]["reply"] == chat["reply"]
    assert [each["name"] for each in told["sessions"]] == [None, "x"]
    for secret in (token, "argon2", "token_hash", PASSWORD):
        assert secret not in answer.text


def memory_of(shop: RunningShop, thread_id: str) -> int:
    """Rows that the agents' memory holds of a thread."""
    with psycopg.connect(shop.database.conninfo) as owner:
        row = owner.execute(
            "SELECT (SELECT count(*) FROM langgraph.checkpoints WHERE thread_id = %(thread)s) "
            "+ (SELECT count(*) FROM langgraph.checkpoint_blobs WHERE thread_id = %(thread)s) "
            "+ (SELECT count(*) FROM langgraph.checkpoint_writes WHERE thread_id = %(thread)s)",
            {"thread": thread_id},
        ).fetchone()
    assert row
    return int(row[0])


def test_who_leaves_takes_rows_memory_and_pictures_along(shop: RunningShop) -> None:
    page, friend = browser(shop, "leaver"), shop.slayer("stayer")
    program = bearer(shop, page.post("/auth/tokens", json={"name": "x"}).json()["access_token"])
    mine, other = (
        client.post("/coach/chat", json={"message": "hello"}).json()["thread_id"] for client in (page, friend)
    )
    assert memory_of(shop, mine) > 0
    slayer_id = uuid.UUID(page.get("/me").json()["slayer_id"])
    weapon = uuid.UUID(page.get("/weapons").json()["items"][0]["weapon_id"])
    with shop.database.session(slayer_id) as session:
        image = ordered(session, slayer_id, weapon, now=datetime.now(UTC))

    check_problem(page.request("DELETE", "/me", json={"password": "not-this-one"}), 422, "password")
    assert page.get(f"/images/{image.id}").status_code == 200
    answer = page.request("DELETE", "/me", json={"password": PASSWORD})
    assert (answer.status_code, answer.content) == (204, b"")
    assert not page.cookies
    for client in (page, program):
        check_problem(client.get("/me"), 401)
    check_problem(log_in(shop, "leaver"), 401)
    with shop.database.service() as session:
        assert session.get(Image, image.id) is None
    assert memory_of(shop, mine) == 0
    assert memory_of(shop, other) > 0
    assert len(friend.get(f"/threads/{other}").json()["turns"]) == 1
    shop.slayer("leaver")  # the name is free again


def test_a_memory_that_cannot_be_reached_does_not_keep_anybody_from_leaving(
    shop: RunningShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = shop.slayer("leaver-in-a-storm")
    thread = client.post("/coach/chat", json={"message": "hello"}).json()["thread_id"]

    async def away(_thread: str) -> None:
        raise psycopg.OperationalError("the line is dead")

    with monkeypatch.context() as patch:
        patch.setattr(shop.app.state.agents.graph.checkpointer, "adelete_thread", away)
        assert client.request("DELETE", "/me", json={"password": PASSWORD}).status_code == 204
    check_problem(client.get("/me"), 401)
    assert memory_of(shop, thread) > 0

    from tools.chores import sweep_up

    sweep_up(shop.database)
    assert memory_of(shop, thread) == 0
