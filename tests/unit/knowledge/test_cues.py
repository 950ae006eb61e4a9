"""What a question says about where its answer stands."""

from __future__ import annotations

import pytest

from knowledge.cues import Cues
from knowledge.split import Passage


def passage(heading: str, *, weapon: str | None = "heron-spear", text: str = "Words.") -> Passage:
    title = "Heron Spear" if weapon else "Footwork"
    source = f"manuals/{weapon}.md" if weapon else "guides/footwork.md"
    kind = "spear" if weapon else None
    return Passage(f"{source}#0000", source, title, weapon, kind, heading.split(" > ", maxsplit=1)[0], heading, text, 0)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("How often should the shaft be oiled?", "Maintenance > Intervals"),
        ("every how many weeks do i wax it", "Maintenance > Intervals"),
        ("Which oil goes on the steel?", "Maintenance > Materials"),
        ("How do I clean the blade?", "Maintenance > Steps"),
        ("Can I train alone in a river?", "Safety"),
        ("my cord slips", "Troubleshooting > The silk slides"),
        ("the head won\u2019t stay on", "Troubleshooting > The head turns"),
        ("What does it weigh, and who is it for?", "Overview"),
        ("Where does a beginner hold it?", "Handling > Light hold"),
        ("Any add-ons?", "Accessories"),
    ],
)
def test_the_form_of_a_question_points_to_a_section(question: str, heading: str) -> None:
    assert Cues(question).point_to(passage(heading))


def test_a_question_without_a_known_form_points_nowhere() -> None:
    assert Cues("and then?").places == ()
    assert not Cues("and then?").point_to(passage("Overview"))


def test_a_drill_is_pointed_to_wherever_it_stands() -> None:
    drill = "**Minutes:** 5 · **Focus:** breath · **Styles:** any\n1. Breathe."
    assert Cues("a breathing exercise, please").point_to(passage("Calm routines > Empty cup", weapon=None, text=drill))
    assert not Cues("a breathing exercise, please").point_to(passage("Posture before breath", weapon=None))


def test_a_name_counts_by_the_share_of_it_that_is_said() -> None:
    assert Cues("how heavy is the heron").name(passage("Overview")) == 1.0
    assert Cues("how heavy is my spear").name(passage("Overview")) == 0.0
    assert Cues("footwork for the heron").name(passage("Drills", weapon=None)) == 0.0
