"""A Stable Diffusion checkpoint small enough for tests: every real part, random weights, made on the spot.

It is a standard diffusers folder of the Stable Diffusion 1.5 shape (CLIP text encoder and tokenizer files, conditioned
UNet, KL autoencoder, scheduler, safetensors), so the product loads it exactly as it would load a real one. It paints
coloured noise, 64 by 64 pixels, that depends on the prompt and the seed.
"""

from __future__ import annotations

import json
from pathlib import Path

_WORDS = ("breathing", "wielding", "anime", "style", "cinematic", "katana", "water", "flame", "night", "snow", "slayer")
_START, _END = "<|startoftext|>", "<|endoftext|>"


# The blocks of Stable Diffusion 1.5, and as few as a test mostly needs; by the number of levels.
_DOWN = {2: ("CrossAttnDownBlock2D", "DownBlock2D"), 4: (*("CrossAttnDownBlock2D",) * 3, "DownBlock2D")}
_UP = {2: ("UpBlock2D", "CrossAttnUpBlock2D"), 4: ("UpBlock2D", *("CrossAttnUpBlock2D",) * 3)}
_WIDTHS = (8, 16, 16, 16)


def make_tiny_checkpoint(folder: Path, *, scheduler: str = "DDIMScheduler", levels: int = 2) -> Path:
    """Write a tiny random-weights Stable Diffusion checkpoint.

    Args:
        folder: where; made when missing. The same bytes are written every time.
        scheduler: class name of a diffusers scheduler.
        levels: of the UNet; 4, with a PNDMScheduler, is Stable Diffusion 1.5 block by block.

    Returns:
        The folder.
    """
    import diffusers
    import torch
    from transformers import CLIPTextConfig, CLIPTextModel

    folder.mkdir(parents=True, exist_ok=True)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        vocabulary = _write_tokenizer(folder / "tokenizer")
        text = CLIPTextConfig(
            vocab_size=len(vocabulary),
            hidden_size=32,
            intermediate_size=37,
            num_hidden_layers=2,
            num_attention_heads=4,
            projection_dim=32,
            max_position_embeddings=77,
            bos_token_id=vocabulary[_START],
            eos_token_id=vocabulary[_END],
            pad_token_id=vocabulary[_END],
        )
        parts = {
            "text_encoder": CLIPTextModel(text),
            "unet": diffusers.UNet2DConditionModel(
                sample_size=8,
                in_channels=4,
                out_channels=4,
                block_out_channels=_WIDTHS[:levels],
                layers_per_block=1 if levels == 2 else 2,
                down_block_types=_DOWN[levels],
                up_block_types=_UP[levels],
                attention_head_dim=2,
                cross_attention_dim=32,
                norm_num_groups=4,
            ),
            "vae": diffusers.AutoencoderKL(
                in_channels=3,
                out_channels=3,
                latent_channels=4,
                block_out_channels=(4, 4, 8, 8),
                layers_per_block=1,
                down_block_types=("DownEncoderBlock2D",) * 4,
                up_block_types=("UpDecoderBlock2D",) * 4,
                norm_num_groups=4,
                sample_size=64,
            ),
        }
    for name, part in parts.items():
        part.save_pretrained(folder / name)
    schedule = {
        "_class_name": scheduler,
        "beta_start": 0.00085,
        "beta_end": 0.012,
        "beta_schedule": "scaled_linear",
        "clip_sample": False,
        "set_alpha_to_one": False,
        "skip_prk_steps": True,
        "steps_offset": 1,
    }
    (folder / "scheduler").mkdir(exist_ok=True)
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps(schedule), encoding="utf-8")
    index = {
        "_class_name": "StableDiffusionPipeline",
        "_diffusers_version": diffusers.__version__,
        "feature_extractor": [None, None],
        "safety_checker": [None, None],
        "scheduler": ["diffusers", scheduler],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    (folder / "model_index.json").write_text(json.dumps(index, indent=2), encoding="utf-8")
    return folder


def make_tiny_controlnet(folder: Path, *, levels: int = 2, cross_attention: int = 32) -> Path:
    """Write a tiny random-weights ControlNet that fits the tiny checkpoint of so many levels.

    Args:
        folder: where; made when missing.
        levels: as of the checkpoint.
        cross_attention: width of the text that it attends to; another than 32 fits no tiny checkpoint.

    Returns:
        The folder.
    """
    import diffusers
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(11)
        net = diffusers.ControlNetModel(
            in_channels=4,
            block_out_channels=_WIDTHS[:levels],
            layers_per_block=1 if levels == 2 else 2,
            down_block_types=_DOWN[levels],
            attention_head_dim=2,
            cross_attention_dim=cross_attention,
            norm_num_groups=4,
            conditioning_embedding_out_channels=(4, 4, 8, 8),
        )
        with torch.no_grad():  # an untrained one is silent: its last layers are zero
            for weight in net.parameters():
                if not weight.any():
                    weight.normal_(0, 0.3)
    net.save_pretrained(folder)
    return folder


def _write_tokenizer(folder: Path) -> dict[str, int]:
    """CLIP's tokenizer files for bytes and a few whole words; returns the vocabulary."""
    letters = _byte_letters()
    tokens = [*letters, *(f"{letter}</w>" for letter in letters)]
    merges: list[tuple[str, str]] = []
    for word in _WORDS:
        symbols = [*word[:-1], f"{word[-1]}</w>"]
        left = symbols[0]
        for right in symbols[1:]:
            if (left, right) not in merges:
                merges.append((left, right))
                tokens.append(left + right)
            left += right
    vocabulary = {token: number for number, token in enumerate(dict.fromkeys([*tokens, _START, _END]))}
    folder.mkdir(exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    config = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": 77,
        "bos_token": _START,
        "eos_token": _END,
        "pad_token": _END,
        "unk_token": _END,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
    return vocabulary


def _byte_letters() -> list[str]:
    """The letter that byte-level BPE writes for each byte (GPT-2's ``bytes_to_unicode``)."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    hidden = [byte for byte in range(256) if byte not in printable]
    return [chr(byte) if byte in printable else chr(256 + hidden.index(byte)) for byte in range(256)]
