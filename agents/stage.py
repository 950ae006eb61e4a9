"""A specialist's place on the stage during one step: what it says, shows and cites, in the contract's order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel

from agents.events import BlockEvent, CitationEvent, StatusEvent, TextEvent, TurnEvent
from agents.plain import joined, plain, plain_block
from agents.planner.plan import Specialist
from agents.state import TurnContext, TurnState
from hashiramart.blocks import Citation, wire
from tools.deps import ToolDeps

_MARKER = re.compile(r"\[(\d+)\]")


class Stage:
    """Collects one step's output and streams it. Blocks and citations wait until the words are said."""

    def __init__(self, specialist: Specialist, state: TurnState, write: Callable[[TurnEvent], None]) -> None:
        self.specialist = specialist
        self._write = write
        self._offset = len(state["citations"])
        self._first_step = not state["replies"]
        self._text: list[str] = []
        self._blocks: list[dict[str, Any]] = []
        self._citations: list[Citation] = []

    @property
    def next_citation(self) -> int:
        """The number that the first citation of this step gets."""
        return self._offset + 1

    def status(self, text: str) -> None:
        """Tell what is being done."""
        self._write(StatusEvent(specialist=self.specialist, text=text))

    def say(self, delta: str) -> None:
        """Stream more words: ``agents.plain`` words only. A word that ends one delta does not go on in the next."""
        delta = plain(joined(self._text[-1], delta) if self._text else delta)
        if not delta:
            return
        if not self._text and not self._first_step:
            delta = "\n\n" + delta  # a new paragraph after the specialist before
        self._text.append(delta)
        self._write(TextEvent(specialist=self.specialist, delta=delta))

    def heard(self, deltas: Sequence[str]) -> None:
        """Take over words that were streamed already."""
        self._text = [*deltas]

    def say_numbered(self, delta: str) -> None:
        """Stream words whose ``[n]`` count from 1, renumbered to follow the turn's earlier citations."""
        self.say(_MARKER.sub(lambda marker: f"[{int(marker[1]) + self._offset}]", delta))

    def show(self, block: BaseModel | dict[str, Any]) -> None:
        """Show a block once the words are said."""
        self._blocks.append(plain_block(wire(block)))

    def cite(self, citation: Citation) -> None:
        """Add a citation whose ``n`` counts from 1 within this step."""
        said = {name: plain(getattr(citation, name)) for name in ("source", "section", "text")}
        self._citations.append(citation.model_copy(update={"n": citation.n + self._offset, **said}))

    def deps(self, context: TurnContext, step: int) -> ToolDeps:
        """The surroundings for a tool called in this step; its blocks come here."""
        return ToolDeps(
            shop=context.shop,
            caller=context.caller,
            now=context.now,
            key=context.key(step),
            emit=self.show,
            count=context.allowance.call_tool,
        )

    @property
    def text(self) -> str:
        """What was said so far."""
        return "".join(self._text)

    def leave(self, state: TurnState, *, engine: str | None = None, trace: dict[str, Any] | None = None) -> TurnState:
        """Flush blocks and citations; the update of the turn's state.

        Args:
            state: the turn's state.
            engine: which path spoke, where there is more than one.
            trace: where an answer came from; for the turn's record, not for the screen.
        """
        for block in self._blocks:
            self._write(BlockEvent(block=block))
        for citation in self._citations:
            self._write(CitationEvent(**citation.model_dump()))
        return {
            "acted": [*state["acted"], self.specialist],
            "replies": [*state["replies"], self.text],
            "blocks": [*state["blocks"], *self._blocks],
            "citations": [*state["citations"], *(citation.model_dump() for citation in self._citations)],
            "engines": [*state["engines"], *([engine] if engine else [])],
            "traces": [*state.get("traces", []), *([plain_block(trace)] if trace else [])],
            "cursor": state["cursor"] + 1,
        }
