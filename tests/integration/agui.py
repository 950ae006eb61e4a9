"""An AG-UI client for tests, as plain as can be: it posts runs and reads the events."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

Event = dict[str, Any]


def parse(lines: Iterable[str]) -> Iterator[Event]:
    """The events of a stream; each knows its mark as ``id``. Comments are left out."""
    mark = None
    for line in lines:
        if line.startswith("id: "):
            mark = line.removeprefix("id: ")
        elif line.startswith("data: "):
            yield {"id": mark, **json.loads(line.removeprefix("data: "))}


def unmarked(events: Iterable[Event]) -> list[Event]:
    """Events as AG-UI knows them."""
    return [{key: value for key, value in event.items() if key != "id"} for event in events]


def text(events: Iterable[Event]) -> str:
    """All words that were told."""
    return "".join(event["delta"] for event in events if event["type"] == "TEXT_MESSAGE_CONTENT")


def customs(events: Iterable[Event], name: str) -> list[Any]:
    """Values of our own events of a name."""
    return [event["value"] for event in events if event.get("name") == f"hashira.{name}"]


def words(message: str) -> Event:
    """A message of the user."""
    return {"id": str(uuid.uuid4()), "role": "user", "content": message}


@dataclass
class Conversation:
    """One thread as a client has it."""

    client: httpx.Client
    thread: str = field(default_factory=lambda: str(uuid.uuid4()))
    messages: list[Event] = field(default_factory=list)

    def body(self, run: str, **fields: Any) -> Event:
        """A ``RunAgentInput``."""
        return {
            "threadId": self.thread,
            "runId": run,
            "messages": self.messages,
            "state": {},
            "tools": [],
            "context": [],
            "forwardedProps": {},
            "protocolVersion": "1.0",
            **fields,
        }

    @contextmanager
    def stream(self, run: str, *, mark: str | None = None, **fields: Any) -> Iterator[httpx.Response]:
        """Post a run, or come back to it after a mark."""
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": mark} if mark else {})
        with self.client.stream("POST", "/agui", json=self.body(run, **fields), headers=headers) as response:
            yield response

    def run(self, run: str | None = None, *, mark: str | None = None, **fields: Any) -> list[Event]:
        """All events of a run."""
        with self.stream(run or str(uuid.uuid4()), mark=mark, **fields) as response:
            assert response.status_code == 200, response.read()
            return list(parse(response.iter_lines()))

    def say(self, message: str, run: str | None = None, **fields: Any) -> list[Event]:
        """Say something, and keep the answer."""
        self.messages.append(words(message))
        events = self.run(run, **fields)
        started = next((event for event in events if event["type"] == "TEXT_MESSAGE_START"), None)
        if started:
            self.messages.append({"id": started["messageId"], "role": "assistant", "content": text(events)})
        return events

    def answer(self, interrupt: Event, *, approved: bool, run: str | None = None) -> list[Event]:
        """Say yes or no to an offer."""
        return self.run(run, resume=[resolved(interrupt, approved=approved)])

    def refused(self, run: str | None = None, **fields: Any) -> httpx.Response:
        """The answer to a run that does not begin."""
        return self.client.post("/agui", json=self.body(run or str(uuid.uuid4()), **fields))


def resolved(interrupt: Event, *, approved: bool) -> Event:
    """An entry of ``resume``."""
    return {"interruptId": interrupt["id"], "status": "resolved", "payload": {"approved": approved}}


def interrupt_of(events: list[Event]) -> Event:
    """What a run ended with waiting for."""
    (interrupt,) = events[-1]["outcome"]["interrupts"]
    found: Event = interrupt
    return found
