"""The Coach suite: its cases are sound, the product keeps its bounds, and a broken Coach does not."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agents.planner.embedded import EmbeddedPlanner
from agents.planner.vocabulary import Vocabulary
from evals import registry
from evals.coach_cases import CoachCase, ProfileCase, coach_cases
from evals.coach_turns import Coach, HouseCoach, Reply
from evals.engines import fitted
from evals.registry import Asked
from evals.report import Report
from evals.suites.coach import score
from hashiramart import seed
from hashiramart.config import Settings
from hashiramart.errors import InvalidInput
from knowledge.shelf import Shelf
from tests.library import kept_folder, whole_library

SLICES = (
    "how_to", "how_often", "why", "compare", "routine", "troubleshooting", "what_if", "quiz", "motivation", "safety",
    "accessories", "overview", "drills", "personal", "follow_up",
)  # fmt: skip


@pytest.fixture(scope="module")
def cases() -> list[CoachCase]:
    return coach_cases()


@pytest.fixture(scope="module")
def shelf(request: pytest.FixtureRequest) -> Shelf:
    return whole_library(kept_folder(request.config)).shelf()


class Remembering:
    """The product's Coach, asked each question once: the faults below are put on top of the same answers."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._answers: dict[tuple[str, str], Reply] = {}

    def answer(self, case: CoachCase, profile: ProfileCase) -> Reply:
        asked = (case.model_dump_json(), profile.model_dump_json())
        if asked not in self._answers:
            self._answers[asked] = self._coach.answer(case, profile)
        return self._answers[asked]


@pytest.fixture(scope="module")
def coach(shelf: Shelf) -> Coach:
    planner = EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))
    return Remembering(HouseCoach(fitted(Settings(), "embedded"), planner, shelf))


def test_numbers_of_cases_are_unique(cases: list[CoachCase]) -> None:
    assert not [number for number, times in Counter(case.id for case in cases).items() if times > 1]


def test_no_message_stands_twice(cases: list[CoachCase]) -> None:
    asked = Counter((*case.thread, case.text.lower(), case.profile.model_dump_json()) for case in cases)
    assert not [words for words, times in asked.items() if times > 1]


def test_every_slice_is_in_both_splits(cases: list[CoachCase]) -> None:
    counts = Counter((case.split, case.slice) for case in cases)
    assert {name for _, name in counts} == set(SLICES)
    assert all(counts["test", name] >= 10 and counts["dev", name] >= 3 for name in SLICES)


def test_every_case_asks_for_something(cases: list[CoachCase]) -> None:
    assert not [case.id for case in cases if not case.facts]


def test_owned_weapons_and_weapons_of_bouts_are_in_the_catalogue(cases: list[CoachCase]) -> None:
    known = {weapon.slug for weapon in seed.weapons()}
    profiles = [profile for case in cases for profile in (case.profile, case.differs_from) if profile]
    named = {slug for profile in profiles for slug in profile.owned}
    named |= {bout.weapon for profile in profiles if profile.activity for bout in profile.activity.bouts}
    assert named <= known


def test_every_manual_is_asked_about(cases: list[CoachCase], shelf: Shelf) -> None:
    """By name, by the first word of the name, or as a weapon that is owned."""
    text = " ".join(" ".join([*case.thread, case.text, *case.profile.owned]) for case in cases).lower().replace("'", "")
    assert not [slug for slug in shelf.manuals if slug.split("-")[0] not in text]


def test_facts_of_a_case_stand_in_the_library(cases: list[CoachCase], shelf: Shelf) -> None:
    """A fact that no manual holds could never be met. What a personal answer says of the slayer is no fact of a manual."""
    library = "\n".join(f"{passage.title}\n{passage.heading}\n{passage.text}" for passage in shelf.passages)
    library += "".join(f"\nweighs {entry.front.get('weight_kg')}" for entry in shelf.entries)
    free = {r"\?", r"\[\d+\]", r"\|"}
    wrong = [
        (case.id, fact)
        for case in cases
        if case.slice != "personal"
        for fact in case.facts
        if fact not in free and not re.search(fact, library, re.IGNORECASE)
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('{"id": "x", "split": "dev", "slice": "why", "text": "Why?", "facts": ["("]}', "facts"),
        ('{"id": "x", "split": "train", "slice": "why", "text": "Why?"}', "split"),
        ('{"id": "x", "split": "dev", "slice": "why", "text": "Why?", "fact": []}', "fact"),
        ("why?", "no case"),
    ],
)
def test_a_line_that_is_no_case_is_refused_with_its_number(tmp_path: Path, line: str, wrong: str) -> None:
    data = tmp_path / "cases.jsonl"
    data.write_text(f'{{"id": "a", "split": "dev", "slice": "why", "text": "Why?"}}\n{line}\n')
    with pytest.raises(InvalidInput, match=rf"\.jsonl:2 is .*{wrong}"):
        coach_cases(data)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        coach_cases(tmp_path / "none.jsonl")


def test_a_suite_without_cases_of_its_own_refuses_other_data(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="recommender"):
        registry.run("suite", "recommender", Settings(), asked=Asked(data=tmp_path / "cases.jsonl"))


def test_other_cases_are_scored_without_bounds(coach: Coach, shelf: Shelf, tmp_path: Path) -> None:
    data = tmp_path / "cases.jsonl"
    case = {
        "id": "f1",
        "split": "test",
        "slice": "overview",
        "text": "Tell me about the Heron Spear",
        "facts": ["a lie"],
    }
    data.write_text(json.dumps(case))
    report = score(coach, shelf, coach_cases(data), bounded=False)
    assert (report.ok, report.figures["facts"]) == (True, 0)


def test_the_product_keeps_its_bounds(coach: Coach, shelf: Shelf) -> None:
    report = score(coach, shelf)
    assert report.ok, (report.missed, report.figures)


class Broken:
    """The Coach with a fault."""

    def __init__(self, coach: Coach, fault: Callable[[Reply], Reply]) -> None:
        self._coach = coach
        self._fault = fault

    def answer(self, case: CoachCase, profile: ProfileCase) -> Reply:
        return self._fault(self._coach.answer(case, profile))


def half_said(reply: Reply) -> Reply:
    return replace(reply, words=reply.words[: len(reply.words) // 2])


def cites_the_next_passage(reply: Reply) -> Reply:
    numbers = list(reply.citations)
    turned = dict(zip(numbers, (reply.citations[number] for number in [*numbers[1:], *numbers[:1]]), strict=True))
    return replace(reply, citations=turned)


def every_number_one_more(reply: Reply) -> Reply:
    return replace(
        reply, words=re.sub(r"(?<![\[\d.])\d+(?![\]\d.])", lambda found: str(int(found[0]) + 1), reply.words)
    )


def without_markers(reply: Reply) -> Reply:
    return replace(reply, words=re.sub(r"\s*\[\d+\]", "", reply.words))


def one_minute_more(reply: Reply) -> Reply:
    drills = [
        {
            **block,
            "drills": [*block["drills"][1:], {**block["drills"][0], "minutes": block["drills"][0]["minutes"] + 1}],
        }
        if block["type"] == "routine"
        else block
        for block in reply.blocks
    ]
    return replace(reply, blocks=drills)


@pytest.mark.parametrize(
    ("fault", "figure"),
    [
        (half_said, "facts"),
        (cites_the_next_passage, "supported"),
        (every_number_one_more, "supported"),
        (without_markers, "uncited"),
        (one_minute_more, "routine_minutes_exact"),
    ],
)
def test_a_broken_coach_misses_the_bound(
    coach: Coach, shelf: Shelf, fault: Callable[[Reply], Reply], figure: str
) -> None:
    report = score(Broken(coach, fault), shelf)
    assert figure in report.missed


class DeafToTheSlayer:
    """A Coach that answers everybody as it answers an ordinary slayer."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def answer(self, case: CoachCase, profile: ProfileCase) -> Reply:
        return self._coach.answer(case, ProfileCase())


def test_a_coach_that_is_the_same_for_everybody_misses_the_bound(coach: Coach, shelf: Shelf) -> None:
    report: Report = score(DeafToTheSlayer(coach), shelf, [case for case in coach_cases() if case.slice == "personal"])
    assert "personal" in report.missed
