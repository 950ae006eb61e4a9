"""A call of the language model as a span of its turn, with its tokens and what they cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from agents.endpoint import Messages
from agents.usage import ModelCall
from hashiramart.config import Settings
from hashiramart.spans import note

_ROLES: Mapping[str, str] = {"human": "user", "ai": "assistant"}
_FINE = {"answered", "stopped"}


def trace_call(call: ModelCall, messages: Messages, heard: Sequence[str], settings: Settings) -> None:
    """Note a call that has ended, where its turn is traced.

    Args:
        call: what it cost.
        messages: what the model was told.
        heard: the pieces of its answer.
        settings: say what tokens cost.
    """
    here = note(f"model for {call.purpose}", "CHAT_MODEL", ms=call.ms)
    if here is None:
        return
    here.inputs = {"messages": [{"role": _ROLES.get(role, role), "content": words} for role, words in messages]}
    here.outputs = {"choices": [{"message": {"role": "assistant", "content": "".join(heard)}}]}
    here.failed = None if call.outcome in _FINE else call.outcome
    here.attributes = {
        "mlflow.llm.model": call.model,
        "mlflow.chat.tokenUsage": {
            "input_tokens": call.tokens_in,
            "output_tokens": call.tokens_out,
            "total_tokens": call.tokens_in + call.tokens_out,
        },
        **{key: value for key, value in asdict(call).items() if key in {"purpose", "requests", "estimated", "outcome"}},
    }
    if settings.llm_price_in is not None and settings.llm_price_out is not None:
        paid_in, paid_out = call.tokens_in * settings.llm_price_in / 1e6, call.tokens_out * settings.llm_price_out / 1e6
        here.attributes["mlflow.llm.cost"] = {
            "input_cost": paid_in,
            "output_cost": paid_out,
            "total_cost": paid_in + paid_out,
        }
