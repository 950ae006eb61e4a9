"""The error tree. Every error that HashiraMart raises on purpose stands here.

::

    HashiraError
    ├── ToolError                 the slayer is told: out of stock, unknown weapon, over budget
    ├── InvalidInput              a value is wrong; names the field
    ├── NotFound                  no such thing, or not the caller's
    ├── Conflict                  it clashes with what is already recorded
    ├── Unauthenticated           no session, or one that has ended
    ├── Forbidden                 a session, but not for this
    ├── TooMany                   too often in a short time; says how long to wait
    ├── NotConfigured             this installation lacks what was asked for (no image model)
    ├── Unavailable               a part that this answer needs is not there now (no champion)
    │   └── DatabaseAway          PostgreSQL cannot be reached: whether the last write counts is not known
    └── SetupError                the installation or its settings are wrong; says what to do

Driver errors (psycopg, httpx, chromadb, mlflow) are translated into these at the edge where they arise. HTTP status codes
are not here: they live in one table in ``api/errors.py``.
"""

from __future__ import annotations

from typing import Any


class HashiraError(Exception):
    """Something that HashiraMart can explain. ``str(error)`` is one plain sentence for a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        """Cross to another process whole, whatever arguments the class takes."""
        return _again, (type(self), self.message, self.__dict__)


def _again(kind: type[HashiraError], message: str, state: dict[str, Any]) -> HashiraError:
    error = kind.__new__(kind, message)
    error.__dict__.update(state)
    return error


class ToolError(HashiraError):
    """A tool could not do what was asked, and the slayer (and the model) should hear why."""


class InvalidInput(HashiraError):
    """A value is not acceptable. ``field`` is its name as the caller wrote it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class NotFound(HashiraError):
    """No such thing, or it belongs to someone else (the two are not told apart)."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Conflict(HashiraError):
    """The request clashes with what is already recorded."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Unauthenticated(HashiraError):
    """There is no session, or it has ended."""


class Forbidden(HashiraError):
    """There is a session, but this is not for it."""


class TooMany(HashiraError):
    """It was tried too often. ``retry_after`` is the number of seconds after which it may be tried again."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotConfigured(HashiraError):
    """This installation was set up without what was asked for; asking again changes nothing."""


class Unavailable(HashiraError):
    """A part that this answer needs is not there now."""


class DatabaseAway(Unavailable):
    """PostgreSQL cannot be reached. What was being written may be on record or not; the same call under the same key tells."""

    def __init__(self, message: str = "The database cannot be reached at the moment.") -> None:
        super().__init__(message)


class SetupError(HashiraError):
    """The installation or its settings are wrong; the message says what to do."""
