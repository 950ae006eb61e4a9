"""``hashira bench kills``: the quick form, in a shop of its own, which is gone afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shop import quick_bench


@pytest.mark.slow
def test_chats_that_are_killed_go_on_and_write_once(users_home: Path, tmp_path: Path) -> None:
    result = quick_bench("kills", users_home, tmp_path)
    report = json.loads(result.stdout)
    figures = report["figures"]
    never = ("without_a_word", "still_running", "stuck_threads", "wrong_writes", "pieces_missing", "audit_faults")
    assert {name: figures[name] for name in never} == dict.fromkeys(never, 0)
    assert figures["turns_broken_off"] >= 3
    assert figures["resumed"] + figures["ended_with_an_error"] >= 3
    assert report["ok"]
    assert result.returncode == 0
    assert (tmp_path / "kills.md").is_file()
    assert not list(users_home.iterdir())
