"""Pictures as PNG files that say where they come from."""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_PROVENANCE = ("prompt", "negative_prompt", "seed", "steps", "guidance", "model", "checkpoint", "pose")


def png_bytes(image: Image, metadata: Mapping[str, str] | None = None) -> bytes:
    """A picture as a PNG file with its provenance in text chunks: the same bytes for the same picture.

    Args:
        image: the picture; the provenance that a painter left in its ``info`` is written too, and nothing else of it.
        metadata: more text chunks, or other values for those of the painter.
    """
    from PIL.PngImagePlugin import PngInfo

    chunks = PngInfo()
    known = {key: image.info[key] for key in _PROVENANCE if key in image.info}
    for key, value in {**known, **(metadata or {})}.items():
        chunks.add_text(key, value)
    bare = image.copy()
    bare.info = {}  # what a hosted API's file brought along stays out
    file = io.BytesIO()
    bare.save(file, format="PNG", pnginfo=chunks)
    return file.getvalue()


def save_png(image: Image, path: Path, metadata: Mapping[str, str] | None = None) -> None:
    """Write a picture as PNG, whole or not at all, with its provenance in text chunks.

    Args:
        image: as of ``png_bytes``.
        path: the file; replaced when it exists. Its folder is made when missing.
        metadata: as of ``png_bytes``.
    """
    whole = png_bytes(image, metadata)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with draft.open("xb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
