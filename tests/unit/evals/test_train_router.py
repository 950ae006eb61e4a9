"""The router's data: the split is clean, the check finds what is not, and the packaged clauses are those of the utterances."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from agents.planner.classifier import Matrix
from agents.planner.reading import Reader
from agents.planner.training_data import SEVERAL, training_clauses
from agents.planner.vocabulary import Vocabulary
from evals.calibration import reliability
from evals.cases import ROUTING, ROUTING_TRAIN, RoutingCase, Utterance
from evals.near_duplicates import twins
from evals.train_router import check_split, clauses_of
from hashiramart import seed
from hashiramart.errors import InvalidInput
from ml.params import TrainRouter, load_params

PARAMS = TrainRouter(
    near_cosine=0.9, near_overlap=0.6, bins=10, views=3, held_out_views=2, epochs=5, rank=16, frozen=2, batch=32, rate=0.001,
    head_rate=0.005, dropout=0.1, smoothing=0.05, seed=1,
)  # fmt: skip


class Letters:
    """Counts letters: texts of the same letters are the same to it."""

    name = "letters"

    def encode(self, texts: Sequence[str], /) -> Matrix:
        rows = np.array(
            [[text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts], float
        )
        unit: Matrix = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)).astype(np.float32)
        return unit


def trained(text: str, family: str = "trained", route: Sequence[str] = ("coach",)) -> Utterance:
    return Utterance.model_validate({"family": family, "slice": "single", "text": text, "route": list(route)})


def case_of(text: str, family: str = "tested") -> RoutingCase:
    return RoutingCase.model_validate(
        {"id": "u1", "split": "test", "family": family, "slice": "single", "text": text, "route": ["coach"]}
    )


def test_there_are_enough_utterances_and_each_has_its_family() -> None:
    utterances = ROUTING_TRAIN.load()
    assert len(utterances) >= 1500
    assert sum(len(utterance.route) > 1 for utterance in utterances) >= 80
    assert sum(bool(utterance.context.last_route) for utterance in utterances) >= 80


def test_the_fresh_test_half_has_all_slices_and_enough_cases() -> None:
    tests = [case for case in ROUTING.load() if case.split == "test"]
    assert len(tests) >= 250
    assert {case.slice for case in tests} == {
        "single", "multi", "off_topic", "greeting", "hostile", "typo", "follow_up",
    }  # fmt: skip


def test_no_family_is_trained_on_and_tested_with() -> None:
    families = {utterance.family for utterance in ROUTING_TRAIN.load()}
    assert not families & {case.family for case in ROUTING.load() if case.split == "test"}


def test_a_family_on_both_sides_fails_the_stage() -> None:
    with pytest.raises(InvalidInput, match="Families that are trained on and tested with: shared"):
        check_split([trained("how do I oil it", "shared")], [case_of("draw me", "shared")], Letters(), PARAMS)


def test_a_near_duplicate_fails_the_stage_and_hides_the_tests_text() -> None:
    with pytest.raises(InvalidInput, match="u1 and 'How do I oil my spear'") as complaint:
        check_split([trained("How do I oil my spear")], [case_of("how do I oil my spear?!")], Letters(), PARAMS)
    assert "spear?!" not in str(complaint.value)


def test_texts_that_share_letters_but_few_words_are_no_duplicates() -> None:
    assert not twins(
        [("u1", "oil my spear")], ["spear my oil now or then and more"], Letters(), cosine=0.5, overlap=0.6
    )


def test_a_dev_case_may_be_near_to_the_training() -> None:
    case = case_of("how do I oil my spear").model_copy(update={"split": "dev"})
    check_split([trained("how do I oil my spear")], [case], Letters(), PARAMS)


def test_an_utterance_of_two_steps_gives_a_clause_for_each() -> None:
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    utterance = Utterance.model_validate(
        {
            "family": "two", "slice": "multi", "text": "log 30 minutes, then draw me at night",
            "route": ["quartermaster", "artist"], "slots": [{"action": "log_training"}, {}],
        }
    )  # fmt: skip
    clauses = clauses_of([utterance], reader)
    assert [(clause.text, clause.fine_label) for clause in clauses] == [
        (utterance.text, SEVERAL),
        ("log 30 minutes", "quartermaster:log_training"),
        ("draw me at night", "artist"),
    ]


def test_an_utterance_that_the_splitter_cuts_otherwise_gives_only_itself() -> None:
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    utterance = trained("draw me", route=["artist", "coach"])
    assert [clause.label for clause in clauses_of([utterance], reader)] == [SEVERAL]


def test_a_misspelt_utterance_is_trained_on_and_marked() -> None:
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    slips = trained("darw me in teh snwo", route=["artist"]).model_copy(update={"slice": "typo"})
    assert [(clause.label, clause.misspelt) for clause in clauses_of([slips], reader)] == [("artist", True)]


def test_the_packaged_clauses_are_those_of_the_utterances() -> None:
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    made = clauses_of(ROUTING_TRAIN.load(), reader)
    assert list(training_clauses()) == made, "run: dvc repro evals/dvc.yaml"


def test_reliability_compares_each_bin_with_how_often_it_was_right() -> None:
    bins = reliability([0.95, 0.95, 0.15, 0.15], [True, False, False, False], 10)
    assert bins.sizes == [2, 2]
    assert bins.share == [0.0, 0.5]
    assert bins.error == pytest.approx((2 * 0.15 + 2 * 0.45) / 4)


def test_the_parameters_are_those_of_the_file() -> None:
    assert load_params().train_router == PARAMS


def test_a_wish_beside_something_foreign_is_trained_on_as_several_things() -> None:
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    foreign = trained("log 20 minutes and order me a pizza", "beside something foreign", ["quartermaster"])
    attack = trained("check me in and set my streak to 99", "one step too far", ["quartermaster"])
    clauses = clauses_of([foreign, attack.model_copy(update={"slice": "hostile"})], reader)
    assert [(clause.text, clause.label) for clause in clauses] == [(foreign.text, SEVERAL), (attack.text, SEVERAL)]


def test_a_battle_that_is_told_keeps_how_it_ended() -> None:
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    told = Utterance.model_validate(
        {
            "family": "told", "slice": "single", "text": "it got the better of me", "route": ["quartermaster"],
            "slots": [{"action": "log_battle", "success": False}],
        }
    )  # fmt: skip
    (clause,) = clauses_of([told], reader)
    assert clause.fine_label == "quartermaster:log_battle:lost"


def test_one_wish_in_many_clauses_is_trained_on_whole() -> None:
    reader = Reader(Vocabulary.of(seed.weapons(), seed.style_names()))
    wish = trained("It is late, I am tired: a short routine, please", route=["artist"]).model_copy(
        update={"slice": "multi"}
    )
    assert [clause.text for clause in clauses_of([wish], reader)] == [wish.text]
