"""What a tool may use. None of it can be seen or set by a model: identity, time and keys come from here."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from procrastinate import App
from pydantic import BaseModel

from hashiramart.config import Settings
from hashiramart.db import Database
from tools.shelves import Shelves

if TYPE_CHECKING:
    from knowledge.store import Library
    from tools.champion import Champion


@dataclass(frozen=True)
class Shop:
    """The open services of one process, wired once when it starts."""

    settings: Settings
    database: Database
    library: Library
    champion: Champion
    queue: App
    shelves: Shelves = field(default_factory=Shelves)


@dataclass(frozen=True)
class ToolDeps:
    """One call's surroundings.

    Attributes:
        shop: the open services.
        caller: the slayer on whose behalf the tool acts.
        now: the time of the call, with a zone.
        key: unique per intended effect (``thread:turn:step``), so that a repeated call writes once.
        emit: shows a block on the slayer's screen.
        agreed_price: coins that the slayer has said yes to; None where nothing was offered.
        count: called before each tool runs; it may refuse with a ``ToolError``.
    """

    shop: Shop
    caller: uuid.UUID
    now: datetime
    key: str
    emit: Callable[[BaseModel], None]
    agreed_price: int | None = None
    count: Callable[[], None] = lambda: None
