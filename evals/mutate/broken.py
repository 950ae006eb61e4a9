"""``hashira`` as a process of a broken product: ``python -m evals.mutate.broken MUTATION COMMAND…``.

Suites that attack or load a shop run its API as a process of its own, which a patch in theirs does not reach.
"""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from evals.load import shop
from evals.mutate import mutations
from evals.mutate.mutation import Mutation

_SOUND = ["-m", "cli.main"]


@contextmanager
def broken(mutation: Mutation) -> Iterator[None]:
    """Break the product in this process and in those of shops that are started from it, until the block ends."""

    def start(command: list[str], **named: Any) -> subprocess.Popen[Any]:
        if command[1:3] == _SOUND:
            command = [command[0], "-m", __name__, mutation.name, *command[3:]]
        return subprocess.Popen(command, **named)

    with mutation.apply(), patch.object(shop, "subprocess", _Instead(start)):
        yield


class _Instead:
    """The module ``subprocess`` with another ``Popen``."""

    def __init__(self, popen: Any) -> None:
        self.Popen = popen

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)


def main(arguments: list[str]) -> None:
    """Break the product, then run ``hashira`` with what is left of the arguments."""
    name, *rest = arguments
    (mutation,) = mutations.chosen([name], quick=False)
    sys.argv = ["hashira", *rest]
    with mutation.apply():
        runpy.run_module("cli.main", run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
