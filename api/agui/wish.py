"""What an AG-UI client asks for: its last words, or its answer to an offer.

A ``RunAgentInput`` also holds a state, a history, tools, context and properties. None of that is read here or anywhere: who a
slayer is, what they have and what was said is on record, and a client could write anything.
"""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from agents.turn import Resume
from hashiramart.errors import InvalidInput
from hashiramart.text import Prose, no_control

Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(no_control)]
"""An identifier of the client's own: 1-200 characters."""

_PROSE: TypeAdapter[str] = TypeAdapter(Prose)

NOTHING_SAID = "Say something, or answer an open offer with resume."


class Said(BaseModel):
    """One message of the conversation as the client has it."""

    role: str = Field(description="Only what a `user` says last is taken.")
    id: str | None = None
    content: Any = Field(None, description="Text, or a list of parts of which the text is taken.")

    @property
    def words(self) -> str:
        """Its text; empty where it has none."""
        if isinstance(self.content, str):
            return self.content
        parts = self.content if isinstance(self.content, list) else []
        texts = [part["text"] for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str)]
        return "\n".join(texts)


class Answer(BaseModel):
    """The slayer's answer to an interrupt."""

    interrupt_id: str = Field(alias="interruptId", min_length=1, max_length=200, description="The offer's id.")
    status: Literal["resolved", "cancelled"] = Field(description="`cancelled` is a no.")
    payload: Any = Field(None, description='`{"approved": true}` or `{"approved": false}`.')


class Run(BaseModel):
    """Which run of which thread is meant."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"threadId": "training", "runId": "run-1"}]})

    thread_id: Name = Field(alias="threadId", description="A thread of the caller, or a name for a new one.")
    run_id: Name = Field(alias="runId", description="The client's name for this message and its answer.")

    def turn_of(self, caller: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
        """The ids of its thread and turn: the client's own where they are UUIDs, else made of them and of who is calling."""
        thread = _uuid(self.thread_id) or uuid.uuid5(caller, self.thread_id)
        return thread, _uuid(self.run_id) or uuid.uuid5(thread, self.run_id)


class RunInput(Run):
    """A message to the dojo, as AG-UI's `RunAgentInput`. All that is not listed here is ignored: state, tools, context."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "threadId": "training",
                    "runId": "run-1",
                    "messages": [{"id": "1", "role": "user", "content": "recommend me a blade under 400 coins"}],
                }
            ]
        }
    )

    messages: list[Said] = Field([], description="Only the last message of the user is taken, nothing of the history.")
    resume: list[Answer] | None = Field(None, description="Instead of a message: yes or no to an open offer.")
    protocol_version: str | None = Field(None, alias="protocolVersion", max_length=20)

    def wish(self) -> str | Resume | None:
        """The one thing that is asked for; None where nothing is, as when a client comes back to a run.

        Raises:
            InvalidInput: it cannot be a message, or is neither yes nor no.
        """
        answers = self.resume or []
        if len(answers) > 1:
            raise InvalidInput("resume", "One offer waits at a time: answer that one.")
        # A client that lets an offer be, and says something else, sends both.
        moved_on = bool(self.messages) and self.messages[-1].role == "user"
        if answers and not (answers[0].status == "cancelled" and moved_on):
            return Resume(answers[0].interrupt_id, _approved(answers[0]))
        last = next((said for said in reversed(self.messages) if said.role == "user"), None)
        if last is None:
            return None
        try:
            return _PROSE.validate_python(last.words)
        except ValidationError as error:
            why = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
            raise InvalidInput("messages", f"The last message cannot be taken: {why}.") from error

    def held(self, message_id: str) -> str:
        """What the client has of an answer already."""
        return next((said.words for said in self.messages if said.id == message_id and said.role == "assistant"), "")


def _approved(answer: Answer) -> bool:
    if answer.status == "cancelled":
        return False
    said = answer.payload.get("approved") if isinstance(answer.payload, dict) else answer.payload
    if not isinstance(said, bool):
        raise InvalidInput("resume.0.payload.approved", "Answer true or false.")
    return said


def _uuid(name: str) -> uuid.UUID | None:
    try:
        found = uuid.UUID(name)
    except ValueError:
        return None
    return found if str(found) == name.lower() else None
