"""What every test may use: a clean environment, one PostgreSQL a worker, and a shop with a slayer in it.

``database`` is the real, migrated PostgreSQL, empty at the start of each test; ``stocked`` puts the catalogue on the shelves;
``slayer`` is a registered Water slayer with a first weapon on loan; ``settings`` are the worker's own, in embedded mode, so
that an API started with them joins the same server.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from pydantic import AliasChoices

from hashiramart.config import Settings, quiet_libraries

if TYPE_CHECKING:  # they take a second to import, which tests without a database need not pay
    from sqlmodel import Session

    from hashiramart.db import Database
    from hashiramart.models import Slayer, Weapon

# `pytest --hypothesis-profile=deep` looks longer.
hypothesis.settings.register_profile("make", max_examples=40, deadline=None)
hypothesis.settings.register_profile("deep", max_examples=1000, deadline=None)
hypothesis.settings.load_profile("make")

_ENVIRONMENT = pytest.StashKey[pytest.MonkeyPatch]()

# Tables of the libraries' own bookkeeping; everything else is what tests wrote.
_EMPTY_ALL_TABLES = """
SET LOCAL lock_timeout = '10s';
SET LOCAL session_replication_role = replica; -- no order of foreign keys to keep, no trigger of an append-only table
DO $$
DECLARE name regclass;
BEGIN
  FOR name IN
    SELECT oid FROM pg_class
    WHERE relkind = 'r' AND relname NOT IN ('alembic_version', 'checkpoint_migrations')
      AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'langgraph', 'procrastinate'))
  LOOP
    EXECUTE format('DELETE FROM %s', name); -- small tables: ten times faster than TRUNCATE
  END LOOP;
END $$
"""


def _environment_names() -> set[str]:
    """Every environment variable that ``Settings`` reads, as it is usually written."""
    names: set[str] = set()
    for field, info in Settings.model_fields.items():
        alias = info.validation_alias
        choices = [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else [f"HASHIRA_{field}"]
        names.update(spelled for choice in choices for spelled in (choice.upper(), choice.lower()))
    return names


def pytest_configure(config: pytest.Config) -> None:
    """Before any test module is imported: no developer's settings reach a test, and no library phones home."""
    patch = config.stash[_ENVIRONMENT] = pytest.MonkeyPatch()
    for name in _environment_names():
        patch.delenv(name, raising=False)
    patch.setattr(Settings, "model_config", {**Settings.model_config, "env_file": None})
    quiet_libraries(Settings())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give the environment back."""
    config.stash[_ENVIRONMENT].undo()


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """The worker's state folder. Not in pytest's own: a socket's path must be short, and nobody looks at it afterwards."""
    with temporary_home() as folder:
        yield folder


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A state folder with a short path, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hm-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    """Settings of a shop in embedded mode in the worker's state folder; ``model_copy(update=...)`` for others."""
    return Settings(home=home)


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[Database]:
    """The worker's PostgreSQL. Tests take ``database``, which cleans up after them."""
    import psycopg
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    from hashiramart import passwords
    from hashiramart.db import open_database

    with open_database(settings, force_stop=True) as opened, pytest.MonkeyPatch.context() as patch:
        with psycopg.connect(opened.conninfo, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # nothing here outlives a crash anyway
            connection.execute("SELECT pg_reload_conf()")
        # The real argon2 with the least work: registering takes 1 ms, not 100.
        quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
        patch.setattr(passwords, "_hasher", lambda: quick)
        yield opened


@pytest.fixture
def database(server: Database) -> Iterator[Database]:
    """The worker's PostgreSQL, migrated; what the test wrote is gone after it."""
    import psycopg

    yield server
    with psycopg.connect(server.conninfo) as owner:
        owner.execute(_EMPTY_ALL_TABLES)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that sees every row (the service's role) and is rolled back at the end."""
    from sqlmodel import Session

    with Session(database.service_engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def stocked(database: Database) -> list[Weapon]:
    """The opening catalogue, on the shelves; by slug."""
    from hashiramart import catalog

    with database.service() as session:
        catalog.stock_shelves(session)
        return catalog.all_weapons(session)


@pytest.fixture
def slayer(database: Database, stocked: list[Weapon]) -> Slayer:
    """Giyu of the Water Breathing: handle ``giyu``, password ``still-as-water``, UTC, a first weapon on loan."""
    from hashiramart.accounts import Registration, register

    profile = Registration(handle="giyu", password="still-as-water", name="Giyu", breathing_style="Water", level=20)
    with database.session(None) as session:
        return register(session, profile)
