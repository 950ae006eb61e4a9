"""What the drawing processes do; without torch, so that they are at work at once."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FIELDS = ("weapon", "style", "scene", "pose", "build", "hair", "cut", "haori", "pattern")
"""What a caption can tell of a picture."""


@dataclass(frozen=True, slots=True)
class Job:
    """Some seeds, and where in the array of all pixels their renders belong."""

    file: Path
    first_row: int
    seeds: range
    size: int
    captions: int
    rows: int


def vocabularies() -> dict[str, tuple[str, ...]]:
    """The values of each of ``FIELDS``."""
    from ml.artist.render import portrait

    names = ("WEAPONS", "STYLES", "SCENES", "POSES", "BUILDS", "HAIR", "CUTS", "HAORI", "PATTERNS")
    return {field: tuple(getattr(portrait, name)) for field, name in zip(FIELDS, names, strict=True)}


def step_back() -> None:
    """Drawing is for the cores that training leaves idle; Ctrl-C is for the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)


def draw(job: Job) -> list[tuple[list[str], list[int]]]:
    """Draw the renders into the array; returns the captions and the numbers of the attributes of each."""
    from ml.artist.render.caption import canonical, caption
    from ml.artist.render.draw import render
    from ml.artist.render.portrait import sample

    pixels = np.memmap(job.file, np.uint8, "r+", shape=(job.rows, job.size, job.size, 3))
    known = vocabularies()
    told = []
    for row, seed in enumerate(job.seeds, job.first_row):
        portrait = sample(seed)
        pixels[row] = render(portrait, job.size)
        texts = [canonical(portrait)]
        texts += [caption(portrait, seed * job.captions + number) for number in range(1, job.captions)]
        told.append((texts, [known[field].index(getattr(portrait, field)) for field in FIELDS]))
    return told
