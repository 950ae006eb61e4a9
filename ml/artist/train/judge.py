"""The judge: a small network that tells weapon type and breathing style, trained on renders that no one else saw."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as fn
from numpy.typing import NDArray
from torch import Tensor, nn

from ml.artist.train.autoencoder import Log
from ml.artist.train.clock import Span
from ml.artist.train.optimizer import schedule
from ml.artist.train.pictures import batches

_WEIGHTS, _NOTE = "judge.safetensors", "judge.json"


class Judge(nn.Module):
    """Residual convolutions over a picture, and one answer each for weapon type and style."""

    def __init__(self, weapons: Sequence[str], styles: Sequence[str]) -> None:
        super().__init__()
        self.weapons, self.styles = tuple(weapons), tuple(styles)
        widths = (24, 48, 96, 160)
        layers: list[nn.Module] = [nn.Conv2d(3, widths[0], 5, 2, 2, bias=False), nn.BatchNorm2d(widths[0]), nn.ReLU()]
        for before, after in zip((widths[0], *widths), widths, strict=False):
            layers += [_Block(before, after, 2), _Block(after, after, 1)]
        self.trunk = nn.Sequential(*layers)
        self.weapon = nn.Linear(2 * widths[-1], len(self.weapons))
        self.style = nn.Linear(2 * widths[-1], len(self.styles))

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the weapon types and of the styles for pictures of -1 to 1."""
        seen = self.trunk(pictures)
        seen = torch.cat([seen.mean(dim=(2, 3)), seen.amax(dim=(2, 3))], dim=1)
        return self.weapon(seen), self.style(seen)

    @torch.no_grad()
    def guess(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Numbers of the weapon type and style on each picture, uint8 (n, height, width, 3)."""
        self.eval()
        device = next(self.parameters()).device
        weapons, styles = [], []
        for rows in batches(len(pixels), 128):
            weapon, style = self(_floats(pixels[rows].to(device)))
            weapons.append(weapon.argmax(dim=1).cpu())
            styles.append(style.argmax(dim=1).cpu())
        return torch.cat(weapons), torch.cat(styles)

    def save(self, folder: Path) -> None:
        """Write the weights (float16) and what the answers mean."""
        from safetensors.torch import save_file

        folder.mkdir(parents=True, exist_ok=True)
        weights = {
            name: value.half() if value.is_floating_point() else value for name, value in self.state_dict().items()
        }
        save_file({name: value.contiguous().cpu() for name, value in weights.items()}, folder / _WEIGHTS)
        note = {"weapons": self.weapons, "styles": self.styles}
        (folder / _NOTE).write_text(json.dumps(note, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Judge:
        """Read what ``save`` wrote."""
        from safetensors.torch import load_file

        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        judge = cls(note["weapons"], note["styles"])
        judge.load_state_dict(load_file(folder / _WEIGHTS))
        return judge.eval()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How often the judge recognised what was asked for; rows of the matrices are what was asked for."""

    weapon: float
    style: float
    weapons: NDArray[np.int64]
    styles: NDArray[np.int64]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "weapon": self.weapon,
            "style": self.style,
            "weapons": self.weapons.tolist(),
            "styles": self.styles.tolist(),
        }


def train(judge: Judge, pixels: Tensor, truth: Tensor, span: Span, batch: int, log: Log) -> None:
    """Train until the span is over.

    Args:
        judge: on its device.
        pixels: uint8 (n, height, width, 3).
        truth: numbers of weapon type and style (n, 2).
        span: the time for it.
        batch: pictures in a step.
        log: told the figures.
    """
    device = next(judge.parameters()).device
    judge.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    judge.train()
    optimizer = torch.optim.AdamW(judge.parameters(), 2e-3, weight_decay=0.02)
    random = torch.Generator(device).manual_seed(0)
    place = torch.device(pixels.device)
    steps = 0
    while span.done() < 1 or not steps:
        rows = torch.randint(len(pixels), (batch,), generator=random, device=device)
        pictures = _varied(_floats(pixels[rows.to(place)].to(device)), random)
        with torch.autocast(device.type, torch.bfloat16):
            weapon, style = judge(pictures)
        weapon_truth, style_truth = truth[rows.to(truth.device)].to(device).T
        loss = fn.cross_entropy(weapon.float(), weapon_truth, label_smoothing=0.05)
        loss = loss + fn.cross_entropy(style.float(), style_truth, label_smoothing=0.05)
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * schedule(span.done())
        torch.autograd.backward(loss)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        steps += 1
        if steps % 20 == 0 or steps == 1:
            log("judge", steps, span.done(), {"loss": loss.item()})
    judge.eval()


def verdict(judge: Judge, pixels: Tensor, truth: Tensor) -> Verdict:
    """What the judge says of pictures whose weapon type and style (n, 2) are known."""
    weapons, styles = judge.guess(pixels)
    truth = truth.cpu()
    return Verdict(
        weapon=float((weapons == truth[:, 0]).float().mean()),
        style=float((styles == truth[:, 1]).float().mean()),
        weapons=_confusion(truth[:, 0], weapons, len(judge.weapons)),
        styles=_confusion(truth[:, 1], styles, len(judge.styles)),
    )


class _Block(nn.Module):
    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.one = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.norm_one = nn.BatchNorm2d(after)
        self.two = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.norm_two = nn.BatchNorm2d(after)
        same = before == after and stride == 1
        self.past = nn.Identity() if same else nn.Conv2d(before, after, 1, stride, bias=False)

    def forward(self, seen: Tensor) -> Tensor:
        inner = fn.relu(self.norm_one(self.one(seen)))
        return fn.relu(self.norm_two(self.two(inner)) + self.past(seen))


def _floats(pixels: Tensor) -> Tensor:
    return (pixels.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)


def _varied(pictures: Tensor, random: torch.Generator) -> Tensor:
    """Mirrored, shifted, paler, softer, blotchy, noisy: painted pictures are less crisp than the renders it learns from."""
    many, device = len(pictures), pictures.device

    def between(low: float, high: float, shape: tuple[int, ...] = ()) -> Tensor:
        return low + (high - low) * torch.rand(shape, generator=random, device=device)

    def shift() -> int:
        return int(between(-12, 13).floor())

    if between(0, 1) < 0.5:
        pictures = pictures.flip(3)
    pictures = fn.pad(pictures, (12, 12, 12, 12), mode="replicate").roll((shift(), shift()), (2, 3))
    pictures = pictures[:, :, 12:-12, 12:-12]
    each = (many, 1, 1, 1)
    pictures = torch.lerp(pictures.mean(dim=1, keepdim=True), pictures, between(0.3, 1.15, each))
    pictures = _softened(pictures, side=max(8, int(pictures.shape[2] / between(1, 3.2))), share=between(0, 1, each))
    blotches = torch.randn((many, 3, 24, 24), generator=random, device=device)
    blotches = fn.interpolate(blotches, size=pictures.shape[2:], mode="bilinear") * between(0, 0.12, each)
    noise = torch.randn(pictures.shape, generator=random, device=device) * between(0, 0.06, each)
    return (pictures * between(0.8, 1.15, (many, 3, 1, 1)) + blotches + noise).contiguous(
        memory_format=torch.channels_last
    )


def _softened(pictures: Tensor, side: int, share: Tensor) -> Tensor:
    """Mixed with what is left of them at a lesser side."""
    small = fn.interpolate(pictures, size=(side, side), mode="area")
    return torch.lerp(pictures, fn.interpolate(small, size=pictures.shape[2:], mode="bilinear"), share)


def _confusion(truth: Tensor, guessed: Tensor, kinds: int) -> NDArray[np.int64]:
    counts = torch.bincount(truth * kinds + guessed, minlength=kinds * kinds)
    return np.asarray(counts.reshape(kinds, kinds).numpy(), dtype=np.int64)
