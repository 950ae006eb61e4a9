"""Reading drills, intervals, problems and the other parts."""

from __future__ import annotations

from knowledge import parts
from knowledge.split import Passage


def passage(text: str, heading: str = "Section > Name") -> Passage:
    return Passage("a#0000", "a.md", "A", None, None, heading.split(" > ", maxsplit=1)[0], heading, text, 0)


def test_a_drill_has_minutes_focus_styles_and_steps() -> None:
    text = "**Minutes:** 10 · **Focus:** edge alignment · **Styles:** Water, Flower\n1. Stand.\n2. Cut twice. Rest."
    assert parts.drill(passage(text, "Drills > Whistle")) == parts.Drill(
        "Whistle", 10, "edge alignment", ("Water", "Flower"), ("Stand.", "Cut twice. Rest.")
    )


def test_a_drill_for_any_style_names_none() -> None:
    drill = parts.drill(passage("**Minutes:** 2 · **Focus:** breath · **Styles:** any\n1. Breathe."))
    assert drill is not None
    assert drill.styles == ()


def test_prose_is_no_drill_and_no_problem() -> None:
    assert parts.drill(passage("Ten minutes are enough.")) is None
    assert parts.problem(passage("The cause is unknown.")) is None


def test_intervals_keep_colons_inside_the_sentence() -> None:
    found = parts.intervals(passage("- Weekly: Check three things: peg, guard and wrap.\n- Every 20 bouts: Oil it."))
    assert found == [
        parts.Interval("Weekly", "Check three things: peg, guard and wrap."),
        parts.Interval("Every 20 bouts", "Oil it."),
    ]


def test_a_problem_has_its_heading_as_symptom() -> None:
    found = parts.problem(
        passage(
            "**Cause:** A loose peg.\n**Fix:** Press it in. Replace it\nif it is short.", "Troubleshooting > It rattles"
        )
    )
    assert found == parts.Problem("It rattles", "A loose peg.", "Press it in. Replace it if it is short.")


def test_accessories_and_quotes_are_read() -> None:
    assert parts.accessories(passage("- **Oil flask**: keeps oil dry.")) == [
        parts.Accessory("Oil flask", "keeps oil dry.")
    ]
    found = parts.quotes(passage('- "Get up; walk." (Kanbei, a fighter)\n- "No name."', "After a defeat"))
    assert found == [
        parts.Quote("Get up; walk.", "Kanbei, a fighter", "After a defeat"),
        parts.Quote("No name.", None, "After a defeat"),
    ]


def test_steps_and_bullets_are_told_apart_and_wrapped_lines_joined() -> None:
    text = "1. First step\n   goes on.\n2. Second.\n\n- a bullet\n- another"
    assert parts.steps(text) == ["First step goes on.", "Second."]
    assert parts.bullets(text) == ["a bullet", "another"]
