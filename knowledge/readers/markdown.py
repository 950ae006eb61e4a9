"""Markdown with YAML front matter."""

from __future__ import annotations

from typing import Any

from knowledge.readers.front import split_front
from knowledge.readers.kinds import decode


def read(raw: bytes) -> tuple[str, dict[str, Any]]:
    """The Markdown and the front matter of a file.

    Raises:
        InvalidInput: it is not text, or its front matter is not YAML.
    """
    front, body = split_front(decode(raw))
    return body, front
