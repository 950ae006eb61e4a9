"""Fit the models of the verdict, and say how well they judge questions that they have not seen.

Three steps, since the reader is trained fastest where there is a GPU and nothing else::

    python -m agents.composer.train pairs PAIRS                                           # needs the library of HASHIRA_HOME
    python -m agents.composer.train_reader PAIRS SCORES                                   # needs torch and transformers
    python -m agents.composer.train fit PAIRS SCORES [--dry-run]                          # writes verdict.json, verdict.txt

The figures of ``fit`` come from cross-validation by weapon: no question is judged by models that saw its manual.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.composer.candidates import Candidate, name_of, named, said_in
from agents.composer.evidence import READ, best_first, look
from agents.composer.matter import Matter, find_matter
from agents.composer.models import CoachQuestion
from agents.composer.reader import load_reader
from agents.composer.subject import find_subject
from agents.composer.threshold import between
from agents.composer.trace import Trail
from agents.composer.verdict import (
    FOREST,
    WEIGHTS,
    Forest,
    Model,
    Setting,
    load_models,
    question_measures,
    read_measures,
    sentence_measures,
)
from hashiramart.config import Settings
from knowledge import embed
from knowledge.embed import load_embedder
from knowledge.parts import drill
from knowledge.shelf import Shelf
from knowledge.store import open_library
from knowledge.words import words

_FOLDS, _INNER = 10, 5  # folds of the figures (as many as the reader's), and of what the forest learns from
_PAIRED = READ  # sentences of a question that the reader is trained on
_SENTENCE_C = 0.3  # inverse strength of the ridge penalty
_ROUNDS = 250
_FOREST = {
    "objective": "binary", "num_leaves": 4, "learning_rate": 0.03, "min_data_in_leaf": 20, "lambda_l2": 10.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1,
    "seed": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
# Weight of a question in the figures: a contrast is harder than what slayers ask; the suite's dev questions are like it.
_CONTRAST, _OWN, _DEV = 0.1, 1.0, 2.0
_CONTRASTS = tuple("ijklmnop")  # authors who wrote contrasts (data/README.md)


@dataclass(frozen=True, slots=True)
class Example:
    """A question that was looked up. ``right`` holds the sentences that answer it; none where there is none."""

    id: str
    text: str
    group: int
    weight: float
    matter: Matter
    candidates: list[Candidate]
    setting: Setting
    right: frozenset[str]
    answerable: bool

    def first(self, one: Candidate) -> dict[str, float]:
        """What is seen of a candidate before it is read."""
        return sentence_measures(self.matter, one, self.setting.of_weapon)

    def read(self, one: Candidate) -> dict[str, float]:
        """What is seen of it afterwards."""
        return read_measures(self.matter, one, self.setting.of_weapon)


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
        rows = pairs(_looked_up(questions))
        arguments.pairs.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        return
    read = scores_of(arguments.pairs, arguments.scores)
    known = _looked_up([row for row in questions if row["id"] in read or row["weight"] == _DEV])
    examples = list(with_scores([one for one in known if one.id in read], read))
    odds = cross_validate(examples)
    report(examples, odds, best_threshold(examples, odds))
    if not arguments.dry_run:
        models = fit(examples)
        write(*models, threshold_of([one for one in known if one.weight == _DEV], *models))


def threshold_of(dev: Sequence[Example], first: Model, sentence: Model, question: Forest) -> float:
    """The log odds from which on the best sentence answers (``agents/composer/threshold.py``)."""
    reader, read = load_reader(), {}
    for one in dev:
        texts = [each.in_place for each in best_first(first, one.matter, one.candidates, one.setting)[:READ]]
        read[one.id] = dict(zip(texts, reader.scores(one.matter.text, texts), strict=True))
    odds = [(question(_measures(first, sentence, one)), one.answerable) for one in with_scores(dev, read)]
    return between([value for value, yes in odds if yes], [value for value, yes in odds if not yes])


def _looked_up(questions: Sequence[dict[str, Any]]) -> list[Example]:
    settings = Settings()
    library = open_library(settings, load_embedder(settings))
    try:
        shelf = library.shelf()
        remember_all(questions, shelf)
        return list(look_up(questions, shelf))
    finally:
        library.close()


def remember_all(questions: Sequence[dict[str, Any]], shelf: Shelf) -> None:
    """Embed in large batches what ``look_up`` will ask for one by one, which takes ten times as long."""
    embed.REMEMBERED = max(embed.REMEMBERED, 200_000)
    texts: set[str] = set()
    for row in questions:
        subject = find_subject(CoachQuestion(row["text"], weapon=row["weapon"]), shelf)
        matter = find_matter(row["text"], subject.entry if subject else None, shelf)
        texts |= {row["text"], matter.text, *matter.words}
    for passage in itertools.chain.from_iterable(shelf.by_source.values()):
        said = said_in(passage)
        texts |= {named(passage, text) for text in said} | {name_of(passage) or passage.section}
        texts |= {word for text in said for word in words(named(passage, text))}
    shelf.embedder.recall(sorted(texts))


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


def scores_of(paired: Path, scored: Path) -> dict[str, dict[str, float]]:
    """What the reader made of the sentences of the questions that were held back from it, by question."""
    texts = {row["id"]: row["texts"] for row in map(json.loads, paired.read_text(encoding="utf-8").splitlines())}
    rows = map(json.loads, scored.read_text(encoding="utf-8").splitlines())
    return {row["id"]: dict(zip(texts[row["id"]], row["scores"], strict=True)) for row in rows}


def with_scores(examples: Sequence[Example], read: Mapping[str, Mapping[str, float]]) -> Iterator[Example]:
    """The examples with what the reader made of their candidates; those that it was not given read as the worst."""
    for one in examples:
        known = read[one.id]
        worst = min(known.values())
        candidates = [replace(each, read=known.get(each.in_place, worst)) for each in one.candidates]
        yield replace(one, candidates=candidates)


def read_questions(dev: Path) -> list[dict[str, Any]]:
    """Our own questions and those of the suite's dev split, as one form: text, weapon, patterns of the answer, its places."""
    own = (files(__package__) / "data" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for row in map(json.loads, own):
        answer = [row["answer"]] if row["answer"] else []
        weight = _CONTRAST if row["id"].split("-")[0] in _CONTRASTS else _OWN
        found.append({**row, "answer": answer, "answerable": bool(answer), "passages": [], "weight": weight})
    suite = map(json.loads, dev.read_text(encoding="utf-8").splitlines())
    found += [{**row, "answerable": row["kind"] == "fact", "weight": _DEV} for row in suite if row["split"] == "dev"]
    return found


def look_up(questions: Sequence[dict[str, Any]], shelf: Shelf) -> Iterator[Example]:
    """Examples of the questions; an answerable one whose answer is not among its candidates teaches nothing and is left out."""
    for row in questions:
        subject = find_subject(CoachQuestion(row["text"], weapon=row["weapon"]), shelf)
        matter, candidates, setting = look(row["text"], subject.entry if subject else None, shelf, Trail())
        right = _right(row, candidates) if row["answerable"] else frozenset()
        if candidates and (right or not row["answerable"]):
            group = zlib.crc32((row["weapon"] or row["text"]).encode())
            known = (row["id"], row["text"], group, row["weight"])
            yield Example(*known, matter, candidates, setting, right, row["answerable"])


def _right(row: dict[str, Any], candidates: Sequence[Candidate]) -> frozenset[str]:
    """The sentences that a pattern fits; where it fits none, those under a heading that it fits."""
    places = {(place["source"], place["section"]) for place in row["passages"]}
    near = [one for one in candidates if not places or (one.passage.source, one.passage.heading) in places]
    if not row["answer"]:
        return frozenset(one.in_place for one in near)
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in row["answer"]]
    for text_of in (lambda one: one.text, _as_written, lambda one: one.passage.heading):
        if found := frozenset(one.in_place for one in near if any(each.search(text_of(one)) for each in patterns)):
            return found
    return frozenset()


def _as_written(one: Candidate) -> str:
    """The line under a drill's heading as the manual has it; authors copied their patterns from there."""
    parsed = drill(one.passage) if one.text.startswith("Minutes:") else None
    if parsed is None:
        return one.text
    return f"**Minutes:** {parsed.minutes} · **Focus:** {parsed.focus} · **Styles:** {', '.join(parsed.styles)}"


def cross_validate(examples: Sequence[Example]) -> NDArray[np.float64]:
    """The log odds of each question under models that saw nothing of its manual."""
    odds = np.zeros(len(examples))
    for train, test in _folds(examples, _FOLDS):
        first, sentence, question = fit([examples[place] for place in train])
        for place in test:
            odds[place] = question(_measures(first, sentence, examples[place]))
    return odds


def fit(examples: Sequence[Example]) -> tuple[Model, Model, Forest]:
    """The models. The forest learns from sentences chosen by models that had not seen the question."""
    rows: list[dict[str, float]] = [{}] * len(examples)
    for train, test in _folds(examples, _INNER):
        inner = _fit_sentences([examples[place] for place in train])
        for place in test:
            rows[place] = _measures(*inner, examples[place])
    return *_fit_sentences(examples), _fit_forest(rows, [one.answerable for one in examples])


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


def report(examples: Sequence[Example], odds: NDArray[np.float64], threshold: float) -> None:
    """Print the figures and the questions that were judged wrongly."""
    for name, weight in (("contrasts", _CONTRAST), ("own", _OWN), ("dev", _DEV)):
        chosen = [place for place, one in enumerate(examples) if one.weight == weight]
        false, missed = rates([examples[place] for place in chosen], odds[chosen], threshold)
        _say(f"{name}: {len(chosen)} questions, false alarms {false:.1%}, misses {missed:.1%}")
    for place in np.argsort(odds):
        one = examples[place]
        if one.answerable != (odds[place] >= threshold):
            _say(f"  {'false alarm' if one.answerable else 'miss'} {odds[place] - threshold:+.2f}: {one.text}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def write(first: Model, sentence: Model, question: Forest, threshold: float) -> None:
    """Write the models beside this module."""
    stored: dict[str, Any] = {
        name: {"bias": round(model.bias, 4), "weights": {key: round(value, 4) for key, value in model.weights.items()}}
        for name, model in (("first", first), ("sentence", sentence))
    }
    stored["threshold"] = round(threshold, 3)
    Path(__file__).with_name(WEIGHTS).write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    question.booster.save_model(Path(__file__).with_name(FOREST))


if __name__ == "__main__":
    main()
