"""``hashira bench images``: the quick form, in a shop of its own, which is gone afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shop import quick_bench


@pytest.mark.slow
def test_pictures_survive_the_killing_of_their_painters_and_a_full_queue_says_so(
    users_home: Path, tmp_path: Path
) -> None:
    result = quick_bench("images", users_home, tmp_path)
    report = json.loads(result.stdout)
    figures = report["figures"]
    never = ("taken_on_over_the_bound", "unfinished", "done_twice", "broken_files", "failed_without")
    assert {name: figures[name] for name in never} == dict.fromkeys(never, 0)
    assert figures["done"] + figures["failed_with_a_sentence"] == figures["taken_on"] == 12
    assert figures["kills"] >= 2
    assert figures["taken_up_again"] >= 1
    assert report["ok"]
    assert result.returncode == 0
    assert (tmp_path / "images.md").is_file()
    assert not list(users_home.iterdir())
