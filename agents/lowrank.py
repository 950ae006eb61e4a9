"""Low-rank updates of the MiniLM that is installed with the shop: what its fine-tuned uses are stored as.

A linear layer's matrix is moved by the product of two thin ones (Hu et al. 2021, https://arxiv.org/abs/2106.09685); biases and
norms of the layers are stored whole. A file of two or three megabytes beside its module turns the installed model into the
Coach's reader or the planner's encoder.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import nn
from torch.nn.utils import parametrize


def linear_layers(model: nn.Module) -> Iterator[tuple[str, nn.Linear]]:
    """The layers that are updated, with their names: those of attention and of the feed-forward parts."""
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and "encoder.layer." in name:
            yield name, module


def apply_updates(model: nn.Module, updates: Mapping[str, torch.Tensor]) -> None:
    """Move the layers of ``model``: ``W + up @ down`` for each, and the parts that are stored whole."""
    with torch.no_grad():
        for name, layer in linear_layers(model):
            if f"{name}.up" not in updates:
                continue  # a layer that stays as it is
            layer.weight += (updates[f"{name}.up"].float() @ updates[f"{name}.down"].float()).to(layer.weight)
        whole = {name: tensor.float() for name, tensor in updates.items() if not name.endswith((".up", ".down"))}
        model.load_state_dict(whole, strict=False)


class LowRank(nn.Module):
    """An update of a weight matrix by the product of two thin ones. It starts at zero."""

    def __init__(self, rows: int, columns: int, rank: int) -> None:
        super().__init__()
        self.up = nn.Parameter(torch.zeros(rows, rank))
        self.down = nn.Parameter(torch.randn(rank, columns) / math.sqrt(columns))

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """The weight, moved."""
        return weight + self.up @ self.down


class Beside(nn.Module):
    """A linear layer with an update that is worked out beside it, not within its matrix: cheaper where texts are short."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.linear = linear
        update = LowRank(linear.out_features, linear.in_features, rank)
        self.up, self.down = update.up, update.down

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """What the moved layer makes of the inputs."""
        moved: torch.Tensor = self.linear(inputs) + nn.functional.linear(
            nn.functional.linear(inputs, self.down), self.up
        )
        return moved


def loosen(model: Any, rank: int) -> dict[str, list[nn.Parameter]]:
    """Freeze all but what may move, by kind: low-rank updates of the linear layers; norms, biases and the head as they are."""
    model.requires_grad_(False)
    loose: dict[str, list[nn.Parameter]] = {"update": [], "whole": []}
    for _, layer in list(linear_layers(model)):
        update = LowRank(layer.out_features, layer.in_features, rank)
        parametrize.register_parametrization(layer, "weight", update)
        loose["update"] += [update.up, update.down]
    for name, parameter in model.named_parameters():
        in_layer = "encoder.layer." in name and name.endswith((".bias", "LayerNorm.weight"))
        if name.startswith(("classifier", "bert.pooler")) or in_layer:
            parameter.requires_grad_(True)
            loose["whole"].append(parameter)
    return loose


def stored_name(name: str) -> str:
    """The name under which a parameter of a loosened model is stored."""
    inner = name.replace("parametrizations.weight.0.", "").replace(".parametrizations.weight.original", ".weight")
    return inner.replace(".linear.bias", ".bias")


def updates_of(model: Any) -> dict[str, torch.Tensor]:
    """What ``apply_updates`` needs, in half precision."""
    return {
        stored_name(name): parameter.detach().half().cpu().contiguous()
        for name, parameter in model.named_parameters()
        if parameter.requires_grad
    }
