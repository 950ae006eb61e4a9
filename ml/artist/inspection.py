"""A look at every finished picture before anybody sees it.

A checkpoint's own safety checker, where it brings one, has looked already (``engine.py``), and so has a hosted API's. This is
for what neither tells: weights that overflow in half precision paint one flat colour, which is no picture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hashiramart.errors import ToolError

if TYPE_CHECKING:
    from PIL.Image import Image

Inspect = Callable[["Image"], None]
"""Raises ``ToolError`` when a picture is to be held back."""

HELD_BACK = "The image model's safety checker held this picture back. Other words may do better."
_FLAT = 4  # levels of 256 between the darkest and the lightest


def refuse_blank(image: Image) -> None:
    """Hold back a picture that is one flat colour.

    Raises:
        ToolError: it is.
    """
    ranges = image.convert("RGB").getextrema()
    if all(high - low <= _FLAT for low, high in ranges):  # type: ignore[misc]
        raise ToolError("The picture came out blank. Another seed or other words may do better.")
