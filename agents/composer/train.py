"""Fit the two models of the verdict, and say how well they judge questions that they have not seen.

``python -m agents.composer.train`` reads questions with known answers, looks each up in the library of ``HASHIRA_HOME``, fits,
and writes ``verdict.json`` and ``verdict.txt``. Figures come from cross-validation by weapon: no question is judged by models
that saw its manual.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.composer.candidates import Candidate
from agents.composer.evidence import look
from agents.composer.matter import Matter
from agents.composer.models import CoachQuestion
from agents.composer.subject import find_subject
from agents.composer.trace import Trail
from agents.composer.verdict import FOREST, WEIGHTS, Forest, Model, Setting, question_measures, sentence_measures
from hashiramart.config import Settings
from knowledge.embed import load_embedder
from knowledge.shelf import Shelf
from knowledge.store import open_library

_OUTER, _INNER = 10, 5  # folds: of the figures, and of what the second model learns from
_SENTENCE_C = 0.3  # inverse strength of the ridge penalty
_ROUNDS = 400
_FOREST = {
    "objective": "binary", "num_leaves": 6, "learning_rate": 0.04, "min_data_in_leaf": 20, "lambda_l2": 5.0,
    "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1,
    "seed": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
_OWN, _DEV = 1.0, 2.0  # weight of a question of ours and of one of the suite's dev split


@dataclass(frozen=True, slots=True)
class Example:
    """A question that was looked up. ``right`` says of each candidate whether it holds the answer; none where there is none."""

    text: str
    group: int
    weight: float
    matter: Matter
    candidates: list[Candidate]
    setting: Setting
    right: NDArray[np.bool_]
    answerable: bool

    @property
    def rows(self) -> list[dict[str, float]]:
        """The first model's measures of each candidate."""
        return [sentence_measures(self.matter, one, self.setting.of_weapon) for one in self.candidates]


def main() -> None:
    """Read, look up, judge, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--dev", type=Path, default=Path("evals/data/retrieval.jsonl"), help="the retrieval suite's questions"
    )
    parser.add_argument("--dry-run", action="store_true", help="only the figures")
    arguments = parser.parse_args()
    settings = Settings()
    library = open_library(settings, load_embedder(settings))
    try:
        examples = list(look_up(read_questions(arguments.dev), library.shelf()))
    finally:
        library.close()
    odds = cross_validate(examples)
    threshold = best_threshold(examples, odds)
    report(examples, odds, threshold)
    if not arguments.dry_run:
        write(*fit(examples), threshold)


def read_questions(dev: Path) -> list[dict[str, Any]]:
    """Our own questions and those of the suite's dev split, as one form: text, weapon, patterns of the answer, its places."""
    own = (files(__package__) / "data" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for row in map(json.loads, own):
        answer = [row["answer"]] if row["answer"] else []
        found.append({**row, "answer": answer, "answerable": bool(answer), "passages": [], "weight": _OWN})
    suite = map(json.loads, dev.read_text(encoding="utf-8").splitlines())
    found += [{**row, "answerable": row["kind"] == "fact", "weight": _DEV} for row in suite if row["split"] == "dev"]
    return found


def look_up(questions: Sequence[dict[str, Any]], shelf: Shelf) -> Iterator[Example]:
    """Examples of the questions; an answerable one whose answer is not among its candidates teaches nothing and is left out."""
    for row in questions:
        subject = find_subject(CoachQuestion(row["text"], weapon=row["weapon"]), shelf)
        matter, candidates, setting = look(row["text"], subject.entry if subject else None, shelf, Trail())
        right = np.array([row["answerable"] and _holds(row, one) for one in candidates], dtype=bool)
        if candidates and (right.any() or not row["answerable"]):
            group = zlib.crc32((row["weapon"] or row["text"]).encode())
            yield Example(row["text"], group, row["weight"], matter, candidates, setting, right, row["answerable"])


def _holds(row: dict[str, Any], one: Candidate) -> bool:
    places = {(place["source"], place["section"]) for place in row["passages"]}
    if places and (one.passage.source, one.passage.heading) not in places:
        return False
    return not row["answer"] or any(re.search(pattern, one.text, re.IGNORECASE) for pattern in row["answer"])


def cross_validate(examples: Sequence[Example]) -> NDArray[np.float64]:
    """The log odds of each question under models that saw nothing of its manual."""
    odds = np.zeros(len(examples))
    for train, test in _folds(examples, _OUTER):
        sentence, question = fit([examples[place] for place in train])
        for place in test:
            odds[place] = question(_measures(sentence, examples[place]))
    return odds


def fit(examples: Sequence[Example]) -> tuple[Model, Forest]:
    """The two models. The second learns from sentences chosen by first models that had not seen the question."""
    rows: list[dict[str, float]] = [{}] * len(examples)
    for train, test in _folds(examples, _INNER):
        first = _fit_sentence([examples[place] for place in train])
        for place in test:
            rows[place] = _measures(first, examples[place])
    return _fit_sentence(examples), _fit_forest(rows, [one.answerable for one in examples])


def _measures(sentence: Model, example: Example) -> dict[str, float]:
    scores = [sentence(row) for row in example.rows]
    order = np.argsort(-np.array(scores), kind="stable")
    ranked = [(scores[place], example.candidates[place]) for place in order]
    return question_measures(example.matter, ranked, example.setting)


def _fit_sentence(examples: Sequence[Example]) -> Model:
    rows = [row for one in examples for row in one.rows]
    right = [bool(each) for one in examples for each in one.right]
    return _logistic(rows, right)


def _fit_forest(rows: Sequence[dict[str, float]], labels: Sequence[bool]) -> Forest:
    import lightgbm as lgb

    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    return Forest(lgb.train(_FOREST, lgb.Dataset(table, np.array(labels), feature_name=names), _ROUNDS))


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
    """The log odds at which false alarms and misses are about as frequent among the questions of the suite.

    Ours are harder on purpose (parts of other weapons, tasks that nearly fit), and in another proportion.
    """
    chosen = [place for place, one in enumerate(examples) if one.weight == _DEV]
    examples, odds = [examples[place] for place in chosen], odds[chosen]
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


def report(examples: Sequence[Example], odds: NDArray[np.float64], threshold: float) -> None:
    """Print the figures and the questions that were judged wrongly."""
    for name, weight in (("own", _OWN), ("dev", _DEV)):
        chosen = [place for place, one in enumerate(examples) if one.weight == weight]
        false, missed = rates([examples[place] for place in chosen], odds[chosen], threshold)
        _say(f"{name}: {len(chosen)} questions, false alarms {false:.1%}, misses {missed:.1%}")
    for place in np.argsort(odds):
        one = examples[place]
        if one.answerable != (odds[place] >= threshold):
            _say(f"  {'false alarm' if one.answerable else 'miss'} {odds[place] - threshold:+.2f}: {one.text}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def write(sentence: Model, question: Forest, threshold: float) -> None:
    """Write the models beside this module."""
    weights = {key: round(value, 4) for key, value in sentence.weights.items()}
    stored = {"sentence": {"bias": round(sentence.bias, 4), "weights": weights}, "threshold": round(threshold, 3)}
    Path(__file__).with_name(WEIGHTS).write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    question.booster.save_model(Path(__file__).with_name(FOREST))


if __name__ == "__main__":
    main()
