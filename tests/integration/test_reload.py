"""The champion is exchanged while the API serves: seen through HTTP, with a real registry in the same home."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import numpy as np
import pytest

from hashiramart import catalog, seed
from hashiramart.config import Settings
from hashiramart.db import open_database
from ml import registry
from ml.features import SlayerProfile, WeaponTable, feature_matrix
from tests.conftest import temporary_home
from tests.releases import BAD, WHY, Bad, force_alias, lay_out_store, make_bad_champion, release
from tests.shop import RunningShop, environment, serving
from tests.unit.ml.forests import booster

LEAVES = {"1": 8, "2": 12}
"""The good models by their version."""

PROFILE = {"level": 20, "strength": 55, "dexterity": 35, "stamina": 45, "breathing_style": "Water"}
LIMIT_S = 30


@dataclass
class Reloading:
    """A shop that looks for another champion ten times a second. ``before`` is what it answered without any."""

    shop: RunningShop
    before: httpx.Response
    ready_before: httpx.Response

    @property
    def settings(self) -> Settings:
        return self.shop.settings


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reloading]:
    with temporary_home() as home:
        settings = Settings(home=home, mlflow_tracking_uri=None, champion_poll_s=0.1)
        lay_out_store(settings)
        with open_database(settings, force_stop=True) as database:
            with database.service() as session:
                catalog.stock_shelves(session)
            with serving(settings, database) as shop:
                client = shop.slayer("first-comer")
                before, ready = client.post("/recommend", json={}), client.get("/health/ready")
                for version, leaves in LEAVES.items():
                    folder = release(tmp_path_factory.mktemp("release") / version, leaves)
                    assert registry.promote(settings, folder) == version
                yield Reloading(shop, before, ready)


@pytest.fixture
def reloading(opened: Reloading) -> Reloading:
    """Version 1 serves, whatever the test before has left."""
    force_alias(opened.settings, "1")
    client = opened.shop.slayer(f"usher-{time.monotonic_ns()}")
    until_served(client, "1")
    return opened


def ask(client: httpx.Client) -> dict[str, Any]:
    response = client.post("/recommend", json={"top_k": 5})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def served(answer: dict[str, Any]) -> str:
    return str(answer["model_version"]).removeprefix("v").split("-")[0]


def until_served(client: httpx.Client, version: str) -> float:
    """Ask until a version answers; how long it took, in seconds."""
    started = time.monotonic()
    while True:
        response = client.post("/recommend", json={})
        took = time.monotonic() - started
        if response.status_code == 200 and served(response.json()) == version:
            return took
        assert took < LIMIT_S, response.text


def scores_of(version: str) -> dict[str, float]:
    """What LightGBM alone says of every weapon for a slayer of ``PROFILE``."""
    weapons = seed.weapons()
    table = WeaponTable.of(weapons)
    matrix = feature_matrix(SlayerProfile(**PROFILE), table)  # type: ignore[arg-type]
    return dict(zip(table.slugs, np.asarray(booster(LEAVES[version]).predict(matrix)).tolist(), strict=True))


def assert_whole(answer: dict[str, Any], says: dict[str, dict[str, float]]) -> None:
    """Every card is of the answer's model, and says what that model alone says."""
    assert answer["recommendations"]
    for card in answer["recommendations"]:
        assert card["model_version"] == answer["model_version"]
        assert card["score"] == pytest.approx(says[served(answer)][card["slug"]], abs=1e-9)


def test_without_a_champion_it_is_503_until_one_is_promoted(opened: Reloading) -> None:
    assert opened.before.status_code == 503
    assert "No model was promoted" in opened.before.json()["detail"]
    assert (opened.ready_before.status_code, opened.ready_before.json()["model_version"]) == (503, None)
    assert "No model was promoted" in opened.ready_before.json()["parts"]["recommender"]
    client = opened.shop.slayer("second-comer")
    deadline = time.monotonic() + LIMIT_S
    while (response := client.post("/recommend", json={})).status_code == 503:
        assert time.monotonic() < deadline
    assert response.json()["recommendations"]


def test_no_answer_mixes_two_models_while_they_are_exchanged(reloading: Reloading) -> None:
    says = {version: scores_of(version) for version in LEAVES}
    assert all(abs(says["1"][slug] - says["2"][slug]) > 1e-6 for slug in says["1"])
    clients = [reloading.shop.slayer(f"asker-{number}", **PROFILE) for number in range(4)]
    enough = Event()

    def keep_asking(client: httpx.Client) -> list[dict[str, Any]]:
        answers = []
        while not enough.is_set():
            answers.append(ask(client))
        return answers

    watcher = reloading.shop.slayer("watcher-of-swaps", **PROFILE)
    with ThreadPoolExecutor(len(clients)) as pool:
        asked = [pool.submit(keep_asking, client) for client in clients]
        try:
            for version in ("2", "1") * 5:
                registry.point_at(reloading.settings, version)
                until_served(watcher, version)
        finally:
            enough.set()
        answers = [answer for future in asked for answer in future.result()]
    assert {served(answer) for answer in answers} == {"1", "2"}
    for answer in answers:
        assert_whole(answer, says)


def test_the_chat_and_the_health_check_name_the_model_too(reloading: Reloading) -> None:
    client = reloading.shop.slayer("talker", **PROFILE)
    version = ask(client)["model_version"]
    assert client.get("/health/ready").json()["model_version"] == version
    chat = client.post("/coach/chat", json={"message": "recommend me three weapons"}).json()
    (block,) = [block for block in chat["blocks"] if block["type"] == "recommendations"]
    assert {block["model_version"], *(card["model_version"] for card in block["recommendations"])} == {version}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_champion_never_answers(
    reloading: Reloading, tmp_path: Path, caplog: pytest.LogCaptureFixture, bad: Bad
) -> None:
    client = reloading.shop.slayer(f"unlucky-{BAD.index(bad)}", **PROFILE)
    good = ask(client)
    with caplog.at_level(logging.WARNING, "tools.champion"):
        version = make_bad_champion(reloading.settings, tmp_path, bad, leaves=20 + BAD.index(bad))
        deadline = time.monotonic() + LIMIT_S
        while not any(f"Version {version} is refused" in record.message for record in caplog.records):
            assert ask(client)["model_version"] == good["model_version"]
            assert time.monotonic() < deadline
    assert WHY[bad] in caplog.text
    assert all(ask(client)["model_version"] == good["model_version"] for _ in range(20))


def test_a_rollback_is_served_within_ten_seconds(reloading: Reloading) -> None:
    client = reloading.shop.slayer("regretful", **PROFILE)
    registry.point_at(reloading.settings, "2")
    until_served(client, "2")
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "cli.main", "rollback"],
        env=environment(reloading.settings.home, reloading.settings.port),
        check=True,
        capture_output=True,
    )
    until_served(client, "1")
    assert time.monotonic() - started < 10


def test_a_registry_that_goes_away_and_comes_back_stops_nobody(
    reloading: Reloading, caplog: pytest.LogCaptureFixture
) -> None:
    client = reloading.shop.slayer("untroubled", **PROFILE)
    store = reloading.settings.home / "mlflow" / "mlflow.db"
    away = store.with_name("away.db")
    with caplog.at_level(logging.WARNING, "tools.champion"):
        store.rename(away)
        try:
            deadline = time.monotonic() + LIMIT_S
            while "names no champion" not in caplog.text:
                assert served(ask(client)) == "1"
                assert time.monotonic() < deadline
            assert all(served(ask(client)) == "1" for _ in range(20))
        finally:
            away.rename(store)
    registry.point_at(reloading.settings, "2")
    until_served(client, "2")
