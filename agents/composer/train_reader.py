"""Train the reader on pairs of questions and sentences, on a GPU where there is one.

``python -m agents.composer.train pairs PAIRS`` writes the pairs (it needs the library); this module needs torch and transformers
alone, so that it runs on a bare machine: ``python -m agents.composer.train_reader PAIRS SCORES``. A sixth of the questions is
held back: what the reader makes of those, the verdict learns from.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TypedDict

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from agents.composer.reader import BASE, LONGEST, UPDATES, load_base, score
from agents.lowrank import loosen, stored_name, updates_of

_WARM_UP = 0.06  # share of the steps in which the rate rises
_POSITIVE = 4.0  # weight of a pair that answers: there is about one to each dozen that does not


class Pairs(TypedDict):
    """A question and the sentences that were found for it; ``right`` says which of them answer."""

    id: str
    group: int
    question: str
    texts: list[str]
    right: list[bool]


@dataclass(frozen=True, slots=True)
class Course:
    """How the reader is trained.

    Attributes:
        base: folder of the model that is updated.
        epochs: how often each pair is seen.
        rank: of the updates.
        batch: pairs in a step.
        rate: highest learning rate of the updates; the norms, biases and the head learn a third as fast.
        start: updates to go on from.
        seed: of the batches and of fresh updates.
    """

    base: Path
    epochs: float
    rank: int
    batch: int
    rate: float
    start: Path | None
    seed: int


def main() -> None:
    """Read the pairs, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, help="JSON lines of id, group, question, texts, right")
    parser.add_argument(
        "scores", type=Path, help="where the scores of the questions that are held back go (id, scores)"
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(UPDATES), help="where the updates go")
    parser.add_argument("--base", type=Path, help="folder of the model that is updated; by default the installed one")
    parser.add_argument("--held", type=int, default=6, help="one question of so many is held back")
    parser.add_argument("--epochs", type=float, default=4.0)
    parser.add_argument("--rank", type=int, default=32, help="rank of the updates")
    parser.add_argument("--batch", type=int, default=64, help="pairs in a step")
    parser.add_argument("--rate", type=float, default=5e-4, help="highest learning rate of the updates")
    parser.add_argument("--start", type=Path, help="updates to go on from, instead of none")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rows: list[Pairs] = [json.loads(line) for line in asked.pairs.read_text(encoding="utf-8").splitlines()]
    base = asked.base or Path(str(files(BASE) / "model"))
    course = Course(base, asked.epochs, asked.rank, asked.batch, asked.rate, asked.start, asked.seed)
    held = [row for row in rows if is_held(row, asked.held)]
    model, tokenizer = train([row for row in rows if not is_held(row, asked.held)], course, held, asked.out)
    scores = judge(model, tokenizer, held)
    lines = [json.dumps({"id": name, "scores": values}) for name, values in scores.items()]
    asked.scores.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _say(f"wrote {asked.out}, {asked.scores}; held back: {figures(held, scores)}")


def is_held(row: Pairs, one_of: int) -> bool:
    """Whether a question is held back: chosen by a hash of its text, whatever its place in the file."""
    return zlib.crc32(row["question"].encode()) % one_of == 0


def train(
    rows: Sequence[Pairs], course: Course, held: Sequence[Pairs] = (), out: Path | None = None
) -> tuple[Any, Any]:
    """A model that was updated on all pairs of ``rows``, and its tokenizer; each epoch says how it does on ``held``."""
    torch.manual_seed(course.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer, model = load_base(course.base)
    loose = loosen(model, course.rank)
    if course.start:
        _go_on_from(model, load_file(course.start))
    model.to(device).train()
    optimizer = torch.optim.AdamW(
        [
            {"params": loose["update"], "lr": course.rate, "top": course.rate},
            {"params": loose["whole"], "lr": course.rate / 3, "top": course.rate / 3},
        ],
        weight_decay=0.01,
    )
    pairs = [
        (row["question"], text, float(right))
        for row in rows
        for text, right in zip(row["texts"], row["right"], strict=True)
    ]
    encoded = tokenizer(
        [question for question, _, _ in pairs],
        [text for _, text, _ in pairs],
        padding="max_length",
        truncation="longest_first",
        max_length=LONGEST,
        return_tensors="pt",
    ).to(device)
    lengths = encoded["attention_mask"].sum(dim=1)
    labels = torch.tensor([label for _, _, label in pairs], device=device)
    weight = torch.tensor(_POSITIVE, device=device)
    steps = max(1, math.ceil(course.epochs * len(pairs) / course.batch))
    started, step, epoch = time.monotonic(), 0, 0
    while step < steps:
        for chosen in _batches(lengths, course.batch, course.seed + epoch):
            if step == steps:
                break
            speed = min((step + 1) / (_WARM_UP * steps), 1 - (step - _WARM_UP * steps) / ((1 - _WARM_UP) * steps + 1))
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * speed
            longest = int(lengths[chosen].max())
            batch = {key: values[chosen, :longest] for key, values in encoded.items()}
            with torch.autocast(device, dtype=torch.bfloat16):
                logits = model(**batch).logits[:, 0].float()
            loss = nn.functional.binary_cross_entropy_with_logits(logits, labels[chosen], pos_weight=weight)
            optimizer.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_([*loose["update"], *loose["whole"]], 1.0)
            optimizer.step()
            step += 1
            if step % 100 == 0 or step == steps:
                _say(f"step {step} of {steps}: loss {float(loss.detach()):.3f}, {time.monotonic() - started:.0f} s")
        epoch += 1
        if held:
            _say(f"epoch {epoch}, held back: {figures(held, judge(model.eval(), tokenizer, held))}")
            model.train()
        if out:
            save_file(updates_of(model), out)
    return model.eval(), tokenizer


def _batches(lengths: torch.Tensor, size: int, seed: int) -> list[torch.Tensor]:
    """Places of pairs of like length, in random order."""
    shuffle = torch.Generator().manual_seed(seed)
    noise = 6 * torch.rand(len(lengths), generator=shuffle).to(lengths.device)
    batches = list(torch.split(torch.argsort(lengths + noise), size))
    return [batches[at] for at in torch.randperm(len(batches), generator=shuffle).tolist()]


def _go_on_from(model: Any, updates: dict[str, torch.Tensor]) -> None:
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.requires_grad:
                parameter.copy_(updates[stored_name(name)])


def judge(model: Any, tokenizer: Any, rows: Sequence[Pairs]) -> dict[str, list[float]]:
    """The log odds of each pair, by question."""
    pairs = [(row["question"], text) for row in rows for text in row["texts"]]
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][1]))
    values = [0.0] * len(pairs)
    for start in range(0, len(order), 512):
        chosen = order[start : start + 512]
        for at, value in zip(chosen, score(model, tokenizer, [pairs[at] for at in chosen]).tolist(), strict=True):
            values[at] = round(value, 3)
    told, at = {}, 0
    for row in rows:
        told[row["id"]] = values[at : at + len(row["texts"])]
        at += len(row["texts"])
    return told


def figures(rows: Sequence[Pairs], scores: dict[str, list[float]]) -> str:
    """How well the best sentence's score parts answerable questions from others, and how often it is a right one."""
    best = [(max(scores[row["id"]]), any(row["right"])) for row in rows]
    yes, no = [s for s, r in best if r], [s for s, r in best if not r]
    auc = sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / max(1, len(yes) * len(no))
    first = sum(row["right"][max(range(len(row["right"])), key=scores[row["id"]].__getitem__)] for row in rows)
    even = (
        min(max(sum(s < t for s in yes) / len(yes), sum(s >= t for s in no) / len(no)) for t in yes)
        if yes and no
        else 0
    )
    return f"{len(rows)} questions, AUC {auc:.4f}, equal error {even:.3f}, right sentence first {first / max(1, len(yes)):.3f}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
