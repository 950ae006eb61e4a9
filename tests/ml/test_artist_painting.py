"""What the engine does beside the pixels: previews, manners towards the rest of the machine, batches, and poses."""

from __future__ import annotations

import _thread
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from hashiramart.errors import InvalidInput, SetupError, ToolError
from ml.artist.aside import NICE, Aside, stands_back
from ml.artist.engine import Engine
from ml.artist.inspection import refuse_blank
from ml.artist.orders import paint_all
from ml.artist.painter import PREVIEW_SIDE, PaintRequest, Progress
from ml.artist.skeleton import pose_picture
from tests.ml.tiny_diffusion import make_tiny_checkpoint, make_tiny_controlnet

# diffusers hands a tensor to NumPy in the way of before NumPy 2.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

REQUEST = PaintRequest("a slayer wielding a katana", "blurry", seed=1, steps=3, guidance=7.5, width=64, height=64)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A checkpoint of Stable Diffusion 1.5's shape and a ControlNet for it."""
    place = tmp_path_factory.mktemp("models")
    checkpoint = make_tiny_checkpoint(place / "sd15", scheduler="PNDMScheduler", levels=4)
    return checkpoint, make_tiny_controlnet(place / "pose", levels=4)


@pytest.fixture(scope="module")
def engine(folders: tuple[Path, Path]) -> Engine:
    return Engine.load(folders[0], device="cpu")


@pytest.fixture(scope="module")
def posed(folders: tuple[Path, Path]) -> Engine:
    return Engine.load(folders[0], device="cpu", controlnet=folders[1])


def _with(**changes: Any) -> PaintRequest:
    return PaintRequest(**{name: getattr(REQUEST, name) for name in REQUEST.__slots__} | changes)


# --- previews ------------------------------------------------------------------------------------------------------


def test_every_step_can_be_looked_at_while_it_is_painted(engine: Engine) -> None:
    seen: list[Image.Image] = []
    engine.paint(REQUEST, lambda progress: seen.append(progress.preview()) if progress.preview else None)
    assert [(one.mode, one.size) for one in seen] == [("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))] * 4
    assert len({one.tobytes() for one in seen}) == 4


def test_a_preview_that_is_drawn_later_shows_the_step_that_it_was_told_at(tmp_path: Path) -> None:
    engine = Engine.load(make_tiny_checkpoint(tmp_path / "tiny", scheduler="UniPCMultistepScheduler"), device="cpu")
    told: list[tuple[Progress, bytes]] = []

    def look(progress: Progress) -> None:
        assert progress.preview
        told.append((progress, progress.preview().tobytes()))

    engine.paint(REQUEST, look)
    assert [progress.preview().tobytes() for progress, _ in told if progress.preview] == [then for _, then in told]


def test_a_wide_picture_has_a_wide_preview(engine: Engine) -> None:
    sizes: list[tuple[int, int]] = []
    wide = _with(width=128, height=64, steps=1)
    engine.paint(wide, lambda progress: sizes.append(progress.preview().size) if progress.preview else None)
    assert set(sizes) == {(PREVIEW_SIDE, PREVIEW_SIDE // 2)}


def test_a_checkpoint_whose_latents_nobody_knows_paints_without_previews(tmp_path: Path) -> None:
    folder = make_tiny_checkpoint(tmp_path / "tiny")
    config = folder / "vae" / "config.json"
    config.write_text(config.read_text().replace("0.18215", "0.5"))
    previews: list[object] = []
    Engine.load(folder, device="cpu").paint(REQUEST, lambda progress: previews.append(progress.preview))
    assert previews == [None, None, None]


# --- manners -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not stands_back(), reason="only Linux gives threads a priority of their own")
def test_painting_stands_back_and_the_caller_does_not(engine: Engine) -> None:
    seen: list[int] = []
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    engine.paint(REQUEST, lambda _: seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id())))
    assert set(seen) == {max(before, NICE)}
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


def test_ctrl_c_ends_the_painting_and_waits_until_it_has_ended() -> None:
    aside, running, ended = Aside("test"), threading.Event(), threading.Event()

    def work(stop: threading.Event) -> None:
        running.set()
        stop.wait(30)
        ended.set()

    def interrupt() -> None:
        running.wait(30)
        while not _waits(threading.main_thread()):
            running.wait(30)
        _thread.interrupt_main()

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        aside.do(work)
    assert ended.is_set()
    assert aside.do(lambda _: "again") == "again"


def _waits(thread: threading.Thread) -> bool:
    frame = sys._current_frames()[thread.ident or 0]
    names = [step.f_code.co_name for step, _ in traceback.walk_stack(frame)]
    return "result" in names


def test_a_blank_picture_is_held_back() -> None:
    with pytest.raises(ToolError, match="blank"):
        refuse_blank(Image.new("RGB", (64, 64), (3, 3, 3)))
    refuse_blank(Image.effect_noise((64, 64), 40).convert("RGB"))


# --- batches -------------------------------------------------------------------------------------------------------


def test_pictures_of_a_batch_are_those_painted_alone(folders: tuple[Path, Path]) -> None:
    engine = Engine.load(folders[0], device="cpu")
    engine.batch = 2
    wanted = [_with(seed=1), _with(seed=2, prompt="a bow"), _with(seed=3), _with(seed=4, steps=2)]
    told: list[float] = []
    together = [np.asarray(one, np.int16) for one in paint_all(engine, wanted, told.append)]
    assert told == [0.25, 0.5, 0.75, 1.0]
    alone = [np.asarray(engine.paint(one), np.int16) for one in wanted]
    assert [int(np.abs(a - b).max()) <= 2 for a, b in zip(together, alone, strict=True)] == [True] * 4


def test_nothing_of_many_is_painted_when_one_cannot_be(engine: Engine) -> None:
    with pytest.raises(InvalidInput, match="seed"):
        next(iter(engine.paint_many([REQUEST, _with(seed=-1)])))


# --- poses ---------------------------------------------------------------------------------------------------------


def test_a_controlnet_moves_the_picture_with_the_pose_and_only_then(engine: Engine, posed: Engine) -> None:
    assert (engine.poses, posed.poses) == (False, True)
    free = engine.paint(REQUEST).tobytes()
    assert posed.paint(REQUEST).tobytes() == free
    assert engine.paint(_with(pose="thrust")).tobytes() == free
    pictures = [posed.paint(_with(pose=pose)).tobytes() for pose in ("thrust", "kneeling", "thrust")]
    assert len({free, *pictures}) == 3
    assert pictures[0] == pictures[2]


def test_a_posed_picture_names_its_pose_and_another_fingerprint(engine: Engine, posed: Engine) -> None:
    info = posed.paint(_with(pose="thrust", steps=1)).info
    assert (info["pose"], info["checkpoint"]) == ("thrust", posed.fingerprint)
    assert posed.fingerprint != engine.fingerprint


def test_a_pose_that_there_is_not_is_named(posed: Engine) -> None:
    with pytest.raises(InvalidInput, match="no pose 'flying'") as refused:
        posed.paint(_with(pose="flying"))
    assert refused.value.field == "pose"


def test_a_controlnet_of_another_model_is_refused_with_what_does_not_fit(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    other = make_tiny_controlnet(tmp_path / "other", levels=4, cross_attention=48)
    with pytest.raises(SetupError, match="does not fit the image model: its cross_attention_dim is 48"):
        Engine.load(folders[0], device="cpu", controlnet=other)
    with pytest.raises(SetupError, match="no ControlNet folder"):
        Engine.load(folders[0], device="cpu", controlnet=tmp_path / "nowhere")


def test_a_stick_figure_holds_the_weapon_that_the_prompt_names_and_fits_the_frame() -> None:
    bow, sword = (pose_picture("guard", f"a slayer with a {weapon}", 5, 96, 64) for weapon in ("bow", "nodachi"))
    assert bow.size == sword.size == (96, 64)
    assert bow.tobytes() != sword.tobytes()
    assert np.asarray(bow)[:, :16].max() == 0
    assert np.asarray(bow).max() > 100
