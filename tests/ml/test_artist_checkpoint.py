"""The checkpoint that ships with the project: it loads as any other, and a judge recognises what it paints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hashiramart.config import Settings
from ml.artist.choose import describe, load_painter, own_checkpoint
from ml.artist.engine import Engine
from ml.artist.exam import SEED
from ml.artist.orders import How, asked, every_pair
from ml.artist.painter import Progress

STYLES = ("Water", "Flame", "Thunder", "Sun")


@pytest.fixture(scope="module")
def painter(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    found = load_painter(Settings(home=tmp_path_factory.mktemp("home")))
    assert isinstance(found, Engine)
    return found


def test_the_description_says_what_the_painter_is(painter: Engine, tmp_path: Path) -> None:
    told = describe(Settings(home=tmp_path))
    is_ = (painter.name, painter.fingerprint, painter.size, painter.steps, painter.guidance, painter.poses)
    assert is_ == (told.name, told.fingerprint, told.size, told.steps, told.guidance, told.poses)


@pytest.mark.slow
def test_a_judge_of_renders_recognises_the_styles_and_seeds_differ(painter: Engine) -> None:
    import torch

    from ml.artist.train.judge import Judge

    how = How(painter.size, 8, painter.guidance, own=True)
    portraits = list(every_pair(SEED, STYLES, ("katana",)))
    requests = [asked(one, one.seed, how) for one in portraits]
    pictures = [np.asarray(painter.paint(request)) for request in requests]
    judge = Judge.load(own_checkpoint().with_name("judge"))
    _, styles = judge.guess(torch.from_numpy(np.stack(pictures)))
    right = [judge.styles[int(seen)] == one.style for seen, one in zip(styles, portraits, strict=True)]
    assert sum(right) >= 3  # chance alone would find 3 of 4 once in 700 times
    other = np.asarray(painter.paint(replace(requests[0], seed=requests[0].seed + 1)))
    assert np.abs(other.astype(int) - pictures[0].astype(int)).mean() > 10


def test_early_previews_foretell_the_picture(painter: Engine) -> None:
    how = How(painter.size, 6, painter.guidance, own=True)
    request = asked(next(every_pair(SEED)), SEED, how)
    previews: list[np.ndarray] = []

    def look(progress: Progress) -> None:
        assert progress.preview
        previews.append(np.asarray(progress.preview(), float))

    picture = painter.paint(request, look)
    small = np.asarray(picture.resize((96, 96)), float)
    missed = [float(np.abs(one - small).mean()) for one in previews]
    assert missed[-1] < 32  # of 255
    assert missed[1] < missed[0] * 1.2
    assert np.corrcoef(previews[2].ravel(), small.ravel())[0, 1] > 0.6
