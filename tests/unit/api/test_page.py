"""The page's own addresses lead to the page; nothing else does."""

from __future__ import annotations

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
