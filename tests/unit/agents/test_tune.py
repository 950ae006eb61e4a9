"""Tuning moves what the router sees: clauses that it has learnt are told apart, and what is stored reads as what was trained."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import save_file

from agents.planner.classifier import Router
from agents.planner.encoder import TunedEncoder, base_folder
from agents.planner.train import Fitted, Material, held_out_logits, with_background, with_several
from agents.planner.training_data import SEVERAL
from agents.planner.tune import Course, several_views

_COURSE = Course(epochs=6, rank=4, frozen=4, batch=8, rate=3e-3, head_rate=1e-2, dropout=0.0, smoothing=0.0, seed=1)
_CARE = [f"how do I {verb} the {thing}" for verb in ("oil", "clean", "wax") for thing in ("katana", "spear", "bow")]
_LOGS = [f"log {number} minutes of {what}" for number in (10, 20, 30) for what in ("training", "drills", "practice")]
_ART = [
    f"paint me {where} with {what}"
    for where in ("at night", "by the sea", "in snow")
    for what in ("a bow", "fans", "an axe")
]
_TEXTS = [*_CARE, *_LOGS, *_ART]
_Y = np.repeat(["coach:maintenance", "quartermaster:log_training", "artist"], 9)
_NEW = ["how do I polish the scythe", "log 45 minutes of footwork"]


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return several_views(_COURSE, 2)(_TEXTS, _Y, _NEW)


def test_new_clauses_find_their_label(fitted: Fitted) -> None:
    assert fitted.labels[fitted.logits.argmax(axis=1)].tolist() == ["coach:maintenance", "quartermaster:log_training"]


def test_what_is_stored_judges_as_what_was_trained(fitted: Fitted, tmp_path: Path) -> None:
    assert fitted.updates is not None
    assert not any(".layer.3." in name for name in fitted.updates), "a frozen layer was moved"
    save_file(fitted.updates, tmp_path / "updates")
    router = Router(tuple(fitted.labels), fitted.weights, fitted.bias, 1.0, "", "")
    probabilities = router.probabilities(_NEW, TunedEncoder(base_folder(), tmp_path / "updates"))
    expected = np.exp(fitted.logits) / np.exp(fitted.logits).sum(axis=1, keepdims=True)
    assert np.allclose(probabilities, expected, atol=0.05)


def test_the_same_course_makes_the_same_router(fitted: Fitted) -> None:
    again = several_views(_COURSE, 2)(_TEXTS, _Y, _NEW)
    assert np.array_equal(again.weights, fitted.weights)
    assert np.array_equal(again.logits, fitted.logits)


def test_messages_that_ask_for_several_things_are_made_of_clauses_of_different_labels() -> None:
    y = np.array([f"coach:{number % 3}" for number in range(30)])
    texts = [f"clause{number}x" for number in range(30)]
    all_texts, labels = with_several(texts, y)
    joined = [text for text, label in zip(all_texts, labels, strict=True) if label == SEVERAL]
    assert len(joined) == 4
    for text in joined:
        parts = [y[number] for number in range(30) if f"clause{number}x" in text]
        assert len(parts) == len(set(parts)) >= 2
    assert with_several(texts, y)[0] == all_texts


def test_a_message_that_tells_something_beside_its_one_wish_has_the_label_of_the_wish() -> None:
    y = np.array([f"coach:{number % 3}" for number in range(30)] + ["statement"] * 10)
    texts = [f"clause{number}x" for number in range(30)] + [f"told{number}x" for number in range(10)]
    all_texts, labels = with_background(texts, y)
    assert all_texts[:40] == texts
    assert len(all_texts) == 44
    for text, label in zip(all_texts[40:], labels[40:], strict=True):
        assert "told" in text
        assert [y[number] for number in range(30) if f"clause{number}x" in text] == [label]
    assert with_background(texts, y)[0] == all_texts
    assert with_background(texts[:30], y[:30])[0] == texts[:30]


def test_what_is_held_out_is_judged_by_who_never_saw_its_family() -> None:
    y = np.array(["a", "b"] * 30)
    families = np.array([f"family {number // 4}" for number in range(60)])
    texts = [f"text {number}" for number in range(60)]
    family_of = dict(zip(texts, families, strict=True))

    def fit(chosen: Sequence[str], labels: np.ndarray, left_out: Sequence[str]) -> Fitted:
        known = [text for text in chosen if text in family_of]  # beside them stand slips of the finger
        assert len(known) == 60 - len(left_out)
        assert not {family_of[text] for text in known} & {family_of[text] for text in left_out}
        return Fitted(
            np.unique(labels), np.zeros((2, 1), np.float32), np.zeros(2, np.float32), np.ones((len(left_out), 2))
        )

    _, logits = held_out_logits(Material(texts, y, families), fit)
    assert (logits == 1).all(), "each clause is left out once"


def test_the_label_of_several_things_is_none_of_a_clause() -> None:
    families = np.array([f"family {number}" for number in range(len(_TEXTS))])
    y = np.array([f"{label}:{number % 2}" for number, label in enumerate(_Y)])
    labels, logits = held_out_logits(Material(_TEXTS, y, families), several_views(_COURSE, 1))
    assert SEVERAL not in labels
    assert logits.shape == (len(_TEXTS), len(labels))
