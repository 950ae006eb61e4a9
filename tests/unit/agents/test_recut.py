"""A clause that asks for several things after all is cut where a plainly different wish begins, and nowhere else."""

from __future__ import annotations

import pytest

from agents.planner.draft import Judged
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.reading import Reading
from agents.planner.recut import pieces, wishes
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed


@pytest.fixture(scope="module")
def planner() -> EmbeddedPlanner:
    return EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))


def verdict(label: str, intent: str | None = None, confidence: float = 0.95) -> Judged:
    return Judged(Reading("", (), (), ""), label, intent, confidence, anchored=False)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a picture of me, and its price", ["a picture of me", "its price"]),
        ("a bow for 150 coins, drills for it and a poem", ["a bow for 150 coins", "drills for it", "a poem"]),
        ("show me three scythes, and while you're at it my points", ["show me three scythes", "my points"]),
        ("oil it", ["oil it"]),
        ("and", ["and"]),
    ],
)
def test_pieces_lie_between_the_joints(text: str, parts: list[str]) -> None:
    assert [text[part.start : part.end] for part in pieces(text)] == parts


def test_a_text_of_very_many_pieces_is_left_whole() -> None:
    assert len(pieces(", ".join(["cord"] * 40))) == 1


def test_another_wish_begins_a_new_clause() -> None:
    cut = pieces("a picture of me, and its price")
    assert wishes(cut, [verdict("artist"), verdict("recommender")], 0.9) == cut


def test_the_same_wish_goes_on() -> None:
    text = "the cord, and the wax, and its price"
    cut = pieces(text)
    care = verdict("coach", "maintenance")
    found = wishes(cut, [care, care, verdict("recommender")], 0.9)
    assert [text[part.start : part.end] for part in found] == ["the cord, and the wax", "its price"]


def test_what_is_no_sure_wish_goes_with_what_stands_before_it() -> None:
    cut = pieces("log 20 minutes, of spear, then draw me")
    told = verdict("statement")
    assert len(wishes(cut, [verdict("quartermaster", "log_training"), told, verdict("artist", None, 0.4)], 0.9)) == 1


def test_what_leads_up_to_the_first_wish_belongs_to_it() -> None:
    text = "well, you know, my rank, and my orders"
    cut = pieces(text)
    told = verdict("statement")
    found = wishes(cut, [told, told, verdict("quartermaster", "status"), verdict("quartermaster", "orders")], 0.9)
    assert [text[part.start : part.end] for part in found] == ["well, you know, my rank", "my orders"]


@pytest.mark.parametrize(
    ("text", "specialists"),
    [
        ("order the Heron Spear and the Oak Kanabo", ["quartermaster", "quartermaster"]),
        ("draw me with the Heron Spear under a blood moon, slaying a demon", ["artist"]),
        ("I lost with the Oak Kanabo. Cheer me up and log it", ["quartermaster", "coach"]),
        ("my rank, my badges and the leaderboard", ["quartermaster", "quartermaster", "quartermaster"]),
        (
            "a picture of me and after 30 minutes of archery I beat a demon",
            ["artist", "quartermaster", "quartermaster"],
        ),
        ("one axe under 200 and one bow under 300", ["recommender", "recommender"]),
    ],
)
def test_a_new_wish_begins_only_where_another_is_asked_for(
    planner: EmbeddedPlanner, text: str, specialists: list[str]
) -> None:
    assert [step.specialist for step in planner.plan(text).steps] == specialists
