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
    local = bool(str(model)) and folder.is_dir()  # Path("") is the working folder
    if not local and (folder.exists() or not _HUB_NAME.fullmatch(str(model))):
        raise SetupError(f"There is no image model folder {model}. {_WANTED}")
    source = str(folder) if local else str(model)
    try:
        # What a broken checkpoint makes diffusers, transformers, safetensors and the hub raise is an open set.
        checkpoint = source if local else _download(source)
        with _hushed():
            pipeline, device = _open(checkpoint, source, device)
    except SetupError:
        raise
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
        raise SetupError(f"The image model {source} cannot be loaded: {reason.rstrip('.')}. {_WANTED}") from error
    return pipeline, folder.resolve().name if local else source, device


def _download(name: str) -> str:
    """The folder of a hub checkpoint, fetched when it is not in the hub's cache; its bars stay on the terminal."""
    from diffusers import StableDiffusionPipeline

    return str(StableDiffusionPipeline.download(name, use_safetensors=True))


def _open(folder: str, source: str, device: str | None) -> tuple[Any, str]:
    import torch
    from diffusers import StableDiffusionPipeline

    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise SetupError(f"There is no GPU for the image model's device {device}; leave the device to the engine.")
    index = StableDiffusionPipeline.load_config(folder, local_files_only=True)
    if "text_encoder_2" in index or any(part not in index for part in _PARTS):
        raise SetupError(
            f"The image model {source} is a {index.get('_class_name', 'model of another kind')}. {_WANTED}"
        )
    how = {"dtype": _precision(device), "use_safetensors": True, "local_files_only": True}
    pipeline = StableDiffusionPipeline.from_pretrained(
        folder,
        text_encoder=_text_encoder(folder, source, variant=_variant(folder, "text_encoder"), **how),
        variant=_variant(folder, "unet"),
        requires_safety_checker=False,  # one that the checkpoint brings works all the same; none is no complaint
        **how,
    )
    _check_words(pipeline, source)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to(device), device


def _text_encoder(folder: str, source: str, **how: Any) -> Any:
    """The text encoder, loaded apart: transformers fills weights that it misses with noise, and diffusers lets it."""
    from transformers import CLIPTextModel

    encoder, report = CLIPTextModel.from_pretrained(folder, subfolder="text_encoder", output_loading_info=True, **how)
    if report["missing_keys"]:
        raise SetupError(
            f"The image model {source} lacks {len(report['missing_keys'])} text encoder weights. {_WANTED}"
        )
    return encoder


def _check_words(pipeline: Any, source: str) -> None:
    """A tokenizer without its files loads empty: every prompt would be the same."""
    tokenizer = pipeline.tokenizer
    words = tokenizer("slayer", add_special_tokens=False).input_ids
    if set(words) <= {tokenizer.unk_token_id}:
        raise SetupError(f"The image model {source} has no vocabulary in its tokenizer folder. {_WANTED}")
    if len(tokenizer) > pipeline.text_encoder.config.vocab_size:
        raise SetupError(f"The image model {source} has a tokenizer with more words than its text encoder. {_WANTED}")


def _precision(device: str) -> Any:
    import torch

    if not device.startswith("cuda"):
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16


def _variant(folder: str, part: str) -> str | None:
    """``"fp16"`` when a folder holds a part's weights only in the files that the hub calls so."""
    weights = [path.name for path in (Path(folder) / part).glob("*.safetensors")]
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
