"""What the doctor says of the Recommender when its registry is there, gone, or names nobody."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from cli.doctor import _champion
from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import registry
from ml.champion import fetch_champion
from tests.releases import lay_out_store, release


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home", mlflow_tracking_uri=None)
    lay_out_store(settings)
    return settings


def test_the_champion_and_what_is_behind_it_are_told(settings: Settings, tmp_path: Path) -> None:
    assert _champion(settings).state == "broken"
    registry.promote(settings, release(tmp_path / "first"))
    fetch_champion(settings)
    assert (_champion(settings).state, "version 1 at" in _champion(settings).detail) == ("ok", True)
    registry.promote(settings, release(tmp_path / "second", 12))
    assert "version 2" in _champion(settings).detail
    assert "version 1 is what was served here last" in _champion(settings).detail


def test_a_registry_that_is_gone_breaks_only_a_shop_without_a_model(settings: Settings, tmp_path: Path) -> None:
    with socket.socket() as taken:  # bound and not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        gone = settings.model_copy(update={"mlflow_tracking_uri": f"http://127.0.0.1:{taken.getsockname()[1]}"})
        with pytest.raises(Unavailable, match="cannot be reached"):
            _champion(gone)
        registry.promote(settings, release(tmp_path / "first"))
        fetch_champion(settings)
        finding = _champion(gone)
    assert finding.state == "note"
    assert "cannot be reached. Version 1 is on this disk" in finding.detail
