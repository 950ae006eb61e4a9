"""Paint with Stable Diffusion: a thin, steady hand on diffusers' own pipeline.

One code path for every checkpoint: a diffusers folder of the Stable Diffusion 1.x or 2.x shape, the project's own or
anyone's, or such a name on the hub. Weights are read from safetensors only: a pickle can run code.
"""

from __future__ import annotations

import contextlib
import math
import os
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashiramart.errors import InvalidInput, ToolError
from ml.artist.loading import load_pipeline
from ml.artist.prompt import NEGATIVE_PROMPT

if TYPE_CHECKING:
    from PIL.Image import Image

_PIXELS = 8  # sides are multiples of what the autoencoder folds into one latent
_LARGEST_SIDE = 2048
_MOST_STEPS = 150
_PROVENANCE = ("prompt", "seed", "steps", "guidance", "model")


class Engine:
    """A loaded checkpoint that paints one picture at a time; safe to share between threads.

    Attributes:
        name: the checkpoint as it may be shown: the folder's name or the hub name.
        device: where it computes, such as ``"cpu"`` or ``"cuda"``.
        size: native width and height in pixels.
    """

    def __init__(self, pipeline: Any, *, name: str, device: str, threads: int) -> None:
        self.name = name
        self.device = device
        self.size = _native_size(pipeline)
        self._pipeline = pipeline
        self._threads = threads
        self._turn = threading.Lock()  # the pipeline's scheduler holds the state of the picture being painted

    @classmethod
    def load(cls, model: str | Path, *, device: str | None = None, threads: int | None = None) -> Engine:
        """Load a checkpoint. A folder is read without touching the network.

        Args:
            model: a diffusers folder, or a name on the hub such as ``"stabilityai/sd-turbo"``.
            device: where to compute; by default CUDA (bfloat16, or float16 on cards without it) when there is a GPU,
                else the CPU (float32).
            threads: CPU threads to paint with; by default one fewer than torch would take, so that whatever else runs
                on the machine stays quick.

        Raises:
            SetupError: the checkpoint or the device is missing, broken or of another kind; says what to do.
        """
        pipeline, name, device = load_pipeline(model, device)
        if threads is None:
            import torch

            threads = torch.get_num_threads() - 1
        return cls(pipeline, name=name, device=device, threads=max(1, threads))

    def paint(
        self,
        prompt: str,
        *,
        seed: int,
        steps: int = 25,
        guidance: float = 7.5,
        width: int | None = None,
        height: int | None = None,
        on_step: Callable[[int, int], None] | None = None,
    ) -> Image:
        """Paint a prompt. The same arguments on the same machine give the same pixels.

        Args:
            prompt: what to paint; what exceeds CLIP's 77 tokens has no effect.
            seed: 0 to 2**63 - 1.
            steps: denoising steps, 1 to 150.
            guidance: how strictly to follow the prompt, 0 to 30; up to 1 means freely and at half the cost.
            width: pixels, a multiple of 8 up to 2048; by default the checkpoint's own.
            height: likewise.
            on_step: called after each step with the number done and the number in all (some schedulers take a few
                more than asked for). Whatever it raises stops the painting and reaches the caller.

        Returns:
            The picture, RGB; its ``info`` holds ``prompt``, ``seed``, ``steps``, ``guidance`` and ``model`` as text.

        Raises:
            InvalidInput: a number is out of its range.
            ToolError: the checkpoint's own safety checker held the picture back.
        """
        width = self.size[0] if width is None else width
        height = self.size[1] if height is None else height
        _check(seed=seed, steps=steps, guidance=guidance, width=width, height=height)

        def after_step(pipeline: Any, index: int, _timestep: object, _tensors: object) -> dict[str, object]:
            if on_step is not None:
                on_step(index + 1, pipeline.num_timesteps)
            return {}

        with self._turn, self._steady() as torch:
            painted = self._pipeline(
                prompt,
                negative_prompt=NEGATIVE_PROMPT,
                num_inference_steps=steps,
                guidance_scale=guidance,
                width=width,
                height=height,
                # The noise comes from the CPU on every device, so a seed means the same picture everywhere.
                generator=torch.Generator("cpu").manual_seed(seed),
                callback_on_step_end=after_step,
            )
        if any(painted.nsfw_content_detected or ()):
            raise ToolError("The image model's safety checker held this picture back. Other words may do better.")
        image: Image = painted.images[0]
        image.info.update(prompt=prompt, seed=str(seed), steps=str(steps), guidance=f"{guidance:g}", model=self.name)
        return image

    @staticmethod
    def save_png(image: Image, path: Path, metadata: Mapping[str, str] | None = None) -> None:
        """Write a picture as PNG, whole or not at all, with its provenance in text chunks.

        Args:
            image: the picture; the provenance that ``paint`` left in its ``info`` is written too.
            path: the file; replaced when it exists. Its folder is made when missing.
            metadata: more text chunks, or other values for those of ``paint``.
        """
        from PIL.PngImagePlugin import PngInfo

        chunks = PngInfo()
        known = {key: image.info[key] for key in _PROVENANCE if key in image.info}
        for key, value in {**known, **(metadata or {})}.items():
            chunks.add_text(key, value)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
        try:
            with draft.open("xb") as file:
                image.save(file, format="PNG", pnginfo=chunks)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _steady(self) -> Iterator[Any]:
        """Torch as a picture wants it, given back as it was: bounded threads on a CPU, repeatable kernels on a GPU."""
        import torch

        if self.device != "cpu":
            with torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True):
                yield torch
            return
        before = torch.get_num_threads()
        torch.set_num_threads(min(self._threads, before))
        try:
            yield torch
        finally:
            torch.set_num_threads(before)


def _native_size(pipeline: Any) -> tuple[int, int]:
    latent = pipeline.unet.config.sample_size
    height, width = (latent, latent) if isinstance(latent, int) else latent
    return width * pipeline.vae_scale_factor, height * pipeline.vae_scale_factor


def _check(*, seed: int, steps: int, guidance: float, width: int, height: int) -> None:
    if not 0 <= seed < 2**63:
        raise InvalidInput("seed", "A seed is a whole number from 0 to 9223372036854775807.")
    if not 1 <= steps <= _MOST_STEPS:
        raise InvalidInput("steps", f"A picture takes 1 to {_MOST_STEPS} steps.")
    if not (math.isfinite(guidance) and 0 <= guidance <= 30):
        raise InvalidInput("guidance", "Guidance is a number from 0 to 30.")
    for field, side in (("width", width), ("height", height)):
        if not _PIXELS <= side <= _LARGEST_SIDE or side % _PIXELS:
            raise InvalidInput(field, f"A side is a multiple of {_PIXELS} pixels, at most {_LARGEST_SIDE}.")
