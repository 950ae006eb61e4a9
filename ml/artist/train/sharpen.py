"""``python -m ml.artist.train.sharpen MODEL --minutes N``: teach a checkpoint's decoder more, and nothing else of it.

The decoder alone turns latents into pixels, so it can learn on while the encoder, the text encoder and the UNet stay as they
are: what the UNet paints keeps its meaning and gains crisper lines. On two cores this pays where training the rest would not.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ml.artist.train.autoencoder import EDGES, edges_missed, encode, fidelity, shaped
from ml.artist.train.devices import prepare
from ml.artist.train.journal import say
from ml.artist.train.norms import quicken
from ml.artist.train.optimizer import schedule

FIRST_SEED = 70_000_000
"""Of the renders that it learns from; no other part has seen them."""

_TEST = 64  # further renders, to tell how far it is
_NOISE = 0.05  # deviation of what is added to latents, for the UNet's are not quite the encoder's


def main() -> int:
    """Learn, and write the decoder back every few minutes and at the end; Ctrl-C ends it early."""
    asked = _arguments()
    device = prepare(asked.device, asked.threads)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    vae = _load(asked.model, device)
    pixels = _renders(asked.images + _TEST)
    latents = encode(vae, pixels)
    test = pixels[-_TEST:]
    say(f"{asked.images} renders; before: {fidelity(vae, test):.2f} dB")
    quicken(vae.decoder, device)
    learnt = [*vae.decoder.parameters(), *vae.post_quant_conv.parameters()]
    vae.requires_grad_(requires_grad=False)
    for weight in learnt:
        weight.requires_grad_(requires_grad=True)
    optimizer = torch.optim.Adam(learnt, lr=asked.rate, betas=(0.9, 0.99))
    random = torch.Generator().manual_seed(FIRST_SEED)
    began = saved = time.monotonic()
    step = 0
    try:
        while (done := (time.monotonic() - began) / (60 * asked.minutes)) < 1:
            for group in optimizer.param_groups:
                group["lr"] = asked.rate * schedule(done)
            loss = _loss(vae, pixels, latents, asked.images, asked.batch, random)
            optimizer.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
            optimizer.step()
            step += 1
            if time.monotonic() - saved > asked.save_every:
                saved = time.monotonic()
                say(f"{done:.0%}, step {step}: loss {loss.item():.4f}, {fidelity(vae, test):.2f} dB")
                _save(vae, asked.model)
    except KeyboardInterrupt:
        say("interrupted")
    _save(vae, asked.model)
    say(f"{step} steps; after: {fidelity(vae, test):.2f} dB")
    return 0


def _loss(vae: Any, pixels: Tensor, latents: Tensor, count: int, batch: int, random: torch.Generator) -> Tensor:
    """Of whole pictures: what the normalisations make of a part of one is another thing than what they make of the whole."""
    rows = torch.randint(count, (batch,), generator=random)
    given = latents[rows].float()
    given = given + _NOISE * torch.randn(given.shape, generator=random).to(given.device)
    target = shaped(pixels[rows].to(vae.device))
    with torch.autocast(vae.device.type, torch.bfloat16):
        painted = vae.decoder(vae.post_quant_conv(given)).float()
    missed: Tensor = painted - target
    return missed.abs().mean() + EDGES * edges_missed(missed)


def _load(model: Path, device: torch.device) -> Any:
    from diffusers import AutoencoderKL

    vae = AutoencoderKL.from_pretrained(model / "vae", torch_dtype=torch.float32)
    return vae.to(device).to(memory_format=torch.channels_last)


def _save(vae: Any, model: Path) -> None:
    from safetensors.torch import save_file

    place = model / "vae" / "diffusion_pytorch_model.safetensors"
    part = place.with_suffix(".part")
    save_file({name: weight.detach().half().cpu().contiguous() for name, weight in vae.state_dict().items()}, part)
    part.replace(place)


def _renders(count: int) -> Tensor:
    from ml.artist.render.draw import render
    from ml.artist.render.portrait import sample

    pictures = [render(sample(seed)) for seed in range(FIRST_SEED, FIRST_SEED + count)]
    return torch.from_numpy(np.stack(pictures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m ml.artist.train.sharpen", description=(__doc__ or "").split("\n")[2]
    )
    parser.add_argument("model", type=Path, help="the checkpoint's folder; its decoder is replaced")
    parser.add_argument("--minutes", type=float, required=True, help="wall-clock time of the training")
    parser.add_argument("--images", type=int, default=3000, help="renders to learn from")
    parser.add_argument("--batch", type=int, default=2, help="pictures in a step")
    parser.add_argument("--rate", type=float, default=2e-4, help="largest learning rate")
    parser.add_argument("--save-every", type=float, default=300, help="seconds between two saves")
    parser.add_argument("--device", help="cuda, cpu or mps; by default CUDA where there is a GPU")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads to learn with")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
