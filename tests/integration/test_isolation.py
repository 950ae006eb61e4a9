"""Two slayers behind one API: what is another's is not found, is not shown, and does not change.

The paths are read from the OpenAPI document: a new path with an id in it fails here until it is said whose the id is.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from hashiramart import ledger
from hashiramart.models import LedgerEntry
from tests.integration.belongings import Belongings, everything_of, settle
from tests.shop import RunningShop

EVERYBODYS = {"weapon_id", "slug"}
"""Ids and names of what belongs to the shop."""

STAFF_ONLY = "/staff/"
"""What begins so is nobody's but the staff's."""

STAFFS = {"job_id"}
"""Ids of the shop's own works, which nobody but the staff hears of (``tests/integration/staff``)."""

OPEN = {
    ("get", "/health/live"),
    ("get", "/health/ready"),
    ("get", "/shop"),
    ("get", "/weapons/{weapon_id}/picture.svg"),
    ("post", "/auth/demo"),
    ("post", "/auth/login"),
    ("post", "/auth/register"),
}
"""What a stranger may call."""


@dataclass
class Neighbours:
    """Two slayers of one shop: ``mine`` calls, and ``theirs`` must not notice."""

    shop: RunningShop
    mine: Belongings
    theirs: Belongings
    client: httpx.Client
    their_client: httpx.Client
    stranger: httpx.Client

    def operations(self) -> Iterator[tuple[str, str, list[str]]]:
        """Method, path, and the names of the ids in the path, of every operation."""
        paths: dict[str, dict[str, Any]] = self.client.get("/openapi.json").json()["paths"]
        for path, methods in paths.items():
            names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
            for method in methods:
                yield method, path, names

    def of_others(self) -> Iterator[tuple[str, str, list[str]]]:
        """The operations on something that belongs to one slayer."""
        for method, path, names in self.operations():
            if set(names) - EVERYBODYS - STAFFS:
                yield method, path, names


def signed_in(shop: RunningShop, who: Belongings) -> httpx.Client:
    client = shop.client()
    client.headers["Authorization"] = f"Bearer {who.token}"
    return client


@pytest.fixture
def neighbours(shop: RunningShop) -> Neighbours:
    mine, theirs = (settle(shop.database, f"{name}-{uuid.uuid4().hex[:8]}") for name in ("giyu", "murata"))
    return Neighbours(shop, mine, theirs, signed_in(shop, mine), signed_in(shop, theirs), shop.client())


BODIES = {("patch", "/threads/{thread_id}"): {"title": "Mine"}, ("patch", "/me/memories/{memory_id}"): {"text": "mine"}}
"""What operations on something that belongs to one slayer need besides its id."""


def call(client: httpx.Client, method: str, path: str, ids: dict[str, str]) -> httpx.Response:
    return client.request(method, path.format(**ids), json=BODIES.get((method, path)))


def told(answer: httpx.Response) -> dict[str, Any]:
    """A problem without what differs from call to call."""
    body: dict[str, Any] = answer.json()
    return {key: value for key, value in body.items() if key not in {"instance", "correlation_id"}}


def test_every_id_in_a_path_is_known_here(neighbours: Neighbours) -> None:
    seen = {name for _, _, names in neighbours.operations() for name in names}
    assert seen == set(neighbours.theirs.ids) | EVERYBODYS | STAFFS


def test_what_is_anothers_is_not_found_like_what_never_was(neighbours: Neighbours) -> None:
    never = {name: str(uuid.uuid4()) for name in neighbours.theirs.ids}
    before = everything_of(neighbours.shop.database, neighbours.theirs.slayer_id)
    wrong = []
    for method, path, _ in neighbours.of_others():
        theirs = call(neighbours.client, method, path, neighbours.theirs.ids)
        nobodys = call(neighbours.client, method, path, never)
        if theirs.status_code != 404 or told(theirs) != told(nobodys):
            wrong.append((method, path, theirs.status_code, theirs.text))
    assert wrong == []
    assert everything_of(neighbours.shop.database, neighbours.theirs.slayer_id) == before


def test_the_owner_finds_all_of_it(neighbours: Neighbours) -> None:
    """Or the 404 above would prove nothing. Reading comes first, deleting a thread and ending one's own session last."""
    last = [("delete", "/threads/{thread_id}"), ("delete", "/auth/tokens/{token_id}")]
    operations = sorted(
        neighbours.of_others(),
        key=lambda operation: (
            operation[:2] in last,
            operation[:2] == last[1],
            operation[0] == "delete",
            operation[0] != "get",
        ),
    )
    answers = {
        (method, path): call(neighbours.their_client, method, path, neighbours.theirs.ids).status_code
        for method, path, _ in operations
    }
    assert len(answers) >= 5
    assert {key: status for key, status in answers.items() if status not in {200, 204}} == {}


def test_no_answer_shows_anything_of_another(neighbours: Neighbours) -> None:
    secrets = [neighbours.theirs.mark, str(neighbours.theirs.slayer_id), *neighbours.theirs.ids.values()]
    leaks, own = [], 0
    for method, path, names in neighbours.operations():
        if method != "get" or set(names) & EVERYBODYS or path == "/health/ready":
            continue
        answer = call(neighbours.client, method, path, neighbours.mine.ids)
        assert answer.status_code == (403 if path.startswith(STAFF_ONLY) else 200), (path, answer.text)
        leaks += [(path, secret) for secret in secrets if secret in answer.text]
        own += neighbours.mine.mark in answer.text
    assert leaks == []
    assert own >= 6  # the marks are where they would be seen


def test_a_stranger_gets_nothing_without_signing_in(neighbours: Neighbours) -> None:
    never = {name: str(uuid.uuid4()) for name in (*neighbours.theirs.ids, *EVERYBODYS, *STAFFS)}
    wrong = [
        (method, path)
        for method, path, _ in neighbours.operations()
        if (method, path) not in OPEN and call(neighbours.stranger, method, path, never).status_code != 401
    ]
    assert wrong == []


@pytest.mark.parametrize("resumed", [False, True], ids=["message", "resume"])
def test_nobody_speaks_in_anothers_thread(resumed: bool, neighbours: Neighbours) -> None:
    before = everything_of(neighbours.shop.database, neighbours.theirs.slayer_id)
    wish: dict[str, Any] = {"message": "log my training of 30 minutes"}
    if resumed:
        wish = {"resume": {"approval_id": f"{neighbours.theirs.mark}-approval", "approved": True}}
    answer = neighbours.client.post("/coach/chat", json={**wish, "thread_id": neighbours.theirs.ids["thread_id"]})
    assert answer.status_code == 404
    assert everything_of(neighbours.shop.database, neighbours.theirs.slayer_id) == before


def test_pages_do_not_follow_anothers_rows(neighbours: Neighbours) -> None:
    page = neighbours.client.get("/orders", params={"before": neighbours.theirs.ids["order_id"]})
    assert page.status_code == 404
    with neighbours.shop.database.service() as session:
        last: LedgerEntry = ledger.entries_of(session, neighbours.theirs.slayer_id, before=None, limit=1)[0]
    entries = neighbours.client.get("/me/ledger", params={"before": last.id}).json()["items"]
    assert {entry["event_id"].split("-")[0] for entry in entries} == {"giyu"}


def test_anothers_event_id_is_no_ones_business(neighbours: Neighbours) -> None:
    """The same id is a new event of the caller's, and answered as such."""
    event = {"type": "training", "event_id": f"{neighbours.theirs.mark}-training", "minutes": 10}
    before = everything_of(neighbours.shop.database, neighbours.theirs.slayer_id)
    answer = neighbours.client.post("/events", json=event).json()
    assert (answer["replayed"], answer["points_awarded"]) == (False, 1)
    assert everything_of(neighbours.shop.database, neighbours.theirs.slayer_id) == before


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/auth/logout", None),
        ("POST", "/auth/password", {"current": "{mark}-secret", "new": "another-secret"}),
        ("PATCH", "/me", {"name": "Somebody", "timezone": "Asia/Tokyo", "show_name": True}),
        ("POST", "/orders", {"order_key": "{their_mark}-order", "weapon_id": "{weapon}"}),
        ("POST", "/auth/tokens", {"name": "{their_mark}-token"}),
        ("DELETE", "/me", {"password": "{mark}-secret"}),
    ],
    ids=["logout", "password", "profile", "order", "token", "leave"],
)
def test_what_the_caller_does_changes_nobody_else(
    method: str, path: str, body: dict[str, Any] | None, neighbours: Neighbours
) -> None:
    weapons = neighbours.client.get("/weapons", params={"sort": "-price", "page_size": 100}).json()["items"]
    words = {
        "mark": neighbours.mine.mark,
        "their_mark": neighbours.theirs.mark,
        "weapon": next(each["weapon_id"] for each in weapons if each["stock"] > 5),
    }
    sent = body and {key: value.format(**words) if isinstance(value, str) else value for key, value in body.items()}
    before = everything_of(neighbours.shop.database, neighbours.theirs.slayer_id)
    answer = neighbours.client.request(method, path, json=sent)
    assert answer.status_code in {200, 201, 204}, answer.text
    assert everything_of(neighbours.shop.database, neighbours.theirs.slayer_id) == before
