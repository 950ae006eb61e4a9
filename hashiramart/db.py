"""PostgreSQL: the external one that is configured, or the embedded one in the state folder.

``open_database(settings)`` is a context manager; inside it, ``Database.session(caller)`` opens a transaction that sees the rows
of one slayer (``hashiramart/roles.py``). Three kinds of tables
live in one database: ours (schema ``public``, migrated by Alembic), LangGraph's checkpoints (schema ``langgraph``) and
Procrastinate's jobs (schema ``procrastinate``).
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psycopg
import psycopg_pool
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from hashiramart import roles
from hashiramart.config import Settings
from hashiramart.errors import DatabaseAway, SetupError, Unauthenticated, Unavailable
from hashiramart.postgres import DATABASE, EmbeddedPostgres

__all__ = ["DATABASE", "Database", "EmbeddedPostgres", "act_for", "connect", "migrate", "open_database"]

_MIGRATION_LOCK = 7_461_001
_SCHEME = re.compile(r"^postgres(ql)?(\+\w+)?(?=://)")


T = TypeVar("T")

_PLAIN = {"connect_timeout": 5, "autocommit": True}
_STEADY_S = 2.0
_UNFOUND = (NoResultFound, StaleDataError, IntegrityError)
_BROKEN = (OperationalError, PoolTimeout, psycopg.OperationalError, psycopg_pool.PoolTimeout)


@dataclass(frozen=True)
class Database:
    """An open database, reached in one of the roles of ``hashiramart.roles``.

    Attributes:
        conninfo: the owner's libpq address. For migrations, and the start of every other.
        app: connections of the application role.
        service_engine: connections of the service role.
        pool: plain psycopg connections of the application role in autocommit mode, for the busiest paths.
    """

    conninfo: str
    app: Engine
    service_engine: Engine
    pool: ConnectionPool[psycopg.Connection[TupleRow]]

    @contextmanager
    def session(self, caller: uuid.UUID | None) -> Iterator[Session]:
        """One transaction of the application role: committed when the block ends well, rolled back when it raises.

        Args:
            caller: the slayer whose rows it sees and may write; None sees nobody's, only what is everybody's.

        Raises:
            Unavailable: PostgreSQL cannot be reached, or all connections stay busy.
            Unauthenticated: the slayer has left since they were named.
        """
        try:
            with _transaction(self.app) as session:
                act_for(session, caller)
                yield session
        except _UNFOUND as error:
            self._say_if_gone(caller, error)
            raise

    @contextmanager
    def service(self) -> Iterator[Session]:
        """One transaction of the service role, which sees every slayer's rows: for the worker and the shop's own commands."""
        with _transaction(self.service_engine) as session:
            yield session

    @contextmanager
    def connection(self, caller: uuid.UUID | None) -> Iterator[psycopg.Connection[TupleRow]]:
        """Like ``session``, as a plain psycopg connection.

        Raises:
            Unavailable: PostgreSQL cannot be reached, or all connections stay busy.
            Unauthenticated: the slayer has left since they were named.
        """
        try:
            with self.plain() as connection, connection.transaction():
                if caller is not None:
                    connection.execute(roles.ACT_FOR, [str(caller)])
                yield connection
        except psycopg.errors.ForeignKeyViolation as error:
            self._say_if_gone(caller, error)
            raise

    @contextmanager
    def plain(self) -> Iterator[psycopg.Connection[TupleRow]]:
        """A psycopg connection of the application role in autocommit mode, bound to no slayer: each statement is a transaction.

        Raises:
            Unavailable: PostgreSQL cannot be reached, or all connections stay busy.
        """
        try:
            if self.pool.closed:
                self.pool.open()
            with self.pool.connection() as connection:
                yield connection
        except _BROKEN as error:
            raise DatabaseAway from error

    def steadily(self, work: Callable[[], T]) -> T:
        """What ``work`` returns, tried again when the database was away for a moment: for what may safely run more than once.

        After a restart of the server, the pool still hands out connections of the old one, and may even be adding one.

        Raises:
            Unavailable: it stays away.
        """
        give_up = time.monotonic() + _STEADY_S
        while True:
            try:
                return work()
            except Unavailable:
                if time.monotonic() > give_up:  # it waited for a connection in vain
                    raise
            self.pool.check()

    def _say_if_gone(self, caller: uuid.UUID | None, cause: Exception) -> None:
        """A slayer may leave between the moment a request is let in and the moment it writes."""
        if caller is not None:
            with _transaction(self.app) as session:
                act_for(session, caller)
                if session.connection().exec_driver_sql("SELECT 1 FROM slayers").first() is None:
                    raise Unauthenticated("This slayer is no longer with us.") from cause

    def conninfo_for(self, schema: str) -> str:
        """The service role's libpq address with ``schema`` as its search path: for libraries that keep tables of their own."""
        address = roles.sign_in_as(self.conninfo, "service")
        options = psycopg.conninfo.conninfo_to_dict(address).get("options") or ""
        return psycopg.conninfo.make_conninfo(address, options=f"{options} -c search_path={schema}".strip())

    def close(self) -> None:
        """Close the connections."""
        self.pool.close()
        self.app.dispose()
        self.service_engine.dispose()


def act_for(session: Session, slayer_id: uuid.UUID | None) -> None:
    """Bind a session's transaction to a slayer from here on, as when one has just signed in or been made."""
    session.connection().exec_driver_sql(roles.ACT_FOR, (str(slayer_id) if slayer_id else "",))


@contextmanager
def _transaction(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except _BROKEN as error:
            session.rollback()
            raise DatabaseAway from error
        except BaseException:
            session.rollback()
            raise


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
    """Make a ``Database`` for the owner's address; connects lazily.

    Args:
        conninfo: ``postgresql://...``, with or without a SQLAlchemy driver suffix.
        pool_size: connections of the application kept; twice as many more under load.

    Raises:
        SetupError: this is not the address of a PostgreSQL.
    """
    plain = _libpq(conninfo)
    app = roles.sign_in_as(plain, "app")
    return Database(
        conninfo=plain,
        app=_engine(app, pool_size),
        service_engine=_engine(roles.sign_in_as(plain, "service"), 2),
        pool=ConnectionPool(app, min_size=0, max_size=pool_size, timeout=5, open=False, kwargs=_PLAIN),
    )


def _engine(conninfo: str, pool_size: int) -> Engine:
    return create_engine(
        "postgresql+psycopg://",
        connect_args={**psycopg.conninfo.conninfo_to_dict(conninfo), "connect_timeout": 5},
        pool_size=pool_size,
        max_overflow=pool_size * 2,
        pool_pre_ping=True,
    )


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
            database.close()
    finally:
        if embedded:
            embedded.stop(force=force_stop)


def migrate(database: Database) -> None:
    """Bring roles and schema up to date: our tables and the job queue's. Safe to call from several processes at once.

    Raises:
        SetupError: the database cannot be reached, refuses, or belongs to a newer version.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    owner = _engine(database.conninfo, 1)
    try:
        with psycopg.connect(database.conninfo, autocommit=True, connect_timeout=10) as guard:
            guard.execute("SELECT pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
            roles.ensure_roles(guard)
            with owner.connect() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
            _apply_job_schema(database)
    except (psycopg.OperationalError, OperationalError) as error:
        raise SetupError(f"The database cannot be reached: {_first_line(error)}") from error
    except (psycopg.Error, DBAPIError) as error:
        raise SetupError(f"The database refuses the migration: {_first_line(error)}") from error
    except CommandError as error:
        raise SetupError(f"The database does not fit this version of HashiraMart: {_first_line(error)}") from error
    finally:
        owner.dispose()


def _first_line(error: Exception) -> str:
    driver_error = error.orig if isinstance(error, DBAPIError) else error
    return str(driver_error).strip().splitlines()[0]


def _apply_job_schema(database: Database) -> None:
    from procrastinate import App, SyncPsycopgConnector

    with psycopg.connect(database.conninfo) as connection:
        row = connection.execute("SELECT to_regclass('procrastinate.procrastinate_jobs')").fetchone()
    if row and row[0]:
        return
    address = psycopg.conninfo.make_conninfo(database.conninfo, options="-c search_path=procrastinate")
    with App(connector=SyncPsycopgConnector(conninfo=address)).open() as app:
        app.schema_manager.apply_schema()
