"""The verdict: whether the sentences that were found answer the question.

Small models over plain measures, fitted on questions with known answers by ``python -m agents.composer.train``: a logistic one
chooses the sentences that the reader reads, another says how well each of those answers, a LightGBM forest whether the best of
them does, which is also told how known questions like this one fared (``known.py``). All lie beside this module as text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from agents.composer.candidates import Candidate
from agents.composer.known import nothing
from agents.composer.matter import Matter
from agents.composer.thesaurus import same
from knowledge.words import stem, terms, words

if TYPE_CHECKING:
    from lightgbm import Booster

WEIGHTS, FOREST = "verdict.json", "verdict.txt"
UNKNOWN = 0.999  # rarity from which no passage holds a word
_MEASURES = frozenset(
    stem(word)
    for word in words("""
    long length tall high height wide width broad thick thin thickness diameter deep depth big large small size far close near
    distance range room space heavy weight weigh kilogram gram pound cm metre angle degree often frequently many much soon hour
    minute day week month colour color wood timber metal material made fast speed hot old tight grit grade amount total overall
    time
    """)
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known about a question beside the candidates.

    Args:
        vocabulary: the stems of the manual in question; without one, those of the question that the library holds.
        own: cosine of the question with the nearest passage that may answer.
        elsewhere: the same with the nearest passage of all manuals; higher where another weapon has what this one lacks.
        of_weapon: whether the question is about a weapon.
        known: how the known questions most like it fared (``known.py``).
    """

    vocabulary: frozenset[str]
    own: float
    elsewhere: float
    of_weapon: bool
    known: Mapping[str, float] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: log odds are ``bias`` plus the sum of weight times measure."""

    bias: float
    weights: Mapping[str, float]

    def __call__(self, measures: Mapping[str, float]) -> float:
        """The log odds for ``measures``."""
        return self.bias + sum(weight * measures[name] for name, weight in self.weights.items())


@dataclass(frozen=True, slots=True)
class Forest:
    """A LightGBM model over measures, which it knows by name."""

    booster: Booster

    def __call__(self, measures: Mapping[str, float]) -> float:
        """The log odds for ``measures``."""
        row = np.array([[measures[name] for name in self.booster.feature_name()]])
        return float(np.asarray(self.booster.predict(row, raw_score=True, num_threads=1))[0])


@dataclass(frozen=True, slots=True)
class Models:
    """The models, and the log odds from which the best sentence answers."""

    first: Model
    sentence: Model
    question: Forest
    threshold: float


@cache
def load_models() -> Models:
    """The fitted models."""
    import lightgbm as lgb

    here = files(__package__)
    stored = json.loads((here / WEIGHTS).read_text(encoding="utf-8"))
    forest = lgb.Booster(model_str=(here / FOREST).read_text(encoding="utf-8"))
    return Models(
        first=Model(**stored["first"]),
        sentence=Model(**stored["sentence"]),
        question=Forest(forest),
        threshold=float(stored["threshold"]),
    )


def read_measures(matter: Matter, one: Candidate, of_weapon: bool) -> dict[str, float]:
    """What is seen of a sentence that was read."""
    return {**sentence_measures(matter, one, of_weapon), "read": one.read}


def sentence_measures(matter: Matter, one: Candidate, of_weapon: bool) -> dict[str, float]:
    """What is seen of a sentence before it is read."""
    weights = _shares(matter)
    strict = matter.asked.strict
    return {
        "near": one.near,
        "heading": one.heading,
        "around": one.around,
        "exact": _dot(weights, one.exact),
        "holds": _dot(weights, one.holds),
        "beside": _dot(weights, one.beside),
        "least": min(one.holds, default=0.0),
        "near_holds": one.near * _dot(weights, one.holds),
        "unfit": float(strict and not one.fits),
        "fit": float(strict and one.fits),
        "close": one.close if strict else 0.0,
        "unfit_loose": float(not strict and not one.fits),
        "interval_line": float(matter.asked.kind == "interval" and one.passage.name == "Intervals"),
        "not_interval_line": float(matter.asked.kind == "interval" and one.passage.name != "Intervals"),
        "guide": float(of_weapon and one.passage.weapon is None),
        "problem": float(one.passage.section == "Troubleshooting"),
        "drill": float(one.passage.section == "Drills"),
        "length": min(len(one.text.split()), 40) / 20,
    }


def question_measures(matter: Matter, ranked: Sequence[tuple[float, Candidate]], setting: Setting) -> dict[str, float]:
    """What the forest sees: the best sentence, what was read, the question against the manual, and known questions like it."""
    score, best = ranked[0]
    weights = _shares(matter)
    strict = matter.asked.strict
    rarest = int(np.argmax(matter.weights)) if matter.weights else 0
    exact = [one in setting.vocabulary for one in matter.stems]
    top = [candidate for _, candidate in ranked[:3]]
    reads = sorted((candidate.read for _, candidate in ranked), reverse=True)
    best_of_top = [max(row) for row in zip(*(candidate.beside for candidate in top), strict=True)]
    return {
        "read": best.read,
        "read_best": reads[0],
        "read_second": reads[1] if len(reads) > 1 else reads[0],
        "read_mean": float(np.mean(reads[:5])),
        "read_own": max((one.read for _, one in ranked if one.passage.weapon), default=reads[-1]),
        "score": score,
        "gap": score - ranked[1][0] if len(ranked) > 1 else 1.0,
        "near": best.near,
        "nearest": max(candidate.near for candidate in top),
        "around": best.around,
        "exact": _dot(weights, best.exact),
        "holds": _dot(weights, best.holds),
        "beside": _dot(weights, best.beside),
        "beside_top": _dot(weights, best_of_top),
        "least": min(best.holds, default=0.0),
        "least_beside": min(best_of_top, default=0.0),
        "rarest": best.holds[rarest] if best.holds else 0.0,
        "missing": _dot(weights, [not one for one in exact]),
        "missing_here": _dot(
            weights,
            [not here and weight < UNKNOWN for here, weight in zip(exact, matter.weights, strict=True)],
        ),
        "unknown": _dot(weights, [weight >= UNKNOWN for weight in matter.weights]),
        "heading": best.heading,
        "heading_problem": best.heading * (best.passage.section == "Troubleshooting"),
        "few": float(len(matter.stems) <= 1),
        "object": _lacking_object(matter, best) if strict else 0.0,
        "action": 0.0
        if strict
        else max((w * (1 - h) for w, h in zip(matter.weights, best.holds, strict=True)), default=0.0),
        "unfit": float(strict and not best.fits),
        "fit": float(strict and best.fits),
        "close": best.close if strict else 0.0,
        "lacking": max((w * (1 - h) for w, h in zip(matter.weights, best_of_top, strict=True)), default=0.0),
        "lacking_here": max(
            (w * (not (same(one) & setting.vocabulary)) for one, w in zip(matter.stems, matter.weights, strict=True)),
            default=0.0,
        ),
        "any_fits": float(not strict or any(one.fits and one.near > 0.3 for _, one in ranked)),
        "rare_kind": float(matter.asked.rare),
        "counts": float(matter.asked.kind == "count"),
        "elsewhere": max(0.0, setting.elsewhere - setting.own),
        "guide": float(setting.of_weapon and best.passage.weapon is None),
        "no_weapon": float(not setting.of_weapon),
        "problem": float(best.passage.section == "Troubleshooting"),
        "near_holds": best.near * _dot(weights, best.holds),
        "permission": float(matter.asked.kind == "permission"),
        "interval_elsewhere": float(matter.asked.kind == "interval" and best.passage.name != "Intervals"),
        **setting.known,
    }


def _lacking_object(matter: Matter, one: Candidate) -> float:
    """How much of the most telling word a sentence lacks, words of measure aside: "bracer" of "how heavy is the bracer"."""
    rows = zip(matter.stems, matter.weights, one.holds, strict=True)
    return max((weight * (1 - held) for stem, weight, held in rows if stem not in _MEASURES), default=0.0)


def vocabulary(texts: Sequence[str]) -> frozenset[str]:
    """The stems of texts."""
    return frozenset(one for text in texts for one in terms(text))


def probability(log_odds: float) -> float:
    """From log odds."""
    return 1 / (1 + math.exp(-log_odds))


def _shares(matter: Matter) -> list[float]:
    total = sum(matter.weights) or 1.0
    return [weight / total for weight in matter.weights]


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return float(sum(weight * value for weight, value in zip(weights, values, strict=True)))
