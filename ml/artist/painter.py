"""What every painter does, whatever stands behind it: a checkpoint on this machine or an images API elsewhere."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hashiramart.errors import InvalidInput

if TYPE_CHECKING:
    from PIL.Image import Image

PREVIEW_SIDE = 96
"""The longer side of a preview, in pixels."""

MOST_STEPS = 150
_PIXELS = 8  # sides are multiples of what the autoencoder folds into one latent
_LARGEST_SIDE = 2048


@dataclass(frozen=True, slots=True)
class PaintRequest:
    """Everything that settles the pixels of a picture, beside the checkpoint.

    Attributes:
        prompt: what to paint; of what exceeds CLIP's 77 tokens nothing is seen.
        negative_prompt: what to stay away from.
        seed: 0 to 2**63 - 1.
        steps: denoising steps, 1 to 150.
        guidance: how strictly to follow the prompt, 0 to 30; up to 1 means freely and at half the cost.
        width: pixels, a multiple of 8 up to 2048.
        height: likewise.
        pose: one of the renderer's poses, to be kept exactly where the painter has pose control.
    """

    prompt: str
    negative_prompt: str
    seed: int
    steps: int
    guidance: float
    width: int
    height: int
    pose: str | None = None

    def check(self) -> None:
        """Refuse what no painter can do.

        Raises:
            InvalidInput: a number is out of its range.
        """
        if not 0 <= self.seed < 2**63:
            raise InvalidInput("seed", "A seed is a whole number from 0 to 9223372036854775807.")
        if not 1 <= self.steps <= MOST_STEPS:
            raise InvalidInput("steps", f"A picture takes 1 to {MOST_STEPS} steps.")
        if not (math.isfinite(self.guidance) and 0 <= self.guidance <= 30):
            raise InvalidInput("guidance", "Guidance is a number from 0 to 30.")
        for field, side in (("width", self.width), ("height", self.height)):
            if not _PIXELS <= side <= _LARGEST_SIDE or side % _PIXELS:
                raise InvalidInput(field, f"A side is a multiple of {_PIXELS} pixels, at most {_LARGEST_SIDE}.")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a picture is.

    Attributes:
        done: steps that are done.
        total: steps in all; some schedulers take a few more than asked for.
        preview: draws what the picture looks like by now, RGB, at most ``PREVIEW_SIDE`` pixels; None where nothing can be
            seen yet.
    """

    done: int
    total: int
    preview: Callable[[], Image] | None = None


OnProgress = Callable[[Progress], None]


class Painter(Protocol):
    """Paints one picture at a time; safe to share between threads.

    Attributes:
        name: as it may be shown.
        fingerprint: SHA-256, in hexadecimal, of all that determines pixels beside the request: the checkpoint's files, or
            address and model of a hosted API.
        size: width and height that it is made for, in pixels.
        steps: that it is made for.
        guidance: likewise.
        poses: whether a request's pose is kept exactly.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def fingerprint(self) -> str: ...  # noqa: D102

    @property
    def size(self) -> tuple[int, int]: ...  # noqa: D102

    @property
    def steps(self) -> int: ...  # noqa: D102

    @property
    def guidance(self) -> float: ...  # noqa: D102

    @property
    def poses(self) -> bool: ...  # noqa: D102

    def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> Image:
        """Paint.

        Args:
            request: what.
            on_progress: told after each step, maybe in another thread. Whatever it raises stops the painting and reaches
                the caller.

        Returns:
            The picture, RGB; its ``info`` holds where it comes from as text.

        Raises:
            InvalidInput: a number is out of its range.
            ToolError: the picture is held back; the slayer may be told why.
            Unavailable: a hosted API does not paint now.
            SetupError: it is not set up as it must be.
        """
        ...


def provenance(request: PaintRequest, *, model: str, checkpoint: str) -> dict[str, str]:
    """Where a picture comes from, as the text that goes into its file."""
    told = {
        "prompt": request.prompt,
        "negative_prompt": request.negative_prompt,
        "seed": str(request.seed),
        "steps": str(request.steps),
        "guidance": f"{request.guidance:g}",
        "model": model,
        "checkpoint": checkpoint,
    }
    return told | ({"pose": request.pose} if request.pose else {})
