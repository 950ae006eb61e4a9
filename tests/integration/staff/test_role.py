"""Who is staff: said on the command line, kept from everybody else by the API and by the database itself."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid

import httpx
import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from hashiramart import accounts, personal_data, removal, roles, staff
from hashiramart.accounts import Registration
from hashiramart.db import Database
from hashiramart.errors import Forbidden, InvalidInput, NotFound
from hashiramart.models import Slayer, utc_now
from hashiramart.sessions import Caller
from tests.integration.staff.conftest import House, get
from tests.shop import environment

PASSWORD = "still-as-water"


def test_nobody_but_the_staff_comes_in(house: House) -> None:
    paths = house.slayer.get("/openapi.json").json()["paths"]
    rooms = [(method, path) for path, methods in paths.items() if path.startswith("/staff/") for method in methods]
    assert len(rooms) >= 10
    stranger = house.shop.client()
    for method, path in rooms:
        where = path.format(job_id=1)
        body = {"version": "1", "champion": "2"} if path.endswith("promote") else {"champion": "2"}
        for client, status in ((house.slayer, 403), (stranger, 401)):
            answer = client.request(method, where, json=None if method == "get" else body)
            assert (path, answer.status_code) == (path, status)
            assert answer.headers["content-type"] == "application/problem+json"
    assert get(house.keeper, "/staff/models")["champion"] == "2"


def test_me_says_who_is_staff(house: House) -> None:
    assert [get(client, "/me")["role"] for client in (house.keeper, house.slayer)] == ["staff", "slayer"]


def test_a_browser_needs_its_csrf_token_here_too(house: House) -> None:
    page = house.shop.client()
    entered = page.post("/auth/login", json={"handle": "keeper", "password": "wisteria-night", "session": "cookie"})
    refused = page.post("/staff/models/rollback", json={"champion": "2"})
    assert (refused.status_code, get(page, "/staff/models")["champion"]) == (403, "2")
    headers = {"X-CSRF-Token": entered.json()["csrf_token"]}
    assert page.post("/staff/models/rollback", json={"champion": "2"}, headers=headers).status_code == 200


def test_no_slayer_becomes_staff_over_the_api(house: House) -> None:
    assert house.slayer.patch("/me", json={"role": "staff"}).status_code == 422
    body = {"handle": "climber", "password": PASSWORD, "name": "C", "breathing_style": "Water", "role": "staff"}
    assert house.shop.client().post("/auth/register", json=body).status_code == 422


def hashira(house: House, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli.main", "staff", *words]
    env = environment(house.settings.home, house.settings.port)
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_the_command_line_gives_the_role_and_takes_it_at_once(house: House) -> None:
    client: httpx.Client = house.shop.slayer("newcomer")
    assert client.get("/staff/queue").status_code == 403
    assert hashira(house, "add", "Newcomer").returncode == 0
    assert client.get("/staff/queue").status_code == 200
    listed = json.loads(hashira(house, "list", "--json").stdout)
    assert {"handle": "newcomer", "name": "Newcomer"} in listed
    assert hashira(house, "remove", "newcomer").returncode == 0
    assert client.get("/staff/queue").status_code == 403
    unknown = hashira(house, "add", "nobody-of-this-name")
    assert unknown.returncode == 1
    assert "no slayer with the handle" in unknown.stderr.replace("\n", " ")


def test_the_demo_slayer_as_whom_anybody_comes_in_is_never_staff(database: Database) -> None:
    with database.session(None) as session:
        accounts.ensure_demo_slayer(session)
    with database.service() as session, pytest.raises(InvalidInput):
        staff.set_role(session, "demo", "staff")
    with database.service() as session, pytest.raises(NotFound):
        staff.set_role(session, "who", "staff")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts SET role = 'staff'",
        (
            "INSERT INTO accounts (id, slayer_id, handle, password_hash, role, created_at) "
            "SELECT gen_random_uuid(), id, 'another', 'x', 'staff', now() FROM slayers"
        ),
        "INSERT INTO staff_actions (staff_id, action, subject, acted_at) SELECT id, 'promote', 'x', now() FROM slayers",
        "UPDATE staff_actions SET subject = 'x'",
        "DELETE FROM staff_actions",
    ],
)
def test_the_application_role_can_write_neither_roles_nor_records(
    database: Database, slayer: Slayer, statement: str
) -> None:
    with psycopg.connect(roles.sign_in_as(database.conninfo, "app")) as connection:
        connection.execute(roles.ACT_FOR, [str(slayer.id)])
        with pytest.raises(InsufficientPrivilege):
            connection.execute(statement)


def deed(database: Database, staff_id: uuid.UUID, subject: str = "version 2") -> None:
    with database.service() as session:
        staff.confirm(session, staff_id)
        staff.record(session, staff_id, "promote", subject, before="version 1", now=utc_now())


def test_what_the_staff_did_is_never_changed_and_outlives_their_name(database: Database, slayer: Slayer) -> None:
    with pytest.raises(Forbidden):
        deed(database, slayer.id)
    with database.service() as session:
        staff.set_role(session, "giyu", "staff")
    deed(database, slayer.id)
    with database.session(slayer.id) as session:
        mine = personal_data.export(session, slayer.id, now=utc_now())
    assert (mine.account.role, [each.subject for each in mine.staff_actions]) == ("staff", ["version 2"])
    for change in ("UPDATE staff_actions SET staff_id = NULL", "DELETE FROM staff_actions", "TRUNCATE staff_actions"):
        with psycopg.connect(database.conninfo) as owner, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            owner.execute(change)
    removal.remove(database, Caller(slayer.id, "token", None, uuid.uuid4()), PASSWORD, now=utc_now())
    with database.service() as session:
        (left,) = staff.latest(session, 5)
    assert (left.handle, left.action.subject, left.action.staff_id) == (None, "version 2", None)


def test_a_slayer_sees_nothing_of_what_others_did_as_staff(database: Database, slayer: Slayer) -> None:
    with database.session(None) as session:
        other = accounts.register(
            session, Registration(handle="murata", password=PASSWORD, name="Murata", breathing_style="Wind")
        )
    with database.service() as session:
        staff.set_role(session, "giyu", "staff")
    deed(database, slayer.id)
    with database.session(other.id) as session:
        assert personal_data.export(session, other.id, now=utc_now()).staff_actions == []
        assert session.connection().exec_driver_sql("SELECT count(*) FROM staff_actions").scalar_one() == 0
