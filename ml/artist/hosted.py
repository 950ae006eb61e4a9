"""Paint with a hosted images API of the OpenAI shape: ``POST {base}/images/generations``.

Such an API knows prompt and size, and neither seed, steps, guidance nor negative prompt: what it sends for the same request is
another picture each time. Every picture is drawn anew at the shop's fixed size (``hosted_answer.py``).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hashiramart.config import Settings
from hashiramart.errors import SetupError, ToolError, Unavailable
from ml.artist.fingerprint import of_words
from ml.artist.hosted_answer import NO_PICTURE, opened, origin, picture_or_address, read
from ml.artist.inspection import HELD_BACK, Inspect, refuse_blank
from ml.artist.painter import PREVIEW_SIDE, OnProgress, PaintRequest, Progress, provenance

if TYPE_CHECKING:
    import httpx
    from PIL.Image import Image

    from ml.artist.choose import Description

logger = logging.getLogger(__name__)

SIDE = 512
"""Width and height of every picture, in pixels, whatever the API sends."""

CONNECT_S, ANSWER_S = 5.0, 120.0
"""Seconds to reach the API, and for one whole answer."""

TRIES = 3
_PAUSES_S = (1.0, 3.0)  # before the second and the third try, where the API does not say how long
_LONGEST_PAUSE_S = 20.0
_TICK_S = 0.5
_ASKED = "1024x1024"
_TRY_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_HELD_BACK = ("content_policy", "moderation", "safety")
_AWAY = "The image service does not answer at the moment. Try again in a while."
_BUSY = "The image service has too much to do at the moment. Try again in a while."


class HostedPainter:
    """A hosted images API; a ``Painter``.

    Attributes:
        name: the model's name at the API.
        fingerprint: SHA-256 of the address and that name.
        size: width and height that it paints.
        steps: 1, as there is nothing to count.
        guidance: 0, likewise.
        poses: False.
    """

    steps, guidance, poses = 1, 0.0, False

    def __init__(
        self, settings: Settings, *, inspect: Inspect = refuse_blank, pauses: tuple[float, ...] = _PAUSES_S
    ) -> None:
        """Connect nothing yet.

        Raises:
            SetupError: HASHIRA_IMAGE_BASE_URL is not an address.
        """
        described = told(settings)
        self.name, self.fingerprint, self.size = described.name, described.fingerprint, described.size
        self._base = _base(settings)
        self._key = settings.image_api_key
        self._inspect = inspect
        self._pauses = pauses
        self._format_refused = False

    def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> Image:
        """Have a picture painted; as ``Painter`` has it. Not from within an event loop.

        ``on_progress`` is called twice a second while the API is at work, so that whatever it raises ends the waiting and
        closes the connection.

        Raises:
            InvalidInput: a number is out of its range.
            ToolError: the API will not paint these words, or the picture came out blank.
            Unavailable: it does not answer, or not with a picture.
            SetupError: it refuses the key, or knows no such model or address.
        """
        request.check()
        image = opened(asyncio.run(self._watched(request.prompt, on_progress)), (request.width, request.height))
        self._inspect(image)
        image.info.update(provenance(request, model=self.name, checkpoint=self.fingerprint))
        if on_progress is not None:
            on_progress(Progress(1, 1, lambda: _small(image)))
        return image

    async def _watched(self, prompt: str, on_progress: OnProgress | None) -> bytes:
        work = asyncio.create_task(self._file(prompt))
        try:
            while not work.done():
                await asyncio.wait({work}, timeout=_TICK_S)
                if on_progress is not None and not work.done():
                    on_progress(Progress(0, 1))
        finally:
            work.cancel()
            await asyncio.wait({work})
        return work.result()

    async def _file(self, prompt: str) -> bytes:
        """The picture's file, after as many tries as it takes."""
        import httpx

        trouble = _AWAY
        # No redirects: an answer must not lead anywhere else, nor a key with it.
        async with httpx.AsyncClient(
            timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S), follow_redirects=False
        ) as client:
            for number in range(TRIES):
                pause = self._pauses[min(number, len(self._pauses) - 1)]
                try:
                    async with asyncio.timeout(ANSWER_S):  # an answer may come drop by drop
                        status, headers, raw = await self._ask(client, prompt)
                        if status == 200:
                            found = picture_or_address(raw, self._base)
                            return found if isinstance(found, bytes) else await self._fetch(client, found)
                except (httpx.HTTPError, TimeoutError) as error:
                    logger.warning("the image service failed: %s", type(error).__name__)
                else:
                    trouble = _refused(status, raw)  # raises where another try would end alike
                    pause = _retry_after(headers, pause)
                if number + 1 < TRIES:
                    await asyncio.sleep(pause)
        raise Unavailable(trouble)

    async def _ask(self, client: httpx.AsyncClient, prompt: str) -> tuple[int, Mapping[str, str], bytes]:
        asked: dict[str, Any] = {"model": self.name, "prompt": prompt, "n": 1, "size": _ASKED}
        if not self._format_refused:
            asked["response_format"] = "b64_json"
        key = self._key.get_secret_value() if self._key else ""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        async with client.stream("POST", f"{self._base}/images/generations", json=asked, headers=headers) as answer:
            raw = await read(answer)
        if answer.status_code == 400 and not self._format_refused and b"response_format" in raw:
            self._format_refused = True  # newer models know nothing but base64, and refuse to be asked for it
            return await self._ask(client, prompt)
        return answer.status_code, answer.headers, raw

    async def _fetch(self, client: httpx.AsyncClient, url: str) -> bytes:
        async with client.stream("GET", url) as answer:
            if answer.status_code != 200:
                raise Unavailable(NO_PICTURE)
            return await read(answer)


def told(settings: Settings) -> Description:
    """What the painter is, without asking the API.

    Raises:
        SetupError: HASHIRA_IMAGE_BASE_URL is not an address.
    """
    from ml.artist.choose import Description

    model = settings.image_api_model
    return Description(model, of_words("hosted", _base(settings), model), (SIDE, SIDE), 1, 0.0)


def _base(settings: Settings) -> str:
    base = (settings.image_base_url or "").rstrip("/")
    scheme, host, _ = origin(base)
    if scheme not in {"http", "https"} or not host:
        raise SetupError("HASHIRA_IMAGE_BASE_URL must be an address such as https://images.example.com/v1.")
    return base


def _refused(status: int, raw: bytes) -> str:
    """What to say of a refusal that another try may overcome.

    Raises:
        ToolError: it is about the words.
        SetupError: it is about key, model or address.
    """
    said = raw[:2000].decode(errors="replace")
    logger.warning("the image service answered %s: %.300s", status, said)
    if status in {401, 403}:
        raise SetupError("The image service refuses the shop's key: check HASHIRA_IMAGE_API_KEY.")
    if status == 400 and any(word in said.lower() for word in _HELD_BACK):
        raise ToolError(HELD_BACK)
    if status not in _TRY_AGAIN:
        raise SetupError(
            f"The image service answers with {status}: check HASHIRA_IMAGE_BASE_URL and HASHIRA_IMAGE_API_MODEL."
        )
    return _BUSY if status == 429 else _AWAY


def _retry_after(headers: Mapping[str, str], usual: float) -> float:
    try:
        return min(max(float(headers["retry-after"]), 0.0), _LONGEST_PAUSE_S)
    except (KeyError, ValueError):
        return usual


def _small(image: Image) -> Image:
    small = image.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return small
