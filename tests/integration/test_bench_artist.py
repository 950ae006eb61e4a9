"""``hashira bench artist``: the quick form, in a shop of its own, which is gone afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shop import quick_bench


@pytest.mark.slow
def test_the_engine_paints_what_the_bare_pipeline_does_while_the_chat_goes_on(users_home: Path, tmp_path: Path) -> None:
    result = quick_bench("artist", users_home, tmp_path)
    report = json.loads(result.stdout)
    figures = report["figures"]
    assert figures["same_pixels"] == 1
    assert figures["previews"] == 4
    assert figures["chat_errors"] == 0
    assert figures["chat_messages"] == 7
    assert figures["still_painting_at_the_end"] == 1
    assert report["ok"]
    assert result.returncode == 0
    assert (tmp_path / "artist.md").is_file()
    assert not list(users_home.iterdir())
