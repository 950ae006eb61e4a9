"""A shop for load and faults: an embedded PostgreSQL in a temporary folder, and API and worker as processes that may be killed.

It has a catalogue and nothing else: no manuals, no champion, nothing of the user's own shop, whose settings it is not handed.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from pydantic import AliasChoices

from evals.load.unhurried import PLENTY
from hashiramart import catalog
from hashiramart.config import Settings
from hashiramart.db import Database, connect, migrate
from hashiramart.errors import HashiraError, SetupError
from hashiramart.postgres import EmbeddedPostgres

_START_S = 180
_POSTGRES_S = 60
_LOOK_S = 0.05


@dataclass(frozen=True)
class Started:
    """A process of the shop, and what it writes."""

    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """SIGKILL: whatever it was doing is cut off."""
        self.process.kill()
        self.process.wait()


class LoadShop:
    """The shop. ``home`` is its folder, ``port`` where the API listens."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        self._postgres = EmbeddedPostgres(home)
        self._api: subprocess.Popen[bytes] | None = None
        self._worker: subprocess.Popen[bytes] | None = None
        self._others: list[Started] = []
        self._database: Database | None = None
        self._address = ""

    @property
    def database(self) -> Database:
        """The bench's own way in."""
        assert self._database is not None
        return self._database

    def open(self) -> None:
        """Start PostgreSQL, make the schema and put the catalogue on the shelves."""
        self._address = self._postgres.start()
        self._database = connect(self._address, pool_size=2)
        migrate(self._database)
        with self._database.service() as session:
            catalog.stock_shelves(session)

    @property
    def log(self) -> Path:
        """What the API wrote."""
        return self.home / "api.log"

    def environment(self, **settings: str) -> dict[str, str]:
        """The environment of a process of this shop; ``settings`` by the names of their variables."""
        own = {
            "HASHIRA_HOME": str(self.home),
            "HASHIRA_PORT": str(self.port),
            **{f"HASHIRA_{name.upper()}": str(value) for name, value in PLENTY.items()},
            "DATABASE_URL": self._address,  # given an address, the process neither owns nor stops the server
        }
        return _without_settings() | own | settings

    def start_api(self, **settings: str) -> None:
        """Start the API, and wait until it answers; ``settings`` as of ``environment``.

        Raises:
            SetupError: it ended, or did not answer in time.
        """
        self._api = self._start(self.log, ["serve"], settings)
        deadline = time.monotonic() + _START_S
        while not self._answers():
            if self._api.poll() is not None or time.monotonic() > deadline:
                raise SetupError(f"The API of the load did not start: {self.log_tail()}")
            time.sleep(_LOOK_S)

    def hashira(self, *arguments: str, **settings: str) -> str:
        """Run a command of ``hashira`` in this shop to its end; what it wrote on standard output.

        Raises:
            HashiraError: it failed; the message ends with what it said.
        """
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", *arguments],
            env=self.environment(**settings),
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise HashiraError(f"hashira {arguments[0]} failed: {' '.join(done.stderr.strip().splitlines()[-3:])}")
        return done.stdout

    @property
    def api_mb(self) -> float:
        """Megabytes that the API holds in memory."""
        assert self._api is not None
        return float(psutil.Process(self._api.pid).memory_info().rss / 2**20)

    def kill_api(self) -> None:
        """SIGKILL: whatever it was doing is cut off."""
        if self._api is not None:
            self._api.kill()
            self._api.wait()
            self._api = None

    def start_worker(self, **settings: str) -> None:
        """Start the worker, and return at once; ``settings`` as of ``environment``."""
        self._worker = self._start(self.home / "worker.log", ["worker"], settings)

    @property
    def worker_lives(self) -> bool:
        """Whether it was started and still runs."""
        return self._worker is not None and self._worker.poll() is None

    def kill_worker(self) -> None:
        """SIGKILL, as to the API."""
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()
            self._worker = None

    def start(self, *arguments: str, **settings: str) -> Started:
        """Start a command of ``hashira`` besides, and return at once; it is killed with the shop at the latest."""
        log = self.home / f"{arguments[0]}-{len(self._others)}.log"
        self._others.append(Started(self._start(log, arguments, settings), log))
        return self._others[-1]

    def crash_postgres(self, way: signal.Signals = signal.SIGQUIT) -> None:
        """End the server as in a power cut; its log brings it back. SIGQUIT is what ``pg_ctl stop -m immediate`` sends."""
        data = (self.home / "postgres").resolve()
        with suppress(FileNotFoundError, psutil.NoSuchProcess):
            server = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
            if Path(server.cwd()) == data:  # not another program that has got the number of a server long gone
                server.send_signal(way)
                server.wait(_POSTGRES_S)

    def restart_postgres(self) -> None:
        """Start the server again after a crash.

        Raises:
            SetupError: it does not come back.
        """
        deadline = time.monotonic() + _POSTGRES_S
        while True:
            again = EmbeddedPostgres(self.home)
            try:
                again.start()
            except SetupError:  # a backend of the crashed server may still be going
                if time.monotonic() > deadline:
                    raise
                time.sleep(_LOOK_S)
                continue
            self._postgres.stop()  # the old handle; the server stays with the new one
            self._postgres = again
            return

    def close(self) -> None:
        """End everything that was started."""
        self.kill_api()
        self.kill_worker()
        for process in self._others:
            process.kill()
        if self._database is not None:
            self._database.close()
        self._postgres.stop(force=True)
        self.crash_postgres()  # when Ctrl-C came in the middle of its start

    def log_tail(self, lines: int = 15) -> str:
        """The end of what the API wrote."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def _start(self, log_file: Path, command: Sequence[str], settings: dict[str, str]) -> subprocess.Popen[bytes]:
        with log_file.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "cli.main", *command],
                env=self.environment(**settings),
                cwd=self.home,  # where no .env of the user lies
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is for the bench
            )

    def _answers(self) -> bool:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=2) as answer,
        ):
            return bool(answer.status == 200)
        return False


@contextmanager
def load_shop() -> Iterator[LoadShop]:
    """A shop whose API is not started yet; all of it is gone afterwards, also after Ctrl-C."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hm-", ignore_cleanup_errors=True))
        shop = LoadShop(Path(folder))
        stack.callback(shop.close)
        shop.open()
        yield shop


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _without_settings() -> dict[str, str]:
    """Our environment as a child inherits it, less everything that configures a shop."""
    names: set[str] = set()
    for field, info in Settings.model_fields.items():
        alias = info.validation_alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [f"HASHIRA_{field}"]
        names |= {str(choice).upper() for choice in choices}
    inherited = os.environ  # noqa: TID251 - handed on, not read
    return {name: value for name, value in inherited.items() if name.upper() not in names}
