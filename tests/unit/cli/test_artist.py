"""``hashira artist``: its commands on a small checkpoint, and what they say when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from cli.doctor import _images
from cli.main import app
from hashiramart.config import Settings
from ml.artist.render.portrait import WEAPONS
from tests.ml.tiny_diffusion import make_tiny_checkpoint

runner = CliRunner()


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_checkpoint(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(autouse=True)
def shop(checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HASHIRA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HASHIRA_IMAGE_MODEL", str(checkpoint))
    monkeypatch.setenv("HASHIRA_IMAGE_STEPS", "1")


def test_words_become_a_picture_that_says_where_it_comes_from(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "p.png"
    result = runner.invoke(
        app, ["artist", "paint", "a slayer", "--out", str(out), "--seed", "7", "--steps", "2", "--json"]
    )
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    with Image.open(out) as picture:
        assert (picture.size, picture.info["seed"], picture.info["steps"]) == ((64, 64), "7", "2")
        assert picture.info["checkpoint"] == told["checkpoint"]


def test_words_that_the_artist_does_not_paint_are_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    result = runner.invoke(app, ["artist", "paint", "a naked slayer", "--out", "p.png"])
    assert result.exit_code == 1
    assert result.stderr.startswith("✗ words:")
    assert not list(tmp_path.glob("*.png"))


def test_a_sheet_has_a_row_for_every_weapon(tmp_path: Path) -> None:
    result = runner.invoke(app, ["artist", "sheet", "--style", "Water", "--tile", "64", "--out", "sheet.png", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["pictures"] == len(WEAPONS)
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.height >= 64 * -(-len(WEAPONS) // 2)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["sheet.png"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--out", "sheet.gif"], "must end in"), (["--style", "Cheese"], "There is no style 'Cheese'")],
)
def test_a_sheet_that_cannot_be_is_refused_before_painting(arguments: list[str], said: str) -> None:
    result = runner.invoke(app, ["artist", "sheet", *arguments])
    assert result.exit_code == 1
    assert said in result.stderr


def test_ctrl_c_leaves_nothing_and_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ml.artist.sheet.paint_sheet", interrupted)
    result = runner.invoke(app, ["artist", "sheet"])
    assert result.exit_code == 130
    assert "Stopped; nothing was written." in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "sheet.png").exists()


def test_a_judge_does_not_take_noise_for_slayers(tmp_path: Path) -> None:
    arguments = ["--pictures", "12", "--seeds", "2", "--report", "found", "--json"]
    result = runner.invoke(app, ["artist", "judge", *arguments])
    assert result.exit_code == 1, result.output
    told = json.loads(result.stdout)
    assert told["figures"]["weapon_recognised"] < 0.5
    assert told["figures"]["judge_weapon_on_renders"] > 0.9
    assert sum(map(sum, told["confusion"]["styles"])) == 12
    assert (tmp_path / "found" / "artist-judge-painted.png").is_file()


def test_without_an_image_model_it_says_how_to_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHIRA_IMAGE_MODEL", "none")
    result = runner.invoke(app, ["artist", "paint", "a slayer"])
    assert result.exit_code == 1
    assert "HASHIRA_IMAGE_MODEL is 'none'" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("changes", "state", "said"),
    [
        ({"image_model": None}, "ok", "HashiraMart Artist, 256 × 256, 1 steps, checkpoint "),
        ({"image_model": "none"}, "note", "switched off"),
        ({"image_model": "/no/such/folder"}, "broken", "There is no image model folder"),
        (
            {"image_base_url": "https://someone:secret@images.example.com/v1", "image_api_model": "p"},
            "ok",
            "p at https://someone:***@images.example.com/v1, 512 × 512",
        ),
    ],
)
def test_the_doctor_says_what_paints(tmp_path: Path, changes: dict[str, str], state: str, said: str) -> None:
    found = _images(Settings().model_copy(update=changes))
    assert (found.part, found.state) == ("image model", state)
    assert said in found.detail
