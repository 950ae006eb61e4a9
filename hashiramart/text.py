"""Strings from outside that PostgreSQL and a terminal can hold."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints


def no_control(value: str) -> str:
    """``value`` unchanged.

    Raises:
        ValueError: it holds a control character besides line breaks and tabs.
    """
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\r\t" for char in value):
        raise ValueError("must not hold control characters")
    return value


def _one_line(value: str) -> str:
    if any(char in value for char in "\n\r\t\u2028\u2029"):
        raise ValueError("must be a single line without tabs")
    return no_control(value)


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_one_line)]
"""A name or label: one line, 1-80 characters, no control characters."""

Phrase = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_one_line)
]
"""A few words: one line, 1-200 characters, no control characters."""

Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), AfterValidator(no_control)
]
"""A message: 1-4000 characters, no control characters besides line breaks and tabs."""

Remark = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(no_control)
]
"""A comment: as a message, but 1-2000 characters."""

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:\-]{1,128}$")]
"""An identifier that a client makes up: 1-128 letters, digits and ``._:-``."""
