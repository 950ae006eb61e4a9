"""The three roles of the database, also on a server that asks everybody for a password and whose owner is no superuser."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from hashiramart import catalog, ledger
from hashiramart.accounts import Registration, register
from hashiramart.config import Settings
from hashiramart.db import Database, migrate, open_database
from hashiramart.errors import SetupError
from hashiramart.events import TrainingEvent
from hashiramart.models import Slayer, utc_now
from hashiramart.roles import password_of, role_name, sign_in_as

OWNER, PASSWORD = "landlord", "blue spider lily"


@pytest.fixture
def guarded(database: Database) -> Iterator[str]:
    """The address of an empty database that asks for passwords, and belongs to a role that may only make roles."""
    name = f"guarded_{uuid.uuid4().hex[:8]}"
    folder = Path(str(psycopg.conninfo.conninfo_to_dict(database.conninfo)["host"]))
    rules = folder / "pg_hba.conf"
    before = rules.read_text()
    with psycopg.connect(database.conninfo, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(sql.Identifier(OWNER), PASSWORD))
        owner.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER)))
        rules.write_text(f"local {name} all scram-sha-256\n{before}")
        owner.execute("SELECT pg_reload_conf()")
        try:
            yield psycopg.conninfo.make_conninfo(f"postgresql://{OWNER}@/{name}", host=str(folder), password=PASSWORD)
        finally:
            rules.write_text(before)
            owner.execute("SELECT pg_reload_conf()")
            owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            for role in (role_name(name, "app"), role_name(name, "service"), OWNER):
                owner.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def url(conninfo: str) -> str:
    parts = psycopg.conninfo.conninfo_to_dict(conninfo)
    host = str(parts["host"]).replace("/", "%2F")
    return f"postgresql://{parts['user']}:{str(parts['password']).replace(' ', '%20')}@/{parts['dbname']}?host={host}"


def test_one_address_with_a_password_opens_all_three_roles(guarded: str) -> None:
    with open_database(Settings(database_url=url(guarded))) as opened:
        with opened.service() as session:
            catalog.stock_shelves(session)
        profile = Registration(handle="giyu", password="still-as-water", name="Giyu", breathing_style="Water")
        with opened.session(None) as session:
            slayer = register(session, profile)
        event = TrainingEvent(type="training", event_id="a", minutes=30)
        assert ledger.report(opened, slayer.id, event, now=utc_now()).points_awarded == 3
        with opened.session(None) as session:
            assert session.get(Slayer, slayer.id) is None
        with opened.service() as session:
            assert session.get(Slayer, slayer.id) is not None
        migrate(opened)  # again, as the next start does


def test_without_its_password_a_role_stays_outside(guarded: str) -> None:
    with open_database(Settings(database_url=url(guarded))):
        for role in ("app", "service"):
            address = psycopg.conninfo.make_conninfo(sign_in_as(guarded, role), password="wrong")
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(address)


def test_an_owner_that_may_not_make_roles_is_told_so(guarded: str, database: Database) -> None:
    with psycopg.connect(database.conninfo, autocommit=True) as owner:
        owner.execute(f"ALTER ROLE {OWNER} NOCREATEROLE")
    with pytest.raises(SetupError, match="refuses the migration: permission denied to create role"):
        open_database(Settings(database_url=url(guarded))).__enter__()


def test_each_role_has_a_password_of_its_own() -> None:
    assert password_of("secret", "a_app") != password_of("secret", "a_service") != password_of("other", "a_service")
    assert password_of(None, "a_app") is None


def test_a_long_database_name_still_makes_two_names() -> None:
    names = {role_name("d" * 63, "app"), role_name("d" * 63, "service")}
    assert len(names) == 2
    assert all(len(name) <= 63 for name in names)
