"""Pictures of a checkpoint while and after it learns: painted in batches, laid out on sheets."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ml.artist.prompt import NEGATIVE_PROMPT

Picture = NDArray[np.uint8]

STEPS = 18
GUIDANCE = 4.0

_BATCH = 64
_LABEL = 14


def paint(
    pipeline: Any, prompts: Sequence[str], seeds: Sequence[int], *, steps: int = STEPS, guidance: float = GUIDANCE
) -> Picture:
    """Pictures of prompts, uint8 (n, height, width, 3); the noise of a seed is the same on every device."""
    device = torch.device(pipeline.device)
    low = device.type == "cuda"
    parts = []
    for at in range(0, len(prompts), _BATCH):
        some = list(prompts[at : at + _BATCH])
        generators = [torch.Generator("cpu").manual_seed(seed) for seed in seeds[at : at + _BATCH]]
        with torch.autocast("cuda", torch.bfloat16) if low else contextlib.nullcontext():
            painted = pipeline(
                some,
                negative_prompt=[NEGATIVE_PROMPT] * len(some),
                num_inference_steps=steps,
                guidance_scale=guidance,
                generator=generators,
                output_type="np",
            ).images
        parts.append((np.nan_to_num(painted) * 255).round().astype(np.uint8))
    return np.concatenate(parts)


def every_pair(seed: int, most: int) -> tuple[list[str], NDArray[np.int64]]:
    """Canonical captions of every weapon type in every style (or so many, spread evenly), and the numbers of both (n, 2)."""
    from ml.artist.render.caption import canonical
    from ml.artist.render.portrait import STYLES, WEAPONS, sample

    prompts, truth = [], []
    for weapon, weapon_name in enumerate(WEAPONS):
        for style, style_name in enumerate(STYLES):
            portrait = sample(seed + weapon * len(STYLES) + style)
            prompts.append(canonical(dataclasses.replace(portrait, weapon=weapon_name, style=style_name)))
            truth.append((weapon, style))
    some = np.unique(np.linspace(0, len(prompts) - 1, min(most, len(prompts))).round().astype(int))
    return [prompts[number] for number in some], np.array(truth, dtype=np.int64)[some]


def sheet(path: Path, pictures: Picture, labels: Sequence[str], columns: int, width: int = 2048) -> None:
    """Write pictures as one JPEG of at most that width, each with its label below."""
    from PIL import Image, ImageDraw

    side = min(pictures.shape[1], width // columns)
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * side, rows * (side + _LABEL)), "white")
    pen = ImageDraw.Draw(whole)
    for number, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        x, y = number % columns * side, number // columns * (side + _LABEL)
        whole.paste(Image.fromarray(picture).resize((side, side), Image.Resampling.LANCZOS), (x, y))
        pen.text((x + 2, y + side + 1), label[: side // 6], fill="black")
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.save(path, quality=88)
