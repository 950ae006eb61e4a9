"""A hosted images API paints, fails, and sends what it should not: everything over real HTTP to a scripted server."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from hashiramart.config import Settings
from hashiramart.errors import HashiraError, SetupError, ToolError, Unavailable
from ml.artist import hosted_answer
from ml.artist.choose import describe, load_painter
from ml.artist.hosted import HostedPainter
from ml.artist.painter import PaintRequest, Progress
from tests.images_server import ImagesApi, as_address, as_base64, picture, refusal, serve

REQUEST = PaintRequest("Kaede with a katana", "blurry", seed=3, steps=1, guidance=0, width=512, height=512)
KEY = "sk-a-secret-key"


@pytest.fixture
def api() -> Iterator[ImagesApi]:
    with serve(lambda number, body: as_base64(picture())) as api:
        yield api


def _painter(api: ImagesApi, **changes: Any) -> HostedPainter:
    told: dict[str, Any] = {"image_base_url": api.base_url, "image_api_key": KEY, "image_api_model": "painter-1"}
    return HostedPainter(Settings(**told | changes), pauses=(0.01, 0.01))


def test_the_settings_name_the_api(api: ImagesApi) -> None:
    settings = Settings(image_base_url=api.base_url, image_api_model="painter-1")
    painter, told = load_painter(settings), describe(settings)
    assert isinstance(painter, HostedPainter)
    assert (told.name, told.size, told.steps, told.guidance, told.own) == ("painter-1", (512, 512), 1, 0.0, False)
    assert (painter.name, painter.fingerprint, painter.size) == (told.name, told.fingerprint, told.size)
    assert api.requests == []
    other = describe(Settings(image_base_url=api.base_url, image_api_model="painter-2"))
    assert other.fingerprint != told.fingerprint


def test_a_picture_is_asked_for_in_openais_shape_and_comes_at_the_shops_size(api: ImagesApi) -> None:
    image = _painter(api).paint(REQUEST)
    ((body, headers),) = api.requests
    asked = {"model": "painter-1", "prompt": REQUEST.prompt, "n": 1, "size": "1024x1024", "response_format": "b64_json"}
    assert body == asked
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert (image.mode, image.size) == ("RGB", (512, 512))
    assert image.info["model"] == "painter-1"
    assert set(image.info) == {"prompt", "negative_prompt", "seed", "steps", "guidance", "model", "checkpoint"}


def test_without_a_key_none_is_sent(api: ImagesApi) -> None:
    _painter(api, image_api_key=None).paint(REQUEST)
    assert "Authorization" not in api.requests[0][1]


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_an_oblong_picture_of_another_kind_is_cut_not_squeezed(api: ImagesApi, kind: str) -> None:
    api.script = lambda number, body: as_base64(picture((900, 600), kind))
    image = _painter(api).paint(REQUEST)
    assert image.size == (512, 512)
    assert int(np.asarray(image)[0].max()) < 20 < 235 < int(np.asarray(image)[-1].min())


def test_a_model_that_knows_no_format_is_asked_without_one_from_then_on(api: ImagesApi) -> None:
    def script(number: int, body: dict[str, Any]) -> Any:
        if "response_format" in body:
            return refusal(400, "unknown_parameter response_format")
        return as_base64(picture())

    api.script = script
    painter = _painter(api)
    painter.paint(REQUEST)
    painter.paint(REQUEST)
    assert ["response_format" in body for body, _ in api.requests] == [True, False, False]


def test_a_picture_at_the_apis_own_host_is_fetched_without_the_key(api: ImagesApi) -> None:
    api.files["/files/1.png"] = picture()
    api.script = lambda number, body: as_address(api.base_url.replace("/v1", "/files/1.png"))
    assert _painter(api).paint(REQUEST).size == (512, 512)
    assert api.fetched == ["/files/1.png"]


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "http://127.0.0.1:1/x.png",
        "//elsewhere/x.png",
        "http://[",
    ],
)
def test_a_picture_at_another_host_is_not_fetched(api: ImagesApi, url: str) -> None:
    api.script = lambda number, body: as_address(url)
    with pytest.raises(SetupError, match="another host"):
        _painter(api).paint(REQUEST)
    assert api.fetched == []


def test_an_answer_that_leads_elsewhere_is_not_followed(api: ImagesApi) -> None:
    api.files["/other"] = picture()
    api.script = lambda number, body: (302, {"Location": "/other"}, b"")
    with pytest.raises(SetupError, match="answers with 302"):
        _painter(api).paint(REQUEST)
    assert api.fetched == []


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>a gateway's page</html>"),
        (200, {}, b'["no", "object"]'),
        (200, {}, b'{"data": []}'),
        (200, {}, b'{"data": ["words"]}'),
        (200, {}, b'{"data": [{"b64_json": "not base64!"}]}'),
        as_base64(b"no picture at all"),
        as_base64(picture()[:400]),
        as_base64(b"GIF89a" + bytes(40)),
    ],
)
def test_what_is_no_picture_is_said_to_be_none(api: ImagesApi, answer: Any) -> None:
    api.script = lambda number, body: answer
    with pytest.raises(Unavailable, match="not with a picture"):
        _painter(api).paint(REQUEST)


def test_a_picture_with_too_many_pixels_is_not_opened(api: ImagesApi) -> None:
    api.script = lambda number, body: as_base64(picture((8200, 2100)))
    with pytest.raises(Unavailable, match="too large"):
        _painter(api).paint(REQUEST)


def test_an_answer_that_does_not_end_is_cut_off(api: ImagesApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosted_answer, "MOST_BYTES", 1000)
    with pytest.raises(Unavailable, match="more than a picture"):
        _painter(api).paint(REQUEST)


def test_a_blank_picture_is_held_back(api: ImagesApi) -> None:
    from PIL import Image

    def blank(number: int, body: dict[str, Any]) -> Any:
        import io

        file = io.BytesIO()
        Image.new("RGB", (64, 64)).save(file, format="PNG")
        return as_base64(file.getvalue())

    api.script = blank
    with pytest.raises(ToolError, match="blank"):
        _painter(api).paint(REQUEST)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_trouble_is_tried_again(api: ImagesApi, status: int) -> None:
    api.script = lambda number, body: refusal(status, "busy") if number < 2 else as_base64(picture())
    assert _painter(api).paint(REQUEST).size == (512, 512)
    assert len(api.requests) == 3


def test_a_trouble_that_stays_ends_after_three_tries_in_plain_words(api: ImagesApi) -> None:
    api.script = lambda number, body: refusal(429, "rate_limit_exceeded", **{"Retry-After": "0.01"})
    with pytest.raises(Unavailable, match="too much to do"):
        _painter(api).paint(REQUEST)
    assert len(api.requests) == 3


def test_the_api_says_how_long_to_leave_it_alone(api: ImagesApi) -> None:
    times: list[float] = []

    def script(number: int, body: dict[str, Any]) -> Any:
        times.append(time.monotonic())
        return refusal(503, "busy", **{"Retry-After": "0.4"}) if number == 0 else as_base64(picture())

    api.script = script
    _painter(api).paint(REQUEST)
    assert times[1] - times[0] >= 0.4


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (refusal(401, "invalid_api_key"), SetupError, "HASHIRA_IMAGE_API_KEY"),
        (refusal(404, "model_not_found"), SetupError, "HASHIRA_IMAGE_API_MODEL"),
        (refusal(400, "moderation_blocked"), ToolError, "Other words may do better"),
        (refusal(400, "content_policy_violation"), ToolError, "Other words may do better"),
    ],
)
def test_what_another_try_would_not_change_is_said_at_once(
    api: ImagesApi, answer: Any, kind: type[HashiraError], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    api.script = lambda number, body: answer
    with caplog.at_level(logging.DEBUG), pytest.raises(kind, match=said) as refused:
        _painter(api).paint(REQUEST)
    assert len(api.requests) == 1
    assert KEY not in refused.value.message + caplog.text


def test_an_api_that_is_not_there_is_said_to_be_away() -> None:
    with serve(lambda number, body: as_base64(picture())) as gone:
        painter = _painter(gone)
    with pytest.raises(Unavailable, match="does not answer"):
        painter.paint(REQUEST)


class _Cancelled(Exception):
    pass


def test_waiting_can_be_broken_off(api: ImagesApi) -> None:
    api.held.clear()
    told: list[Progress] = []

    def cancel(progress: Progress) -> None:
        told.append(progress)
        raise _Cancelled

    began = time.monotonic()
    with pytest.raises(_Cancelled):
        _painter(api).paint(REQUEST, cancel)
    assert [(one.done, one.total) for one in told] == [(0, 1)]
    assert time.monotonic() - began < 10  # and not as long as the API holds its answer


def test_the_last_progress_shows_the_picture(api: ImagesApi) -> None:
    told: list[Progress] = []
    _painter(api).paint(REQUEST, told.append)
    last = told[-1]
    assert (last.done, last.total) == (1, 1)
    assert last.preview is not None
    assert last.preview().size == (96, 96)


@pytest.mark.parametrize("address", ["images.example.com", "ftp://images.example.com", "http://", "https://["])
def test_an_address_that_is_none_is_said_to_be_none(address: str) -> None:
    with pytest.raises(SetupError, match="HASHIRA_IMAGE_BASE_URL must be an address"):
        describe(Settings(image_base_url=address))


def test_the_key_is_in_no_words_of_the_settings() -> None:
    assert KEY not in repr(Settings(image_api_key=KEY))
