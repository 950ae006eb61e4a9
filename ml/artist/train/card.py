"""The model card: what the checkpoint is, how it came about, and how good it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ml.artist.train.settings import Settings


def write(
    path: Path, settings: Settings, figures: dict[str, Any], weapons: tuple[str, ...], styles: tuple[str, ...]
) -> None:
    """Write the card of a finished run."""
    parts = figures["parameters"]
    painted, renders = figures["painted"], figures["renders"]
    rows = [
        (
            "autoencoder",
            f"{parts['vae'] / 1e6:.1f} M parameters, {settings.latents} latent channels, an eighth of the side",
        ),
        ("text encoder", f"{parts['text_encoder'] / 1e6:.1f} M, CLIP's architecture, width {settings.text_width}"),
        ("UNet", f"{parts['unet'] / 1e6:.1f} M, channels {', '.join(map(str, settings.unet_channels))}"),
        ("size", f"{figures['bytes'] / 1e6:.1f} MB in float16"),
        ("native picture", f"{settings.size} × {settings.size} pixels"),
        (
            "solver",
            f"UniPC on rectified flow; made for {figures['steps']} steps, guidance {figures['guidance']:g}",
        ),
    ]
    data = f"{settings.images} renders of `ml.artist.render` (seeds 0 to {settings.images - 1})"
    training = [
        ("data", f"{data}, {settings.captions} captions each"),
        ("data hash", f"`{figures['data']}` (SHA-256 of the renderer's source)"),
        (
            "autoencoder",
            f"{figures['autoencoder steps']} steps of {settings.vae_batch} squares of {settings.crop} pixels",
        ),
        ("text encoder and UNet", f"{figures['denoiser steps']} steps of {settings.batch} pictures"),
        ("time", f"{figures['seconds'] / 60:.1f} minutes on {figures['device']}, torch {figures['torch']}"),
    ]
    found = [
        ("weapon type recognised on painted pictures", f"{painted['weapon']:.3f}"),
        ("style recognised on painted pictures", f"{painted['style']:.3f}"),
        ("the judge itself, on renders it never saw", f"weapon {renders['weapon']:.3f}, style {renders['style']:.3f}"),
        ("autoencoder, renders it never saw", f"{figures['psnr']:.1f} dB"),
    ]
    text = f"""# The Artist's own Stable Diffusion

Paints one slayer with one weapon in one breathing style, as anime-poster-like vector art. Trained from scratch on pictures
that the project draws itself; no foreign picture, caption or weight is in it.

{_table(rows)}

## Training

{_table(training)}

Autoencoder first (absolute error, edges at three scales, a little KL, and half-size latents must decode to half-size
pictures); its latents are then standardised. Text encoder and UNet together, by rectified flow, with
{settings.drop:.0%} of the captions left out for guidance, Muon and Adam, a learning rate that follows the clock, and
an average of the weights. The curves are in `curves.png` of the run's report.

    python -m ml.artist.train --out out/artist --preset gpu

## How good

A judge trained only on renders of other seeds looks at pictures of every weapon type in every style:

{_table(found)}

## What it can draw

Weapons: {", ".join(weapons)}. Styles: {", ".join(styles)}. Anything else in a prompt is passed over.
"""
    path.write_text(text, encoding="utf-8")


def _table(rows: list[tuple[str, str]]) -> str:
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])
