"""Fit the models of the verdict, and say how well they judge questions that they have not seen.

Three steps, since the reader is trained fastest where there is a GPU and nothing else::

    python -m agents.composer.train pairs PAIRS                   # needs the library of HASHIRA_HOME
    python -m agents.composer.train_reader PAIRS SCORES           # needs torch and transformers
    python -m agents.composer.train fit PAIRS SCORES [--dry-run]  # writes verdict.json, verdict.txt and known.npz

The figures of ``fit`` come from cross-validation by weapon: no question is judged by models that saw its manual. Known questions
of its manual count as they do in the shop, those of its own author aside; what they are worth shows beside, where the same
questions are judged as if their manual were a new one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from agents.composer.evidence import READ, best_first
from agents.composer.examples import (
    CONTRAST,
    DEV,
    OWN,
    Example,
    known_questions,
    look_up,
    read_questions,
    remember_all,
    scores_of,
    with_known,
    with_scores,
)
from agents.composer.known import KNOWN, Known
from agents.composer.reader import load_reader
from agents.composer.threshold import Odds, between
from agents.composer.verdict import FOREST, WEIGHTS, Forest, Model, load_models, question_measures
from hashiramart.config import Settings
from knowledge.embed import load_embedder
from knowledge.shelf import Shelf
from knowledge.store import open_library

_FOLDS, _INNER = 10, 5  # folds of the figures (as many as the reader's), and of what the forest learns from
_PAIRED = READ  # sentences of a question that the reader is trained on
_SENTENCE_C = 0.3  # inverse strength of the ridge penalty
_ROUNDS = 500
_FOREST = {
    "objective": "binary", "num_leaves": 4, "learning_rate": 0.03, "min_data_in_leaf": 20, "lambda_l2": 10.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1,
    "seed": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
# Weight of a question as it is known, of the same where nothing is known of its manual, and where nothing is known at all: a
# manual that came later is judged by the same forest.
_KNOWN, _POORER = 1.0, (0.3, 0.1)

_Found = TypeVar("_Found")


def main() -> None:
    """Write pairs for the reader, or fit the verdict with its scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--dev", type=Path, default=Path("evals/data/retrieval.jsonl"), help="the retrieval suite's questions"
    )
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("pairs", help="write the pairs that the reader is trained on").add_argument("pairs", type=Path)
    fitting = steps.add_parser("fit", help="fit the verdict")
    fitting.add_argument("pairs", type=Path)
    fitting.add_argument(
        "scores", type=Path, help="what readers that had not seen a question's manual made of its pairs"
    )
    fitting.add_argument("--dry-run", action="store_true", help="only the figures")
    arguments = parser.parse_args()
    questions = read_questions(arguments.dev)
    if arguments.step == "pairs":
        rows = pairs(_with_shelf(lambda shelf: _looked_up(questions, shelf)))
        arguments.pairs.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        return
    read = scores_of(arguments.pairs, arguments.scores)
    held, dev, known = _with_shelf(lambda shelf: learnt_from(questions, read, shelf))
    examples = list(with_scores(held, read))
    odds, as_new = cross_validate(examples)
    report(examples, odds, best_threshold(examples, odds))
    _say("Had their manuals been new:")
    figures(examples, as_new, best_threshold(examples, as_new))
    if not arguments.dry_run:
        models = fit(examples)
        plain = [place for place, one in enumerate(examples) if one.weight == OWN]
        threshold = between(
            parted(dev, odds_of(dev, *models)), parted([examples[place] for place in plain], odds[plain])
        )
        write(*models, threshold, known)


def learnt_from(
    questions: Sequence[dict[str, Any]], held: Collection[str], shelf: Shelf
) -> tuple[list[Example], list[Example], Known]:
    """The examples of the questions that were held back and of the suite's dev ones, and the known questions of the shop.

    What was held back is judged with the known questions that were not, dev with all of them, which dev is none of.
    """
    mine = known_questions(questions, shelf)
    found = _looked_up([row for row in questions if row["id"] in held or row["weight"] == DEV], shelf)
    back = with_known([one for one in found if one.id in held], mine, held, shelf)
    dev = with_known([one for one in found if one.weight == DEV], mine, (), shelf)
    return list(back), list(dev), mine.known


def odds_of(examples: Sequence[Example], first: Model, sentence: Model, question: Forest) -> NDArray[np.float64]:
    """The log odds of questions, which the shop's reader reads."""
    reader, read = load_reader(), {}
    for one in examples:
        texts = [each.in_place for each in best_first(first, one.matter, one.candidates, one.setting)[:READ]]
        read[one.id] = dict(zip(texts, reader.scores(one.matter.text, texts), strict=True))
    return np.array([question(_measures(first, sentence, one)) for one in with_scores(examples, read)])


def parted(examples: Sequence[Example], odds: NDArray[np.float64]) -> Odds:
    """The log odds of the answerable questions, and those of the others."""
    answerable = np.array([one.answerable for one in examples])
    return odds[answerable].tolist(), odds[~answerable].tolist()


def _with_shelf(work: Callable[[Shelf], _Found]) -> _Found:
    settings = Settings()
    library = open_library(settings, load_embedder(settings))
    try:
        return work(library.shelf())
    finally:
        library.close()


def _looked_up(questions: Sequence[dict[str, Any]], shelf: Shelf) -> list[Example]:
    remember_all(questions, shelf)
    return list(look_up(questions, shelf))


def pairs(examples: Sequence[Example]) -> Iterator[dict[str, Any]]:
    """What ``train_reader`` reads: the best sentences of each question, and which of them answer."""
    first = load_models().first
    for one in examples:
        chosen = best_first(first, one.matter, one.candidates, one.setting)[:_PAIRED]
        yield {
            "id": one.id,
            "group": one.group,
            "question": one.matter.text,
            "texts": [each.in_place for each in chosen],
            "right": [each.in_place in one.right for each in chosen],
        }


def cross_validate(examples: Sequence[Example]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The log odds of each question under models that saw nothing of its manual, and those had its manual been a new one."""
    odds, as_new = np.zeros(len(examples)), np.zeros(len(examples))
    for train, test in _folds(examples, _FOLDS):
        first, sentence, question = fit([examples[place] for place in train])
        for place in test:
            row = _measures(first, sentence, examples[place])
            odds[place] = question(row)
            as_new[place] = question({**row, **examples[place].poorer[0]})
    return odds, as_new


def fit(examples: Sequence[Example]) -> tuple[Model, Model, Forest]:
    """The models. The forest learns from sentences chosen by models that had not seen the question."""
    rows: list[dict[str, float]] = [{}] * len(examples)
    for train, test in _folds(examples, _INNER):
        inner = _fit_sentences([examples[place] for place in train])
        for place in test:
            rows[place] = _measures(*inner, examples[place])
    return *_fit_sentences(examples), _fit_forest(rows, examples)


def _measures(first: Model, sentence: Model, example: Example) -> dict[str, float]:
    read = best_first(first, example.matter, example.candidates, example.setting)[:READ]
    ranked = sorted(((sentence(example.read(one)), one) for one in read), key=lambda pair: -pair[0])
    return question_measures(example.matter, ranked, example.setting)


def _fit_sentences(examples: Sequence[Example]) -> tuple[Model, Model]:
    """The model that chooses what is read, and the one that ranks what was read."""
    every = [(one, each) for one in examples for each in one.candidates]
    first = _logistic([one.first(each) for one, each in every], [each.in_place in one.right for one, each in every])
    chosen = [
        (one, each) for one in examples for each in best_first(first, one.matter, one.candidates, one.setting)[:READ]
    ]
    second = _logistic([one.read(each) for one, each in chosen], [each.in_place in one.right for one, each in chosen])
    return first, second


def _fit_forest(rows: Sequence[dict[str, float]], examples: Sequence[Example]) -> Forest:
    import lightgbm as lgb

    names = list(rows[0])
    seen = [(row, one.answerable, _KNOWN) for row, one in zip(rows, examples, strict=True)]
    for row, one in zip(rows, examples, strict=True):
        seen += [({**row, **known}, one.answerable, weight) for known, weight in zip(one.poorer, _POORER, strict=False)]
    table = np.array([[row[name] for name in names] for row, _, _ in seen])
    labels, weights = np.array([label for _, label, _ in seen]), np.array([weight for _, _, weight in seen])
    return Forest(lgb.train(_FOREST, lgb.Dataset(table, labels, weight=weights, feature_name=names), _ROUNDS))


def _logistic(rows: Sequence[dict[str, float]], labels: Sequence[bool]) -> Model:
    """A ridge-penalised logistic model of balanced classes, its weights for measures as they are (not standardised)."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = list(rows[0])
    scaler = StandardScaler()
    table = scaler.fit_transform([[row[name] for name in names] for row in rows])
    fitted = LogisticRegression(C=_SENTENCE_C, max_iter=3000, class_weight="balanced").fit(table, labels)
    slopes = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - slopes @ scaler.mean_)
    return Model(bias, dict(zip(names, slopes.tolist(), strict=True)))


def _folds(examples: Sequence[Example], number: int) -> Iterator[tuple[list[int], list[int]]]:
    for fold in range(number):
        held = [one.group % (number * 7919) % number == fold for one in examples]
        yield [place for place, out in enumerate(held) if not out], [place for place, out in enumerate(held) if out]


def best_threshold(examples: Sequence[Example], odds: NDArray[np.float64]) -> float:
    """The log odds at which false alarms and misses are about as frequent."""
    return min(
        (float(value) for value in odds),
        key=lambda value: (max(rates(examples, odds, value)), sum(rates(examples, odds, value))),
    )


def rates(examples: Sequence[Example], odds: NDArray[np.float64], threshold: float) -> tuple[float, float]:
    """False alarms (answerable, not answered) and misses (unanswerable, answered), as shares by weight."""
    weight = np.array([one.weight for one in examples])
    answerable = np.array([one.answerable for one in examples])
    answered = odds >= threshold
    false = float(weight[answerable & ~answered].sum() / weight[answerable].sum())
    missed = float(weight[~answerable & answered].sum() / weight[~answerable].sum())
    return false, missed


def figures(examples: Sequence[Example], odds: NDArray[np.float64], threshold: float) -> None:
    """Print how often each kind of question was judged wrongly."""
    for name, weight in (("contrasts", CONTRAST), ("own", OWN), ("dev", DEV)):
        chosen = [place for place, one in enumerate(examples) if one.weight == weight]
        false, missed = rates([examples[place] for place in chosen], odds[chosen], threshold)
        _say(f"{name}: {len(chosen)} questions, false alarms {false:.1%}, misses {missed:.1%}")


def report(examples: Sequence[Example], odds: NDArray[np.float64], threshold: float) -> None:
    """Print the figures and the questions that were judged wrongly."""
    figures(examples, odds, threshold)
    for place in np.argsort(odds):
        one = examples[place]
        if one.answerable != (odds[place] >= threshold):
            _say(f"  {'false alarm' if one.answerable else 'miss'} {odds[place] - threshold:+.2f}: {one.text}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def write(first: Model, sentence: Model, question: Forest, threshold: float, known: Known) -> None:
    """Write the models and the known questions beside this module."""
    stored: dict[str, Any] = {
        name: {"bias": round(model.bias, 4), "weights": {key: round(value, 4) for key, value in model.weights.items()}}
        for name, model in (("first", first), ("sentence", sentence))
    }
    stored["threshold"] = round(threshold, 3)
    Path(__file__).with_name(WEIGHTS).write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    question.booster.save_model(Path(__file__).with_name(FOREST))
    known.write(Path(__file__).with_name(KNOWN))


if __name__ == "__main__":
    main()
