"""``hashira bench feedback``: one night of the simulation, in a shop of its own, which is gone afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shop import quick_bench


@pytest.mark.slow
def test_a_night_teaches_the_shop_what_its_slayers_reported(users_home: Path, tmp_path: Path) -> None:
    result = quick_bench("feedback", users_home, tmp_path)
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    figures = report["figures"]
    assert report["ok"]
    assert figures["battles_on"] == 60 * 9 * 2
    assert 0 < figures["explored_on"] < 60
    assert 0 < figures["regret_on_night_1"] < 0.05
    written = (tmp_path / "feedback.md").read_text(encoding="utf-8")
    assert "promoted" in written  # the first model at least
    assert (tmp_path / "feedback-regret.svg").is_file()
    assert not list(users_home.iterdir())
