"""A real running shop for tests: embedded PostgreSQL, manuals, a trained champion, and the API on a free port.

Filling the library and training take half a minute, so they are done once per test run, in a folder that the workers share, and
copied from there. A worker's database is always its own.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from filelock import FileLock

from agents.breaker import Breaker
from agents.turn import Agents
from api.main import create_app
from cli.prepare import prepare
from hashiramart.config import Settings
from hashiramart.db import Database, EmbeddedPostgres, open_database
from ml.champion import fetch_champion
from tests.library import copy_library

_COPIED = ("chroma", "mlflow", "models")


@dataclass
class RunningShop:
    """A shop that answers at ``url``."""

    url: str
    settings: Settings
    database: Database
    app: FastAPI
    clients: ExitStack

    def breaker(self) -> Breaker:
        """The language model's circuit breaker."""
        agents: Agents = self.app.state.agents
        return agents.model.breaker

    def client(self) -> httpx.Client:
        """A client without a session; closed with the shop."""
        return self.clients.enter_context(httpx.Client(base_url=self.url, timeout=30))

    def slayer(self, handle: str, **profile: object) -> httpx.Client:
        """A client signed in as a newly registered slayer."""
        client = self.client()
        body = {"handle": handle, "password": "wisteria-night", "name": handle.title(), "breathing_style": "Water"}
        answer = client.post("/auth/register", json={**body, **profile})
        answer.raise_for_status()
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return client


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def prepared_home(home: Path, shared: Path, kept: Path) -> Path:
    """Fill ``home`` with manuals and a champion.

    Args:
        home: an empty state folder.
        shared: folder that the workers of this test run share; the first one to come prepares there for all.
        kept: where the embedded library is kept between test runs (``tests.library``).
    """
    template = shared / "prepared"
    with FileLock(shared / "prepared.lock"):
        if not (template / "done").exists():
            settings = Settings(home=home)
            copy_library(kept, home)
            with open_database(settings, force_stop=True) as database:
                prepare(settings, database, lambda _what, _done: None)
            fetch_champion(settings)  # onto the disk: the registry's own files stay behind in this home
            shutil.rmtree(template, ignore_errors=True)
            template.mkdir()
            for name in _COPIED:
                shutil.copytree(home / name, template / name)
            (template / "done").touch()
            return home
    for name in _COPIED:
        shutil.copytree(template / name, home / name, dirs_exist_ok=True)
    return home


@contextmanager
def running(settings: Settings) -> Iterator[RunningShop]:
    """Serve a prepared home until the block ends."""
    with open_database(settings, force_stop=True) as database:
        prepare(settings, database, lambda _what, _done: None)
        with serving(settings, database) as shop:
            yield shop


@contextmanager
def serving(settings: Settings, database: Database) -> Iterator[RunningShop]:
    """Serve whatever is there until the block ends."""
    settings = settings.model_copy(update={"port": free_port()})
    app = create_app(settings, database)
    server = uvicorn.Server(uvicorn.Config(app, port=settings.port, log_level="warning", lifespan="on"))
    ready = threading.Event()
    thread = threading.Thread(target=_serve, args=(server, ready), daemon=True)
    thread.start()
    try:
        assert ready.wait(120), "the API did not start in time"
        assert server.started, "the API did not start"
        with ExitStack() as clients:
            yield RunningShop(f"http://127.0.0.1:{settings.port}", settings, database, app, clients)
    finally:
        server.should_exit = True
        thread.join(20)
        with warnings.catch_warnings():
            # A connection that ends while uvicorn's loop closes leaves its socket to the collector: have it done here.
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


def _serve(server: uvicorn.Server, ready: threading.Event) -> None:
    startup = server.startup

    async def announced(sockets: list[socket.socket] | None = None) -> None:
        await startup(sockets)
        ready.set()

    server.startup = announced  # type: ignore[method-assign]
    try:
        server.run()
    finally:
        ready.set()


START_SECONDS = 180


def environment(home: Path, port: int) -> dict[str, str]:
    """The environment of a ``hashira`` process with a state folder and a port of its own."""
    return {**os.environ, "HASHIRA_HOME": str(home), "HASHIRA_PORT": str(port)}


def quick_bench(name: str, home: Path, reports: Path) -> subprocess.CompletedProcess[str]:
    """``hashira bench NAME --quick --json`` with a state folder of its own, its report written to ``reports``."""
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "bench", name, "--quick", "--json", "--report", str(reports)],
        env=environment(home, 8000),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


@contextmanager
def up(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """``hashira up`` as a process, until it answers; killed afterwards if it still runs."""
    command = [sys.executable, "-m", "cli.main", "up"]
    with (home / "up.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment(home, port), stdout=log, stderr=log)
    try:
        _until_ready(process, port, home)
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(30)


def _until_ready(process: subprocess.Popen[bytes], port: int, home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, (home / "up.log").read_text()
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)  # another process starts: there is nothing to be told by
    raise AssertionError("the shop did not open: " + (home / "up.log").read_text())


def stop_leftover_database(home: Path) -> None:
    """Stop the server of a home whose shop was killed: it goes on running until someone joins it."""
    left = EmbeddedPostgres(home)
    left.start()
    left.stop(force=True)
