"""The tokenizer: CLIP's kind of byte-level BPE, learned from the captions, and captions as numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor

WINDOW = 77
"""Tokens of a prompt, start and end included."""

_START, _END = "<|startoftext|>", "<|endoftext|>"
_PIECES = r"""<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"""
_SYLLABLES = (
    "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo "
    "ra ri ru re ro wa n ga gi go za ji zu da do ba bi bu be bo ryu sho kyo jin nao ren kai mel an der la vi tor ros"
)
_BETWEEN = ("", "", "", " the", " of the north", " no", ", hero of the village", ", a mizunoto", ", a pillar")


def learn(captions: Iterable[str], texts: Iterable[str], size: int, folder: Path) -> Path:
    """Write ``vocab.json``, ``merges.txt`` and ``tokenizer_config.json`` as CLIP's tokenizer reads them.

    Args:
        captions: what the pictures are called.
        texts: ordinary prose, so that other words do not fall into letters.
        size: tokens at most.
        folder: where; made when missing.

    Returns:
        The folder.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

    bpe = Tokenizer(models.BPE(continuing_subword_prefix="", end_of_word_suffix="</w>"))
    bpe.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    bpe.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    room = size - 2 * len(letters) - 2  # every byte alone, every byte at a word's end, start and end of the text
    trainer = trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=letters, end_of_word_suffix="</w>", min_frequency=2, show_progress=False
    )
    bpe.train_from_iterator([*captions, *texts, *names(3000)], trainer)
    merges = [tuple(pair) for pair in json.loads(bpe.to_str())["model"]["merges"]][:room]
    words = [*letters, *(f"{letter}</w>" for letter in letters), *(left + right for left, right in merges)]
    vocabulary = {word: number for number, word in enumerate(dict.fromkeys([*words, _START, _END]))}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    config = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": WINDOW,
        "bos_token": _START,
        "eos_token": _END,
        "pad_token": _END,
        "unk_token": _END,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def load(folder: Path) -> Any:
    """The tokenizer of a folder."""
    from transformers import CLIPTokenizer

    return CLIPTokenizer.from_pretrained(folder)


def encode(tokenizer: Any, captions: Sequence[str]) -> Tensor:
    """Captions as int16 (n, 77); what is too long loses its end."""
    from tokenizers import Tokenizer

    quick = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
    quick.enable_truncation(WINDOW)
    quick.enable_padding(length=WINDOW, pad_id=tokenizer.pad_token_id, pad_token=tokenizer.pad_token)
    parts = []
    for at in range(0, len(captions), 20_000):
        told = quick.encode_batch_fast(list(captions[at : at + 20_000]))
        parts.append(torch.tensor([one.ids for one in told], dtype=torch.int16))
    return torch.cat(parts)


def names(count: int, seed: int = 0) -> list[str]:
    """Made-up names, so that the name at a prompt's head changes nothing in the picture."""
    rng = Random(f"names {seed}")
    return [_name(rng) for _ in range(count)]


def named(caption: str, number: int) -> str:
    """The caption, for one number in three with somebody's name before it."""
    rng = Random(f"named {number}")
    if rng.random() > 1 / 3:
        return caption
    return f"{_name(rng)}{rng.choice(_BETWEEN)}, {caption}"


def _name(rng: Random) -> str:
    known = _SYLLABLES.split()

    def word() -> str:
        return "".join(rng.choice(known) for _ in range(rng.randint(2, 4))).title()

    return word() if rng.random() < 0.6 else f"{word()} {word()}"
