"""The snapshot: every committed battle once, joined to what was recommended, in files that change only where the rows do."""

from __future__ import annotations

import math
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
import pytest
from sqlalchemy import delete
from sqlmodel import col, select

from hashiramart import ledger
from hashiramart.db import Database
from hashiramart.errors import Unavailable
from hashiramart.events import BattleEvent
from hashiramart.models import Holding, Impression, Interaction, ShownList, Slayer, Weapon, utc_now
from ml import extract, snapshot, sources
from ml.features import FEATURES
from ml.layout import Layout
from ml.params import load_params
from ml.validate import find_faults

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
INSERT = """
INSERT INTO interactions
  (slayer_id, weapon_id, event_id, success, level, strength, dexterity, stamina, breathing_style, occurred_at)
VALUES (%s, %s, %s, true, 1, 50, 50, 50, 'Water', %s) RETURNING id
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """An empty pipeline folder."""
    return Layout(tmp_path)


def fight(
    database: Database, slayer: Slayer, weapon: Weapon, *outcomes: bool, start: datetime = NOON, key: str = "battle"
) -> None:
    """Battles an hour apart, as the ledger writes them."""
    with database.service() as session:
        for place, won in enumerate(outcomes):
            session.add(
                Interaction(
                    slayer_id=slayer.id,
                    weapon_id=weapon.id,
                    event_id=f"{key}-{place}",
                    success=won,
                    level=slayer.level,
                    strength=slayer.strength,
                    dexterity=slayer.dexterity,
                    stamina=slayer.stamina,
                    breathing_style=slayer.breathing_style,
                    occurred_at=start + timedelta(hours=place),
                )
            )
            session.flush()  # one by one: their numbers are in this order


def show(
    database: Database, slayer: Slayer, weapons: list[Weapon], at: datetime, *, version: str, explored: int = 0
) -> uuid.UUID:
    """A list of weapons; the place ``explored`` (from 1) was drawn."""
    shown = ShownList(
        slayer_id=slayer.id,
        key=uuid.uuid4().hex,
        model_version=version,
        prefer="balance",
        level=slayer.level,
        strength=61.5,
        dexterity=50,
        stamina=50,
        breathing_style=slayer.breathing_style,
        share=0.1,
        candidates=[weapon.id for weapon in weapons],
        weights=[0.125] if explored else [],
        shown_at=at,
    )
    with database.service() as session:
        session.add(shown)
        session.flush()
        for position, weapon in enumerate(weapons, start=1):
            session.add(
                Impression(
                    list_id=shown.id,
                    position=position,
                    slayer_id=slayer.id,
                    weapon_id=weapon.id,
                    score=0.5,
                    propensity=0.0125 if position == explored else 0.9,
                    explored=position == explored,
                    features=[1.0] * len(FEATURES),
                )
            )
    return shown.id


def battles(layout: Layout) -> pd.DataFrame:
    """All battles of the snapshot, by the database's number."""
    days = [pd.read_parquet(path) for path in sorted((layout.snapshot / "interactions").glob("*.parquet"))]
    found = pd.concat(days, ignore_index=True) if days else pd.DataFrame({"interaction_id": []})
    number = found["interaction_id"].str.removeprefix("interaction ").astype(int)
    return found.set_index(number.to_numpy()).sort_index()


def only_battle(layout: Layout) -> dict[str, Any]:
    """The battle of a snapshot with one battle."""
    (found,) = battles(layout).to_dict("records")
    return {str(name): value for name, value in found.items()}


def impressions(layout: Layout) -> dict[tuple[str, int], dict[str, Any]]:
    """All impressions of the snapshot, by list and position."""
    days = [pd.read_parquet(path) for path in sorted((layout.snapshot / "impressions").glob("*.parquet"))]
    rows = pd.concat(days).to_dict("records")
    return {(row["list_id"], row["position"]): {str(name): value for name, value in row.items()} for row in rows}


def away(database: Database) -> Database:
    """The same database where nobody answers."""
    return replace(database, conninfo="postgresql://nobody@127.0.0.1:9/nothing")


def contents(layout: Layout) -> dict[str, bytes]:
    return {
        path.relative_to(layout.snapshot).as_posix(): path.read_bytes()
        for path in layout.snapshot.rglob("*")
        if path.is_file()
    }


def test_reported_outcomes_are_in_the_next_snapshot_exactly_once(
    database: Database, slayer: Slayer, layout: Layout
) -> None:
    with database.service() as session:
        lent = session.exec(select(Holding.weapon_id).where(Holding.slayer_id == slayer.id)).one()
    for key, won in (("first", True), ("second", False), ("first", True)):
        event = BattleEvent(type="battle", event_id=key, weapon_id=lent, success=won)
        ledger.report(database, slayer.id, event, now=utc_now())
    taken = snapshot.take(database, layout.root)
    found = battles(layout)
    assert taken.rows == len(found) == 2
    assert sorted(found["success"]) == [0, 1]
    assert set(found["slayer_id"]) == {str(slayer.id)}
    assert set(found["weapon_id"]) == {str(lent)}
    assert set(found["level"]) == {20}
    assert taken.watermark == f"interaction {found.index.max()}"


def test_the_snapshot_passes_the_validation_that_training_asks_for(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    show(database, slayer, stocked[:3], NOON - timedelta(hours=1), version="v1-abcd", explored=3)
    fight(database, slayer, stocked[2], True, False)
    fight(database, slayer, stocked[3], True, key="other")
    snapshot.take(database, layout.root)
    people, things = (pd.read_parquet(layout.snapshot / f"{name}.parquet") for name in ("slayers", "weapons"))
    real = sources.Source("snapshot", people, things, battles(layout).reset_index(drop=True))
    assert find_faults([real], load_params().validation) == []
    assert set(things["source"]) == {"catalogue"}
    by_slug = things.set_index("slug")["styles"]
    assert {weapon.slug: list(weapon.styles) for weapon in stocked} == {
        slug: list(of_it) for slug, of_it in by_slug.items()
    }


def test_an_empty_shop_gives_a_snapshot_without_battles(database: Database, layout: Layout) -> None:
    taken = snapshot.take(database, layout.root)
    assert (taken.rows, taken.impressions, taken.watermark) == (0, 0, None)
    assert sources.manifest(layout) == taken


def test_when_nothing_is_new_the_folder_is_not_touched(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    fight(database, slayer, stocked[0], True, False)
    first = snapshot.take(database, layout.root)

    def written() -> dict[Path, tuple[int, int]]:
        """Which files there are, and when each was written last; reading them is no sin."""
        found = {path: path.stat() for path in layout.snapshot.rglob("*")}
        return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}

    before = written()
    assert snapshot.take(database, layout.root) == first
    assert written() == before


def test_a_new_day_leaves_the_files_of_older_days_as_they_are(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    fight(database, slayer, stocked[0], True, False)
    snapshot.take(database, layout.root)
    before = contents(layout)
    fight(database, slayer, stocked[0], False, start=NOON + timedelta(days=1), key="later")
    snapshot.take(database, layout.root)
    after = contents(layout)
    assert set(after) - set(before) == {"interactions/2026-03-11.parquet"}
    assert {name for name in before if after[name] != before[name]} == {"manifest.json"}


def test_a_battle_that_is_committed_late_is_in_the_following_snapshot(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    with psycopg.connect(database.conninfo) as slow:  # has the lower number, and is committed after the higher one
        low = slow.execute(INSERT, [slayer.id, stocked[0].id, "slow", NOON]).fetchone()
        fight(database, slayer, stocked[0], True)
        first = snapshot.take(database, layout.root)
        high = battles(layout).index.tolist()
    second = snapshot.take(database, layout.root)
    assert low is not None
    assert (first.rows, high) == (1, [low[0] + 1])
    assert battles(layout).index.tolist() == [low[0], low[0] + 1]
    assert first.watermark == second.watermark
    assert first.battles_sha256() != second.battles_sha256()


def test_a_slayer_who_left_is_in_no_later_snapshot(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    fight(database, slayer, stocked[0], True)
    show(database, slayer, stocked[:2], NOON, version="v1-abcd")
    assert snapshot.take(database, layout.root).rows == 1
    with database.service() as session:
        session.execute(delete(Slayer).where(col(Slayer.id) == slayer.id))
    taken = snapshot.take(database, layout.root)
    assert (taken.rows, taken.impressions) == (0, 0)
    assert set(contents(layout)) == {"manifest.json", "slayers.parquet", "weapons.parquet"}
    assert pd.read_parquet(layout.snapshot / "slayers.parquet").empty


def test_a_battle_belongs_to_the_latest_list_before_it(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    old = show(database, slayer, stocked[:3], NOON - timedelta(days=3), version="v1-abcd")
    new = show(database, slayer, stocked[:3], NOON - timedelta(days=1), version="v2-abcd", explored=2)
    later = show(database, slayer, stocked[:3], NOON + timedelta(days=1), version="v3-abcd")
    fight(database, slayer, stocked[1], True, False, True)
    taken = snapshot.take(database, layout.root)
    found = battles(layout)
    assert set(found["model_version"]) == {"v2-abcd"}
    assert found["propensity"].tolist() == [0.0125] * 3
    assert found["exploration"].all()
    shown = impressions(layout)
    assert taken.impressions == len(shown) == 9
    fought = shown.pop((str(new), 2))
    assert (fought["outcome"], fought["battles"]) == (pytest.approx(2 / 3), 3)
    assert all(math.isnan(row["outcome"]) and row["battles"] == 0 for row in shown.values())
    assert {name for name, _ in shown} == {str(old), str(new), str(later)}
    assert {row["prefer"] for row in shown.values()} == {"balance"}


def test_an_impression_says_what_its_propensity_depends_on(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    drawn = show(database, slayer, stocked[:3], NOON, version="v1-abcd", explored=3)
    plain = show(database, slayer, stocked[:1], NOON, version="v1-abcd")
    snapshot.take(database, layout.root)
    row = impressions(layout)[str(drawn), 3]
    assert list(row["candidates"]) == [str(weapon.id) for weapon in stocked[:3]]
    assert list(row["weights"]) == [0.125]
    assert (row["places"], row["share"], row["strength"], row["explored"]) == (3, 0.1, 61.5, True)
    assert list(impressions(layout)[str(plain), 1]["weights"]) == []
    assert str(row["shown_at"]) == "2026-03-10 12:00:00+00:00"


@pytest.mark.parametrize(("days", "joined"), [(14, True), (14.01, False)])
def test_a_list_is_forgotten_after_fourteen_days(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout, days: float, joined: bool
) -> None:
    show(database, slayer, stocked[:1], NOON - timedelta(days=days), version="v1-abcd")
    fight(database, slayer, stocked[0], True)
    snapshot.take(database, layout.root)
    battle = only_battle(layout)
    assert (battle["model_version"] == "v1-abcd") is joined
    assert math.isnan(battle["propensity"]) is not joined
    assert battle["exploration"] is False


def test_a_list_of_another_slayer_or_weapon_explains_nothing(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    other = Slayer(name="Sanemi", breathing_style="Wind")
    with database.service() as session:
        session.add(other)
    show(database, other, stocked[:2], NOON - timedelta(hours=1), version="v1-abcd")
    show(database, slayer, stocked[1:2], NOON - timedelta(hours=1), version="v1-abcd")
    fight(database, slayer, stocked[0], True)
    snapshot.take(database, layout.root)
    battle = only_battle(layout)
    assert battle["model_version"] != "v1-abcd"
    assert math.isnan(battle["propensity"])


def test_a_snapshot_that_fails_on_the_way_leaves_the_old_one(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    fight(database, slayer, stocked[0], True)
    snapshot.take(database, layout.root)
    before = contents(layout)
    fight(database, slayer, stocked[0], False, key="new")

    def full_disk(*_: object) -> dict[str, int]:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(extract, "write_days", full_disk)
        with pytest.raises(Unavailable, match="No space left"):
            snapshot.take(database, layout.root)
    assert contents(layout) == before
    assert [path.name for path in layout.snapshot.parent.iterdir()] == ["snapshot"]
    assert snapshot.take(database, layout.root).rows == 2


def test_a_process_that_died_while_it_swapped_loses_nothing(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    fight(database, slayer, stocked[0], True)
    snapshot.take(database, layout.root)
    before = contents(layout)
    layout.snapshot.rename(layout.snapshot.with_name(".snapshot-old"))
    with pytest.raises(Unavailable, match="database"):
        snapshot.take(away(database), layout.root)
    assert contents(layout) == before


def test_a_file_that_is_not_the_snapshots_is_noticed(
    database: Database, slayer: Slayer, stocked: list[Weapon], layout: Layout
) -> None:
    fight(database, slayer, stocked[0], True)
    snapshot.take(database, layout.root)
    layout.raw.mkdir(parents=True)
    for target, source in (
        (layout.slayers, "slayers.parquet"),
        (layout.weapons, "weapons.parquet"),
        (layout.interactions, "interactions/2026-03-10.parquet"),
    ):
        target.write_bytes((layout.snapshot / source).read_bytes())
    assert len(sources.read(layout)) == 2
    (layout.snapshot / "slayers.parquet").write_bytes(layout.weapons.read_bytes())
    with pytest.raises(Unavailable, match=r"slayers\.parquet is not the file"):
        sources.read(layout)


def test_a_database_that_is_away_is_said_and_touches_nothing(database: Database, layout: Layout) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        snapshot.take(away(database), layout.root)
    assert not layout.snapshot.exists()
