"""``hashira bench generations``: the quick form, in a shop of its own, which is gone afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shop import quick_bench


@pytest.mark.slow
def test_ingestions_under_chats_are_noticed_by_their_content_alone(users_home: Path, tmp_path: Path) -> None:
    result = quick_bench("generations", users_home, tmp_path)
    report = json.loads(result.stdout)
    figures = report["figures"]
    never = ("failed", "without_the_manual", "mixed", "stale", "wrecks_left", "chats_after_kills_from_another_edition")
    assert {name: figures[name] for name in never} == dict.fromkeys(never, 0)
    assert figures["editions_answered"] == figures["editions"] == 2
    assert figures["wrecks_made"] == figures["kills"] == 1
    assert figures["chats"] >= 40
    assert figures["chats_after_kills"] > 0
    assert report["ok"]
    assert result.returncode == 0
    assert (tmp_path / "generations.md").is_file()
    assert not list(users_home.iterdir())
