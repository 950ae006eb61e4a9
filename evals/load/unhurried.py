"""Settings of a shop in which a program may say as much as it likes."""

from __future__ import annotations

from hashiramart.config import Settings

_PLENTY = 1_000_000


def unhurried(settings: Settings) -> Settings:
    """The same settings without bounds on what a slayer says: a harness says more than any."""
    return settings.model_copy(update={"chat_per_minute": _PLENTY, "chat_daily_quota": _PLENTY})
