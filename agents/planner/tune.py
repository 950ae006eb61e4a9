"""Tunes the planner's encoder and its router together: some eight minutes of one core for seventeen thousand clauses.

Cross-entropy over the fine labels; the head sees the pooled embedding beside the cues and the bag of words, exactly as
``classifier.Router`` does afterwards. Needs torch, so nothing of the shop imports this module; ``evals/train_router.py`` does.
Deterministic on one machine: one thread, and everything random comes from the course's seed.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from agents.lowrank import Beside, updates_of
from agents.planner.classifier import Matrix, lexical
from agents.planner.encoder import base_folder, load_base, mean_of, padded, through
from agents.planner.train import Fit, Fitted

_WARM_UP = 0.06  # share of the steps in which the rate rises
_SCALE = 4.0  # of an embedding of length 1 before the head: logits of a few units need no huge weights
_NOISE = 6.0  # tokens: batches are of like length, but not always the same
_DECAY = 0.01
_CLIP = 1.0
_JUDGED_AT_ONCE = 128


class Course(NamedTuple):
    """How it is tuned.

    Attributes:
        epochs: how often each clause is seen.
        rank: of the updates.
        frozen: so many of the lowest layers stay as they are.
        batch: clauses in a step.
        rate: highest learning rate of the updates; biases and norms learn a third as fast.
        head_rate: highest learning rate of the head over the embedding; that over words and cues learns four times as fast.
        dropout: in the layers and before the head.
        smoothing: of the labels.
        seed: of the batches, of dropout and of fresh updates.
    """

    epochs: int
    rank: int
    frozen: int
    batch: int
    rate: float
    head_rate: float
    dropout: float
    smoothing: float
    seed: int


def _silent(_line: str) -> None:
    pass


def several_views(course: Course, views: int, tell: Callable[[str], None] = _silent) -> Fit:
    """Routers tuned from a seed of their own each, their logits averaged: a router of ``encoder.TunedEncoder``.

    Args:
        course: how they are tuned.
        views: how many; each is tuned in a process of its own, as one takes a core for minutes.
        tell: told how each epoch went, in those processes: a function that can be sent there, such as ``print``.
    """

    def fit(texts: Sequence[str], y: NDArray[np.str_], left_out: Sequence[str]) -> Fitted:
        labels = np.unique(y)
        classes = np.searchsorted(labels, y)
        courses = [course._replace(seed=course.seed + number * course.epochs) for number in range(views)]
        with ProcessPoolExecutor(min(views, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
            tuning = [
                pool.submit(tune, texts, classes, len(labels), own, held_out=left_out, tell=tell) for own in courses
            ]
            tuned = [each.result() for each in tuning]
        words = lexical(texts[:1]).shape[1]
        meaning = [each.weights[:, :-words] / views for each in tuned]
        return Fitted(
            labels,
            np.hstack([*meaning, np.mean([each.weights[:, -words:] for each in tuned], axis=0)]),
            np.mean([each.bias for each in tuned], axis=0),
            np.mean([each.logits for each in tuned], axis=0),
            {f"{number}.{name}": part for number, each in enumerate(tuned) for name, part in each.updates.items()},
        )

    return fit


class Tuned(NamedTuple):
    """What tuning makes.

    Attributes:
        updates: of the encoder, by name, in half precision.
        weights: of the router, shape (labels, embedding + cues + places).
        bias: shape (labels,).
        logits: of the texts that were held out, shape (n, labels).
    """

    updates: dict[str, torch.Tensor]
    weights: Matrix
    bias: Matrix
    logits: NDArray[np.float64]


def tune(
    texts: Sequence[str],
    classes: NDArray[np.int64],
    labels: int,
    course: Course,
    *,
    held_out: Sequence[str] = (),
    tell: Callable[[str], None] = _silent,
) -> Tuned:
    """Tune on clauses.

    Args:
        texts: the clauses, names masked.
        classes: the place of each one's label, shape (n,).
        labels: how many labels there are.
        course: how.
        held_out: clauses to be judged afterwards.
        tell: told how each epoch went.
    """
    torch.manual_seed(course.seed)
    torch.set_num_threads(1)
    tokenizer, model = load_base(base_folder())
    below = _Below(model, tokenizer, texts, course.frozen)
    loose = _loosened(model, course)
    head = _Head(model.config.hidden_size, lexical([texts[0]]).shape[1], labels, course.dropout)
    optimizer = _optimizer(loose, head, course)
    words = torch.from_numpy(lexical(texts))
    truth = torch.from_numpy(classes)
    steps = course.epochs * math.ceil(len(texts) / course.batch)
    step = 0
    model.train()
    for epoch in range(course.epochs):
        losses = []
        for chosen in _batches(below.lengths, course.batch, course.seed + epoch):
            step += 1
            speed = min(step / (_WARM_UP * steps), 1 - (step - 1 - _WARM_UP * steps) / ((1 - _WARM_UP) * steps + 1))
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * speed
            logits = head(below.embedded(chosen), words[chosen])
            loss = nn.functional.cross_entropy(logits, truth[chosen], label_smoothing=course.smoothing)
            optimizer.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_([each for group in optimizer.param_groups for each in group["params"]], _CLIP)
            optimizer.step()
            losses.append(float(loss.detach()))
        tell(f"epoch {epoch + 1} of {course.epochs}: loss {sum(losses) / len(losses):.3f}")
    model.eval()
    head.eval()
    judged = _judged(model, tokenizer, head, held_out)
    with torch.no_grad():
        weights = torch.cat([head.meaning.weight * _SCALE, head.words.weight], dim=1)
        return Tuned(updates_of(model), weights.numpy(), head.meaning.bias.numpy(), judged)


class _Head(nn.Module):
    def __init__(self, size: int, words: int, labels: int, dropout: float) -> None:
        super().__init__()
        self.meaning = nn.Linear(size, labels)
        self.words = nn.Linear(words, labels, bias=False)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.meaning.weight)
        nn.init.zeros_(self.meaning.bias)
        nn.init.zeros_(self.words.weight)

    def forward(self, embedded: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """Logits of clauses: shape (n, labels)."""
        logits: torch.Tensor = self.meaning(self.dropout(embedded * _SCALE)) + self.words(self.dropout(words))
        return logits


def _optimizer(loose: dict[str, list[nn.Parameter]], head: _Head, course: Course) -> torch.optim.Optimizer:
    groups = (
        (loose["update"], course.rate, _DECAY),
        (loose["whole"], course.rate / 3, 0.0),
        (list(head.meaning.parameters()), course.head_rate, _DECAY),
        (list(head.words.parameters()), course.head_rate * 4, _DECAY),
    )
    return torch.optim.AdamW(
        [{"params": parameters, "lr": rate, "top": rate, "weight_decay": decay} for parameters, rate, decay in groups]
    )


class _Below:
    """The layers that stay as they are: what they make of the clauses is worked out once."""

    def __init__(self, model: Any, tokenizer: Any, texts: Sequence[str], frozen: int) -> None:
        self._layers = model.encoder.layer[frozen:]
        ids, mask = padded(tokenizer, texts)
        self.lengths = mask.sum(dim=1).long()
        self._hidden: list[torch.Tensor] = [torch.empty(0)] * len(texts)
        model.eval()
        with torch.no_grad():
            for chosen in torch.split(torch.argsort(self.lengths), _JUDGED_AT_ONCE):
                longest = int(self.lengths[chosen].max())
                hidden = model.embeddings(ids[chosen, :longest])
                hidden = through(model.encoder.layer[:frozen], hidden, mask[chosen, :longest])
                for row, at in enumerate(chosen.tolist()):
                    self._hidden[at] = hidden[row, : int(self.lengths[at])].clone()

    def embedded(self, chosen: torch.Tensor) -> torch.Tensor:
        """The clauses' embeddings by the layers above, of length 1: shape (n, 384)."""
        hidden = nn.utils.rnn.pad_sequence([self._hidden[at] for at in chosen.tolist()], batch_first=True)
        mask = (torch.arange(hidden.shape[1])[None, :] < self.lengths[chosen, None]).float()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors: torch.Tensor = mean_of(through(self._layers, hidden, mask), mask)
        return vectors


def _loosened(model: Any, course: Course) -> dict[str, list[nn.Parameter]]:
    """Freeze all but what may move, by kind: updates of the upper layers' matrices; their biases and norms as they are."""
    model.requires_grad_(False)
    loose: dict[str, list[nn.Parameter]] = {"update": [], "whole": []}
    for layer in model.encoder.layer[course.frozen :]:
        for parent in list(layer.modules()):
            for name, child in list(parent.named_children()):
                if isinstance(child, nn.Linear):
                    beside = Beside(child, course.rank)
                    setattr(parent, name, beside)
                    loose["update"] += [beside.up, beside.down]
                    loose["whole"].append(child.bias)
                elif isinstance(child, nn.LayerNorm):
                    loose["whole"] += list(child.parameters())
                elif isinstance(child, nn.Dropout):
                    child.p = course.dropout
    for parameter in loose["whole"]:
        parameter.requires_grad_(True)
    return loose


def _batches(lengths: torch.Tensor, size: int, seed: int) -> Iterator[torch.Tensor]:
    """Places of clauses of like length, in random order."""
    shuffle = torch.Generator().manual_seed(seed)
    order = torch.argsort(lengths + _NOISE * torch.rand(len(lengths), generator=shuffle))
    batches = list(torch.split(order, size))
    yield from (batches[at] for at in torch.randperm(len(batches), generator=shuffle).tolist())


def _judged(model: Any, tokenizer: Any, head: _Head, texts: Sequence[str]) -> NDArray[np.float64]:
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    logits = np.zeros((len(texts), head.meaning.out_features))
    with torch.inference_mode():
        for start in range(0, len(order), _JUDGED_AT_ONCE):
            chosen = order[start : start + _JUDGED_AT_ONCE]
            batch = [texts[at] for at in chosen]
            ids, mask = padded(tokenizer, batch)
            embedded = mean_of(through(model.encoder.layer, model.embeddings(ids), mask), mask)
            logits[chosen] = head(embedded, torch.from_numpy(lexical(batch))).double().numpy()
    return logits
