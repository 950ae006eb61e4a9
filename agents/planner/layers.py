"""Layers of a BERT without what ``transformers`` wraps around them: a third of the time of a short text goes into that.

The same numbers: the three projections of attention are one matrix, and nothing is looked up twice.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn.functional import gelu, layer_norm, linear, scaled_dot_product_attention


class LeanLayer:
    """One layer, for reading only.

    Args:
        layer: a ``BertLayer``; its weights are copied.
        heads: of its attention.
        kind: the type of number to compute in.
    """

    def __init__(self, layer: Any, heads: int, kind: torch.dtype) -> None:
        def of(*modules: nn.Module) -> tuple[torch.Tensor, torch.Tensor]:
            weights, biases = ([getattr(module, name).detach() for module in modules] for name in ("weight", "bias"))
            return torch.cat(weights).to(kind), torch.cat(biases).to(kind)

        look, put = layer.attention.self, layer.attention.output
        self._heads = heads
        self._look = of(look.query, look.key, look.value)
        self._put = of(put.dense)
        self._first_norm = of(put.LayerNorm)
        self._widen = of(layer.intermediate.dense)
        self._narrow = of(layer.output.dense)
        self._last_norm = of(layer.output.LayerNorm)
        self._small: float = layer.output.LayerNorm.eps

    def __call__(self, hidden: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        """Hidden states of shape (n, tokens, size); ``seen`` says of each token whether it may be attended to."""
        count, tokens, size = hidden.shape
        parts = linear(hidden, *self._look).view(count, tokens, 3, self._heads, size // self._heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        looked = scaled_dot_product_attention(query, key, value, attn_mask=seen)
        looked = looked.transpose(1, 2).reshape(count, tokens, size)
        hidden = layer_norm(hidden + linear(looked, *self._put), (size,), *self._first_norm, self._small)
        widened = gelu(linear(hidden, *self._widen))
        return layer_norm(hidden + linear(widened, *self._narrow), (size,), *self._last_norm, self._small)
