"""Muon for the weights that are matrices, Adam for the rest, and a learning rate that follows the clock.

Muon (Jordan et al., 2024) steps along the momentum's nearest orthogonal matrix, so that no direction of a weight is left
behind: in runs as short as these it learns in about half the steps that Adam takes. A convolution counts as the matrix
from its inputs to its outputs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # of the Newton-Schulz iteration, as its authors tuned them
_MATCH = 0.2  # Adam's usual root mean square of a step, so that both halves share one learning rate
_WARM_UP = 0.03


def schedule(done: float) -> float:
    """The share of the largest learning rate at a share of the run: a short rise, then half a cosine down to 2 %."""
    if done < _WARM_UP:
        return max(0.02, done / _WARM_UP)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (done - _WARM_UP) / (1 - _WARM_UP)))


class Muon:
    """Orthogonalised momentum; matrices of the same shape are stepped together."""

    def __init__(self, weights: Iterable[Tensor], momentum: float = 0.95, decay: float = 0.01) -> None:
        self.weights = list(weights)
        self.momenta = [torch.zeros_like(weight) for weight in self.weights]
        self._momentum, self._decay = momentum, decay
        self._alike: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, weight in enumerate(self.weights):
            self._alike[len(weight), weight[0].numel()].append(number)

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """One step with the gradients that the weights hold, which are then cleared."""
        grads = [torch.zeros_like(weight) if weight.grad is None else weight.grad for weight in self.weights]
        torch._foreach_lerp_(self.momenta, grads, 1 - self._momentum)
        ahead = torch._foreach_lerp(grads, self.momenta, self._momentum)
        torch._foreach_mul_(self.weights, 1 - rate * self._decay)
        for shape, numbers in self._alike.items():
            steps = _orthogonal(torch.stack([ahead[number].reshape(shape) for number in numbers])).float()
            weights = [self.weights[number] for number in numbers]
            shaped = [step.reshape(weight.shape) for step, weight in zip(steps, weights, strict=True)]
            torch._foreach_add_(weights, shaped, alpha=-rate * _MATCH * math.sqrt(max(shape)))
        for weight in self.weights:
            weight.grad = None


class Both:
    """The optimizer of a model: Muon for its hidden matrices, Adam for embeddings, norms, biases and the ends."""

    def __init__(self, model: nn.Module, rate: float, ends: tuple[str, ...] = ()) -> None:
        hidden: list[Tensor] = []
        rest: list[Tensor] = []
        for name, weight in model.named_parameters():
            inner = weight.ndim >= 2 and "embedding" not in name and not any(end in name for end in ends)
            (hidden if inner else rest).append(weight)
        self.rate = rate
        self.weights = hidden + rest
        self.muon = Muon(hidden)
        self.adam = torch.optim.AdamW(rest, rate, betas=(0.9, 0.98), weight_decay=0.0, foreach=True)

    def step(self, done: float, largest_norm: float = 1.0) -> None:
        """Clip the gradients, step both halves, and clear the gradients.

        Args:
            done: share of the run that is over; sets the learning rate.
            largest_norm: the gradient is shortened to this length.
        """
        nn.utils.clip_grad_norm_(self.weights, largest_norm, foreach=True)
        rate = self.rate * schedule(done)
        self.muon.step(rate)
        for group in self.adam.param_groups:
            group["lr"] = rate
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run needs."""
        return {"muon": self.muon.momenta, "adam": self.adam.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from such a state."""
        for momentum, saved in zip(self.muon.momenta, state["muon"], strict=True):
            momentum.copy_(saved)
        self.adam.load_state_dict(state["adam"])


def _orthogonal(matrices: Tensor) -> Tensor:
    """About the nearest orthogonal matrix of each (n, rows, columns), by five Newton-Schulz steps in bfloat16."""
    a, b, c = _COEFFICIENTS
    x: Tensor = matrices.bfloat16()
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(5):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return x.mT if tall else x
