"""The autoencoder: pictures to latents an eighth as wide, and back with their thin lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as fn
from torch import Tensor, nn

from ml.artist.train.clock import Pace, Span
from ml.artist.train.norms import quicken
from ml.artist.train.optimizer import Both
from ml.artist.train.pictures import Pictures, batches
from ml.artist.train.settings import Settings

_KL = 1e-4  # of the mean over a latent's numbers: enough to keep the latents smooth
EDGES = 1.0
_HALF_SIZE = 0.25  # how much it counts that half-size latents decode to half-size pictures (Kouzelis et al., 2025)
_START_WITH = 2_000  # pictures
_LATE = 0.7  # the share of its schedule that it takes at most before all pictures are drawn

Log = Callable[[str, int, float, dict[str, float]], None]
"""Called with the part's name, the step, the share that is done and its figures."""


def build(settings: Settings) -> Any:
    """An untrained ``AutoencoderKL``, without attention: it works on squares of any size."""
    from diffusers import AutoencoderKL

    levels = len(settings.vae_channels)
    return AutoencoderKL(
        in_channels=3,
        out_channels=3,
        latent_channels=settings.latents,
        block_out_channels=settings.vae_channels,
        layers_per_block=1,
        down_block_types=("DownEncoderBlock2D",) * levels,
        up_block_types=("UpDecoderBlock2D",) * levels,
        norm_num_groups=settings.vae_groups,
        sample_size=settings.size,
        scaling_factor=1.0,
        mid_block_add_attention=False,
    )


class Trainee(nn.Module):
    """The autoencoder with its loss, as one module to compile."""

    def __init__(self, vae: Any) -> None:
        super().__init__()
        self.vae = vae

    def forward(self, crops: Tensor, noise: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The loss, the mean error of a pixel (0 to 2) and the mean deviation of the posterior."""
        mean, spread = self.vae.quant_conv(self.vae.encoder(crops)).float().chunk(2, dim=1)
        spread = spread.clamp(-20, 10)
        latents = mean + noise * torch.exp(0.5 * spread)
        painted = self._decode(latents)
        error = (painted - crops).abs().mean()
        half = fn.avg_pool2d(crops, 2)
        small = (self._decode(fn.avg_pool2d(latents, 2)) - half).abs().mean()
        kl = 0.5 * (mean.square() + spread.exp() - 1 - spread).mean()
        loss = error + EDGES * edges_missed(painted - crops) + _HALF_SIZE * small + _KL * kl
        return loss, error, torch.exp(0.5 * spread).mean()

    def _decode(self, latents: Tensor) -> Tensor:
        decoded: Tensor = self.vae.decoder(self.vae.post_quant_conv(latents))
        return decoded.float()


class Lessons:
    """The autoencoder's training, step by step; its state can be saved and taken up again."""

    def __init__(self, vae: Any, settings: Settings, device: torch.device, *, compiled: bool) -> None:
        self.vae = vae
        quicken(vae, device)
        self.optimizer = Both(vae, settings.vae_rate, ends=("conv_in", "conv_out", "quant_conv"))
        self.steps = 0
        self.first_step = 0.0
        self._settings = settings
        self._device = device
        trainee: nn.Module = Trainee(vae)
        self._trainee = torch.compile(trainee) if compiled else trainee
        self._random = torch.Generator(device).manual_seed(settings.seed)

    def train(self, pictures: Pictures, span: Span, log: Log) -> None:
        """Until the span is over and all pictures are drawn; where those come late, it learns on while they do."""
        settings = self._settings
        pictures.wait(_START_WITH)
        pace = Pace(self._device)
        late = False
        while True:
            done = span.done(self.steps, settings.least_steps)
            if not pictures.complete:
                late = done > _LATE
                done = min(done, _LATE)
            elif late:  # time to cool down all the same
                span, late = span.at(_LATE), False
                done = _LATE
            if done >= 1:
                break
            crops = _crops(pictures.pixels, pictures.sync(), settings.vae_batch, settings.crop, self._random)
            shape = (len(crops), settings.latents, settings.crop // 8, settings.crop // 8)
            noise = torch.randn(shape, generator=self._random, device=self._device)
            with torch.autocast(self._device.type, torch.bfloat16):
                loss, error, spread = self._trainee(crops, noise)
            torch.autograd.backward(loss)
            self.optimizer.step(done)
            self.steps += 1
            if pace.step() or self.steps % 20 == 0:
                figures = {"loss": loss.item(), "error": error.item(), "spread": spread.item()}
                figures["squares/s"] = pace.per_second() * settings.vae_batch
                log("autoencoder", self.steps, done, figures)
        self.first_step = pace.first_step


@torch.no_grad()
def encode(vae: Any, pixels: Tensor, batch: int = 128) -> Tensor:
    """The latents of pictures, float16 (n, channels, height / 8, width / 8)."""
    parts = []
    device = vae.device
    for rows in batches(len(pixels), batch):
        with torch.autocast(device.type, torch.bfloat16):
            crops = shaped(pixels[rows].to(device))
            parts.append(vae.quant_conv(vae.encoder(crops)).chunk(2, dim=1)[0].half())
    return torch.cat(parts)


@torch.no_grad()
def decode(vae: Any, latents: Tensor) -> Tensor:
    """Pictures of latents, uint8 (n, height, width, 3)."""
    painted: Tensor = vae.decode(latents.to(vae.dtype) / vae.config.scaling_factor).sample
    return ((painted.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1)


@torch.no_grad()
def standardise(vae: Any, latents: Tensor) -> None:
    """Give every channel of the latents mean 0 and deviation 1, inside the autoencoder itself.

    Both ends of the latent are 1x1 convolutions, so the change is exact: what was decoded before is decoded still.
    """
    mean = latents.float().mean(dim=(0, 2, 3)).to(vae.device)
    deviation = latents.float().std(dim=(0, 2, 3)).to(vae.device)
    channels = len(mean)
    into, out = vae.quant_conv, vae.post_quant_conv
    into.weight[:channels] /= deviation[:, None, None, None]
    into.bias[:channels] = (into.bias[:channels] - mean) / deviation
    into.bias[channels:] -= 2 * deviation.log()
    out.bias += (out.weight[:, :, 0, 0] * mean).sum(dim=1)
    out.weight *= deviation[None, :, None, None]


@torch.no_grad()
def fidelity(vae: Any, pixels: Tensor) -> float:
    """Mean peak signal-to-noise ratio of pictures that go in and come out, in decibels."""
    ratios = []
    for rows in batches(len(pixels), 32):
        back = decode(vae, encode(vae, pixels[rows]))
        error = (back.float() - pixels[rows].to(back.device).float()).square().mean(dim=(1, 2, 3))
        ratios.append(10 * torch.log10(255**2 / error.clamp(min=1e-6)))
    return float(torch.cat(ratios).mean())


def _crops(pixels: Tensor, ready: int, count: int, side: int, random: torch.Generator) -> Tensor:
    device = pixels.device
    room = pixels.shape[1] - side + 1
    rows = torch.randint(ready, (count,), generator=random, device=device)
    at = torch.randint(room, (2, count), generator=random, device=device)
    span = torch.arange(side, device=device)
    y, x = at[0][:, None] + span, at[1][:, None] + span
    return shaped(pixels[rows[:, None, None], y[:, :, None], x[:, None, :]])


def shaped(pixels: Tensor) -> Tensor:
    """uint8 (n, height, width, 3) as the models take it: -1 to 1, channels first in shape and last in memory."""
    return (pixels.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)


def edges_missed(difference: Tensor) -> Tensor:
    """How much edges are missed, from fine to coarse: a blade that is smeared costs more than a wrong shade."""
    total = torch.zeros((), device=difference.device)
    for _ in range(3):
        total = total + difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean()
        difference = fn.avg_pool2d(difference, 2)
    return total / 3
