"""Pairs out of ratings, hard questions, and names out of texts."""

from __future__ import annotations

import pytest

from hashiramart.feedback import Rating
from hashiramart.preferences import (
    PAIRS_PER_QUESTION,
    Asked,
    Hard,
    HardQuestions,
    Pairing,
    RatedAnswer,
    normal,
    without_names,
)

QUESTION = "How often should I oil the Heron Spear?"


def asked(question: str = QUESTION, *, weapon: str | None = "heron-spear", intent: str = "how_often") -> Asked:
    return Asked(question=question, asked=question, weapon=weapon, intent=intent, found=True)


def rated(
    reply: str, rating: Rating, *questions: Asked, route: tuple[str, ...] = ("coach",), engine: str = "embedded"
) -> RatedAnswer:
    return RatedAnswer(
        rating=rating,
        message=QUESTION,
        questions=questions or (asked(),),
        reply=reply,
        route=route,
        engine=engine,
        passages=({"source": "manuals/heron-spear.md", "section": "Intervals", "text": "Oil it weekly."},),
        comment=None,
    )


def pairs_of(*answers: RatedAnswer) -> list[tuple[str, str]]:
    pairing = Pairing()
    for answer in answers:
        pairing.add(answer)
    return [(pair["chosen"], pair["rejected"]) for pair in pairing.pairs()]


def test_an_answer_that_was_liked_is_paired_with_one_that_was_not() -> None:
    assert pairs_of(rated("Weekly [1].", "up"), rated("Now and then.", "down")) == [("Weekly [1].", "Now and then.")]


def test_a_pair_says_what_was_asked_and_where_both_answers_come_from() -> None:
    pairing = Pairing()
    for answer in (rated("Weekly [1].", "up"), rated("Weekly [1].", "up"), rated("Daily.", "down", engine="llm")):
        pairing.add(answer)
    place = [{"source": "manuals/heron-spear.md", "section": "Intervals"}]
    assert pairing.pairs() == [
        {
            "prompt": QUESTION,
            "weapon": "heron-spear",
            "intent": "how_often",
            "chosen": "Weekly [1].",
            "rejected": "Daily.",
            "chosen_engine": "embedded",
            "chosen_passages": place,
            "chosen_votes": {"up": 2, "down": 0},
            "rejected_engine": "llm",
            "rejected_passages": place,
            "rejected_votes": {"up": 0, "down": 1},
        }
    ]


def test_the_same_words_about_another_weapon_are_another_question() -> None:
    other = asked(weapon="tidebreaker-katana")
    assert pairs_of(rated("Weekly.", "up"), rated("Daily.", "down", other)) == []


@pytest.mark.parametrize(
    "same", ["how often should i oil the heron spear", "  How often should I  oil the Heron Spear?! ", QUESTION.upper()]
)
def test_case_blanks_and_end_punctuation_make_no_other_question(same: str) -> None:
    assert normal(same) == normal(QUESTION)
    assert pairs_of(rated("Weekly.", "up"), rated("Daily.", "down", asked(same))) == [("Weekly.", "Daily.")]


def test_an_answer_that_slayers_disagree_on_is_no_example_of_either() -> None:
    torn = [rated("Weekly.", "up"), rated("Weekly.", "down")]
    assert pairs_of(*torn, rated("Daily.", "down")) == []
    assert pairs_of(*torn, rated("Monthly.", "up")) == []


def test_the_majority_decides_on_which_side_an_answer_stands() -> None:
    votes: list[Rating] = ["up", "up", "down"]
    assert pairs_of(*(rated("Weekly.", vote) for vote in votes), rated("Daily.", "down")) == [("Weekly.", "Daily.")]


@pytest.mark.parametrize(
    ("route", "questions"),
    [(("recommender", "coach"), (asked(),)), (("coach",), (asked(), asked("And why?"))), (("recommender",), ())],
)
def test_an_answer_to_more_than_one_question_of_the_coachs_is_not_compared(
    route: tuple[str, ...], questions: tuple[Asked, ...]
) -> None:
    mixed = RatedAnswer("down", QUESTION, questions, "Daily.", route, "embedded", (), None)
    assert pairs_of(rated("Weekly.", "up"), mixed) == []


def test_a_question_that_many_answered_gives_its_clearest_pairs_and_no_more() -> None:
    many = [rated(f"Good {n:02}.", "up") for n in range(10)] + [rated(f"Bad {n:02}.", "down") for n in range(10)]
    found = pairs_of(*many, rated("Good 07.", "up"), rated("Bad 03.", "down"))
    assert len(found) == PAIRS_PER_QUESTION
    assert found[0] == ("Good 07.", "Bad 03.")


def test_the_order_of_ratings_does_not_change_the_pairs() -> None:
    answers = [rated("Weekly.", "up"), rated("Daily.", "down"), rated("Never.", "down"), rated("Monthly.", "up")]
    assert pairs_of(*answers) == pairs_of(*reversed(answers))
    assert len(pairs_of(*answers)) == 4


def test_a_hard_question_is_a_case_of_the_coachs_suite() -> None:
    questions = HardQuestions()
    questions.disliked(Hard(asked(), {"style": "Water", "level": 3, "owned": ["heron-spear"]}))
    (line,) = questions.lines()
    assert line.pop("id").startswith("h")
    assert line == {
        "split": "test",
        "slice": "how_often",
        "text": QUESTION,
        "thread": [],
        "profile": {"style": "Water", "level": 3, "owned": ["heron-spear"]},
        "facts": [],
        "absent": [],
        "minutes": None,
        "differs_from": None,
    }


def test_a_question_that_the_manuals_did_not_answer_is_hard_the_second_time() -> None:
    questions = HardQuestions()
    questions.unsaid(Hard(asked(), {}))
    assert questions.lines() == []
    questions.unsaid(Hard(asked(QUESTION.lower()), {}))
    assert [line["text"] for line in questions.lines()] == [QUESTION]


def test_a_question_is_one_case_however_often_it_went_wrong() -> None:
    questions = HardQuestions()
    for level in (3, 40):
        questions.disliked(Hard(asked(), {"level": level}))
        questions.unsaid(Hard(asked(), {"level": level}))
    assert [line["profile"] for line in questions.lines()] == [{"level": 3}]


@pytest.mark.parametrize(
    ("intent", "thread", "slice_"),
    [
        ("handling", (), "how_to"),
        ("maintenance", (), "how_to"),
        ("troubleshooting", (), "troubleshooting"),
        ("plan", (), "routine"),
        ("something new", (), "overview"),
        ("handling", ("What about the spear?",), "follow_up"),
    ],
)
def test_the_intent_names_the_slice_and_a_follow_up_is_one(intent: str, thread: tuple[str, ...], slice_: str) -> None:
    questions = HardQuestions()
    questions.disliked(Hard(asked(intent=intent), {}, thread))
    assert [(line["slice"], line["thread"]) for line in questions.lines()] == [(slice_, list(thread))]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Well asked, Sabine of the Tide.", "Well asked, slayer."),
        ("I'm SABINE OF THE TIDE!", "I'm slayer!"),
        ("tide7 asks", "slayer asks"),
        ("the Tidebreaker of tide77", "the Tidebreaker of tide77"),
        ("a (b", "a (b"),
    ],
)
def test_names_and_handles_are_left_out_as_whole_words(text: str, without: str) -> None:
    assert without_names(text, ["Sabine of the Tide", "tide7", "a"]) == without


def test_a_name_with_signs_is_read_as_it_is_written() -> None:
    assert without_names("Hello, K.(2)*! Hello, Kx2.", ["K.(2)*"]) == "Hello, slayer! Hello, Kx2."
