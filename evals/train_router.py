"""Stage ``train_router``: the utterances become clauses, the clauses a router, and the report says how well it is known.

::

    routing_train.jsonl -> is the test split clean? -> cut into clauses -> fit -> router.npz, clauses.jsonl, report

``dvc repro evals/dvc.yaml`` runs it. It is no part of the nightly pipeline: what the slayers did last night is nothing to it.
The clauses are cut here and stored in the package, and not read from ``evals/data`` there, because ``agents`` lies below
``evals``, and the product's speller takes its words from them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.planner.classifier import Encoder, stored_path
from agents.planner.clauses import split
from agents.planner.encoder import TunedEncoder, base_folder, updates_path
from agents.planner.reading import Reader
from agents.planner.slots import outcome
from agents.planner.train import held_out_logits, lessons, router_of, training_material
from agents.planner.training_data import DATA_FILE, SEVERAL, LabelledClause, reload
from agents.planner.vocabulary import Vocabulary
from evals.calibration import Reliability, draw, reliability
from evals.cases import ROUTING, ROUTING_TRAIN, RoutingCase, Utterance
from evals.near_duplicates import Twin, twins
from hashiramart import seed
from hashiramart.errors import InvalidInput
from ml.params import TrainRouter, load_params

REPORT = Path("reports/train_router")
_PASSES = 6  # two are enough as a rule
_FOREIGN = "foreign"  # in the names of families whose messages ask for something of ours beside something that is not


def clauses_of(utterances: Iterable[Utterance], reader: Reader) -> list[LabelledClause]:
    """The clauses that the router learns from.

    An utterance with one step is one clause. One with several is a message that asks for several things, and each of its steps is
    a clause, where the splitter finds as many as there are steps; else nobody can say which is which. A text that two utterances
    share stands once.
    """
    found: dict[str, LabelledClause] = {}
    for utterance in utterances:
        if utterance.context.last_route:  # a follow-up means nothing without its thread
            continue
        labels, slips = _labels(utterance), utterance.slice == "typo"
        if _asks_for_several(utterance):
            whole = LabelledClause(utterance.text, SEVERAL, family=utterance.family, misspelt=slips)
            found.setdefault(utterance.text, whole)
        texts = [utterance.text] if len(labels) == 1 else split(reader.mend(utterance.text))
        if len(texts) != len(labels):
            continue
        if len(labels) == 1 and _asks_for_several(utterance):
            continue
        told = utterance.slots or [{} for _ in labels]
        for text, label, given in zip(texts, labels, told, strict=True):
            if label is not None:
                specialist, _, intent = label.partition(":")
                how = _outcome(text, given) if intent == "log_battle" else None
                found.setdefault(text, LabelledClause(text, specialist, intent or None, how, utterance.family, slips))
    return list(found.values())


def _asks_for_several(utterance: Utterance) -> bool:
    """Several steps, or one beside what nobody does: "log 20 minutes and order me a pizza", "my points, and make it 99"."""
    beside = utterance.slice == "hostile" or _FOREIGN in utterance.family
    return len(utterance.route) > 1 or (bool(utterance.route) and beside)


def _labels(utterance: Utterance) -> list[str | None]:
    """One a step, None where the step's intent is not given; the kind of small talk where there is none."""
    if not utterance.route:
        return [utterance.small_talk] if utterance.small_talk and utterance.small_talk != "clarify" else []
    slots = utterance.slots or [{} for _ in utterance.route]
    labels: list[str | None] = []
    for specialist, given in zip(utterance.route, slots, strict=True):
        intent = given.get("intent") or given.get("action")
        fine = specialist in {"coach", "quartermaster"}
        general = "general" if specialist == "coach" and len(utterance.route) == 1 else None
        labels.append((f"{specialist}:{intent or general}" if intent or general else None) if fine else specialist)
    return labels


def _outcome(text: str, given: dict[str, Any]) -> str | None:
    """How a battle went: as the utterance says, or else its words; None where neither does."""
    won = given.get("success", outcome(text))
    return None if won is None else "won" if won else "lost"


def check_split(
    training: Sequence[Utterance], cases: Sequence[RoutingCase], encoder: Encoder, params: TrainRouter
) -> None:
    """Fail where the test split is not clean.

    Raises:
        InvalidInput: a family is on both sides, or a test case has a near-duplicate among the training utterances. The message
            names test cases by their ids, and never shows their texts.
    """
    tests = [case for case in cases if case.split != "dev"]
    shared = sorted({case.family for case in tests} & {utterance.family for utterance in training})
    if shared:
        raise InvalidInput("family", f"Families that are trained on and tested with: {', '.join(shared)}.")
    found = near_duplicates(training, tests, encoder, params)
    if found:
        named = "; ".join(f"{twin.case} and {twin.text!r}" for twin in found[:10])
        more = f" and {len(found) - 10} more" if len(found) > 10 else ""
        raise InvalidInput(
            "routing_train.jsonl", f"Training utterances too near to test cases, take them out: {named}{more}."
        )


def near_duplicates(
    training: Sequence[Utterance], tests: Sequence[RoutingCase], encoder: Encoder, params: TrainRouter
) -> list[Twin]:
    """Pairs of a test case and a training utterance that say the same in nearly the same words, in the same thread."""
    return twins(
        [(case.id, case.text) for case in tests],
        [utterance.text for utterance in training],
        encoder,
        cosine=params.near_cosine,
        overlap=params.near_overlap,
    )


def run(
    root: Path, encoder: Encoder, params: TrainRouter, tell: Callable[[str], None] = lambda _line: None
) -> dict[str, Any]:
    """Check, cut, fit, write; returns the figures of the report.

    Args:
        root: where ``reports/`` lies.
        encoder: the embedding model, not tuned.
        params: section ``train_router``.
        tell: told how it goes.

    Raises:
        InvalidInput: the data are not in their schema, or the split is not clean.
    """
    from safetensors.torch import save

    from agents.planner.tune import Course, several_views  # torch: only here

    training = ROUTING_TRAIN.load()
    check_split(training, ROUTING.load(), encoder, params)
    clauses = settled_clauses(training)
    material = training_material(clauses)
    course = Course(**{name: getattr(params, name) for name in Course._fields})
    labels, logits = held_out_logits(material, several_views(course, params.held_out_views, tell))
    fitted = several_views(course, params.views, tell)(*lessons(material.texts, material.y), ())
    updates_path().write_bytes(save(fitted.updates or {}))
    router = router_of(fitted, TunedEncoder(base_folder(), updates_path()).name, (labels, logits), material.y)
    stored_path().write_bytes(router.to_bytes())
    figures, bins = _figures(material.y, labels, logits / router.temperature, params)
    figures["temperature"] = round(router.temperature, 3)
    figures |= {"utterances": len(training), "families": len({utterance.family for utterance in training})}
    folder = root / REPORT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "metrics.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    draw(bins, folder / "reliability.png", title="Router, held-out families")
    return figures


def settled_clauses(training: Sequence[Utterance]) -> list[LabelledClause]:
    """The clauses of the utterances, written where the product reads them.

    The words of the clauses are those that the speller takes for real ones, and what it mends decides how an utterance is cut. So
    they are cut until nothing changes, beginning with no known words, whatever lay there before.

    Raises:
        InvalidInput: they do not settle.
    """
    path = stored_path().parent.joinpath("data", DATA_FILE)
    written = ""
    for _ in range(_PASSES):
        path.write_text(written, encoding="utf-8")
        reload()
        clauses = clauses_of(training, Reader(Vocabulary.of(seed.weapons(), seed.style_names())))
        lines = "".join(json.dumps(_line(clause), ensure_ascii=False) + "\n" for clause in clauses)
        if lines == written:
            return clauses
        written = lines
    raise InvalidInput("routing_train.jsonl", f"The clauses still change after {_PASSES} passes.")


def _line(clause: LabelledClause) -> dict[str, str | bool]:
    fields = {"text": clause.text, "label": clause.label, "intent": clause.intent, "outcome": clause.outcome}
    slips: dict[str, str | bool] = {"misspelt": True} if clause.misspelt else {}
    return {name: value for name, value in fields.items() if value} | {"family": clause.family} | slips


def _figures(
    y: NDArray[np.str_], labels: NDArray[np.str_], scaled: NDArray[np.float64], params: TrainRouter
) -> tuple[dict[str, Any], Reliability]:
    """Accuracy and calibration over the folds that a router did not see, by families.

    Args:
        y: true labels, shape (n,).
        labels: all labels.
        scaled: logits divided by the temperature, shape (n, labels).
        params: section ``train_router``.
    """
    probability = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    probability /= probability.sum(axis=1, keepdims=True)
    heads = _heads(labels)
    kinds = np.unique(heads)
    by_kind = np.stack([probability[:, heads == kind].sum(axis=1) for kind in kinds], axis=1)
    right = kinds[by_kind.argmax(axis=1)] == _heads(y)
    bins = reliability(by_kind.max(axis=1), right, params.bins)
    fine = labels[scaled.argmax(axis=1)] == y
    return {
        "clauses": len(y),
        "labels": len(labels),
        "held_out_specialist": round(float(right.mean()), 4),
        "held_out_intent": round(float(fine.mean()), 4),
        "held_out_ece": round(bins.error, 4),
    }, bins


def _heads(labels: NDArray[np.str_]) -> NDArray[np.str_]:
    return np.array([label.partition(":")[0] for label in labels])


def main() -> None:
    """Run the stage in the current folder, with the packaged embedding model."""
    from rich.console import Console

    from hashiramart.config import Settings, quiet_libraries
    from knowledge.embed import load_embedder

    settings = Settings(embedding_model=None)
    quiet_libraries(settings)
    console = Console()
    try:
        figures = run(Path(), load_embedder(settings), load_params().train_router, partial(print, flush=True))
    except InvalidInput as error:
        console.print(f"[red]{error}[/red]", soft_wrap=True)
        raise SystemExit(1) from error
    console.print(figures)


if __name__ == "__main__":
    main()
