"""The painter's exam as a report: what it bounds, and that the matrices and pictures say what was found."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evals import artist_report
from ml.artist.exam import SIDE, Findings, Neighbour
from ml.artist.render.portrait import STYLES, WEAPONS, sample
from ml.artist.train.judge import Verdict

PICTURE = np.zeros((SIDE, SIDE, 3), np.uint8)


@pytest.fixture
def findings() -> Findings:
    """Ten katanas in Water of which nine were seen to be such, and one to be an axe."""
    portraits = [replace(sample(number), weapon="katana", style="Water") for number in range(10)]
    weapons, styles = (np.zeros((len(names), len(names)), np.int64) for names in (WEAPONS, STYLES))
    weapons[0, 0], weapons[0, WEAPONS.index("axe")], styles[0, 0] = 9, 1, 10
    verdict = Verdict(weapon=0.9, style=1.0, weapons=weapons, styles=styles)
    return Findings(
        portraits=portraits,
        pictures=[PICTURE] * 10,
        painted=verdict,
        saw=[("katana", "Water")] * 9 + [("axe", "Water")],
        renders=verdict,
        families=[[PICTURE] * 2] * 2,
        painted_apart=0.15,
        rendered_apart=0.2,
        neighbours=[Neighbour(portraits[0], PICTURE, PICTURE, distance=0.18, fresh=0.2)],
        seconds=6.5,
    )


def test_a_good_painter_keeps_every_bound(findings: Findings) -> None:
    report = artist_report.report(findings, "about", {})
    assert report.ok
    assert set(report.bounds) == {
        "weapon_recognised",
        "style_recognised",
        "same_words_apart_ratio",
        "nearest_training_render_ratio",
    }


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({"painted": {"weapon": 0.7}}, "weapon_recognised"),
        ({"painted": {"style": 0.8}}, "style_recognised"),
        ({"painted_apart": 0.05}, "same_words_apart_ratio"),
        ({"copied": True}, "nearest_training_render_ratio"),
    ],
)
def test_each_fault_misses_its_bound(findings: Findings, change: dict[str, object], missed: str) -> None:
    if "painted" in change:
        findings = replace(findings, painted=replace(findings.painted, **change["painted"]))  # type: ignore[arg-type]
    elif "copied" in change:
        findings = replace(findings, neighbours=[replace(findings.neighbours[0], distance=0.04)])
    else:
        findings = replace(findings, painted_apart=0.05)
    assert artist_report.report(findings, "", {}).missed == (missed,)


def test_a_painter_that_learnt_elsewhere_is_not_held_against_renders(findings: Findings) -> None:
    report = artist_report.report(replace(findings, neighbours=[]), "", {})
    assert "nearest_training_render_ratio" not in report.bounds
    assert report.ok


def test_the_files_hold_matrices_figures_and_pictures(findings: Findings, tmp_path: Path) -> None:
    report = artist_report.report(findings, "about", {"Painter": "somebody"})
    files = artist_report.write(report, findings, tmp_path, now=datetime(2026, 1, 2, tzinfo=UTC))
    assert {path.name for path in files} == {path.name for path in tmp_path.iterdir()}
    told = json.loads((tmp_path / "artist-judge.json").read_text())
    assert told["confusion"]["weapons"][0][WEAPONS.index("axe")] == 1
    assert told["figures"]["weapon_recognised"] == 0.9
    text = (tmp_path / "artist-judge.md").read_text()
    row = next(line for line in text.splitlines() if line.startswith("  1 katana"))
    assert row.split() == ["1", "katana", "9", *"········", "1", *"·······", "0.90"]
    for name in ("painted", "other-seeds", "neighbours"):
        assert f"artist-judge-{name}.png" in text
    with Image.open(tmp_path / "artist-judge-painted.png") as sheet:
        red = [number for number in range(10) if sheet.getpixel((number * 128, 60)) == (200, 16, 46)]
    assert red == [9]
