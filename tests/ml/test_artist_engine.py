"""The engine paints with the real diffusers, on a tiny checkpoint of the real shape."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from hashiramart.errors import InvalidInput, SetupError, ToolError
from ml.artist.engine import Engine
from ml.artist.painter import PaintRequest, Progress
from ml.artist.png import save_png
from ml.artist.prompt import NEGATIVE_PROMPT
from tests.ml.tiny_diffusion import make_tiny_checkpoint

PROMPT = "Kaede, Water Breathing, wielding a katana, anime style, cinematic"


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_checkpoint(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def engine(checkpoint: Path) -> Engine:
    return Engine.load(str(checkpoint), device="cpu")


@pytest.fixture(scope="module")
def stateful(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine whose scheduler remembers its last steps and takes one more than asked for, as in SD 1.5."""
    folder = tmp_path_factory.mktemp("models") / "pndm"
    return Engine.load(make_tiny_checkpoint(folder, scheduler="PNDMScheduler"), device="cpu")


@pytest.fixture
def copy(checkpoint: Path, tmp_path: Path) -> Path:
    return shutil.copytree(checkpoint, tmp_path / "copy")


def _request(**changes: Any) -> PaintRequest:
    usual: dict[str, Any] = {
        "prompt": PROMPT,
        "negative_prompt": NEGATIVE_PROMPT,
        "seed": 1,
        "steps": 3,
        "guidance": 7.5,
        "width": 64,
        "height": 64,
    }
    return PaintRequest(**usual | changes)


def _pixels(engine: Engine, **changes: Any) -> bytes:
    return engine.paint(_request(**changes)).tobytes()


def test_a_picture_has_the_checkpoints_own_size(engine: Engine) -> None:
    picture = engine.paint(_request(steps=2))
    assert (picture.mode, picture.size, engine.size) == ("RGB", (64, 64), (64, 64))


def test_a_picture_has_the_size_asked_for(engine: Engine) -> None:
    assert engine.paint(_request(width=96, height=48)).size == (96, 48)


def test_same_request_gives_the_same_file_even_from_another_engine(
    engine: Engine, checkpoint: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "one.png", tmp_path / "two.png"]
    for file, painter in zip(files, (engine, Engine.load(checkpoint, device="cpu")), strict=True):
        save_png(painter.paint(_request(seed=5)), file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_seed_prompts_and_guidance_each_change_the_picture(engine: Engine) -> None:
    pictures = {
        _pixels(engine),
        _pixels(engine, seed=2),
        _pixels(engine, prompt="Kaede, Flame Breathing, wielding a blade"),
        _pixels(engine, negative_prompt="water"),
        _pixels(engine, guidance=1.0),
    }
    assert len(pictures) == 5


def test_progress_is_told_once_a_step(engine: Engine) -> None:
    told: list[tuple[int, int]] = []
    engine.paint(_request(steps=4), lambda progress: told.append((progress.done, progress.total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_progress_ends_at_its_total_with_a_scheduler_that_takes_extra_steps(stateful: Engine) -> None:
    told: list[tuple[int, int]] = []
    stateful.paint(_request(steps=4), lambda progress: told.append((progress.done, progress.total)))
    assert told == [(step, 5) for step in range(1, 6)]


class _Cancelled(Exception):
    pass


def test_raising_from_progress_stops_the_painting_and_the_next_picture_is_whole(stateful: Engine) -> None:
    before = _pixels(stateful)
    steps: list[int] = []

    def cancel(progress: Progress) -> None:
        steps.append(progress.done)
        if progress.done == 2:
            raise _Cancelled

    with pytest.raises(_Cancelled):
        stateful.paint(_request(steps=20), cancel)
    assert steps == [1, 2]
    assert _pixels(stateful) == before


def test_threads_that_paint_at_once_get_the_pictures_they_would_get_alone(stateful: Engine) -> None:
    alone = {seed: _pixels(stateful, seed=seed) for seed in (1, 2, 3)}
    together: dict[int, bytes] = {}

    def paint(seed: int) -> None:
        together[seed] = _pixels(stateful, seed=seed)

    painters = [threading.Thread(target=paint, args=(seed,)) for seed in alone]
    for painter in painters:
        painter.start()
    for painter in painters:
        painter.join()
    assert together == alone


def test_painting_takes_few_threads_and_gives_them_back(checkpoint: Path) -> None:
    import torch

    before = torch.get_num_threads()
    seen: list[int] = []
    try:
        torch.set_num_threads(4)
        engine = Engine.load(checkpoint, device="cpu")
        engine.paint(_request(steps=1), lambda progress: seen.append(torch.get_num_threads()))
        assert (seen, torch.get_num_threads()) == ([3], 4)
    finally:
        torch.set_num_threads(before)


def test_half_precision_weights_are_computed_in_full_precision_on_a_cpu(copy: Path) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    for file in copy.rglob("*.safetensors"):
        save_file({key: value.half() for key, value in load_file(file).items()}, file, {"format": "pt"})
    engine = Engine.load(copy, device="cpu")
    parts = (engine._pipeline.unet, engine._pipeline.vae, engine._pipeline.text_encoder)
    assert {part.dtype for part in parts} == {torch.float32}
    assert _pixels(engine)


def test_a_folder_with_only_the_hubs_fp16_files_loads(copy: Path) -> None:
    for part, name in (("unet", "diffusion_pytorch_model"), ("text_encoder", "model")):
        (copy / part / f"{name}.safetensors").rename(copy / part / f"{name}.fp16.safetensors")
    assert _pixels(Engine.load(copy, device="cpu"))


def test_text_encoder_weights_named_as_in_stable_diffusion_1_5_load_the_same(copy: Path, engine: Engine) -> None:
    _rewrite(copy / "text_encoder" / "model.safetensors", lambda name: f"text_model.{name.removeprefix('text_model.')}")
    assert _pixels(Engine.load(copy, device="cpu")) == _pixels(engine)


# --- files ---------------------------------------------------------------------------------------------------------


def test_png_carries_its_provenance(engine: Engine, tmp_path: Path) -> None:
    prompt = "Kaede 楓, Water Breathing"
    picture = engine.paint(_request(prompt=prompt, seed=9, steps=2, guidance=6))
    save_png(picture, tmp_path / "new folder" / "kaede.png", {"weapon": "Tidebreaker Katana"})
    with Image.open(tmp_path / "new folder" / "kaede.png") as read:
        assert read.tobytes() == picture.tobytes()
        assert read.info == {
            "prompt": prompt,
            "negative_prompt": NEGATIVE_PROMPT,
            "seed": "9",
            "steps": "2",
            "guidance": "6",
            "model": "tiny",
            "checkpoint": engine.fingerprint,
            "weapon": "Tidebreaker Katana",
        }


def test_a_write_that_fails_leaves_the_old_file_and_no_scraps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ml.artist.png.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_png(Image.new("RGB", (8, 8)), file)
    assert [entry.name for entry in tmp_path.iterdir()] == ["picture.png"]
    assert file.read_bytes() == b"old"


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seed", -1),
        ("seed", 2**63),
        ("steps", 0),
        ("steps", 1000),
        ("guidance", float("nan")),
        ("guidance", -1.0),
        ("width", 0),
        ("width", 65),
        ("height", 8192),
    ],
)
def test_a_number_out_of_range_is_named(engine: Engine, field: str, value: float) -> None:
    with pytest.raises(InvalidInput) as refused:
        engine.paint(_request(**{field: value}))
    assert refused.value.field == field


def _no_index(folder: Path) -> None:
    (folder / "model_index.json").unlink()


def _broken_index(folder: Path) -> None:
    (folder / "model_index.json").write_text("{")


def _no_unet(folder: Path) -> None:
    shutil.rmtree(folder / "unet")


def _cut_weights(folder: Path) -> None:
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])


def _other_shape(folder: Path) -> None:
    config = folder / "unet" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"cross_attention_dim": 64}))


def _another_kind(folder: Path) -> None:
    index = folder / "model_index.json"
    kind = {"_class_name": "FluxPipeline", "transformer": ["diffusers", "FluxTransformer2DModel"]}
    index.write_text(json.dumps(kind))


def _no_tokenizer(folder: Path) -> None:
    shutil.rmtree(folder / "tokenizer")


def _no_words(folder: Path) -> None:
    (folder / "tokenizer" / "vocab.json").unlink()


def _too_many_words(folder: Path) -> None:
    vocabulary = folder / "tokenizer" / "vocab.json"
    words = json.loads(vocabulary.read_text())
    vocabulary.write_text(json.dumps(words | {"extra</w>": len(words)}))


def _text_weight_missing(folder: Path) -> None:
    _rewrite(folder / "text_encoder" / "model.safetensors", lambda name: None if "final" in name else name)


def _unet_weight_missing(folder: Path) -> None:
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    _rewrite(weights, lambda name: None if "conv_in.bias" in name else name)


def _rewrite(file: Path, rename: Callable[[str], str | None]) -> None:
    """Give the weights of a file other names; None leaves one out."""
    from safetensors.torch import load_file, save_file

    kept = {rename(name): tensor for name, tensor in load_file(file).items()}
    save_file({name: tensor for name, tensor in kept.items() if name}, file, {"format": "pt"})


@pytest.mark.parametrize(
    "harm",
    [
        _no_index,
        _broken_index,
        _no_unet,
        _cut_weights,
        _other_shape,
        _another_kind,
        _no_tokenizer,
        _no_words,
        _too_many_words,
        _text_weight_missing,
        _unet_weight_missing,
    ],
)
def test_a_broken_folder_says_which_and_what_is_wanted(copy: Path, harm: Callable[[Path], None]) -> None:
    harm(copy)
    with pytest.raises(SetupError) as refused:
        Engine.load(copy, device="cpu")
    assert str(copy) in refused.value.message
    assert "HASHIRA_IMAGE_MODEL must be a diffusers folder" in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize("part", ["unet", "text_encoder", "vae"])
def test_pickled_weights_are_refused(copy: Path, part: str) -> None:
    import torch
    from safetensors.torch import load_file

    (weights,) = (copy / part).glob("*.safetensors")
    name = "pytorch_model.bin" if part == "text_encoder" else "diffusion_pytorch_model.bin"
    torch.save(load_file(weights), weights.with_name(name))
    weights.unlink()
    with pytest.raises(SetupError, match="cannot be loaded"):
        Engine.load(copy, device="cpu")


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A machine without network and with an empty hub cache; holds what tried to reach out."""
    calls: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        calls.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    return calls


def test_a_hub_name_that_cannot_be_had_says_so(offline: list[object]) -> None:
    with pytest.raises(SetupError, match=r"nobody/nothing cannot be loaded: .* such a name on the hub"):
        Engine.load("nobody/nothing", device="cpu")


def test_a_hub_checkpoint_in_the_cache_paints_with_the_network_down(
    checkpoint: Path, engine: Engine, tmp_path: Path, offline: list[object]
) -> None:
    cached, commit = tmp_path / "hub" / "models--nobody--tiny", "0" * 40
    shutil.copytree(checkpoint, cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit)
    from_hub = Engine.load("nobody/tiny", device="cpu")
    assert from_hub.name == "nobody/tiny"
    assert _pixels(from_hub) == _pixels(engine)


@pytest.mark.parametrize("model", ["/no/such/folder", "./missing", "../a/b/c", "", "~/nowhere/at/all"])
def test_a_missing_folder_is_not_looked_for_on_the_hub(model: str) -> None:
    with pytest.raises(SetupError, match="There is no image model folder"):
        Engine.load(model)


def test_a_single_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(SetupError, match="must be a diffusers folder"):
        Engine.load(tmp_path / "model.safetensors")


def test_a_gpu_that_is_not_there_is_named(checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(SetupError, match="no GPU"):
        Engine.load(checkpoint, device="cuda:0")


def test_a_picture_that_the_checkpoints_own_checker_holds_back_is_not_shown_as_black(copy: Path) -> None:
    _add_safety_checker(copy, threshold=-1.0)
    with pytest.raises(ToolError, match="safety checker"):
        Engine.load(copy, device="cpu").paint(_request(steps=1))


def test_a_picture_that_the_checkpoints_own_checker_lets_pass_is_shown(copy: Path, engine: Engine) -> None:
    _add_safety_checker(copy, threshold=1.1)
    assert _pixels(Engine.load(copy, device="cpu")) == _pixels(engine)


def _add_safety_checker(folder: Path, *, threshold: float) -> None:
    """Give a checkpoint a tiny safety checker that objects above a cosine similarity."""
    import torch
    from diffusers.pipelines.stable_diffusion import StableDiffusionSafetyChecker
    from transformers import CLIPConfig, CLIPImageProcessor

    vision = {
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 16,
        "patch_size": 8,
        "projection_dim": 16,
    }
    checker = StableDiffusionSafetyChecker(CLIPConfig(vision_config=vision, projection_dim=16))
    with torch.no_grad():
        checker.concept_embeds_weights.fill_(threshold)
        checker.special_care_embeds_weights.fill_(2.0)
    checker.save_pretrained(folder / "safety_checker")
    size = {"height": 16, "width": 16}
    CLIPImageProcessor(size={"shortest_edge": 16}, crop_size=size).save_pretrained(folder / "feature_extractor")
    index = json.loads((folder / "model_index.json").read_text())
    index["safety_checker"] = ["stable_diffusion", "StableDiffusionSafetyChecker"]
    index["feature_extractor"] = ["transformers", "CLIPImageProcessor"]
    (folder / "model_index.json").write_text(json.dumps(index))


# --- manners -------------------------------------------------------------------------------------------------------


def test_a_folder_is_loaded_and_painted_without_touching_the_network(checkpoint: Path, offline: list[object]) -> None:
    assert _pixels(Engine.load(checkpoint, device="cpu"))
    assert offline == []
