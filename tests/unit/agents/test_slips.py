"""Slips of the finger, made on purpose for training."""

from __future__ import annotations

import random

import numpy as np
import pytest

from agents.planner.slips import slip, with_slips


def test_some_clauses_are_told_once_more_with_slips_under_their_own_label() -> None:
    texts = [f"polish blade number{'a' * (number % 7)} carefully" for number in range(100)]
    y = np.array([f"label {number}" for number in range(100)])
    told, labels = with_slips(texts, y)
    assert told[:100] == texts
    assert 8 <= len(told) - 100 <= 12
    for text, label in zip(told[100:], labels[100:], strict=True):
        assert text != texts[int(label.split()[1])]
        assert abs(len(text) - len(texts[int(label.split()[1])])) <= 2


def test_the_same_clauses_get_the_same_slips() -> None:
    texts, y = ["show me the spear again"] * 50, np.array(["a"] * 50)
    assert with_slips(texts, y)[0] == with_slips(texts, y)[0]


@pytest.mark.parametrize("seed", range(20))
def test_one_slip_changes_at_most_one_letter_of_the_length(seed: int) -> None:
    slipped = slip("sharpen", random.Random(seed))
    assert abs(len(slipped) - len("sharpen")) <= 1


def test_short_words_stay() -> None:
    assert slip("is it", random.Random(1)) == "is it"
