"""Addresses, transactions, and what happens when PostgreSQL is not there."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlmodel import func, select

from hashiramart.config import Settings
from hashiramart.db import Database, connect, migrate, open_database
from hashiramart.errors import SetupError, Unavailable
from hashiramart.models import Slayer
from hashiramart.roles import password_of, sign_in_as

NOBODY = "postgresql://shop:secret@127.0.0.1:1/shop"  # nothing listens on port 1


def slayers(database: Database) -> int:
    with database.service() as session:
        return session.exec(select(func.count()).select_from(Slayer)).one()


def test_a_block_that_ends_well_is_committed(database: Database) -> None:
    with database.service() as session:
        session.add(Slayer(name="Genya", breathing_style="Stone"))
    assert slayers(database) == 1


@pytest.mark.parametrize("error", [ValueError("bug"), KeyboardInterrupt()])
def test_a_block_that_raises_leaves_nothing_behind(error: BaseException, database: Database) -> None:
    def write_and_fail() -> None:
        with database.service() as session:
            session.add(Slayer(name="Genya", breathing_style="Stone"))
            session.flush()
            raise error

    with pytest.raises(type(error)):
        write_and_fail()
    assert slayers(database) == 0


def test_rows_can_be_read_after_their_session_has_ended(database: Database) -> None:
    with database.service() as session:
        made = Slayer(name="Genya", breathing_style="Stone")
        session.add(made)
    assert made.name == "Genya"


@pytest.mark.parametrize(
    "scheme", ["postgresql", "postgres", "postgresql+psycopg", "postgresql+asyncpg", "postgresql+psycopg2"]
)
def test_the_usual_spellings_of_an_address_are_understood(scheme: str) -> None:
    opened = connect(f"{scheme}://shop:p%40ss+word@db.example:6432/shop?sslmode=require&options=-c%20jit%3Doff")
    for url, user, password in (
        (opened.conninfo, "shop", "p@ss+word"),
        (opened.conninfo_for("procrastinate"), "shop_service", password_of("p@ss+word", "shop_service")),
        (opened.pool.conninfo, "shop_app", password_of("p@ss+word", "shop_app")),
    ):
        parts = psycopg.conninfo.conninfo_to_dict(str(url))
        assert (parts["host"], parts["port"], parts["user"]) == ("db.example", "6432", user)
        assert (parts["password"], parts["sslmode"]) == (password, "require")
        assert str(parts["options"]).startswith("-c jit=off")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop",
        "localhost:5432/shop",
        "mysql://shop@db/shop",
        "sqlite:///shop.db",
        "postgresql://db:many/shop",
        "postgresql://[db",
    ],
)
def test_what_is_no_address_of_a_postgresql_is_refused(url: str) -> None:
    with pytest.raises(SetupError, match="DATABASE_URL"):
        connect(url)


def test_a_schema_is_searched_beside_the_options_the_address_has(database: Database) -> None:
    opened = connect(f"{database.conninfo}&options=-c%20statement_timeout%3D1234")
    with psycopg.connect(opened.conninfo_for("procrastinate")) as connection:
        assert connection.execute("SHOW search_path").fetchone() == ("procrastinate",)
        assert connection.execute("SHOW statement_timeout").fetchone() == ("1234ms",)


def test_an_external_database_is_opened_migrated_and_left_running(database: Database) -> None:
    with open_database(Settings(database_url=database.conninfo), force_stop=True) as opened:
        assert slayers(opened) == 0
    assert slayers(database) == 0


def test_a_database_that_is_away_at_the_start_is_a_setup_error() -> None:
    with pytest.raises(SetupError, match="cannot be reached"), open_database(Settings(database_url=NOBODY)):
        pass


def test_a_database_that_is_away_later_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        slayers(connect(NOBODY))


def test_a_wrong_database_name_is_a_setup_error_that_says_so(database: Database) -> None:
    with pytest.raises(SetupError, match="nowhere"):
        migrate(connect(database.conninfo.replace("/hashiramart?", "/nowhere?")))


def test_a_connection_that_broke_in_the_pool_is_replaced(database: Database) -> None:
    with psycopg.connect(database.conninfo, autocommit=True) as other:
        with database.service() as session:
            pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    assert slayers(database) == 0


def test_a_connection_that_breaks_in_the_middle_is_unavailable(database: Database) -> None:
    with pytest.raises(Unavailable), database.service() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def test_no_free_connection_is_unavailable(database: Database) -> None:
    address = psycopg.conninfo.conninfo_to_dict(sign_in_as(database.conninfo, "service"))
    engine = create_engine(
        "postgresql+psycopg://", connect_args=address, pool_size=1, max_overflow=0, pool_timeout=0.01
    )
    narrow = replace(database, service_engine=engine)
    with narrow.service() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(Unavailable):
            slayers(narrow)
    engine.dispose()
