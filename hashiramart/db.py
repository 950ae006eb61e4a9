"""PostgreSQL: the external one that is configured, or the embedded one in the state folder.

``open_database(settings)`` is a context manager; inside it, ``Database.session()`` opens a transaction. Three kinds of tables
live in one database: ours (schema ``public``, migrated by Alembic), LangGraph's checkpoints (schema ``langgraph``) and
Procrastinate's jobs (schema ``procrastinate``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from hashiramart.config import Settings
from hashiramart.errors import SetupError, Unavailable
from hashiramart.postgres import DATABASE, EmbeddedPostgres

__all__ = ["DATABASE", "Database", "EmbeddedPostgres", "connect", "migrate", "open_database"]

_MIGRATION_LOCK = 7_461_001
_SCHEME = re.compile(r"^postgres(ql)?(\+\w+)?(?=://)")


@dataclass(frozen=True)
class Database:
    """An open database. ``conninfo`` is for libpq clients, ``engine`` for SQLModel."""

    conninfo: str
    engine: Engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed when the block ends well, rolled back when it raises.

        Raises:
            Unavailable: PostgreSQL cannot be reached, or all connections stay busy.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
            except (OperationalError, PoolTimeout) as error:
                session.rollback()
                raise Unavailable("The database cannot be reached at the moment.") from error
            except BaseException:
                session.rollback()
                raise

    def conninfo_for(self, schema: str) -> str:
        """The libpq address with ``schema`` as its search path, beside the options it has."""
        options = psycopg.conninfo.conninfo_to_dict(self.conninfo).get("options") or ""
        return psycopg.conninfo.make_conninfo(self.conninfo, options=f"{options} -c search_path={schema}".strip())


def _libpq(url: str) -> str:
    """The address without SQLAlchemy's driver suffix; the rest stays as it is written (SQLAlchemy would escape blanks as +)."""
    advice = "DATABASE_URL is not an address such as postgresql://user:password@host:5432/name."
    plain, known = _SCHEME.subn("postgresql", url)
    if not known:
        raise SetupError(advice)
    try:
        make_url(plain)
        psycopg.conninfo.conninfo_to_dict(plain)
    except Exception as error:
        raise SetupError(advice) from error
    return plain


def connect(conninfo: str, *, pool_size: int = 10) -> Database:
    """Make a ``Database`` for an address; connects lazily.

    Args:
        conninfo: ``postgresql://...``, with or without a SQLAlchemy driver suffix.
        pool_size: connections kept; twice as many more under load.

    Raises:
        SetupError: this is not the address of a PostgreSQL.
    """
    plain = _libpq(conninfo)
    engine = create_engine(
        make_url(plain).set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=pool_size * 2,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5},
    )
    return Database(conninfo=plain, engine=engine)


@contextmanager
def open_database(settings: Settings, *, force_stop: bool = False) -> Iterator[Database]:
    """Open the configured or the embedded database, migrated to the newest schema.

    Args:
        settings: where the database is.
        force_stop: on leaving, stop the embedded server even if other processes use it (``hashira up`` owns it).
    """
    embedded = EmbeddedPostgres(settings.home) if settings.database_url is None else None
    conninfo = embedded.start() if embedded else str(settings.database_url)
    try:
        database = connect(conninfo)
        try:
            migrate(database)
            yield database
        finally:
            database.engine.dispose()
    finally:
        if embedded:
            embedded.stop(force=force_stop)


def migrate(database: Database) -> None:
    """Bring the schema up to date: our tables and the job queue's. Safe to call from several processes at once.

    Raises:
        SetupError: the database cannot be reached, refuses, or belongs to a newer version.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        with psycopg.connect(database.conninfo, autocommit=True, connect_timeout=10) as guard:
            guard.execute("SELECT pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
            with database.engine.connect() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
            for schema in ("langgraph", "procrastinate"):
                guard.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
            _apply_job_schema(database)
    except (psycopg.OperationalError, OperationalError) as error:
        raise SetupError(f"The database cannot be reached: {_first_line(error)}") from error
    except (psycopg.Error, DBAPIError) as error:
        raise SetupError(f"The database refuses the migration: {_first_line(error)}") from error
    except CommandError as error:
        raise SetupError(f"The database does not fit this version of HashiraMart: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    driver_error = error.orig if isinstance(error, DBAPIError) else error
    return str(driver_error).strip().splitlines()[0]


def _apply_job_schema(database: Database) -> None:
    from procrastinate import App, SyncPsycopgConnector

    with psycopg.connect(database.conninfo) as connection:
        row = connection.execute("SELECT to_regclass('procrastinate.procrastinate_jobs')").fetchone()
    if row and row[0]:
        return
    with App(connector=SyncPsycopgConnector(conninfo=database.conninfo_for("procrastinate"))).open() as app:
        app.schema_manager.apply_schema()
