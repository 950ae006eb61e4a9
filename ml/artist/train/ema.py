"""A running average of a model's weights, which paints better than the weights themselves."""

from __future__ import annotations

import copy
from typing import TypeVar

import torch
from torch import nn

Model = TypeVar("Model", bound=nn.Module)

_POWER = 12.0  # the average is over about the last twelfth of the run, however long that is (Karras et al., 2024)


class Average:
    """The average of one model; ``model`` is it."""

    def __init__(self, model: nn.Module) -> None:
        self.model = copy.deepcopy(model).eval().requires_grad_(False)
        self.steps = 0

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """Take in the weights after a step."""
        self.steps += 1
        share = 1 - (1 - 1 / self.steps) ** (_POWER + 1)
        torch._foreach_lerp_(list(self.model.parameters()), [p.detach() for p in model.parameters()], share)
