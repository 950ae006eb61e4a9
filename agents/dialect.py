"""What an OpenAI-compatible endpoint does not take, learned from its refusals and remembered.

Servers differ: some know ``max_tokens``, others only ``max_completion_tokens``; some refuse ``response_format``,
``stream_options`` or a ``temperature`` of our own. A request that is refused is tried again otherwise; what then
works is kept, and the next requests are right at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LIMIT, _OTHER_LIMIT = "max_tokens", "max_completion_tokens"
_OPTIONAL = ("response_format", "stream_options", "temperature")
_SUSPECTS = ("response_format", "stream_options")
"""Left out, one after the other, where a refusal names nothing."""

Otherwise = frozenset[str]
"""Names of the options that are left out, or, for ``max_tokens``, go by the other name."""


class Dialect:
    """What one endpoint takes. Threads may share it.

    Args:
        newer_limit: whether it is told the longest answer as ``max_completion_tokens``, until it says otherwise.
    """

    def __init__(self, *, newer_limit: bool = False) -> None:
        self.otherwise: Otherwise = frozenset({_LIMIT}) if newer_limit else frozenset()

    def keep(self, otherwise: Otherwise) -> None:
        """Remember what worked."""
        self.otherwise = otherwise


def fit(options: Mapping[str, Any], otherwise: Otherwise) -> dict[str, Any]:
    """Options as an endpoint takes them."""
    fitted = {name: value for name, value in options.items() if not (name in _OPTIONAL and name in otherwise)}
    if _LIMIT in fitted and _LIMIT in otherwise:
        fitted[_OTHER_LIMIT] = fitted.pop(_LIMIT)
    return fitted


def learn(refusal: str, sent: Mapping[str, Any], otherwise: Otherwise) -> Otherwise | None:
    """What to try after a refusal; None when there is nothing left to try.

    Args:
        refusal: the endpoint's words.
        sent: the options that it refused, as ``fit`` gave them.
        otherwise: what was done otherwise for that request.
    """
    left_out = {name for name in _OPTIONAL if name in sent and name in refusal}
    renamed = {_LIMIT} if any(name in sent and name in refusal for name in (_LIMIT, _OTHER_LIMIT)) else set()
    if not left_out and not renamed:
        left_out = set([name for name in _SUSPECTS if name in sent][:1])
    found = (otherwise | left_out) ^ renamed
    return found if found != otherwise else None
