"""``hashira bench faults``: the quick form, in a shop of its own, which is gone afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shop import quick_bench


@pytest.mark.slow
def test_whatever_the_endpoint_does_every_chat_is_answered_from_the_manuals(users_home: Path, tmp_path: Path) -> None:
    result = quick_bench("faults", users_home, tmp_path)
    report = json.loads(result.stdout)
    figures = report["figures"]
    never = (
        "chats_failed",
        "chats_not_from_the_manuals",
        "unhandled_500",
        "tracebacks_logged",
        "requests_beside_failed",
    )
    assert {name: figures[name] for name in never} == dict.fromkeys(never, 0)
    assert figures["breaker_rested"] == 6
    assert figures["half_open_seen"] == figures["breaker_must_open"] == 8
    assert figures["recovered"] == figures["faults"] == 10
    assert figures["requests_beside"] > 0
    assert report["ok"]
    assert result.returncode == 0
    assert (tmp_path / "faults.md").is_file()
    assert not list(users_home.iterdir())
