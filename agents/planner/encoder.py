"""The planner's own encoder: the MiniLM that is installed with the shop, its layers moved towards telling clauses apart.

Nearness in meaning is not what a router needs: "a plan for my spear" and "a plan for my garden" are near. So the model is tuned on
the training clauses (``agents.planner.tune``), from several seeds; the low-rank updates lie beside this module
(``encoder.safetensors``).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hashiramart.errors import SetupError
from knowledge.embed import BUNDLED, BUNDLED_NAME

UPDATES = "encoder.safetensors"
LONGEST = 96  # tokens of a clause that are read
_PACKED = 256  # tokens of all texts that are read as one sequence: beyond, their attention costs more than padding


class TunedEncoder:
    """Several views of a clause, side by side: what the model makes of it with each set of updates.

    Tuned from another seed each, one errs where another does not. They share the layers that were not updated. Behind a lock;
    nothing is loaded before the first clause.

    Args:
        base: folder of the model that is updated.
        updates: file of the updates, named ``0.encoder.layer...`` for the first view, ``1.…`` for the next.
    """

    def __init__(self, base: Path, updates: Path) -> None:
        self._base, self._updates = base, updates
        self._loaded: _Views | None = None
        self._lock = threading.Lock()
        self.name = f"{BUNDLED_NAME} tuned {hashlib.sha256(updates.read_bytes()).hexdigest()[:16]}"

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """The embeddings of each clause, each of length 1: shape (n, views * 384).

        Raises:
            SetupError: the model or its updates cannot be read.
        """
        import torch

        with self._lock:
            views = self._load()
            ids, mask = padded(views.tokenizer, texts)
            with torch.inference_mode():
                hidden = views.embeddings(ids).to(views.kind)
                read = _side_by_side if mask.sum() <= _PACKED else _padded
                vectors: NDArray[np.float32] = torch.cat(read(views, hidden, mask), dim=1).numpy()
        return vectors

    def _load(self) -> _Views:
        if self._loaded is None:
            from safetensors import SafetensorError
            from safetensors.torch import load_file

            from agents.lowrank import apply_updates
            from agents.planner.layers import LeanLayer

            kind = _number_kind()

            def lean(layers: Any) -> list[LeanLayer]:
                return [LeanLayer(layer, model.config.num_attention_heads, kind) for layer in layers]

            try:
                updates = _by_view(load_file(self._updates))
                frozen = min(int(name.split(".")[2]) for name in updates[0])  # "encoder.layer.2.attention..."
                tuned = []
                for each in updates:
                    tokenizer, model = load_base(self._base)
                    apply_updates(model, each)
                    tuned.append(lean(model.encoder.layer[frozen:]))
            except (OSError, KeyError, IndexError, ValueError, RuntimeError, SafetensorError) as error:
                raise SetupError(
                    f"The planner's {UPDATES} cannot be read ({error}); run dvc repro evals/dvc.yaml."
                ) from error
            shared = lean(model.encoder.layer[:frozen])
            self._loaded = _Views(tokenizer, model.embeddings.eval(), shared, tuned, kind)
        return self._loaded


class _Views(NamedTuple):
    tokenizer: Any
    embeddings: Any
    shared: list[Any]
    tuned: list[list[Any]]
    kind: Any


def _by_view(updates: dict[str, Any]) -> list[dict[str, Any]]:
    """The updates of each view, under the names that the model has for its parts."""
    views: dict[int, dict[str, Any]] = {}
    for name, tensor in updates.items():
        number, _, part = name.partition(".")
        views.setdefault(int(number), {})[part] = tensor
    return [views[number] for number in sorted(views)]


def _padded(views: _Views, hidden: Any, mask: Any) -> list[Any]:
    """The embeddings of texts that are padded to the longest; shape (n, 384) each."""
    shared = through(views.shared, hidden, mask)
    return [mean_of(through(layers, shared, mask), mask) for layers in views.tuned]


def _side_by_side(views: _Views, hidden: Any, mask: Any) -> list[Any]:
    """The same without padding: all texts are one sequence, and each token attends to those of its own text alone.

    A message is read beside its clauses, so that half of a padded batch is padding; a layer's time goes by tokens.
    """
    import torch

    kept = mask > 0
    owner = kept.nonzero()[:, 0]
    seen = (owner[:, None] == owner[None, :])[None, None]
    packed = hidden[kept][None]
    for layer in views.shared:
        packed = layer(packed, seen)
    share = (owner[None, :] == torch.arange(len(mask))[:, None]).float()
    share /= share.sum(dim=1, keepdim=True)
    vectors = []
    for layers in views.tuned:
        read = packed
        for layer in layers:
            read = layer(read, seen)
        vectors.append(torch.nn.functional.normalize(share @ read[0].float(), dim=-1))
    return vectors


def _number_kind() -> Any:
    """bfloat16 where the processor multiplies it in hardware, which halves the time and moves no embedding by a hundredth."""
    import torch

    return torch.bfloat16 if _has_bf16() else torch.float32


def _has_bf16() -> bool:
    try:
        return "avx512_bf16" in Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False


def updates_path() -> Path:
    """Where the updates stand in the package."""
    return Path(str(files(__package__).joinpath(UPDATES)))


def base_folder() -> Path:
    """Folder of the model that is updated.

    Raises:
        ModuleNotFoundError: its package is not installed.
    """
    with as_file(files(BUNDLED) / "model") as folder:
        return folder  # the package lies on disk, so the path stays good


def tuned_encoder() -> TunedEncoder | None:
    """The encoder of this package; None where its updates or the model that they move are not installed."""
    try:
        return TunedEncoder(base_folder(), updates_path())
    except (ModuleNotFoundError, FileNotFoundError):
        return None


def load_base(folder: Path) -> tuple[Any, Any]:
    """The tokenizer and the model of ``folder``, not updated."""
    import torch
    from tokenizers import Tokenizer
    from transformers import BertModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()  # it would warn that the pooler is left out
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    return tokenizer, BertModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32)


def padded(tokenizer: Any, texts: Sequence[str]) -> tuple[Any, Any]:
    """Token numbers and their mask, as tensors of shape (n, longest)."""
    import torch

    encoded = tokenizer.encode_batch(list(texts))
    mask = torch.tensor([each.attention_mask for each in encoded], dtype=torch.float32)
    return torch.tensor([each.ids for each in encoded]), mask


def through(layers: Any, hidden: Any, mask: Any) -> Any:
    """What layers make of hidden states of shape (n, tokens, size); padding is barred from their attention."""
    seen = (mask > 0)[:, None, None, :]
    for layer in layers:
        hidden = layer(hidden, seen)
    return hidden


def mean_of(hidden: Any, mask: Any) -> Any:
    """The mean over each text's tokens, of length 1: shape (n, size)."""
    import torch

    kept = mask[:, :, None]
    return torch.nn.functional.normalize((hidden.float() * kept).sum(dim=1) / kept.sum(dim=1), dim=-1)
