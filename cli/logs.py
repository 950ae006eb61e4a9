"""What a process of the shop logs, and how: one line to standard error, with the correlation id of the request or chat turn."""

from __future__ import annotations

import logging

from hashiramart.config import Settings
from hashiramart.correlation import Correlated

FORMAT = "%(asctime)s %(levelname)s %(name)s %(correlation)s %(message)s"
OURS = ("hashiramart", "knowledge", "ml", "tools", "agents", "api", "evals", "cli")


def set_up(settings: Settings) -> None:
    """Log from now on. The level that is configured is ours; libraries tell warnings and what is worse."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(FORMAT))
    handler.addFilter(Correlated())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for name in OURS:
        logging.getLogger(name).setLevel(settings.log_level.upper())
