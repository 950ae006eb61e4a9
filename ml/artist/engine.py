"""Paint with Stable Diffusion: a thin, steady hand on diffusers' own pipeline.

One code path for every checkpoint: a diffusers folder of the Stable Diffusion 1.x or 2.x shape, the project's own or
anyone's, or such a name on the hub. Weights are read from safetensors only: a pickle can run code.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashiramart.errors import ToolError
from ml.artist import preview
from ml.artist.aside import Aside, stands_back
from ml.artist.inspection import HELD_BACK, Inspect, refuse_blank
from ml.artist.loading import Loaded, load_checkpoint
from ml.artist.painter import OnProgress, PaintRequest, Progress, provenance

if TYPE_CHECKING:
    from PIL.Image import Image

GPU_BATCH = 8
"""Pictures that a GPU paints at once; a CPU is as quick with one after the other."""


class Engine:
    """A loaded checkpoint; a ``Painter``.

    Attributes:
        name: the checkpoint as it may be shown: what it calls itself, the folder's name or the hub name.
        fingerprint: SHA-256 over its files, and those of the ControlNet.
        device: where it computes, such as ``"cpu"`` or ``"cuda"``.
        size: native width and height in pixels.
        steps: that the checkpoint recommends.
        guidance: likewise.
        batch: how many pictures at once are worth while.
        poses: whether a ControlNet keeps poses exactly.
    """

    def __init__(self, loaded: Loaded, *, threads: int, inspect: Inspect = refuse_blank) -> None:
        self.name = loaded.name
        self.fingerprint = loaded.fingerprint
        self.device = loaded.device
        self.size = _native_size(loaded.pipeline)
        self.steps, self.guidance = loaded.advice.steps, loaded.advice.guidance
        self.batch = 1 if loaded.device == "cpu" else GPU_BATCH
        self.poses = loaded.posed is not None
        self._pipeline, self._posed = loaded.pipeline, loaded.posed
        self._colours = preview.map_of(loaded.pipeline, loaded.advice.latent_rgb)
        self._threads = threads
        self._inspect = inspect
        # One thread: the pipeline's scheduler holds the state of the picture being painted.
        self._aside = Aside("painting")

    @classmethod
    def load(
        cls,
        model: str | Path,
        *,
        device: str | None = None,
        threads: int | None = None,
        controlnet: str | Path | None = None,
        keep: Path | None = None,
    ) -> Engine:
        """Load a checkpoint. A folder is read without touching the network.

        Args:
            model: a diffusers folder, or a name on the hub such as ``"stabilityai/sd-turbo"``.
            device: where to compute; by default CUDA (bfloat16, or float16 on cards without it) when there is a GPU,
                else the CPU (float32).
            threads: CPU threads to paint with; by default one fewer than torch would take, but both of two cores: they
                stand back for whatever else runs on the machine.
            controlnet: a ControlNet that fits the checkpoint, likewise.
            keep: a file that keeps fingerprints for the next process.

        Raises:
            SetupError: the checkpoint, the ControlNet or the device is missing, broken or of another kind; says what to do.
        """
        loaded = load_checkpoint(model, device, controlnet=controlnet, keep=keep)
        return cls(loaded, threads=threads or _polite_threads())

    def paint(self, request: PaintRequest, on_progress: OnProgress | None = None) -> Image:
        """Paint; as ``Painter`` has it. The same request on the same machine gives the same pixels.

        Raises:
            InvalidInput: a number is out of its range, or there is no such pose.
            ToolError: the checkpoint's own safety checker held the picture back, or it came out blank.
        """
        return self._paint([request], on_progress)[0]

    def paint_many(self, requests: Sequence[PaintRequest]) -> Iterator[Image]:
        """Paint many requests, in order; on a GPU ``batch`` at once, where neighbours are alike in size and steps.

        In a batch the last bits of a picture depend on its neighbours: what must be the same bytes is painted alone.

        Raises:
            InvalidInput: as ``paint``, before anything is painted.
            ToolError: as ``paint``.
        """
        for request in requests:
            request.check()
        for _, group in groupby(requests, key=_kind):
            alike = list(group)
            for at in range(0, len(alike), self.batch):
                yield from self._paint(alike[at : at + self.batch], None)

    def _paint(self, requests: list[PaintRequest], on_progress: OnProgress | None) -> list[Image]:
        for request in requests:
            request.check()
        pipeline, extra = self._pipeline, {}
        if requests[0].pose is not None and self._posed is not None:
            from ml.artist.skeleton import pose_picture

            figures = [pose_picture(str(r.pose), r.prompt, r.seed, r.width, r.height) for r in requests]
            pipeline, extra = self._posed, {"image": figures}
        images = self._aside.do(partial(self._work, pipeline, requests, extra, on_progress))
        for image, request in zip(images, requests, strict=True):
            self._inspect(image)
            image.info.update(provenance(request, model=self.name, checkpoint=self.fingerprint))
        return images

    def _work(
        self,
        pipeline: Any,
        requests: list[PaintRequest],
        extra: dict[str, Any],
        on_progress: OnProgress | None,
        stop: threading.Event,
    ) -> list[Image]:
        first = requests[0]

        def after_step(running: Any, index: int, _timestep: object, tensors: dict[str, Any]) -> dict[str, object]:
            if stop.is_set():
                raise KeyboardInterrupt
            if on_progress is not None:
                on_progress(Progress(index + 1, running.num_timesteps, self._look(running, tensors["latents"])))
            return {}

        with self._steady() as torch:
            painted = pipeline(
                [request.prompt for request in requests],
                negative_prompt=[request.negative_prompt for request in requests],
                num_inference_steps=first.steps,
                guidance_scale=first.guidance,
                width=first.width,
                height=first.height,
                # The noise comes from the CPU on every device, so a seed means the same picture everywhere.
                generator=[torch.Generator("cpu").manual_seed(request.seed) for request in requests],
                callback_on_step_end=after_step,
                **extra,
            )
        if any(painted.nsfw_content_detected or ()):
            raise ToolError(HELD_BACK)
        return list(painted.images)

    def _look(self, pipeline: Any, latents: Any) -> partial[Image] | None:
        """What draws a preview later: of the first picture, as it is now."""
        if self._colours is None:
            return None
        return partial(preview.draw, preview.guessed(pipeline, latents)[0], self._colours)

    @contextlib.contextmanager
    def _steady(self) -> Iterator[Any]:
        """Torch as a picture wants it, given back as it was: bounded threads on a CPU, repeatable kernels on a GPU."""
        import torch

        if self.device != "cpu":
            with torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True):
                yield torch
            return
        before = torch.get_num_threads()
        torch.set_num_threads(self._threads)
        try:
            yield torch
        finally:
            torch.set_num_threads(before)


def _kind(request: PaintRequest) -> tuple[object, ...]:
    """What a batch must have in common."""
    return request.steps, request.guidance, request.width, request.height, request.pose is None


def _polite_threads() -> int:
    import torch

    cores = torch.get_num_threads()
    return cores if cores == 2 and stands_back() else max(1, cores - 1)


def _native_size(pipeline: Any) -> tuple[int, int]:
    latent = pipeline.unet.config.sample_size
    height, width = (latent, latent) if isinstance(latent, int) else latent
    return width * pipeline.vae_scale_factor, height * pipeline.vae_scale_factor
