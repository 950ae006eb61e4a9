"""``hashira bench swaps``: the quick form, in a shop of its own, which is gone afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shop import quick_bench


@pytest.mark.slow
def test_nobody_notices_an_exchange_and_no_bad_model_serves(users_home: Path, tmp_path: Path) -> None:
    result = quick_bench("swaps", users_home, tmp_path)
    report = json.loads(result.stdout)
    figures = report["figures"]
    never = ("failed", "mixed", "stale", "bad_served", "failed_while_away")
    assert {name: figures[name] for name in never} == dict.fromkeys(never, 0)
    assert figures["swaps_seen"] == figures["swaps"] == 16
    assert figures["bad_refused"] == 4
    assert figures["requests_while_away"] > 0
    assert report["ok"]
    assert result.returncode == 0
    assert (tmp_path / "swaps.md").is_file()
    assert (tmp_path / "swaps-served.svg").is_file()
    assert not list(users_home.iterdir())
