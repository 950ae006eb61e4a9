"""What an endpoint refuses is put otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from agents.dialect import Otherwise, fit, learn

SENT: dict[str, Any] = {
    "temperature": 0,
    "max_tokens": 80,
    "response_format": {"type": "json_object"},
    "stream_options": {"include_usage": True},
}
AS_IT_IS: Otherwise = frozenset()


@pytest.mark.parametrize(
    ("refusal", "found"),
    [
        # As OpenAI, vLLM, LM Studio, a server with a strict schema, and a gateway say it.
        (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            {"max_tokens"},
        ),
        ("Unsupported value: 'temperature' does not support 0 with this model.", {"temperature"}),
        ("'response_format.type' must be 'json_schema' or 'text'", {"response_format"}),
        (
            '[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]',
            {"stream_options"},
        ),
        ("response_format and stream_options are unknown", {"response_format", "stream_options"}),
        ("Bad Request", {"response_format"}),
    ],
)
def test_what_a_refusal_names_is_done_otherwise(refusal: str, found: set[str]) -> None:
    assert learn(refusal, SENT, AS_IT_IS) == frozenset(found)


def test_a_refusal_that_names_nothing_twice_is_about_the_next_suspect() -> None:
    first = learn("Bad Request", SENT, AS_IT_IS)
    assert first is not None
    second = learn("Bad Request", fit(SENT, first), first)
    assert second == frozenset({"response_format", "stream_options"})
    assert learn("Bad Request", fit(SENT, second), second) is None


def test_what_was_not_sent_is_not_to_blame() -> None:
    assert learn("Unsupported: response_format", {"max_tokens": 80}, AS_IT_IS) is None


def test_the_limit_goes_by_its_other_name_and_back() -> None:
    otherwise = learn("max_tokens is unknown", SENT, AS_IT_IS)
    assert otherwise is not None
    sent = fit(SENT, otherwise)
    assert (sent.get("max_tokens"), sent.get("max_completion_tokens")) == (None, 80)
    assert learn("max_completion_tokens is unknown", sent, otherwise) == AS_IT_IS


def test_options_that_are_taken_stay() -> None:
    assert fit(SENT, AS_IT_IS) == SENT
    assert set(fit(SENT, frozenset({"temperature"}))) == {"max_tokens", "response_format", "stream_options"}
