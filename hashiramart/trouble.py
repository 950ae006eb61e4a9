"""Trouble of something that is tried again and again: logged once per cause, and once more when it is over."""

from __future__ import annotations

from collections.abc import Callable
from logging import Logger

from hashiramart.errors import HashiraError


class Trouble:
    """What keeps something from succeeding. ``cause`` is one plain sentence, None while all is well.

    Args:
        logger: of whoever tries.
        doing: what is tried, for the trace of what nobody expected ("Looking for the champion").
    """

    def __init__(self, logger: Logger, doing: str) -> None:
        self.cause: str | None = None
        self._logger = logger
        self._doing = doing

    def attempt(self, act: Callable[[], str | None], *, meanwhile: Callable[[], str], over: Callable[[], str]) -> None:
        """Try once. Nothing is raised.

        Args:
            act: gives the cause where it does not succeed, or raises.
            meanwhile: what holds while there is trouble, told with the cause.
            over: told when it has passed.
        """
        cause: str | None
        try:
            cause = act()
        except HashiraError as error:
            cause = error.message
        except Exception as error:
            cause = f"{type(error).__name__}: {error}."
            if cause != self.cause:
                self._logger.exception("%s failed", self._doing)
        if cause is not None and cause != self.cause:
            self._logger.warning("%s %s", cause, meanwhile())
        elif cause is None and self.cause is not None:
            self._logger.warning("%s", over())
        self.cause = cause
