"""What a slayer turns down in one breath with what they want is no wish; neither are sign-offs, afterthoughts and tags."""

from __future__ import annotations

import pytest

from agents.planner.belonging import LOG_IT
from agents.planner.clauses import split
from agents.planner.draft import Judged
from agents.planner.durations import minutes
from agents.planner.honesty import no_deed_of_theirs, voids_reports
from agents.planner.merging import assemble
from agents.planner.quantities import battles, budget
from agents.planner.reading import Reader
from agents.planner.references import find
from agents.planner.slots import outcome
from agents.planner.vocabulary import Vocabulary
from agents.planner.waved_off import without_the_declined
from hashiramart import seed


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Vocabulary.of(seed.weapons(), seed.style_names()))


def verdict(
    reader: Reader,
    text: str,
    label: str,
    intent: str | None = None,
    confidence: float = 0.95,
    *,
    anchored: bool = False,
) -> Judged:
    return Judged(reader.read(text), label, intent, confidence, anchored)


def route(clauses: list[Judged]) -> list[tuple[str, str | None]]:
    return [(draft.specialist, draft.intent) for draft in assemble(without_the_declined(clauses))]


@pytest.mark.parametrize(
    ("declined", "label", "intent"),
    [
        ("not my points", "quartermaster", "status"),
        ("no recommendation needed", "recommender", None),
        ("I'm not asking how to swing it", "coach", "handling"),
        ("don't plan me anything", "coach", "plan"),
        ("I don't care about the leaderboard", "quartermaster", "leaderboard"),
        ("never mind the portrait", "artist", None),
    ],
)
def test_what_is_turned_down_is_not_done(reader: Reader, declined: str, label: str, intent: str | None) -> None:
    wanted = verdict(reader, "show me my last fights", "quartermaster", "history", anchored=True)
    assert route([verdict(reader, declined, label, intent), wanted]) == [("quartermaster", "history")]


@pytest.mark.parametrize(
    ("text", "label", "intent"),
    [
        ("not one of my cuts lands", "coach", "troubleshooting"),
        ("no idea how to oil a staff", "coach", "maintenance"),
        ("is it not too heavy for me?", "coach", "overview"),
        ("no more than two spears please", "recommender", None),
    ],
)
def test_a_no_that_turns_nothing_down_stays_a_wish(reader: Reader, text: str, label: str, intent: str | None) -> None:
    wanted = verdict(reader, "show me my last fights", "quartermaster", "history", anchored=True)
    assert without_the_declined([verdict(reader, text, label, intent), wanted])[0].label == label


def test_what_is_turned_down_alone_is_left_to_the_router(reader: Reader) -> None:
    alone = [verdict(reader, "not my points", "quartermaster", "status")]
    assert without_the_declined(alone) == alone


def test_what_is_hardly_a_wish_is_background_beside_a_plain_one(reader: Reader) -> None:
    unsure = verdict(reader, "I'm convinced", "coach", "motivation", 0.4)
    order = verdict(reader, "the Kagura, please", "quartermaster", "buy", 0.96)
    assert route([unsure, order]) == [("quartermaster", "buy")]
    assert route([unsure]) == [("coach", "motivation")]


def test_a_report_that_is_to_be_logged_is_not_taken_for_time_to_fill(reader: Reader) -> None:
    told = verdict(reader, "two hours of footwork", "quartermaster", "log_training")
    log_it = verdict(reader, "log that", "quartermaster", "log_training")
    asks = verdict(reader, "how do I get rid of the blisters", "coach", "general")
    assert route([told, log_it, asks]) == [("quartermaster", "log_training"), ("coach", "general")]


def test_a_purchase_that_is_only_told_is_background(reader: Reader) -> None:
    bought = verdict(reader, "I ordered the Anvilfall from you", "quartermaster", "orders", 0.7)
    loose = verdict(reader, "its head is already loose", "coach", "troubleshooting")
    assert route([bought, loose]) == [("coach", "troubleshooting")]
    assert route([bought]) == [("quartermaster", "orders")]


def test_an_afterthought_and_a_tag_go_on_with_what_stands_before(reader: Reader) -> None:
    asked = verdict(reader, "left hand in front or behind?", "coach", "handling")
    spear = verdict(reader, "for a spear I mean", "recommender")
    tag = verdict(reader, "isn't it?", "coach", "overview")
    assert route([asked, spear]) == [("coach", "handling")]
    assert route([asked, tag]) == [("coach", "handling")]


def test_the_same_minutes_told_and_logged_are_one_entry(reader: Reader) -> None:
    did = verdict(reader, "did the full sixty minutes myself", "quartermaster", "log_training")
    log = verdict(reader, "log sixty minutes", "quartermaster", "log_training")
    fewer = verdict(reader, "log thirty minutes", "quartermaster", "log_training")
    assert len(route([did, log])) == 1
    assert len(route([did, fewer])) == 2


@pytest.mark.parametrize(
    "text", ["both in the log please", "set it down", "into the log with it", "which you may record", "log the time"]
)
def test_words_that_only_ask_to_log_what_was_told(text: str) -> None:
    assert LOG_IT.match(text)


@pytest.mark.parametrize("text", ["set the table", "log the win", "put 20 minutes in"])
def test_words_that_tell_something_are_no_bare_request_to_log(text: str) -> None:
    assert not LOG_IT.match(text)


def test_a_sign_off_is_no_clause() -> None:
    assert split("My bow pulls to the left. Yours, a worried archer") == ["My bow pulls to the left"]
    assert split("Is that spear yours") == ["Is that spear yours"]


def test_a_single_capital_with_a_full_stop_is_a_name(reader: Reader) -> None:
    assert reader.mend("With thanks, N.") == "With thanks, N."
    assert reader.mend("log it n paint me") == "log it and paint me"


@pytest.mark.parametrize(
    ("text", "won"), [("fine, he won", False), ("it won", False), ("my spear and I won", True), ("I won", True)]
)
def test_who_won_decides_the_outcome(text: str, won: bool) -> None:
    assert outcome(text) is won


def test_lengths_counts_and_limits_in_more_words() -> None:
    assert minutes("two solid hours of kanabo") == 120
    assert minutes("ten quiet minutes") == 10
    assert minutes("half hr of sai") == 30
    assert battles("four won") == 4
    assert budget("a bow, maximum price is 350").high == 350
    assert budget("my budget ends at 260").high == 260


def test_the_better_of_the_two_is_no_pair() -> None:
    assert not find("I'll have the lighter of the two").pair
    assert find("I'll have the two").pair


@pytest.mark.parametrize("text", ["You won't believe it, but I knocked that demon flat", "so I suppose I won"])
def test_an_honest_report_is_not_taken_for_anothers_or_an_imagined_one(text: str) -> None:
    assert not no_deed_of_theirs(text)


@pytest.mark.parametrize(
    "text", ["mark me present every day until New Year", "add a win for tomorrow", "check me in for the next ten days"]
)
def test_what_is_yet_to_come_is_no_report(text: str) -> None:
    assert no_deed_of_theirs(text)


@pytest.mark.parametrize("text", ["nobody reads the ledger anyway", "no one will notice", "I was asleep but still"])
def test_who_counts_on_not_being_seen_gets_nothing_written(text: str) -> None:
    assert voids_reports(text)


@pytest.mark.parametrize(
    "text",
    [
        "nobody saw it but I won",
        "nobody told me what's in my book",
        "I was here every day this month",
        "I was ill last week",
    ],
)
def test_who_was_alone_or_ill_is_believed(text: str) -> None:
    assert not voids_reports(text)
    assert not no_deed_of_theirs(text)
