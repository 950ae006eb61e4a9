"""The small web server of the production set-up does as the API does when it serves the page itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.main import create_app
from api.middleware import CSP
from api.page import PRESSED
from hashiramart.config import Settings

FRONTEND = Path(__file__).parents[3] / "frontend"
CONFIG = (FRONTEND / "nginx.conf").read_text(encoding="utf-8")
PROXIED = re.compile(re.search(r"location ~ (\^/\(agui\S+) \{", CONFIG)[1])  # type: ignore[index]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(Settings(home=tmp_path_factory.mktemp("home")))


def _paths(app: FastAPI) -> list[str]:
    return [*app.openapi()["paths"], "/docs", "/openapi.json"]


def test_every_address_of_the_api_is_passed_on(app: FastAPI) -> None:
    paths = [re.sub(r"\{\w+\}", "x.svg", path) for path in _paths(app)]
    assert len(paths) > 30
    assert [path for path in paths if not PROXIED.search(path)] == []


def test_no_address_of_the_page_is_passed_on() -> None:
    places = re.findall(r'\w+: "(/\w*)"', (FRONTEND / "src/lib/places.ts").read_text(encoding="utf-8"))
    assert "/armoury" in places
    assert [place for place in [*places, "/t/x", "/armoury/heron-spear", "/assets/x.js"] if PROXIED.search(place)] == []


def test_the_development_server_passes_on_the_same(app: FastAPI) -> None:
    source = (FRONTEND / "vite.config.ts").read_text(encoding="utf-8")
    routes = re.search(r"const ROUTES = \[(.*?)\]", source, re.DOTALL)
    assert routes is not None
    patterns = [f"^/{route}(/|\\?|$)" for route in re.findall(r'"(\w+)"', routes[1])]
    patterns += re.findall(r'"(\^/[^"]+)": \{ target: API \}', source)
    assert [path for path in app.openapi()["paths"] if not any(re.search(pattern, path) for pattern in patterns)] == []
    assert not any(re.search(pattern, "/staff") for pattern in patterns), "the staff's room is the page's"


def test_the_policy_is_the_apis_in_every_place_that_serves_files() -> None:
    assert f'set $policy "{CSP}";' in CONFIG
    serving = [
        block for block in re.findall(r"location [^{]+\{(.*?)\n    \}", CONFIG, re.DOTALL) if "try_files" in block
    ]
    assert len(serving) == 3
    for block in serving:
        for header in (
            "Content-Security-Policy $policy",
            "X-Content-Type-Options nosniff",
            "Referrer-Policy same-origin",
        ):
            assert f"add_header {header} always;" in block


def test_answers_are_streamed_and_files_are_pressed_before() -> None:
    assert "proxy_buffering off;" in CONFIG
    assert "text/event-stream" not in re.search(r"gzip_types ([^;]+);", CONFIG)[1]  # type: ignore[index]
    assert "gzip_static on;" in CONFIG
    assert ("gzip", ".gz") in PRESSED
