"""The worker: a process without rights worth having that turns bytes into Markdown, one file after another.

It reads ``{"kind", "size"}`` on a line of standard input and then the bytes, and answers with eight bytes of length and a
JSON object: ``{"text", "front"}``, or ``{"refused"}`` with a sentence. It opens no file of its own, may write none,
and ends with the pipe.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from typing import BinaryIO

from hashiramart.errors import InvalidInput
from knowledge.readers.parse import parse

TOO_MUCH_MEMORY = "The file needs more memory than a document may."
TOO_DEEP = "The file is nested too deeply."


def main(memory: int, seconds: int) -> None:
    """Serve until standard input ends. ``memory`` in bytes of address space, ``seconds`` for one file."""
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 (a device)
        os.dup2(nowhere.fileno(), 1)  # a library that prints must not speak in the answers
    _restrict(memory)
    while (header := sys.stdin.buffer.readline()) != b"":
        _limit_time(seconds)
        request = json.loads(header)
        answer = json.dumps(_answer(request["kind"], _exactly(sys.stdin.buffer, request["size"]))).encode()
        answers.write(len(answer).to_bytes(8, "big") + answer)
        answers.flush()


def _answer(kind: str, raw: bytes) -> dict[str, object]:
    try:
        text, front = parse(kind, raw)
    except InvalidInput as error:
        return {"refused": error.message, "field": error.field}
    except MemoryError:
        return {"refused": TOO_MUCH_MEMORY}
    except RecursionError:
        return {"refused": TOO_DEEP}
    except Exception as error:  # noqa: BLE001 (any fault of a library on a hostile file is a reason to refuse that file)
        return {"refused": f"The file cannot be read: it is damaged ({type(error).__name__})."}
    return {"text": text, "front": front}


def _exactly(stream: BinaryIO, size: int) -> bytes:
    raw = stream.read(size)
    if len(raw) < size:
        raise SystemExit(0)  # the parent has gone
    return raw


def _restrict(memory: int) -> None:
    """Take away what the system lets us: address space, writing, opening much, core dumps. Windows has none of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    try:
        import resource
    except ImportError:
        return
    wanted = {"RLIMIT_AS": memory, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": 64, "RLIMIT_CORE": 0}
    for name, most in wanted.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(getattr(resource, name), (most, most))


def _limit_time(seconds: int) -> None:
    """End by ourselves should the parent be killed while a file turns us in circles."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
