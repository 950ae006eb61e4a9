"""What one turn asks of the language model: each call with its tokens, and how long the turn has been waiting for a word."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

_LETTERS_A_TOKEN = 4  # of English, by the usual tokenizers; for endpoints that do not count


@dataclass(frozen=True)
class ModelCall:
    """One question to the model and what it cost.

    Attributes:
        purpose: what it was asked for: ``plan`` or ``coach``.
        model: its name at the endpoint.
        requests: how many went out for it, repeated ones counted.
        tokens_in: tokens that the model read.
        tokens_out: tokens that it wrote.
        estimated: whether the tokens are counted by letters, as the endpoint did not say.
        ms: how long it took.
        outcome: ``answered``, ``stopped`` when no more of it was wanted, else what went wrong.
    """

    purpose: str
    model: str
    requests: int
    tokens_in: int
    tokens_out: int
    estimated: bool
    ms: float
    outcome: str


class ModelUse:
    """One turn's calls. It is of one thread at a time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._taken = 0
        self.calls: list[ModelCall] = []
        self.spoken = False
        """Whether the slayer has read a word of what the model is asked for."""

    @property
    def waited_s(self) -> float:
        """Seconds since the turn began, or since there last was something to read."""
        return self._clock() - self._began

    def ask(self, *, has_read: bool) -> None:
        """The model is about to be asked for words. ``has_read``: the slayer has got something to read until now."""
        self.spoken = False
        if has_read:
            self._began = self._clock()

    def take(self, spend: Callable[[int], None]) -> list[dict[str, Any]]:
        """The calls since the last taking, as they are kept.

        Args:
            spend: told how many tokens they cost.
        """
        fresh = self.calls[self._taken :]
        self._taken = len(self.calls)
        spend(sum(call.tokens_in + call.tokens_out for call in fresh))
        return [asdict(call) for call in fresh]


def tokens_of(texts: Sequence[str]) -> int:
    """About how many tokens some texts have."""
    return sum(-(-len(text) // _LETTERS_A_TOKEN) for text in texts)
