"""The registry's book of versions: who is on record, who may be champion, and the way back."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from evals.load.releases import restate
from hashiramart.config import Settings
from hashiramart.errors import Conflict, NotFound, Unavailable
from hashiramart.models import utc_now
from ml import registry, tracking
from ml.release import MODEL_FILE, verify
from tests.releases import artifacts, damage, lay_out_store, release


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home", mlflow_tracking_uri=None)
    lay_out_store(settings)
    return settings


@pytest.fixture
def two(settings: Settings, tmp_path: Path) -> Settings:
    """Version 2 is the champion, version 1 the previous one."""
    for version, leaves in (("1", 8), ("2", 12)):
        assert registry.promote(settings, release(tmp_path / version, leaves)) == version
    return settings


def aliases(settings: Settings) -> dict[str, str]:
    return {alias: each.version for each in registry.versions(settings) for alias in each.aliases}


def hashira(settings: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.setenv("HASHIRA_HOME", str(settings.home))
    return CliRunner().invoke(app, arguments)


def test_a_held_release_is_on_record_and_never_gets_an_alias(two: Settings, tmp_path: Path) -> None:
    held = release(tmp_path / "held", 16, "hold")
    restate(held, reason="Worse in the mist.")
    assert registry.register(two, held) == "3"
    with pytest.raises(Conflict, match="mist"):
        registry.promote(two, held)
    with pytest.raises(Conflict, match="Version 3 is held back: Worse in the mist"):
        registry.point_at(two, "3")
    assert aliases(two) == {"champion": "2", "previous": "1"}
    assert (registry.versions(two)[0].decision, registry.versions(two)[0].reason) == ("hold", "Worse in the mist.")


def test_registering_points_no_alias_and_the_same_release_is_the_same_version(two: Settings, tmp_path: Path) -> None:
    fresh = release(tmp_path / "fresh", 16)
    assert registry.register(two, fresh) == registry.register(two, fresh) == "3"
    assert registry.register(two, tmp_path / "1") == "1"
    assert aliases(two) == {"champion": "2", "previous": "1"}


def test_a_damaged_release_is_not_registered(two: Settings, tmp_path: Path) -> None:
    damage(tmp_path / "1" / MODEL_FILE)
    with pytest.raises(Unavailable, match="hash"):
        registry.register(two, tmp_path / "1")


def test_registering_again_mends_only_what_was_damaged(two: Settings, tmp_path: Path) -> None:
    before = registry.champion(two)
    registry.register(two, tmp_path / "2")
    assert registry.champion(two) == before
    damage(artifacts(two, "2") / MODEL_FILE)
    registry.register(two, tmp_path / "2")
    verify(artifacts(two, "2"))
    assert registry.champion(two) != before  # who refused the damaged files hears of it


def test_pointing_at_an_older_version_makes_the_champion_previous(two: Settings) -> None:
    registry.point_at(two, "1")
    registry.point_at(two, "1")
    assert aliases(two) == {"champion": "1", "previous": "2"}


@pytest.mark.parametrize("version", ["3", "0", "first"])
def test_a_version_that_is_not_there_is_not_found(two: Settings, version: str) -> None:
    with pytest.raises(NotFound, match=f"no version {version}"):
        registry.point_at(two, version)
    assert aliases(two) == {"champion": "2", "previous": "1"}


def test_a_version_made_by_hand_cannot_become_champion(two: Settings) -> None:
    with tracking.open_client(two) as client:
        known = client.get_model_version(tracking.NAME, "1")
        client.create_model_version(tracking.NAME, source=known.source, run_id=known.run_id)
    with pytest.raises(Conflict, match="no release of this shop"):
        registry.point_at(two, "3")
    assert registry.versions(two)[0].decision == "unknown"


def test_a_version_from_before_decisions_were_noted_may_serve(two: Settings) -> None:
    with tracking.open_client(two) as client:
        client.delete_model_version_tag(tracking.NAME, "1", "decision")
    registry.point_at(two, "1")
    assert aliases(two)["champion"] == "1"


def test_rolling_back_lets_champion_and_previous_change_places(two: Settings) -> None:
    assert registry.rollback(two) == "1"
    assert aliases(two) == {"champion": "1", "previous": "2"}
    assert registry.rollback(two) == "2"
    assert aliases(two) == {"champion": "2", "previous": "1"}


def test_a_release_that_was_rolled_back_can_be_promoted_again(two: Settings, tmp_path: Path) -> None:
    registry.rollback(two)
    assert registry.promote(two, tmp_path / "2") == "2"
    assert aliases(two) == {"champion": "2", "previous": "1"}


def test_without_an_earlier_champion_there_is_no_way_back(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="no earlier champion"):
        registry.rollback(settings)
    registry.promote(settings, release(tmp_path / "only"))
    with pytest.raises(Conflict, match="no earlier champion"):
        registry.rollback(settings)
    assert aliases(settings) == {"champion": "1"}


def test_a_promotion_that_was_cut_off_between_the_aliases_is_put_right_by_the_next(
    two: Settings, tmp_path: Path
) -> None:
    third = release(tmp_path / "3", 16)
    registry.register(two, third)
    with tracking.open_client(two) as client:
        client.set_registered_model_alias(tracking.NAME, "previous", "2")
    registry.promote(two, third)
    assert aliases(two) == {"champion": "3", "previous": "2"}


def test_versions_come_newest_first_with_what_is_known_of_them(two: Settings, tmp_path: Path) -> None:
    third = release(tmp_path / "3", 16)
    record = verify(third).training.model_copy(update={"watermark": "2024-06-01T00:00:00+00:00"})
    restate(third, metrics={"per_slayer_auc": 0.71, "regret_at_10": 0.004}, training=record)
    registry.register(two, third)
    found = registry.versions(two)
    assert [each.version for each in found] == ["3", "2", "1"]
    newest = found[0]
    assert newest.metrics == {"per_slayer_auc": 0.71, "regret_at_10": 0.004}
    assert (newest.trained_rows, newest.watermark) == (record.train_rows, record.watermark)
    assert found[1].watermark is None
    assert timedelta(0) <= utc_now() - newest.created_at < timedelta(minutes=5)


def test_an_unused_registry_has_no_versions(tmp_path: Path) -> None:
    assert registry.versions(Settings(home=tmp_path, mlflow_tracking_uri=None)) == []


def test_the_commands_promote_roll_back_and_list(two: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(*arguments: str) -> Any:
        result = hashira(two, monkeypatch, *arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    assert told("rollback") == {"model": "weapon-recommender", "version": "1", "alias": "champion"}
    assert told("promote", "--version", "2")["version"] == "2"
    listed = told("models")
    assert [(each["version"], each["aliases"], each["decision"]) for each in listed] == [
        ("2", ["champion"], "release"),
        ("1", ["previous"], "release"),
    ]
    table = hashira(two, monkeypatch, "models")
    assert table.exit_code == 0
    assert "champion" in table.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("promote", "--version", "7"), "no version 7"),
        (("promote", "somewhere", "--version", "1"), "not both"),
        (("promote", "nowhere"), "nowhere is no folder"),
    ],
)
def test_a_promotion_that_cannot_be_says_why(
    two: Settings, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    result = hashira(two, monkeypatch, *arguments)
    assert result.exit_code == 1
    assert words in " ".join(result.stderr.split())


def test_a_rollback_without_a_way_back_fails_plainly(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    result = hashira(settings, monkeypatch, "rollback")
    assert result.exit_code == 1
    assert "no earlier champion" in " ".join(result.stderr.split())
