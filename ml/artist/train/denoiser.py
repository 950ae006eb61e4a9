"""The text encoder and the UNet, trained together to draw latents out of noise.

Rectified flow: a latent ``x`` and noise ``n`` are mixed as ``(1 - t) x + t n``, and the UNet tells the velocity
``n - x``. diffusers' ``UniPCMultistepScheduler`` paints with that as it stands (``use_flow_sigmas``), pure noise at
the start, so nights are dark and snow is white.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as fn
from torch import Tensor, nn

from ml.artist.prompt import NEGATIVE_PROMPT
from ml.artist.train import tokens
from ml.artist.train.autoencoder import Log
from ml.artist.train.clock import Clock, Pace, Span
from ml.artist.train.ema import Average
from ml.artist.train.norms import quicken
from ml.artist.train.optimizer import Both
from ml.artist.train.settings import Settings

_ATTRIBUTES = 0.02  # how much it counts that the text encoder's last state tells what the caption names


def build_text_encoder(settings: Settings, end_token: int) -> Any:
    """An untrained ``CLIPTextModel``."""
    from transformers import CLIPTextConfig, CLIPTextModel

    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=settings.vocabulary,
            hidden_size=settings.text_width,
            intermediate_size=4 * settings.text_width,
            num_hidden_layers=settings.text_layers,
            num_attention_heads=settings.text_heads,
            projection_dim=settings.text_width,
            max_position_embeddings=tokens.WINDOW,
            bos_token_id=end_token - 1,
            eos_token_id=end_token,
            pad_token_id=end_token,
        )
    )


def build_unet(settings: Settings) -> Any:
    """An untrained ``UNet2DConditionModel``; attention costs most where latents are large, so not there."""
    from diffusers import UNet2DConditionModel

    def kinds(way: str) -> list[str]:
        return [f"CrossAttn{way}Block2D" if heads else f"{way}Block2D" for heads in settings.unet_heads]

    return UNet2DConditionModel(
        sample_size=settings.size // 8,
        in_channels=settings.latents,
        out_channels=settings.latents,
        block_out_channels=settings.unet_channels,
        layers_per_block=settings.unet_layers,
        down_block_types=tuple(kinds("Down")),
        up_block_types=tuple(reversed(kinds("Up"))),
        # As in Stable Diffusion's own files, diffusers means the number of heads.
        attention_head_dim=tuple(heads or 1 for heads in settings.unet_heads),
        cross_attention_dim=settings.text_width,
        norm_num_groups=settings.groups,
    )


class Denoiser(nn.Module):
    """Text encoder and UNet, and what helps to train them.

    Args:
        settings: sizes.
        end_token: the tokenizer's.
        attributes: number of values of each attribute.
    """

    def __init__(self, settings: Settings, end_token: int, attributes: tuple[int, ...]) -> None:
        super().__init__()
        self.text_encoder = build_text_encoder(settings, end_token)
        self.unet = build_unet(settings)
        self.heads = nn.Linear(settings.text_width, sum(attributes))
        self.attributes = attributes

    def forward(self, mixed: Tensor, times: Tensor, told: Tensor) -> tuple[Tensor, Tensor]:
        """The velocities and the guessed attributes."""
        states = self.text_encoder(told).last_hidden_state
        velocity: Tensor = self.unet(mixed, times * 1000, states).sample
        return velocity.float(), self.heads(states[:, -1]).float()


def silence(tokenizer: Any) -> Tensor:
    """The prompts that say nothing: the empty one, and what the product wants no picture to show."""
    return tokens.encode(tokenizer, ["", NEGATIVE_PROMPT])


def warm_up(settings: Settings, attributes: tuple[int, ...]) -> None:
    """Compile for the GPU what a run will train, so that the run finds it in the compiler's cache.

    In another process, while the run has something else to do.
    """
    device = torch.device("cuda")
    silent = torch.full((2, tokens.WINDOW), settings.vocabulary - 1, dtype=torch.int16)
    course = Course(settings, silent, attributes, device, compiled=True)
    side = settings.size // 8
    latents = torch.zeros((64, settings.latents, side, side), dtype=torch.float16, device=device)
    told = torch.zeros((64, settings.captions, tokens.WINDOW), dtype=torch.int16, device=device)
    labels = torch.zeros((64, len(attributes)), dtype=torch.long, device=device)
    span = Span(Clock(), 0.0, 0.0)
    course.train(latents, told, labels, span, lambda *_: None, lambda: None)


class Course:
    """The training, step by step; its state can be saved and taken up again.

    Args:
        settings: sizes and rates.
        silent: what stands for no caption, as tokens; see ``silence``.
        attributes: number of values of each attribute.
        device: where.
        compiled: whether to compile the model.
    """

    def __init__(
        self, settings: Settings, silent: Tensor, attributes: tuple[int, ...], device: torch.device, *, compiled: bool
    ) -> None:
        end_token = int(silent[0, -1])
        self.model = Denoiser(settings, end_token, attributes).to(device)
        self.model.unet.to(memory_format=torch.channels_last)
        quicken(self.model.unet, device)
        self.average = Average(self.model)
        self.optimizer = Both(self.model, settings.rate, ends=("conv_in", "conv_out", "time_", "heads"))
        self.steps = 0
        self.first_step = 0.0
        self._settings = settings
        self._device = device
        self._run: nn.Module = torch.compile(self.model) if compiled else self.model  # type: ignore[assignment]
        self._random = torch.Generator(device).manual_seed(settings.seed + 1)
        self._silent = silent.to(device)

    def train(
        self, latents: Tensor, told: Tensor, labels: Tensor, span: Span, log: Log, rest: Callable[[], None]
    ) -> None:
        """Until the span is over.

        Args:
            latents: of the pictures, float16 (n, channels, side, side).
            told: their captions as tokens, int16 (n, captions, 77).
            labels: numbers of their attributes (n, attributes).
            span: the time for it.
            log: told the figures.
            rest: called between steps, to save and to paint.
        """
        pace = Pace(self._device)
        while (done := span.done(self.steps, self._settings.least_steps)) < 1:
            flow, guesses = self._losses(latents, told, labels)
            torch.autograd.backward(flow + _ATTRIBUTES * guesses)
            self.optimizer.step(done)
            self.average.update(self.model)
            self.steps += 1
            if pace.step() or self.steps % 20 == 0:
                figures = {"loss": flow.item(), "attributes": guesses.item()}
                figures["pictures/s"] = pace.per_second() * self._settings.batch
                log("denoiser", self.steps, done, figures)
                began = time.monotonic()
                rest()
                pace.rest(time.monotonic() - began)
        self.first_step = pace.first_step

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run needs."""
        return {
            "model": self.model.state_dict(),
            "average": self.average.model.state_dict(),
            "averaged": self.average.steps,
            "optimizer": self.optimizer.state_dict(),
            "steps": self.steps,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from such a state."""
        self.model.load_state_dict(state["model"])
        self.average.model.load_state_dict(state["average"])
        self.average.steps = state["averaged"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.steps = state["steps"]

    def _losses(self, latents: Tensor, told: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        settings, random, device = self._settings, self._random, self._device

        def draw(*shape: int) -> Tensor:
            return torch.rand(shape, generator=random, device=device)

        count = settings.batch
        rows = (draw(count) * len(latents)).long()
        words = told[rows, (draw(count) * told.shape[1]).long()]
        dropped = draw(count) < settings.drop
        words = torch.where(dropped[:, None], self._silent[(draw(count) * 2).long()], words)
        clean = latents[rows].float().contiguous(memory_format=torch.channels_last)
        noise = torch.randn(clean.shape, generator=random, device=device)
        times = torch.sigmoid(0.2 + torch.randn(count, generator=random, device=device))
        times = torch.where(draw(count) < 0.1, draw(count), times)  # a few anywhere, so that the ends are known too
        mix = times[:, None, None, None]
        with torch.autocast(device.type, torch.bfloat16):
            velocity, guesses = self._run(torch.lerp(clean, noise, mix), times, words.long())
        flow = fn.mse_loss(velocity, noise - clean)
        wrong = [
            fn.cross_entropy(guess, truth, reduction="none")
            for guess, truth in zip(guesses.split(self.model.attributes, dim=1), labels[rows].T, strict=True)
        ]
        return flow, (torch.stack(wrong).mean(dim=0) * ~dropped).mean()
