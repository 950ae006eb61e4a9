"""Open a Stable Diffusion checkpoint, and say in one sentence what is wrong with one that does not open."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hashiramart.errors import SetupError
from ml.artist.advice import Advice, read_advice
from ml.artist.fingerprint import fingerprint, of_words

_PARTS = ("vae", "text_encoder", "tokenizer", "unet", "scheduler")
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?")
_WANTED = (
    "HASHIRA_IMAGE_MODEL must be a diffusers folder of a Stable Diffusion 1.x or 2.x checkpoint (model_index.json, "
    "safetensors weights) or such a name on the hub."
)
_WANTED_CONTROLNET = (
    "HASHIRA_IMAGE_CONTROLNET must be a diffusers folder of a ControlNet (config.json, safetensors weights) or such a name on "
    "the hub."
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """An open checkpoint.

    Attributes:
        pipeline: the ``StableDiffusionPipeline``.
        posed: the same parts with a ControlNet, which takes a picture of the pose; None without one.
        name: what the checkpoint calls itself, else the folder's or the hub's name.
        fingerprint: SHA-256 over its files, and the ControlNet's.
        device: the torch device it lies on.
        advice: what it says about itself.
    """

    pipeline: Any
    posed: Any
    name: str
    fingerprint: str
    device: str
    advice: Advice


def load_checkpoint(
    model: str | Path, device: str | None, *, controlnet: str | Path | None = None, keep: Path | None = None
) -> Loaded:
    """Load a checkpoint onto a device.

    Args:
        model: a diffusers folder or a hub name.
        device: a torch device; None takes CUDA when there is a GPU.
        controlnet: a ControlNet's folder or hub name, or None.
        keep: a file that keeps fingerprints for the next process.

    Raises:
        SetupError: the checkpoint, the ControlNet or the device is missing, broken or of another kind.
    """
    folder = local_folder(model)
    source = str(model) if folder is None else str(folder)
    with _explained(f"The image model {source}", _WANTED):
        checkpoint = _download(source) if folder is None else source
        with hushed():
            pipeline, device = _open(checkpoint, source, device)
        mark = fingerprint(Path(checkpoint), keep)
    advice = read_advice(Path(checkpoint))
    posed = None
    if controlnet is not None:
        posed, other = _with_controlnet(pipeline, controlnet, device, keep)
        mark = of_words(mark, other)
    name = advice.name or (source if folder is None else folder.resolve().name)
    return Loaded(pipeline, posed, name, mark, device, advice)


def local_folder(model: str | Path) -> Path | None:
    """A checkpoint's folder; None for a name on the hub.

    Raises:
        SetupError: it is neither.
    """
    folder = Path(model).expanduser()
    if str(model) and folder.is_dir():  # Path("") is the working folder
        return folder
    if folder.exists() or not _HUB_NAME.fullmatch(str(model)):
        raise SetupError(f"There is no image model folder {model}. {_WANTED}")
    return None


def cached_folder(name: str) -> Path | None:
    """The folder of a hub name in the hub's cache; None where it was never downloaded."""
    from huggingface_hub import try_to_load_from_cache

    for file in ("model_index.json", "config.json"):
        found = try_to_load_from_cache(name, file)
        if isinstance(found, str):
            return Path(found).parent
    return None


def native_size(folder: Path) -> tuple[int, int]:
    """Width and height that a checkpoint's folder is made for, in pixels, as its ``config.json`` files tell.

    Raises:
        SetupError: they do not.
    """
    try:
        unet, vae = (
            json.loads((folder / part / "config.json").read_text(encoding="utf-8")) for part in ("unet", "vae")
        )
        latent = unet["sample_size"]
        height, width = (latent, latent) if isinstance(latent, int) else latent
        fold = 2 ** (len(vae["block_out_channels"]) - 1)
        return int(width) * fold, int(height) * fold
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise SetupError(f"The image model {folder} does not say what size it paints. {_WANTED}") from error


def _with_controlnet(pipeline: Any, controlnet: str | Path, device: str, keep: Path | None) -> tuple[Any, str]:
    """A pipeline of the same parts that keeps to a pose, and the ControlNet's fingerprint."""
    folder = Path(controlnet).expanduser()
    local = bool(str(controlnet)) and folder.is_dir()
    if not local and (folder.exists() or not _HUB_NAME.fullmatch(str(controlnet))):
        raise SetupError(f"There is no ControlNet folder {controlnet}. {_WANTED_CONTROLNET}")
    with _explained(f"The ControlNet {controlnet}", _WANTED_CONTROLNET):
        from diffusers import ControlNetModel, StableDiffusionControlNetPipeline

        place = folder if local else Path(_download_controlnet(str(controlnet)))
        with hushed():
            how = {"dtype": _precision(device), "use_safetensors": True, "local_files_only": True}
            net = ControlNetModel.from_pretrained(str(place), variant=_variant(str(place), "."), **how)
            for field in ("in_channels", "cross_attention_dim", "block_out_channels"):
                ours, theirs = pipeline.unet.config[field], net.config[field]
                if _plain(ours) != _plain(theirs):
                    raise SetupError(
                        f"The ControlNet {controlnet} does not fit the image model: its {field} is {theirs}, the image "
                        f"model's is {ours}. HASHIRA_IMAGE_CONTROLNET needs one that was made for the image model."
                    )
            posed = StableDiffusionControlNetPipeline(
                **pipeline.components, controlnet=net.to(device), requires_safety_checker=False
            )
            posed.set_progress_bar_config(disable=True)
        return posed, fingerprint(place, keep)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else value


@contextlib.contextmanager
def _explained(what: str, wanted: str) -> Iterator[None]:
    """Say in one sentence why something does not open.

    What a broken checkpoint makes diffusers, transformers, safetensors and the hub raise is an open set.
    """
    try:
        yield
    except SetupError:
        raise
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
        raise SetupError(f"{what} cannot be loaded: {reason.rstrip('.')}. {wanted}") from error


def _download(name: str) -> str:
    """The folder of a hub checkpoint, fetched when it is not in the hub's cache; its bars stay on the terminal."""
    from diffusers import StableDiffusionPipeline

    return str(StableDiffusionPipeline.download(name, use_safetensors=True))


def _download_controlnet(name: str) -> str:
    """Likewise of a ControlNet."""
    from huggingface_hub import snapshot_download

    return snapshot_download(name, allow_patterns=["config.json", "*.safetensors"])


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
def hushed() -> Iterator[None]:
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
