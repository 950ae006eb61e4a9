"""``python -m ml.artist.train.advise MODEL``: write what the checkpoint wants to be painted with (``painting.json``).

It tells steps, guidance and words, and how its latents look as colours, so that a picture can be shown while it is painted.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as fn
from torch import Tensor

from ml.artist.advice import Advice, write_advice
from ml.artist.train import samples
from ml.artist.train.autoencoder import encode
from ml.artist.train.settings import PRESETS

NAME = "HashiraMart Artist"
_SEED = 80_000_000  # of the renders that the colours are fitted on
_RENDERS = 48


def advise(folder: Path, vae: Any, pixels: Tensor, renders: int) -> None:
    """Write the advice of a checkpoint of ours.

    Args:
        folder: the checkpoint's.
        vae: its autoencoder.
        pixels: renders, uint8 (n, height, width, 3).
        renders: how many it learnt from, from seed 0 on.
    """
    write_advice(
        folder,
        Advice(
            name=NAME,
            steps=samples.STEPS,
            guidance=samples.GUIDANCE,
            words="renderer",
            latent_rgb=latent_rgb(vae, pixels),
            first_seed=0,
            renders=renders,
        ),
    )


def latent_rgb(vae: Any, pixels: Tensor) -> list[list[float]]:
    """The linear map from latents to colours of 0 to 1 with the least squared error: a row a channel, and one to add."""
    latents = encode(vae, pixels).float().cpu()
    colours = pixels.cpu().permute(0, 3, 1, 2).float() / 255
    colours = fn.adaptive_avg_pool2d(colours, (latents.shape[-2], latents.shape[-1]))
    rows = latents.permute(0, 2, 3, 1).flatten(0, 2)
    rows = torch.cat([rows, torch.ones(len(rows), 1)], dim=1)
    found = torch.linalg.lstsq(rows, colours.permute(0, 2, 3, 1).flatten(0, 2)).solution
    return [[round(float(value), 4) for value in row] for row in found]


def main() -> int:
    """Advise a checkpoint that lies in a folder."""
    from diffusers import AutoencoderKL

    from ml.artist.render.draw import render
    from ml.artist.render.portrait import sample

    parser = argparse.ArgumentParser(prog="python -m ml.artist.train.advise", description="Write painting.json.")
    parser.add_argument("model", type=Path, help="the checkpoint's folder")
    parser.add_argument("--renders", type=int, default=PRESETS["gpu"].images, help="how many it learnt from")
    asked = parser.parse_args()
    vae = AutoencoderKL.from_pretrained(asked.model, subfolder="vae", local_files_only=True).eval()
    size = vae.config.sample_size
    pixels = np.stack([render(sample(_SEED + number), size) for number in range(_RENDERS)])
    advise(asked.model, vae, torch.from_numpy(pixels), asked.renders)
    return 0


if __name__ == "__main__":
    sys.exit(main())
