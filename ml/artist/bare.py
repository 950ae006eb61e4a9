"""The plain way to paint, which the engine is measured against: diffusers' pipeline as its manual has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ml.artist.loading import hushed
from ml.artist.painter import PaintRequest

if TYPE_CHECKING:
    from PIL.Image import Image


def bare_pipeline(folder: Path, threads: int) -> Callable[[PaintRequest], Image]:
    """A function that paints with a checkpoint's folder on the CPU, in the thread that calls it.

    Args:
        folder: a diffusers folder.
        threads: that torch computes with; from now on, for the whole process.
    """
    import torch
    from diffusers import StableDiffusionPipeline

    how = {"dtype": torch.float32, "use_safetensors": True, "local_files_only": True}
    with hushed():
        pipeline = StableDiffusionPipeline.from_pretrained(folder, **how)
    pipeline.set_progress_bar_config(disable=True)
    torch.set_num_threads(threads)

    def paint(request: PaintRequest) -> Image:
        painted = pipeline(
            request.prompt,
            negative_prompt=request.negative_prompt,
            num_inference_steps=request.steps,
            guidance_scale=request.guidance,
            width=request.width,
            height=request.height,
            generator=torch.Generator("cpu").manual_seed(request.seed),
        )
        image: Image = painted.images[0]
        return image

    return paint
