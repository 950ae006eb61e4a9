"""Open a Stable Diffusion checkpoint, and say in one sentence what is wrong with one that does not open."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hashiramart.errors import SetupError

_PARTS = ("vae", "text_encoder", "tokenizer", "unet", "scheduler")
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?")
_WANTED = (
    "HASHIRA_IMAGE_MODEL must be a diffusers folder of a Stable Diffusion 1.x or 2.x checkpoint (model_index.json, "
    "safetensors weights) or such a name on the hub."
)


def load_pipeline(model: str | Path, device: str | None) -> tuple[Any, str, str]:
    """Load a checkpoint onto a device.

    Args:
        model: a diffusers folder or a hub name.
        device: a torch device; None takes CUDA when there is a GPU.

    Returns:
        The ``StableDiffusionPipeline``, its name (the folder's, or the hub's) and the device.

    Raises:
        SetupError: the checkpoint or the device is missing, broken or of another kind.
    """
    folder = Path(model).expanduser()
    local = folder.is_dir()
    if not local and (folder.exists() or not _HUB_NAME.fullmatch(str(model))):
        raise SetupError(f"There is no image model folder {model}. {_WANTED}")
    source = str(folder) if local else str(model)
    try:
        # What a broken checkpoint makes diffusers, transformers, safetensors and the hub raise is an open set.
        pipeline, device = _open(source, device, local=local)
    except SetupError:
        raise
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
        raise SetupError(f"The image model {source} cannot be loaded: {reason.rstrip('.')}. {_WANTED}") from error
    return pipeline, folder.resolve().name if local else source, device


def _open(source: str, device: str | None, *, local: bool) -> tuple[Any, str]:
    with _hushed() if local else contextlib.nullcontext():
        import torch
        from diffusers import StableDiffusionPipeline

        device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        if device.startswith("cuda") and not torch.cuda.is_available():
            raise SetupError(f"There is no GPU for the image model's device {device}; leave the device to the engine.")
        index = StableDiffusionPipeline.load_config(source, local_files_only=local)
        missing = [part for part in _PARTS if part not in index]
        if missing or "text_encoder_2" in index:
            raise SetupError(f"The image model {source} is a {index.get('_class_name', 'model of another kind')}. {_WANTED}")
        pipeline = StableDiffusionPipeline.from_pretrained(
            source,
            dtype=_precision(device),
            variant=_variant(Path(source)) if local else None,
            use_safetensors=True,
            local_files_only=local,
            requires_safety_checker=False,  # one that the checkpoint brings works all the same; none is no complaint
        )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to(device), device


def _precision(device: str) -> Any:
    import torch

    if not device.startswith("cuda"):
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16


def _variant(folder: Path) -> str | None:
    """``"fp16"`` for a folder that holds its UNet only in the files that the hub calls so."""
    weights = [path.name for path in (folder / "unet").glob("*.safetensors")]
    return "fp16" if weights and all(".fp16" in name for name in weights) else None


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """Keep the libraries' loading bars and advice off the terminal, and leave their settings as they were."""
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    before = []
    for library in (diffusers_logging, transformers_logging):
        before.append((library, library.get_verbosity(), library.is_progress_bar_enabled()))
        library.set_verbosity_error()
        library.disable_progress_bar()
    try:
        yield
    finally:
        for library, verbosity, bars in before:
            library.set_verbosity(verbosity)
            if bars:
                library.enable_progress_bar()
