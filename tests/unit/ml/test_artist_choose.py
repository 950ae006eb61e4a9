"""Which painter the settings name, told without loading it; and what identifies a checkpoint."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hashiramart.config import Settings, quiet_libraries
from hashiramart.errors import NotConfigured, SetupError
from ml.artist import fingerprint as sums
from ml.artist.advice import Advice, read_advice, write_advice
from ml.artist.choose import describe, learnt_from, load_painter, own_checkpoint
from ml.artist.fingerprint import fingerprint

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a description reads of a checkpoint; nothing that could paint."""
    place = tmp_path / "somebodys-model"
    files = {
        "model_index.json": "{}",
        "unet/config.json": '{"sample_size": [48, 64]}',
        "unet/diffusion_pytorch_model.safetensors": "weights",
        "vae/config.json": '{"block_out_channels": [8, 8, 8, 8]}',
        "README.md": "about",
    }
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    return place


def _settings(home: Path, **changes: object) -> Settings:
    return Settings(home=home, **changes)  # type: ignore[arg-type]


def test_without_a_setting_it_is_the_projects_own_as_its_model_card_has_it(tmp_path: Path) -> None:
    told = describe(_settings(tmp_path))
    assert (told.name, told.size, told.steps, told.guidance) == ("HashiraMart Artist", (256, 256), 18, 4.0)
    assert told.own
    assert not told.poses
    assert len(told.fingerprint) == 64
    assert learnt_from(_settings(tmp_path)) == range(48_000)


@pytest.mark.parametrize("word", ["none", "None", " none "])
def test_none_switches_pictures_off(tmp_path: Path, word: str) -> None:
    for ask in (describe, load_painter):
        with pytest.raises(NotConfigured, match="HASHIRA_IMAGE_MODEL is 'none'"):
            ask(_settings(tmp_path, image_model=word))
    assert not _settings(tmp_path, image_model=word).paints
    assert _settings(tmp_path).paints


def test_a_foreign_folder_is_painted_with_stable_diffusions_usual_settings(folder: Path, tmp_path: Path) -> None:
    told = describe(_settings(tmp_path, image_model=str(folder)))
    assert (told.name, told.size, told.steps, told.guidance) == ("somebodys-model", (512, 384), 25, 7.5)
    assert not told.own
    assert not learnt_from(_settings(tmp_path, image_model=str(folder)))


def test_a_folder_may_say_how_it_is_painted_and_the_settings_may_say_otherwise(folder: Path, tmp_path: Path) -> None:
    write_advice(folder, Advice(name="Turbo", steps=2, guidance=0))
    told = describe(_settings(tmp_path, image_model=str(folder)))
    assert (told.name, told.steps, told.guidance) == ("Turbo", 2, 0)
    changed = describe(_settings(tmp_path, image_model=str(folder), image_steps=4, image_guidance=1.5))
    assert (changed.steps, changed.guidance) == (4, 1.5)
    assert changed.fingerprint == told.fingerprint


@pytest.mark.parametrize(
    "text", ["{", '{"steps": 0}', '{"guidance": "much"}', '{"latent_rgb": [[1, 2]]}', '{"words": "any"}', "[]"]
)
def test_advice_that_cannot_be_read_names_the_file(folder: Path, text: str) -> None:
    (folder / "painting.json").write_text(text)
    with pytest.raises(SetupError, match=r"painting\.json"):
        read_advice(folder)


def test_a_checkpoint_of_unknown_size_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "unet" / "config.json").unlink()
    with pytest.raises(SetupError, match="does not say what size"):
        describe(_settings(tmp_path, image_model=str(folder)))


def test_a_hub_name_that_is_not_here_yet_is_told_without_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    told = describe(_settings(tmp_path, image_model="nobody/nothing"))
    assert (told.name, told.size, told.steps) == ("nobody/nothing", (512, 512), 25)
    assert told.fingerprint != describe(_settings(tmp_path, image_model="nobody/other")).fingerprint


def test_a_controlnet_is_part_of_the_fingerprint(folder: Path, tmp_path: Path) -> None:
    net = tmp_path / "net"
    net.mkdir()
    (net / "config.json").write_text("{}")
    free = describe(_settings(tmp_path, image_model=str(folder)))
    posed = describe(_settings(tmp_path, image_model=str(folder), image_controlnet=str(net)))
    assert (free.poses, posed.poses) == (False, True)
    assert posed.fingerprint != free.fingerprint


def test_telling_loads_no_torch() -> None:
    code = (
        "import sys; from hashiramart.config import Settings; from ml.artist.choose import describe; "
        "describe(Settings(home='/nonexistent/home')); print({'torch', 'diffusers', 'transformers', 'PIL'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_none_is_no_hub_name_that_needs_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    quiet_libraries(Settings(image_model="none", image_controlnet="somebody/net"))
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    monkeypatch.delenv("HF_HUB_OFFLINE")
    quiet_libraries(Settings(image_controlnet="somebody/net"))
    assert "HF_HUB_OFFLINE" not in os.environ


# --- fingerprints --------------------------------------------------------------------------------------------------


def test_the_same_files_elsewhere_have_the_same_fingerprint(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    assert fingerprint(copy) == fingerprint(folder)


@pytest.mark.parametrize("name", ["unet/diffusion_pytorch_model.safetensors", "unet/config.json", "model_index.json"])
def test_any_change_of_what_settles_pixels_changes_it(folder: Path, name: str) -> None:
    before = fingerprint(folder)
    (folder / name).write_text((folder / name).read_text() + " ")
    assert fingerprint(folder) != before


def test_two_files_that_change_places_change_it(folder: Path) -> None:
    before = fingerprint(folder)
    one, two = folder / "unet" / "config.json", folder / "vae" / "config.json"
    texts = one.read_text(), two.read_text()
    one.write_text(texts[1])
    two.write_text(texts[0])
    assert fingerprint(folder) != before


def test_a_readme_advice_and_what_a_download_left_do_not_count(folder: Path) -> None:
    before = fingerprint(folder)
    (folder / "README.md").write_text("other words")
    (folder / "painting.json").write_text('{"steps": 3}')
    (folder / ".cache" / "x").mkdir(parents=True)
    (folder / ".cache" / "x.json").write_text("{}")
    assert fingerprint(folder) == before


def test_it_is_kept_for_the_next_process_and_not_worked_out_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = tmp_path / "state" / "sums.json"
    found = fingerprint(folder, keep)
    monkeypatch.setattr(sums, "_known", {})
    monkeypatch.setattr(sums, "_sum", lambda *_: pytest.fail("the weights were read again"))
    assert fingerprint(folder, keep) == found
    assert list(json.loads(keep.read_text()).values()) == [found]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"x": 1}'])
def test_a_broken_note_of_sums_only_costs_time(folder: Path, tmp_path: Path, text: str) -> None:
    keep = tmp_path / "sums.json"
    keep.write_text(text)
    assert fingerprint(folder, keep) == fingerprint(folder)


# --- the shipped checkpoint ----------------------------------------------------------------------------------------


def test_the_shipped_checkpoint_is_within_its_weight_and_tells_where_it_comes_from() -> None:
    folder = own_checkpoint()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 48_000_000
    assert {path.suffix for path in files} <= {".safetensors", ".json", ".txt", ".md", ".png"}
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "data hash" in card
    assert "minutes on" in card


def test_an_installed_wheel_has_the_checkpoint_and_the_judge() -> None:
    from hatchling.builders.wheel import WheelBuilder

    packed = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    for folder in (own_checkpoint(), own_checkpoint().with_name("judge")):
        files = {path.relative_to(ROOT).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert files
        assert files <= packed
