"""How ``hashira`` talks: people get Rich on standard error and tables, programs get JSON on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from hashiramart.errors import HashiraError

if TYPE_CHECKING:
    from rich.console import Console

    from hashiramart.config import Settings

EXIT_FAILED = 1  # it ran, and the answer is no: a bound missed, a part missing
EXIT_USAGE = 2  # it could not run as asked


def out() -> Console:
    """Where results for people go."""
    from rich.console import Console

    return Console()


def err() -> Console:
    """Where progress and complaints go."""
    from rich.console import Console

    return Console(stderr=True)


def print_json(data: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, default=str) + "\n")


def fail(message: str, *, code: int = EXIT_FAILED) -> NoReturn:
    """Say what is wrong and stop."""
    err().print(f"[bold red]✗[/] {message}", highlight=False)
    raise typer.Exit(code)


@contextmanager
def explained() -> Iterator[None]:
    """Turn our own errors into a sentence and an exit code."""
    try:
        yield
    except HashiraError as error:
        field = getattr(error, "field", None)
        fail(f"{field}: {error.message}" if field else error.message)


def sigterm_is_ctrl_c() -> None:
    """Have this process end on SIGTERM as it does on Ctrl-C, so that what it started ends with it."""
    import signal

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def address(settings: Settings) -> str:
    """Where a browser on this machine finds the shop."""
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 - compared, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
