"""What a hosted images API sends: data of a stranger, of which nothing but pixels may be left."""

from __future__ import annotations

import base64
import binascii
import io
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hashiramart.errors import SetupError, Unavailable

if TYPE_CHECKING:
    import httpx
    from PIL.Image import Image

MOST_BYTES = 48 * 2**20
NO_PICTURE = "The image service answered, but not with a picture."
_MOST_PIXELS = 4096 * 4096
_KINDS = ("PNG", "JPEG", "WEBP")


async def read(answer: httpx.Response) -> bytes:
    """The body of an answer, up to a limit.

    Raises:
        Unavailable: it is longer than a picture can be.
    """
    parts, size = [], 0
    async for part in answer.aiter_bytes():
        size += len(part)
        if size > MOST_BYTES:
            raise Unavailable("The image service sends more than a picture can be.")
        parts.append(part)
    return b"".join(parts)


def picture_or_address(raw: bytes, base: str) -> bytes | str:
    """What an answer brings: the picture's file, or the address to fetch it from.

    Args:
        raw: the answer's body.
        base: the API's address. Another host is never fetched from: an answer is not to send this server about in the network
            that it stands in.

    Raises:
        Unavailable: it brings neither.
        SetupError: the address is another host's.
    """
    item = _first(raw)
    encoded, url = item.get("b64_json"), item.get("url")
    if isinstance(encoded, str):
        try:
            return base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError) as error:
            raise Unavailable(NO_PICTURE) from error
    if not isinstance(url, str):
        raise Unavailable(NO_PICTURE)
    if origin(url) != origin(base):
        raise SetupError(
            "The image service gives its picture at another host's address, which is not fetched. It must answer with b64_json, "
            "or from its own host."
        )
    return url


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address; empty where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", None
    return parts.scheme, parts.hostname or "", port or {"http": 80, "https": 443}.get(parts.scheme)


def opened(raw: bytes, size: tuple[int, int]) -> Image:
    """The picture of a file, drawn anew: RGB, cut to the shape and brought to the size.

    Raises:
        Unavailable: it is no picture of a usual kind, or too large.
    """
    from PIL import Image as Images
    from PIL import ImageOps

    try:
        with Images.open(io.BytesIO(raw), formats=_KINDS) as file:
            if file.width * file.height > _MOST_PIXELS:
                raise Unavailable("The image service sends a picture that is too large.")
            picture = file.convert("RGB")
    except (OSError, ValueError, SyntaxError, Images.DecompressionBombError) as error:
        raise Unavailable(NO_PICTURE) from error
    fitted = ImageOps.fit(picture, size, Images.Resampling.LANCZOS)
    fitted.info = {}
    return fitted


def _first(raw: bytes) -> dict[str, Any]:
    try:
        item = json.loads(raw)["data"][0]
    except (ValueError, LookupError, TypeError) as error:
        raise Unavailable(NO_PICTURE) from error
    if not isinstance(item, dict):
        raise Unavailable(NO_PICTURE)
    return item
