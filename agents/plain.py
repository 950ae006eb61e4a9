"""The last look at the door: whatever a specialist says, shows or cites leaves as words alone.

Manuals are cleaned when they are read (``knowledge.clean``); this holds for a library that was filled by other means, and for
what a language model makes up. Links keep their words; images, addresses, HTML and unseen characters go.
"""

from __future__ import annotations

import re
from typing import Any

from knowledge.clean import clean

_RISKY = re.compile(r"[<>&\[\]@\\`\x00-\x08\x0b-\x1f\x7f-\uffff\U00010000-\U0010ffff]|:|www\.", re.IGNORECASE)
_MARKER = re.compile(r"\[(\d{1,4})\](?![(:])")
_KEPT = re.compile(r"\u27e6(\d{1,4})\u27e7")
_OPEN_TAG = re.compile(r"<(?=[a-z/!?])(?![^<>]*>)", re.IGNORECASE)
_LOOKS = 5
_ADDRESSES = frozenset({"picture", "url"})  # fields of blocks that the shop itself fills with its own paths


def plain(text: str) -> str:
    """``text`` without links, images, HTML and unseen characters; citation markers ``[n]`` stay."""
    for _ in range(_LOOKS):
        seen = _look(text)
        if seen == text:
            break
        text = seen  # what was taken out may have held apart what now makes something new
    return text


def _look(text: str) -> str:
    if not _RISKY.search(text):
        return text
    kept = _MARKER.sub("\u27e6\\1\u27e7", text.replace("\u27e6", "").replace("\u27e7", ""))
    cleaned = _OPEN_TAG.sub("", clean(kept))
    return _KEPT.sub(r"[\1]", cleaned)


def plain_block(value: Any) -> Any:
    """A wire block with every text in it ``plain``."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [plain_block(each) for each in value]
    if isinstance(value, dict):
        return {key: each if key in _ADDRESSES else plain_block(each) for key, each in value.items()}
    return value


def joined(before: str, delta: str) -> str:
    """``delta``, so that it makes no link with what was said before it: "[word]" and "(address)" stay apart."""
    return f" {delta}" if before.endswith("]") and delta[:1] in ("(", "[", ":") else delta
