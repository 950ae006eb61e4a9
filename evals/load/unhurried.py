"""Settings of a shop in which a program may say as much as it likes."""

from __future__ import annotations

from hashiramart.config import Settings

PLENTY = {"chat_per_minute": 1_000_000, "chat_daily_quota": 1_000_000}
"""Settings by name."""


def unhurried(settings: Settings) -> Settings:
    """The same settings without bounds on what a slayer says: a harness says more than any."""
    return settings.model_copy(update=PLENTY)
