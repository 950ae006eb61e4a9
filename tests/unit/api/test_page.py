"""The page's own addresses lead to the page; nothing else does."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import page

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>HashiraMart</title>")
    (tmp_path / "assets" / "index-Ab12.js").write_text("1")
    (tmp_path / "assets" / "index-Ab12.js.gz").write_bytes(gzip.compress(b"1"))
    (tmp_path / "assets" / "index-Ab12.js.br").write_bytes(b"pressed")
    app = FastAPI()

    @app.get("/weapons/{weapon_id}")
    def weapon(weapon_id: int) -> int:
        return weapon_id

    page.install(app, tmp_path)
    with TestClient(app) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/", "/armoury", "/armoury/heron-spear", "/t/6f2c1f0e", "/nowhere/at/all"])
def test_a_browser_gets_the_page_at_the_pages_addresses(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert "<title>HashiraMart</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "headers"), [("/armoury", {}), ("/assets/gone.js", BROWSER), ("/favicon.ico", BROWSER)]
)
def test_a_program_or_a_missing_file_gets_its_404(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.get(path, headers=headers).status_code == 404


def test_an_address_of_the_api_stays_the_apis(client: TestClient) -> None:
    assert client.get("/weapons/nonsense", headers=BROWSER).status_code == 422


def test_what_has_a_hash_in_its_name_is_kept_for_good(client: TestClient) -> None:
    assert "immutable" in client.get("/assets/index-Ab12.js").headers["cache-control"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", None), ("", None)],
)
def test_a_browser_gets_the_smallest_form_that_it_takes(
    client: TestClient, accepted: str, encoding: str | None
) -> None:
    with client.stream("GET", "/assets/index-Ab12.js", headers={"accept-encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert raw == {"br": b"pressed", None: b"1"}.get(encoding, raw)
    assert encoding != "gzip" or gzip.decompress(raw) == b"1"


def test_each_form_of_a_file_is_told_apart_and_not_sent_again(client: TestClient) -> None:
    tags = []
    for accepted in ("gzip", "identity"):
        headers = {"accept-encoding": accepted}
        tag = client.get("/assets/index-Ab12.js", headers=headers).headers["etag"]
        assert client.get("/assets/index-Ab12.js", headers={**headers, "if-none-match": tag}).status_code == 304
        tags.append(tag)
    assert tags[0] != tags[1]
