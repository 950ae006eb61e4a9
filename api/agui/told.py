"""What a client has heard of a turn so far.

It goes out as the ``id`` of each server-sent event, and comes back as ``Last-Event-ID`` from a client whose connection broke: so
any process of the shop can tell the rest, from the record if need be. AG-UI clients that know nothing of it ignore it.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import astuple, dataclass
from typing import Any

_MARK = re.compile(r"([0-3])\.(\d{1,6})\.(\d{1,6})\.(\d{1,6})\.(\d{1,9})\.(\d{1,10})\.([01])\.([01])\.([a-z]{0,20})")


@dataclass
class Told:
    """How far the telling has come.

    Attributes:
        opened: 0 nothing yet, 1 the run's start, 2 its state too, 3 its end.
        statuses: how many status lines.
        blocks: how many blocks.
        citations: how many citations.
        text: characters of the answer.
        check: CRC-32 of those characters. A turn that another process took up may have come to other words.
        speaking: 1 while the text message is open.
        asked: 1 when the question for a yes or no was told.
        step: the specialist whose step is open, or empty.
    """

    opened: int = 0
    statuses: int = 0
    blocks: int = 0
    citations: int = 0
    text: int = 0
    check: int = 0
    speaking: int = 0
    asked: int = 0
    step: str = ""

    @classmethod
    def of(cls, text: str) -> Told:
        """A client that has these words of the answer, and nothing else for sure."""
        return cls(text=len(text), check=crc(text))

    @classmethod
    def read(cls, mark: str | None) -> Told | None:
        """What a mark says; None where it is none."""
        found = _MARK.fullmatch(mark or "")
        if found is None:
            return None
        *numbers, step = found.groups()
        values: list[Any] = [*map(int, numbers), step]
        return cls(*values)

    def mark(self) -> str:
        """Everything, as one word."""
        return ".".join(map(str, astuple(self)))


def crc(text: str, before: int = 0) -> int:
    """CRC-32 of a text that follows on one whose CRC-32 is ``before``."""
    return zlib.crc32(text.encode(), before)
