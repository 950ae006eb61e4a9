"""The serving model: exchanged when the registry names another good one, and never for a bad one. With a real registry."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import enumerate as running_threads

import pytest

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import registry
from ml.champion import fetch_champion, last_good
from ml.release import MODEL_FILE, verify
from ml.scorer import Scorer
from tests.releases import BAD, WHY, Bad, artifacts, damage, force_alias, lay_out_store, make_bad_champion, release
from tests.unit.ml.forests import weapons
from tools.champion import Champion, rehearse
from tools.shelves import Shelf

LOGGER = "tools.champion"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home", mlflow_tracking_uri=None, champion_poll_s=0.05)
    lay_out_store(settings)
    return settings


@pytest.fixture
def served(settings: Settings, tmp_path: Path) -> Champion:
    """Serves version 1."""
    registry.promote(settings, release(tmp_path / "first"))
    champion = Champion(settings)
    champion.open()
    assert version_of(champion) == "v1"
    return champion


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as taken:  # bound and not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def version_of(champion: Champion) -> str:
    return champion.scorer().model_version.split("-")[0]


@pytest.mark.parametrize("used", [False, True], ids=["no registry yet", "an empty registry"])
def test_without_a_champion_it_says_so_until_one_is_promoted(settings: Settings, tmp_path: Path, used: bool) -> None:
    if not used:
        (settings.home / "mlflow" / "mlflow.db").unlink()
    champion = Champion(settings)
    champion.open()
    with pytest.raises(Unavailable, match="No model was promoted"):
        champion.scorer()
    registry.promote(settings, release(tmp_path / "first"))
    champion.look()
    assert version_of(champion) == "v1"


def test_a_promotion_is_served_at_the_next_look_and_a_rollback_too(
    served: Champion, settings: Settings, tmp_path: Path
) -> None:
    first = served.scorer()
    registry.promote(settings, release(tmp_path / "second", 12))
    assert served.scorer() is first
    served.look()
    assert version_of(served) == "v2"
    assert last_good(settings) == settings.models_path / "2"
    registry.rollback(settings)
    served.look()
    assert version_of(served) == "v1"
    assert served.scorer().model_version == first.model_version


def test_looking_again_keeps_the_very_same_model(served: Champion) -> None:
    first = served.scorer()
    served.look()
    assert served.scorer() is first


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_version_is_never_served_and_said_once(
    served: Champion, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture, bad: Bad
) -> None:
    first = served.scorer()
    version = make_bad_champion(settings, tmp_path, bad)
    with caplog.at_level(logging.WARNING, LOGGER):
        for _ in range(3):
            served.look()
    assert served.scorer() is first
    (record,) = caplog.records
    assert f"Version {version} is refused" in record.message
    assert WHY[bad] in record.message
    assert f"{first.model_version} serves" in record.message
    assert last_good(settings) == settings.models_path / "1"

    again = Champion(settings)  # a process that starts now
    again.open()
    again.look()
    assert version_of(again) == "v1"


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_version_is_not_served_where_nothing_else_is(settings: Settings, tmp_path: Path, bad: Bad) -> None:
    make_bad_champion(settings, tmp_path, bad)
    champion = Champion(settings)
    champion.open()
    with pytest.raises(Unavailable, match=WHY[bad]):
        champion.scorer()


def test_a_good_version_after_a_bad_one_is_served(served: Champion, settings: Settings, tmp_path: Path) -> None:
    make_bad_champion(settings, tmp_path, "golden rows")
    served.look()
    registry.promote(settings, release(tmp_path / "third", 12))
    served.look()
    assert version_of(served) == "v3"


def test_a_refused_version_is_fetched_again_only_when_its_files_change(
    served: Champion, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = release(tmp_path / "second", 12)
    version = registry.register(settings, good)
    damage(artifacts(settings, version) / MODEL_FILE)
    force_alias(settings, version)
    fetched: list[str] = []
    download = registry.download

    def counted(settings: Settings, found: registry.ChampionRef, into: Path) -> Path:
        fetched.append(found.version)
        return download(settings, found, into)

    monkeypatch.setattr(registry, "download", counted)
    for _ in range(3):
        served.look()
    assert fetched == [version]
    (artifacts(settings, version) / MODEL_FILE).write_bytes((good / MODEL_FILE).read_bytes())
    served.look()
    assert fetched == [version, version]
    assert version_of(served) == f"v{version}"


def test_registering_a_release_again_mends_the_registrys_copy(
    served: Champion, settings: Settings, tmp_path: Path
) -> None:
    good = release(tmp_path / "second", 12)
    version = registry.register(settings, good)
    damage(artifacts(settings, version) / MODEL_FILE)
    force_alias(settings, version)
    served.look()
    assert version_of(served) == "v1"
    assert registry.promote(settings, good) == version
    served.look()
    assert version_of(served) == f"v{version}"


def test_a_registry_that_is_moved_away_is_harmless_and_followed_again_when_back(
    served: Champion, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = settings.home / "mlflow" / "mlflow.db"
    store.rename(tmp_path / "away.db")
    with caplog.at_level(logging.WARNING, LOGGER):
        for _ in range(3):
            served.look()
    assert version_of(served) == "v1"
    assert [record.message.split(".")[0] for record in caplog.records] == ["The registry names no champion"]
    assert not store.exists()
    (tmp_path / "away.db").rename(store)
    registry.promote(settings, release(tmp_path / "second", 12))
    served.look()
    assert version_of(served) == "v2"


def test_a_registry_put_back_from_a_copy_is_read_anew(served: Champion, settings: Settings, tmp_path: Path) -> None:
    store = settings.home / "mlflow" / "mlflow.db"
    before = store.read_bytes()
    registry.promote(settings, release(tmp_path / "second", 12))
    served.look()
    assert version_of(served) == "v2"
    store.rename(tmp_path / "broken.db")
    store.write_bytes(before)
    served.look()
    assert version_of(served) == "v1"


def test_a_server_that_is_gone_is_said_once_and_nothing_stops(
    served: Champion, settings: Settings, closed_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    gone = settings.model_copy(update={"mlflow_tracking_uri": f"http://127.0.0.1:{closed_port}"})
    champion = Champion(gone)
    started = time.monotonic()
    with caplog.at_level(logging.WARNING, LOGGER):
        champion.open()
        for _ in range(3):
            champion.look()
    assert time.monotonic() - started < 5
    assert version_of(champion) == "v1"
    assert [record.message.split(".")[0] for record in caplog.records] == ["The experiment store at 127"]


def test_the_last_good_model_serves_at_once_and_without_mlflow(served: Champion, settings: Settings) -> None:
    code = (
        "import sys; from pathlib import Path; from hashiramart.config import Settings; from tools.champion import Champion\n"
        f"champion = Champion(Settings(home=Path({str(settings.home)!r}), mlflow_tracking_uri=None))\n"
        "champion.open()\n"
        "print(champion.scorer().model_version)\n"
        "assert not {'mlflow', 'sqlalchemy'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    assert done.stdout.strip() == served.scorer().model_version


def test_a_damaged_last_good_model_is_fetched_again(served: Champion, settings: Settings) -> None:
    damage(settings.models_path / "1" / MODEL_FILE)
    champion = Champion(settings)
    champion.open()
    assert champion.scorer().model_version == served.scorer().model_version
    verify(settings.models_path / "1")


def test_a_model_that_fails_its_rehearsal_is_kept_out(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def strict(scorer: Scorer) -> None:
        if scorer.model_version.startswith("v2"):
            raise ZeroDivisionError("on the shelf")

    registry.promote(settings, release(tmp_path / "first"))
    champion = Champion(settings, strict)
    champion.open()
    registry.promote(settings, release(tmp_path / "second", 12))
    with caplog.at_level(logging.WARNING, LOGGER):
        champion.look()
        champion.look()
    assert version_of(champion) == "v1"
    assert sum("ZeroDivisionError: on the shelf" in record.message for record in caplog.records) == 1


def test_the_thread_exchanges_the_model_and_ends_with_its_block(settings: Settings, tmp_path: Path) -> None:
    rehearsed: Queue[str] = Queue()
    champion = Champion(settings, lambda scorer: rehearsed.put(scorer.model_version))
    others = set(running_threads())  # a shop of other tests may be open in this process
    with champion.followed():
        registry.promote(settings, release(tmp_path / "first"))
        assert rehearsed.get(timeout=30).startswith("v1")
        registry.promote(settings, release(tmp_path / "second", 12))
        assert rehearsed.get(timeout=30).startswith("v2")
    assert version_of(champion) == "v2"
    assert "champion" not in {thread.name for thread in running_threads() if thread not in others}


def test_a_change_in_the_registrys_file_is_looked_at_long_before_the_next_look_is_due(
    settings: Settings, tmp_path: Path
) -> None:
    rehearsed: Queue[str] = Queue()
    patient = settings.model_copy(update={"champion_poll_s": 3600})
    champion = Champion(patient, lambda scorer: rehearsed.put(scorer.model_version))
    registry.promote(settings, release(tmp_path / "first"))
    with champion.followed():
        assert rehearsed.get(timeout=30).startswith("v1")
        registry.promote(settings, release(tmp_path / "second", 12))
        assert rehearsed.get(timeout=30).startswith("v2")


def test_only_a_few_old_models_stay_on_the_disk(served: Champion, settings: Settings, tmp_path: Path) -> None:
    for leaves in (10, 11, 12, 13, 14, 15):
        registry.promote(settings, release(tmp_path / str(leaves), leaves))
        served.look()
    assert version_of(served) == "v7"
    assert sorted(each.name for each in settings.models_path.iterdir() if each.is_dir()) == ["3", "4", "5", "6", "7"]
    assert fetch_champion(settings) == settings.models_path / "7"


def test_rehearsing_scores_the_whole_shelf_even_an_empty_one(served: Champion) -> None:
    for table in (weapons(40, 1), weapons(0, 1)):
        rehearse(served.scorer(), Shelf((len(table), 0), [], table))
