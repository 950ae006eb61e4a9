"""The schema: what the migrations build is what the models say, from any start and under any rush."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, create_engine, make_url
from sqlmodel import SQLModel

import hashiramart.migrations
from hashiramart import accounts, jobs, sign_in
from hashiramart.accounts import Registration
from hashiramart.catalog import stock_shelves
from hashiramart.db import Database, connect, migrate
from hashiramart.errors import SetupError
from hashiramart.models import utc_now
from hashiramart.roles import role_name

# Everything PostgreSQL knows about our tables, as it would write it itself.
_SHAPE = {
    "columns": """
        SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
    """,
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
}


def shape(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with psycopg.connect(database.conninfo) as connection:
        return {name: sorted(connection.execute(query).fetchall(), key=repr) for name, query in _SHAPE.items()}


@contextmanager
def owner(database: Database) -> Iterator[Connection]:
    """A connection of the role that owns the tables."""
    engine = create_engine(make_url(database.conninfo).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def new_database(database: Database) -> Iterator[Callable[[], Database]]:
    """Makes empty databases on the worker's server."""
    made: list[tuple[str, Database]] = []

    def make() -> Database:
        name = f"new_{uuid.uuid4().hex}"
        with psycopg.connect(database.conninfo, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        url = make_url(database.conninfo).set(database=name).render_as_string(hide_password=False)
        made.append((name, connect(url)))
        return made[-1][1]

    yield make
    for name, opened in made:
        opened.close()
        with psycopg.connect(database.conninfo, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            for role in ("app", "service"):
                connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role_name(name, role))))


def test_a_migrated_database_is_what_the_models_say(database: Database) -> None:
    with owner(database) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_it_is_so_down_to_checks_and_rules_of_deletion(
    database: Database, new_database: Callable[[], Database]
) -> None:
    fresh = new_database()
    with owner(fresh) as connection:
        SQLModel.metadata.create_all(connection)
        connection.commit()
    assert shape(database) == shape(fresh)


def test_migrating_again_changes_and_loses_nothing(database: Database) -> None:
    before = shape(database)
    with database.service() as session:
        stock_shelves(session)
        profile = Registration(handle="giyu", password="still-as-water", name="Giyu", breathing_style="Water")
        slayer = accounts.register(session, profile)
    migrate(database)
    assert shape(database) == before
    assert sign_in.prove(database, "giyu", "still-as-water", now=utc_now()).slayer_id == slayer.id


def test_many_may_migrate_an_empty_database_at_once(database: Database, new_database: Callable[[], Database]) -> None:
    fresh = new_database()
    rivals = [connect(fresh.conninfo) for _ in range(4)]
    with ThreadPoolExecutor(len(rivals)) as pool:
        list(pool.map(migrate, rivals))
    for rival in rivals:
        rival.close()
    assert shape(fresh) == shape(database)
    with jobs.queue(fresh).open() as app:
        jobs.ask_for_picture(app, uuid.uuid4())


def test_the_job_queue_has_a_schema_of_its_own(database: Database) -> None:
    with psycopg.connect(database.conninfo) as connection:
        public = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        queue = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'procrastinate'").fetchall()
    assert ("procrastinate_jobs",) in queue
    assert not [name for (name,) in public if name.startswith("procrastinate")]


def test_the_migrations_can_be_taken_back_and_made_again(
    database: Database, new_database: Callable[[], Database]
) -> None:
    fresh = new_database()
    migrate(fresh)
    with owner(fresh) as connection:
        command.downgrade(_alembic(connection), "base")
    assert [rows for rows in shape(fresh).values() if rows] == []
    migrate(fresh)
    assert shape(fresh) == shape(database)


def test_the_migrations_are_one_line_without_forks() -> None:
    assert len(ScriptDirectory.from_config(_alembic(None)).get_heads()) == 1


def test_a_database_of_a_newer_version_is_left_alone(new_database: Callable[[], Database]) -> None:
    fresh = new_database()
    migrate(fresh)
    before = shape(fresh)
    with psycopg.connect(fresh.conninfo) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_tomorrow'")
    with pytest.raises(SetupError, match="does not fit this version"):
        migrate(fresh)
    assert shape(fresh) == before


def test_a_role_that_may_not_make_tables_is_told_so(database: Database, new_database: Callable[[], Database]) -> None:
    fresh = new_database()
    role = f"guest_{uuid.uuid4().hex}"
    with psycopg.connect(fresh.conninfo) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    guest = connect(make_url(fresh.conninfo).set(username=role).render_as_string(hide_password=False))
    try:
        with pytest.raises(SetupError, match="refuses the migration: permission denied"):
            migrate(guest)
    finally:
        guest.close()
        with psycopg.connect(database.conninfo, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def _alembic(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(hashiramart.migrations.__file__).parent))
    config.attributes["connection"] = connection
    return config
