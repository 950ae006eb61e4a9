"""Open the whole shop on one machine with everything embedded, and close it cleanly."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from cli.console import address, err, fail, out, sigterm_is_ctrl_c
from cli.prepare import Progress, prepare
from hashiramart.config import Settings
from hashiramart.db import open_database

_WORKER_STOP_SECONDS = 10


def run(settings: Settings) -> None:
    """``hashira up``."""
    settings.check_production()
    settings.home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.home / "up.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        err().print(f"The shop is open already on {settings.home}: {_running_address(settings)}", highlight=False)
        return
    try:
        _check_port(settings)
        _open(settings)
    except KeyboardInterrupt:
        err().print("\nClosed.", highlight=False)
    finally:
        (settings.home / "up.json").unlink(missing_ok=True)
        lock.release()


def _open(settings: Settings) -> None:
    sigterm_is_ctrl_c()
    progress = Progress()
    with progress:
        progress.tell("Opening the database", 0)
        with open_database(settings, force_stop=True) as database:
            prepare(settings, database, progress.tell)
            progress.tell("Calling the specialists", 0)
            from cli.serve import serve

            def ready() -> None:
                progress.tell("Calling the specialists", 1)
                progress.__exit__()
                (settings.home / "up.json").write_text(json.dumps({"address": address(settings)}))
                out().print(f"\n  🗡️  HashiraMart is open at [bold]{address(settings)}[/]\n", highlight=False)
                err().print("  Ctrl-C closes it.\n", highlight=False)

            with _worker(settings):
                started = serve(settings, database, ready)
    if not started:
        fail("The API did not start; the lines above say why.")
    err().print("Closed.", highlight=False)


@contextmanager
def _worker(settings: Settings) -> Iterator[None]:
    """The background worker as a process of its own: painting must not slow the chat down."""
    log = (settings.home / "worker.log").open("ab")
    command = [sys.executable, "-m", "cli.main", "worker", "--parent", str(os.getpid())]
    # A session of its own: Ctrl-C in the terminal is for us, and we stop the worker when the API is done with it.
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(_WORKER_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        log.close()


def _running_address(settings: Settings) -> str:
    with suppress(OSError, ValueError, KeyError):
        return str(json.loads((settings.home / "up.json").read_text())["address"])
    return "it is still starting"


def _check_port(settings: Settings) -> None:
    """Fail early and plainly when another program listens where we want to."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            fail(
                f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). Is another program there? "
                "Choose another port with --port or HASHIRA_PORT."
            )
