"""``hashira retrain`` on a real PostgreSQL with real DVC and MLflow, and the job that does it every night."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import uuid
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
import pytest
import yaml
from sqlmodel import select

from cli import prepare, worker
from hashiramart import catalog, jobs, ledger
from hashiramart.accounts import Registration, register
from hashiramart.config import Settings
from hashiramart.db import Database, open_database
from hashiramart.errors import Conflict, Unavailable
from hashiramart.events import BattleEvent
from hashiramart.models import Holding, utc_now
from ml import registry
from ml import retrain as retrain_module
from ml.layout import STAGES, Layout
from ml.params import default_params_path
from ml.release import verify
from ml.retrain import RetrainResult, alone, retrain
from ml.workspace import default_root
from tests.conftest import temporary_home
from tests.releases import lay_out_store, release
from tools import chores, painting

SMALL: dict[str, dict[str, Any]] = {
    "generate_data": {"slayers": 300, "interactions": 12_000, "synthetic_weapons": 30, "new_weapons": 3},
    "train_recommender": {"rounds": 40},
    "evaluate": {"slayers": 50, "catalogue_sizes": [30], "catalogue_slayers": 5},
    "gate": {"rounds": 200, "slayers": 50, "max_ece": 1.0, "auc_margin": 1, "regret_margin": 1, "slice_margin": 1},
}


def write_params(path: Path, **gate: float) -> None:
    """Few battles and a patient gate, but for what is said of it."""
    raw = yaml.safe_load(default_params_path().read_text(encoding="utf-8"))
    for section, values in SMALL.items():
        raw[section].update(values)
    raw["gate"].update(gate)
    path.write_text(yaml.safe_dump(raw, sort_keys=False), encoding="utf-8")


class Shop:
    """A stocked installation of its own with one slayer."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings, self.database = settings, database
        self.layout = Layout(default_root(settings))
        self.reported = 0
        with database.service() as session:
            catalog.stock_shelves(session)
        profile = Registration(handle="giyu", password="still-as-water", name="Giyu", breathing_style="Water")
        with database.session(None) as session:
            self.slayer_id = register(session, profile).id
        with database.service() as session:
            self.lent = session.exec(select(Holding.weapon_id).where(Holding.slayer_id == self.slayer_id)).one()

    def fight(self, battles: int = 1) -> None:
        """Report battles."""
        for _ in range(battles):
            self.reported += 1
            event = BattleEvent(type="battle", event_id=f"battle-{self.reported}", weapon_id=self.lent, success=True)
            ledger.report(self.database, self.slayer_id, event, now=utc_now())

    def retrain(self, **how: Any) -> RetrainResult:
        """Retrain in the state folder."""
        return retrain(self.settings, self.database, **how)

    def trained_on(self) -> list[str]:
        """The real battles that the last split was made from, in whichever part."""
        parts = ("train", "test", "frozen")
        ids = pd.concat([pd.read_parquet(self.layout.split / f"{part}.parquet") for part in parts])["interaction_id"]
        return sorted(ids[ids.str.startswith("interaction ")])

    def champion(self) -> str | None:
        """The version that serves."""
        found = registry.champion(self.settings)
        return found.version if found else None


@pytest.fixture
def shop() -> Iterator[Shop]:
    with temporary_home() as home:
        write_params(home / "params.yaml")
        settings = Settings(home=home, params_file=home / "params.yaml", mlflow_tracking_uri=None)
        lay_out_store(settings)
        with open_database(settings, force_stop=True) as database:
            yield Shop(settings, database)


@pytest.mark.slow
def test_nights_of_a_shop(shop: Shop) -> None:
    """One story, for a retrain takes its time: prepared, promoted, stopped on the way, held back, and nothing new."""
    prepare._find_champion(shop.settings, shop.database, lambda _what, _done: None)
    (opening,) = registry.versions(shop.settings)
    assert (opening.version, opening.watermark) == ("1", None)
    assert (opening.trained_rows or 0) < SMALL["generate_data"]["interactions"]  # by the configured parameters

    shop.fight(2)
    seen: deque[str] = deque()
    refused: list[str] = []

    def meanwhile(stage: str, _done: float, _text: str) -> None:
        if stage == "split" and "split" not in seen:
            shop.fight()
            with pytest.raises(Conflict) as clash:
                shop.retrain()
            refused.append(clash.value.message)
        seen.append(stage)

    first = shop.retrain(on_stage=meanwhile)
    assert (first.status, first.version, first.watermark, first.battles) == ("promoted", "2", "interaction 2", 2)
    assert shop.champion() == "2"
    assert shop.trained_on() == ["interaction 1", "interaction 2"]
    assert refused == ["Another retrain is running."]
    assert list(dict.fromkeys(seen)) == ["snapshot", *STAGES, "report"]
    assert (first.reports / "nightly" / "report.md").is_file()
    assert registry.versions(shop.settings)[0].watermark == "interaction 2"

    # The next night is stopped on the way.
    seen.clear()
    with pytest.raises(Unavailable, match="stopped before its end"):
        shop.retrain(
            on_stage=lambda stage, *_: seen.append(stage), cancelled=lambda: bool(seen) and seen[-1] == "split"
        )
    assert shop.champion() == "2"
    assert len(registry.versions(shop.settings)) == 2
    with alone(shop.database):
        pass  # the lock is free

    # The night after makes up for it; its challenger is worse than what the gate accepts.
    assert shop.settings.params_file is not None
    write_params(shop.settings.params_file, max_ece=1e-6)
    held = shop.retrain()
    assert (held.status, held.version, held.watermark, held.battles) == ("held", "3", "interaction 3", 3)
    assert "ECE" in held.reason
    assert shop.trained_on() == ["interaction 1", "interaction 2", "interaction 3"]
    assert shop.champion() == "2"
    assert registry.versions(shop.settings)[0].aliases == ()

    again = shop.retrain()
    assert (again.status, again.version, again.battles) == ("nothing new", None, 3)
    assert len(registry.versions(shop.settings)) == 3


def test_a_stage_that_fails_is_named_with_its_reason_and_promotes_nothing(shop: Shop) -> None:
    shop.fight()
    assert shop.settings.params_file is not None
    raw = yaml.safe_load(shop.settings.params_file.read_text(encoding="utf-8"))
    raw["validate"].update(min_win_rate=0.9, max_win_rate=0.95)
    shop.settings.params_file.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(Unavailable, match=r"The stage validate failed: .*share of won battles is .* See .*log\.txt"):
        shop.retrain()
    assert shop.champion() is None


def test_a_shop_without_battles_whose_champion_stands_has_nothing_to_learn(shop: Shop, tmp_path: Path) -> None:
    registry.promote(shop.settings, release(tmp_path / "first"))
    result = shop.retrain()
    assert (result.status, result.watermark) == ("nothing new", None)
    assert not (shop.layout.root / "dvc.lock").exists()


def test_a_champion_of_somebody_elses_is_not_overruled(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.promote(shop.settings, release(tmp_path / "first"))
    shop.fight()
    made = release(tmp_path / "made", leaves=12)

    def challenge(workspace: Any, *_: object) -> Any:
        """Another champion comes while the challenger is trained."""
        retrain_module._bring_champion(shop.settings, Layout(workspace.root))
        registry.promote(shop.settings, release(tmp_path / "second", leaves=16))
        return verify(made)

    monkeypatch.setattr(retrain_module, "_challenge", challenge)
    with pytest.raises(Conflict, match="changed while its challenger was trained"):
        shop.retrain()
    assert shop.champion() == "2"


def test_a_night_that_fails_is_logged_with_its_reason_only(
    database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with alone(database), caplog.at_level(logging.INFO, logger="tools.chores"):
        chores.learn(settings, database)
    (record,) = caplog.records
    assert (record.levelname, record.exc_info) == ("ERROR", None)
    assert record.getMessage() == "this night's retrain failed: Another retrain is running."


def test_an_installation_that_does_not_retrain_leaves_it_alone(
    database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with alone(database), caplog.at_level(logging.INFO, logger="tools.chores"):
        chores.learn(settings.model_copy(update={"retrain": False}), database)
    assert [record.levelname for record in caplog.records] == ["INFO"]


def test_the_retrain_is_every_nights_and_waits_in_the_queue_once(database: Database, settings: Settings) -> None:
    app = jobs.worker_app(database)
    chores.register_long(app, settings, database)
    (periodic,) = app.periodic_registry.periodic_tasks.values()
    assert (periodic.cron, periodic.task.name) == ("40 3 * * *", jobs.RETRAIN)
    assert (periodic.task.queue, periodic.task.queueing_lock) == (jobs.LONG_QUEUE, jobs.RETRAIN)


def test_a_worker_that_slept_through_the_night_makes_up_for_it(database: Database, tmp_path: Path) -> None:
    # Not the worker's own home: whether a retrain is due must be a matter of this test alone.
    settings = Settings(home=tmp_path)
    now = utc_now()
    assert chores.missed_a_night(settings, now=now)
    assert not chores.missed_a_night(settings.model_copy(update={"retrain": False}), now=now)
    note = tmp_path / "pipeline" / "reports" / "retrain" / "last.json"
    note.parent.mkdir(parents=True)
    note.touch()
    assert not chores.missed_a_night(settings, now=now + timedelta(hours=19))
    assert chores.missed_a_night(settings, now=now + timedelta(hours=21))

    async def ask() -> None:
        app = jobs.worker_app(database)
        async with app.open_async():
            for _ in range(2):
                await jobs.ask_for_retrain(app, in_minutes=10, now=now)

    asyncio.run(ask())
    with psycopg.connect(database.conninfo_for("procrastinate")) as connection:
        rows = connection.execute(
            "SELECT task_name, queue_name, scheduled_at > now() + interval '9 minutes' FROM procrastinate_jobs"
        ).fetchall()
    assert rows == [(jobs.RETRAIN, jobs.LONG_QUEUE, True)]


def test_pictures_are_not_held_up_by_a_retrain_and_both_end_when_the_worker_is_told(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = threading.Event()
    told: list[str] = []

    def learn(_settings: Settings, _database: Database, *, cancelled: Any) -> None:
        told.append("painted meanwhile" if painted.wait(20) else "waited in vain")
        os.kill(os.getpid(), signal.SIGTERM)
        nothing = threading.Event()
        for _ in range(200):
            if cancelled():
                told.append("stopped")
                return
            nothing.wait(0.1)

    monkeypatch.setattr(chores, "learn", learn)
    monkeypatch.setattr(painting.Easel, "paint", lambda *_, **__: painted.set())
    with psycopg.connect(database.conninfo_for("procrastinate")) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES (%s, %s, '{\"timestamp\": 0}')",
            [jobs.LONG_QUEUE, jobs.RETRAIN],
        )
    before = signal.getsignal(signal.SIGTERM)
    with jobs.queue(database).open() as app:
        jobs.ask_for_picture(app, uuid.uuid4())
        asyncio.run(worker._work(settings, database))
    assert told == ["painted meanwhile", "stopped"]
    assert signal.getsignal(signal.SIGTERM) == before
