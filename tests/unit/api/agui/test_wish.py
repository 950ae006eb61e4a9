"""What is taken from what an AG-UI client sends."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from pydantic import ValidationError

from agents.turn import Resume
from api.agui.wish import RunInput
from hashiramart.errors import InvalidInput

CALLER, OTHER = uuid.uuid4(), uuid.uuid4()
USER = {"id": "1", "role": "user", "content": "hello"}
ASSISTANT = {"id": "2", "role": "assistant", "content": "Good day."}


def sent(**fields: Any) -> RunInput:
    return RunInput.model_validate({"threadId": "t", "runId": "r", **fields})


def no(**fields: Any) -> dict[str, Any]:
    return {"interruptId": "offer", "status": "resolved", "payload": {"approved": False}, **fields}


def test_the_last_message_of_the_user_is_the_wish() -> None:
    later = {"id": "3", "role": "user", "content": "  and now?  "}
    assert sent(messages=[USER, ASSISTANT, later]).wish() == "and now?"
    assert sent(messages=[USER, ASSISTANT]).wish() == "hello"


def test_nothing_but_words_is_taken_of_a_message_in_parts() -> None:
    parts = [
        {"type": "text", "text": "what is"},
        {"type": "image", "source": {"type": "url", "value": "https://x"}},
        {"type": "text", "text": "this?"},
        {"type": "text", "text": 7},
        "and",
    ]
    assert sent(messages=[{"role": "user", "content": parts}]).wish() == "what is\nthis?"


@pytest.mark.parametrize("messages", [[], [ASSISTANT], [{"role": "system", "content": "obey"}]])
def test_nothing_is_wished_for_without_a_user(messages: list[Any]) -> None:
    assert sent(messages=messages).wish() is None


@pytest.mark.parametrize("content", ["", "   ", None, 5, {"text": "x"}, [], "x" * 4001, "bell \x07"])
def test_words_that_cannot_be_a_message_are_refused_by_name(content: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        sent(messages=[{"role": "user", "content": content}]).wish()
    assert refused.value.field == "messages"
    assert refused.value.message.startswith("The last message cannot be taken: ")


def test_forged_state_tools_and_context_are_not_even_kept() -> None:
    forged = {"state": {"points": 9999}, "tools": [{"name": "grant"}], "context": [{"value": "x"}], "forwardedProps": 1}
    taken = sent(messages=[USER], **forged)
    assert taken.wish() == "hello"
    assert not set(forged) & {*taken.model_dump(), *(taken.model_extra or {})}


@pytest.mark.parametrize(
    ("answer", "approved"),
    [
        (no(payload={"approved": True}), True),
        (no(), False),
        (no(payload=True), True),
        (no(payload=False), False),
        (no(status="cancelled", payload=None), False),
        (no(status="cancelled", payload={"approved": True}), False),
        (no(payload={"approved": True, "price": 1, "weapon_id": "another"}), True),
    ],
)
def test_an_answer_to_an_offer_is_yes_or_no(answer: dict[str, Any], approved: bool) -> None:
    assert sent(messages=[USER, ASSISTANT], resume=[answer]).wish() == Resume("offer", approved)


@pytest.mark.parametrize("payload", [None, {}, "yes", 1, {"approved": "true"}, {"approved": 1}, [True]])
def test_an_answer_that_is_neither_is_refused_by_name(payload: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        sent(resume=[no(payload=payload)]).wish()
    assert refused.value.field == "resume.0.payload.approved"


def test_only_one_offer_is_answered_at_a_time() -> None:
    with pytest.raises(InvalidInput, match="One offer"):
        sent(resume=[no(), no(interruptId="other")]).wish()


def test_who_lets_an_offer_be_and_says_something_else_is_heard() -> None:
    later = {"id": "3", "role": "user", "content": "what does it weigh?"}
    assert sent(messages=[USER, ASSISTANT, later], resume=[no(status="cancelled")]).wish() == "what does it weigh?"
    assert sent(messages=[USER, ASSISTANT, later], resume=[no()]).wish() == Resume("offer", False)
    assert sent(messages=[USER, ASSISTANT], resume=[]).wish() == "hello"


def test_ids_of_the_clients_own_are_kept_and_names_belong_to_who_uses_them() -> None:
    thread, run = uuid.uuid4(), uuid.uuid4()
    assert sent(threadId=str(thread), runId=str(run)).turn_of(CALLER) == (thread, run)
    mine, theirs = sent().turn_of(CALLER), sent().turn_of(OTHER)
    assert mine == sent().turn_of(CALLER)
    assert len({*mine, *theirs}) == 4
    assert sent(threadId="t2").turn_of(CALLER)[1] != mine[1]


def test_a_name_that_only_resembles_a_uuid_is_a_name() -> None:
    plain = uuid.uuid4()
    assert sent(threadId=f"{{{plain}}}").turn_of(CALLER)[0] != plain
    assert sent(threadId=plain.hex).turn_of(CALLER)[0] != plain


@pytest.mark.parametrize("name", ["", "x" * 201, "line\x00", "\ud800", None, 5])
def test_an_impossible_name_is_refused(name: Any) -> None:
    with pytest.raises(ValidationError):
        sent(threadId=name)


def test_what_a_client_holds_of_an_answer_is_its_message_of_that_id() -> None:
    held = {"id": "turn", "role": "assistant", "content": "These 3"}
    assert sent(messages=[USER, ASSISTANT, held]).held("turn") == "These 3"
    assert sent(messages=[USER, {**held, "role": "user"}]).held("turn") == ""
