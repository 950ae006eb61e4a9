"""The typed events of one chat turn, and their order: the contract that every wire format maps.

::

    route (status text* block* citation*)* approval? (done | error)

``approval`` says that the turn waits for the slayer's yes or no; their answer begins the turn's next part, with a route of
its own.
``route`` comes once, first. Then each specialist that acts says its status, its words as they form, its blocks and its
citations. ``done`` carries the whole answer, so a client may ignore everything before it.
"""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from agents.planner.plan import Specialist
from hashiramart.blocks import ApprovalBlock, Citation
from hashiramart.errors import HashiraError

Engine = Literal["embedded", "llm", "mixed"]


class RouteEvent(BaseModel):
    """Which specialists will act, in order."""

    kind: Literal["route"] = "route"
    thread_id: uuid.UUID
    turn_id: uuid.UUID
    route: list[Specialist]


class StatusEvent(BaseModel):
    """What a specialist is doing."""

    kind: Literal["status"] = "status"
    specialist: Specialist
    text: str


class TextEvent(BaseModel):
    """More words of the reply."""

    kind: Literal["text"] = "text"
    specialist: Specialist | None
    delta: str


class BlockEvent(BaseModel):
    """Something to show beside the text; ``block`` is one of ``hashiramart.blocks``."""

    kind: Literal["block"] = "block"
    block: dict[str, Any]


class CitationEvent(Citation):
    """Where the sentences marked ``[n]`` come from."""

    kind: Literal["citation"] = "citation"


class ApprovalEvent(ApprovalBlock):
    """The turn waits for the slayer's yes or no."""

    kind: Literal["approval"] = "approval"


class ChatAnswer(BaseModel):
    """The whole answer to one message."""

    thread_id: uuid.UUID
    turn_id: uuid.UUID = Field(
        description="The turn's id, and its correlation id: of the header X-Correlation-ID, in the log, and of its trace."
    )
    reply: str = Field(description="Markdown, with [n] where a citation belongs.")
    route: list[Specialist] = Field(description="The specialists that acted, in order.")
    citations: list[Citation]
    blocks: list[dict[str, Any]] = Field(description="What to show beside the text, told apart by `type`.")
    engine: Engine = Field(description="Which path answered: the language model, the embedded one, or some of both.")
    approval: ApprovalBlock | None = Field(None, description="What waits for the slayer's yes or no.")


class DoneEvent(ChatAnswer):
    """The turn is over; the whole answer."""

    kind: Literal["done"] = "done"


class ErrorEvent(BaseModel):
    """The turn ended without an answer. ``cause`` is for the wire formats to tell one problem from another."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    kind: Literal["error"] = "error"
    detail: str
    correlation_id: str
    cause: Annotated[HashiraError | None, SkipValidation] = Field(None, exclude=True)


TurnEvent = RouteEvent | StatusEvent | TextEvent | BlockEvent | CitationEvent | ApprovalEvent | DoneEvent | ErrorEvent
