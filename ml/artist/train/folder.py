"""The checkpoint folder that a run leaves: Stable Diffusion's parts as diffusers reads them, in float16."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

MOST_BYTES = 48_000_000
"""What the checkpoint may weigh in all, so that it can lie in the repository."""

_TOKENIZER_FILES = ("vocab.json", "merges.txt", "tokenizer_config.json")


def scheduler() -> Any:
    """The solver that paints: second order in time, on rectified flow."""
    from diffusers import UniPCMultistepScheduler

    return UniPCMultistepScheduler(
        num_train_timesteps=1000,
        prediction_type="flow_prediction",
        use_flow_sigmas=True,
        flow_shift=1.5,
        solver_order=2,
        solver_type="bh2",
        final_sigmas_type="zero",
        steps_offset=1,  # unused here, but the pipeline warns of any other
    )


def pipeline(vae: Any, text_encoder: Any, tokenizer: Any, unet: Any) -> Any:
    """The parts as a ``StableDiffusionPipeline`` without progress bars."""
    from diffusers import StableDiffusionPipeline

    whole = StableDiffusionPipeline(
        vae=vae,
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    whole.set_progress_bar_config(disable=True)
    return whole


def save(folder: Path, vae: Any, text_encoder: Any, tokenizer: Any, unet: Any, words: Path) -> int:
    """Write the checkpoint; returns its size in bytes.

    Args:
        folder: where; replaced.
        vae: the autoencoder, of any precision and place; so are the others.
        text_encoder: the averaged one.
        tokenizer: as loaded.
        unet: the averaged one.
        words: folder with the tokenizer's own files.
    """
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    halves = [copy.deepcopy(one).cpu().half() for one in (vae, text_encoder, unet)]
    pipeline(halves[0], halves[1], tokenizer, halves[2]).save_pretrained(part, safe_serialization=True)
    shutil.rmtree(part / "tokenizer")
    (part / "tokenizer").mkdir()
    for name in _TOKENIZER_FILES:  # the same for every release of transformers
        shutil.copy(words / name, part / "tokenizer" / name)
    for path in part.rglob("*.safetensors"):
        path.chmod(0o644)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    return weight(folder)


def weight(folder: Path) -> int:
    """Bytes of all the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
