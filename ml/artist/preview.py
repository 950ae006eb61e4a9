"""What a picture looks like while it is painted, straight from its latents: a small linear map, no autoencoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ml.artist.painter import PREVIEW_SIDE

if TYPE_CHECKING:
    from PIL.Image import Image
    from torch import Tensor

Map = Sequence[Sequence[float]]

_SD1_SCALE = 0.18215
# What is known of the latents that Stable Diffusion 1.x and 2.x share, for colours of 0 to 1.
_SD1 = (
    (0.1756, 0.1149, 0.1614),
    (0.1625, 0.2487, 0.1175),
    (-0.1415, 0.0881, 0.1361),
    (-0.1060, -0.1308, -0.3589),
    (0.5, 0.5, 0.5),
)


def map_of(pipeline: Any, told: Map | None) -> Map | None:
    """The linear map from latents to colours that fits a checkpoint, a row for each channel and one to add.

    Args:
        pipeline: the checkpoint.
        told: the map that the checkpoint brings; it counts when it has the right number of rows.

    Returns:
        None where none is known: then there are no previews.
    """
    config = pipeline.vae.config
    if told is not None and len(told) == config.latent_channels + 1:
        return told
    sd1 = config.latent_channels == 4 and abs(config.scaling_factor - _SD1_SCALE) < 1e-4
    return _SD1 if sd1 else None


def guessed(pipeline: Any, latents: Tensor) -> Tensor:
    """What the solver believes the finished latents to be; the latents as they stand with a solver that keeps no belief.

    The solvers that predict the sample keep their last prediction. It shows a picture from the first steps on, where the
    latents themselves are still mostly noise.
    """
    scheduler = pipeline.scheduler
    config = scheduler.config
    keeps = config.get("predict_x0", False) or str(config.get("algorithm_type", "")).endswith("dpmsolver++")
    beliefs = getattr(scheduler, "model_outputs", None) if keeps else None
    last = beliefs[-1] if beliefs else None
    return last if last is not None and last.shape == latents.shape else latents


def draw(latents: Tensor, colours: Map) -> Image:
    """A small picture.

    Args:
        latents: (channels, height, width).
        colours: as of ``map_of``.

    Returns:
        RGB, its longer side ``PREVIEW_SIDE`` pixels.
    """
    import torch
    from PIL import Image as Images

    rows = torch.tensor(colours, dtype=torch.float32)
    seen = latents.detach().float().cpu()
    pixels = torch.einsum("chw,cr->hwr", seen, rows[:-1]) + rows[-1]
    # What is no number, from weights that overflow, is grey here; the finished picture is looked at by itself.
    bytes_ = (pixels.nan_to_num(0.5).clamp(0, 1) * 255).round().to(torch.uint8)
    small = Images.fromarray(bytes_.numpy(), "RGB")
    scale = PREVIEW_SIDE / max(small.size)
    size = (max(1, round(small.width * scale)), max(1, round(small.height * scale)))
    return small.resize(size, Images.Resampling.BICUBIC)
