"""What a training run can be told, and the presets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from hashiramart.errors import SetupError


@dataclass(frozen=True, slots=True)
class Settings:
    """One training run.

    The lengths of the parts are shares of ``minutes``, not counts of steps: the same preset ends well on any machine.

    Attributes:
        minutes: wall-clock time of the whole run, rendering and saving included.
        size: width and height of the pictures.
        images: renders to learn from; their seeds are 0, 1, 2 and so on.
        judge_images: renders for the judge, of other seeds; a fifth of them are only for testing it.
        captions: how many captions a picture has.
        vocabulary: tokens at most.
        crop: side of the squares that the autoencoder learns from.
        latents: channels of the latent.
        vae_channels: of the autoencoder, one for each level; three halvings make it f8.
        vae_groups: of its group normalisations. With as many groups as channels each channel would lose its own level, and what
            is learnt on crops would not hold for whole pictures.
        vae_batch: crops in a step.
        vae_rate: its largest learning rate.
        vae_share: the autoencoder's share of the minutes.
        text_width: of the text encoder and the UNet's cross attention.
        text_layers: of the text encoder.
        text_heads: of the text encoder.
        unet_channels: one for each level.
        unet_heads: attention heads of each level; 0 is a level without attention.
        unet_layers: residual blocks of a level.
        groups: of the UNet's group normalisations.
        batch: pictures in a step of the UNet.
        rate: its largest learning rate.
        drop: share of captions that are left out, for guidance.
        reserve: minutes kept for the judge, the sheets and saving.
        judge_minutes: of those, what the judge learns in at most.
        judge_batch: pictures in a step of the judge.
        sheets: sample sheets painted while the UNet learns.
        exam: pictures painted for the judge at most; there is one for every weapon type in every style.
        save_every: seconds between two saves.
        least_steps: of autoencoder and UNet each, whatever the clock says.
        compile: whether a GPU run compiles its models.
        seed: of weights, batches and noise.
    """

    minutes: float = 9.0
    size: int = 256
    images: int = 48_000
    judge_images: int = 10_000
    captions: int = 4
    vocabulary: int = 3072
    crop: int = 128
    latents: int = 4
    vae_channels: tuple[int, ...] = (32, 64, 128, 128)
    vae_groups: int = 8
    vae_batch: int = 64
    vae_rate: float = 2e-3
    vae_share: float = 0.22
    text_width: int = 256
    text_layers: int = 5
    text_heads: int = 4
    unet_channels: tuple[int, ...] = (128, 192)
    unet_heads: tuple[int, ...] = (0, 6)
    unet_layers: int = 2
    groups: int = 32
    batch: int = 256
    rate: float = 2e-3
    drop: float = 0.1
    reserve: float = 0.8
    judge_minutes: float = 0.4
    judge_batch: int = 256
    sheets: int = 3
    exam: int = 1_000
    save_every: float = 150.0
    least_steps: int = 1
    compile: bool = True
    seed: int = 7


def changed(settings: Settings, words: Iterable[str]) -> Settings:
    """The settings with changes such as ``rate=0.001`` or ``unet_channels=64,96``.

    Raises:
        SetupError: there is no such setting, or its value is of another kind.
    """
    known = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    changes: dict[str, Any] = {}
    for word in words:
        name, _, text = word.partition("=")
        before = known.get(name)
        try:
            if isinstance(before, bool):
                changes[name] = {"true": True, "false": False}[text.lower()]
            elif isinstance(before, tuple):
                changes[name] = tuple(int(number) for number in text.split(","))
            elif isinstance(before, int | float):
                changes[name] = type(before)(text)
            else:
                raise SetupError(f"There is no setting {name!r}; there are {', '.join(known)}.")
        except (KeyError, ValueError) as error:
            raise SetupError(f"{name} cannot be {text!r}: it is {before!r} otherwise.") from error
    return replace(settings, **changes)


PRESETS = {
    "gpu": Settings(),
    # Everything of it for a minute, to see what a machine can do: not for use.
    "smoke": replace(
        Settings(),
        minutes=1.35,
        images=4_096,
        judge_images=1_024,
        vae_share=0.45,
        reserve=0.25,
        judge_minutes=0.08,
        sheets=0,
        exam=64,
        save_every=1e9,
        least_steps=30,
    ),
    # The same models; what two cores manage in three hours is far less training.
    "cpu": Settings(
        minutes=180,
        images=12_000,
        judge_images=3_000,
        vae_batch=16,
        vae_rate=1e-3,
        vae_share=0.25,
        batch=32,
        rate=1e-3,
        reserve=12,
        judge_minutes=8,
        judge_batch=64,
        sheets=6,
        save_every=600,
    ),
    # Every part real and small: for tests.
    "tiny": Settings(
        minutes=0.25,
        size=64,
        images=48,
        judge_images=40,
        captions=2,
        vocabulary=800,
        crop=32,
        vae_channels=(8, 8, 16, 16),
        vae_groups=4,
        vae_batch=8,
        vae_share=0.3,
        text_width=32,
        text_layers=2,
        unet_channels=(16, 32),
        unet_heads=(0, 2),
        unet_layers=1,
        groups=8,
        batch=8,
        reserve=0.1,
        judge_minutes=0.04,
        judge_batch=16,
        sheets=1,
        exam=12,
        save_every=1e9,
        least_steps=60,
    ),
}
"""Settings by name."""
