"""What is told first and asked for later is one step, what is asked for apart is two, and sums, outcomes and places are read."""

from __future__ import annotations

import pytest

from agents.planner import purchases
from agents.planner.anchors import votes
from agents.planner.antecedents import Antecedents
from agents.planner.clauses import split
from agents.planner.context import PlanContext
from agents.planner.draft import Draft, Judged
from agents.planner.durations import minutes
from agents.planner.filling import fill
from agents.planner.honesty import voids_reports
from agents.planner.merging import assemble
from agents.planner.quantities import Budget, battles, budget
from agents.planner.reading import Reader
from agents.planner.references import find
from agents.planner.slots import asks_only, outcome
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(seed.weapons(), seed.style_names())


@pytest.fixture(scope="module")
def reader(vocabulary: Vocabulary) -> Reader:
    return Reader(vocabulary)


def judged(reader: Reader, text: str, label: str, intent: str | None = None, *, sure: float = 0.95) -> Judged:
    return Judged(reader.read(text), label, intent, sure, anchored=False)


def anchored(reader: Reader, text: str, label: str, intent: str | None = None) -> Judged:
    return Judged(reader.read(text), label, intent, 1.0, anchored=True)


def route(clauses: list[Judged]) -> list[tuple[str, str | None]]:
    return [(draft.specialist, draft.intent) for draft in assemble(clauses)]


def test_what_is_told_and_then_asked_about_is_one_step_each(reader: Reader) -> None:
    told = [
        anchored(reader, "half an hour with the spear today", "quartermaster", "log_training"),
        judged(reader, "the shaft started to splinter", "coach", "troubleshooting"),
    ]
    asked = [
        anchored(reader, "note the half hour", "quartermaster", "log_training"),
        judged(reader, "tell me what to do about the splinters", "coach", "troubleshooting"),
    ]
    assert route(told + asked) == [("quartermaster", "log_training"), ("coach", "troubleshooting")]


def test_a_symptom_told_first_stands_where_it_is_asked_about(reader: Reader) -> None:
    told = judged(reader, "the string of my bow snapped", "coach", "troubleshooting")
    log = anchored(reader, "log the fight that I lost", "quartermaster", "log_battle")
    asked = judged(reader, "how do I put on a new one?", "coach", "maintenance")
    assert [specialist for specialist, _ in route([told, log, asked])] == ["quartermaster", "coach"]


def test_two_questions_with_an_entry_between_them_stay_two(reader: Reader) -> None:
    first = anchored(reader, "how do I hold a sai?", "coach", "handling")
    log = anchored(reader, "log 20 minutes", "quartermaster", "log_training")
    second = anchored(reader, "how do I clean it?", "coach", "maintenance")
    assert len(route([first, log, second])) == 3


def test_another_entry_of_the_same_kind_is_another_entry(reader: Reader) -> None:
    first = anchored(reader, "log 20 minutes with the bow", "quartermaster", "log_training")
    cheer = anchored(reader, "cheer me up", "coach", "motivation")
    second = anchored(reader, "log 30 minutes with the staff", "quartermaster", "log_training")
    assert len(route([first, cheer, second])) == 3


def test_what_is_put_down_as_training_is_no_question(reader: Reader) -> None:
    told = judged(reader, "swung the Oak Kanabo until my arms gave up", "coach", "handling", sure=0.64)
    entered = anchored(reader, "put it down as training", "quartermaster", "log_training")
    assert route([told, entered]) == [("quartermaster", "log_training")]


def test_a_fight_that_is_to_be_entered_is_entered(reader: Reader) -> None:
    told = judged(reader, "I had a fight yesterday", "statement")
    assert route([told, judged(reader, "please enter it", "statement")]) == [("quartermaster", "log_battle")]


def test_a_word_about_a_weapon_stays_beside_its_order(reader: Reader) -> None:
    about = anchored(reader, "tell me about the Lantern Sai", "coach", "overview")
    order = anchored(reader, "order it for me as well", "quartermaster", "buy")
    assert route([about, order]) == [("coach", "overview"), ("quartermaster", "buy")]


def test_a_lesson_that_is_asked_for_first_is_not_only_told(reader: Reader) -> None:
    oil = Judged(reader.read("first tell me how to oil the spear"), "coach", "maintenance", 0.95, False, apart=True)
    session = Judged(reader.read("give me a 20 minute routine with it"), "coach", "routine", 1.0, True, apart=True)
    assert route([oil, session]) == [("coach", "maintenance"), ("coach", "routine")]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("saved up 600, anything but a kanabo", Budget(None, 600)),
        ("time for a better katana, 700 is the ceiling", Budget(None, 700)),
        ("been saving and have 280 now. which bow", Budget(None, 280)),
        ("I can only pay 300, what then", Budget(None, 300)),
        ("a present for my brother, around 300", Budget(240, 360)),
        ("I have 3 questions about bows", Budget(None, None)),
        ("I've got 20 minutes", Budget(None, None)),
        ("we have 12 people in the dojo", Budget(None, None)),
    ],
)
def test_sums_that_one_has_are_bounds(text: str, bounds: Budget) -> None:
    assert budget(text) == bounds


@pytest.mark.parametrize(
    ("text", "won"),
    [("3 demons beaten this week", True), ("I was beaten", False), ("the demon has beaten me", False)],
)
def test_who_was_beaten(text: str, won: bool) -> None:
    assert outcome(text) is won


def test_counts_and_lengths_among_other_words() -> None:
    assert battles("lost both duels this afternoon") == 2
    assert minutes("one hour, two people, wooden swords") == 60
    assert minutes("1 hour 20 with the bow") == 80


def test_number_one_behind_a_verb_is_a_place(reader: Reader) -> None:
    assert find("draw me with number one").ordinal == 1
    assert find("you are number one").ordinal is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("did it, all thirty minutes", False),
        ("was beaten by a kid with a staff", False),
        ("did it count?", True),
        ("was my fight counted?", True),
    ],
)
def test_reports_that_begin_like_questions(text: str, asks: bool) -> None:
    assert asks_only(text) is asks


@pytest.mark.parametrize(
    ("text", "void"), [("I'm lying in the infirmary", False), ("I'm lying about that", True), ("I am lying", True)]
)
def test_lying_in_bed_takes_nothing_back(text: str, void: bool) -> None:
    assert voids_reports(text) is void


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("buy a Pilgrim Staff for my dad", "order"),
        ("buy oil for my Heron Spear", None),
        ("order a cover for the Kestrel Bow", None),
    ],
)
def test_a_present_is_bought_and_oil_is_no_weapon(reader: Reader, text: str, wish: str | None) -> None:
    assert purchases.wish(reader.read(text)) == wish


def test_a_list_may_have_letters() -> None:
    assert split("a) which bow suits me b) draw me with a bow c) order the Kestrel") == [
        "which bow suits me",
        "draw me with a bow",
        "order the Kestrel",
    ]


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("check in please an leaderboard", "check in please and leaderboard"),
        ("an hour of training", "an hour of training"),
        ("an axe an my points", "an axe and my points"),
        ("an honest word", "an honest word"),
    ],
)
def test_an_before_a_consonant_is_and(reader: Reader, written: str, mended: str) -> None:
    assert reader.mend(written) == mended


def test_one_draws_a_bow_otherwise_than_a_picture() -> None:
    assert "coach:handling" in votes("how do I draw the bow")
    assert "coach:handling" not in votes("how do I draw a portrait")
    assert "quartermaster:status" not in votes("won my match on points")
    assert "refused" not in votes("she has never fought before")


@pytest.mark.parametrize(
    ("told", "asked", "weapon"),
    [
        ("iron maple fans", "what do they cost?", "iron-maple-war-fans"),
        ("", "how much is the Mourning Scythe?", "mourning-scythe"),
    ],
)
def test_the_price_of_what_was_named_is_asked_for(
    reader: Reader, vocabulary: Vocabulary, told: str, asked: str, weapon: str
) -> None:
    background = [judged(reader, told, "statement")] if told else []
    draft = Draft.of(anchored(reader, asked, "recommender"), background)
    (step,) = fill([draft], Antecedents(PlanContext(), vocabulary), vocabulary)
    assert step.weapon == weapon


def test_what_happens_in_two_weeks_without_is_no_plan(reader: Reader, vocabulary: Vocabulary) -> None:
    asked = Draft.of(judged(reader, "what happens if I don't train for two weeks?", "coach", "plan"))
    wanted = Draft.of(judged(reader, "what if you made me a plan for two weeks?", "coach", "plan"))
    steps = fill([asked, wanted], Antecedents(PlanContext(), vocabulary), vocabulary)
    assert [step.intent for step in steps] == ["general", "plan"]


def test_a_rank_that_is_only_told_is_not_asked_for(reader: Reader) -> None:
    told = anchored(reader, "my rank hasn't moved for months", "quartermaster", "status")
    plan = anchored(reader, "I need a training plan of eight weeks", "coach", "plan")
    assert route([told, plan]) == [("coach", "plan")]
    asked = anchored(reader, "what is my rank?", "quartermaster", "status")
    assert route([asked, plan]) == [("quartermaster", "status"), ("coach", "plan")]


def test_the_list_after_an_entry_is_that_of_the_entries(reader: Reader) -> None:
    log = anchored(reader, "log a win from this morning", "quartermaster", "log_battle")
    shown = judged(reader, "show me the list", "quartermaster", "leaderboard")
    assert route([log, shown]) == [("quartermaster", "log_battle"), ("quartermaster", "history")]


def test_can_you_check_asks_for_nothing_more(reader: Reader) -> None:
    late = anchored(reader, "my Longmarch hasn't arrived yet", "quartermaster", "orders")
    check = judged(reader, "Can you check?", "quartermaster", "status")
    assert route([late, check]) == [("quartermaster", "orders")]


def test_prices_of_two_weapons_are_two_questions(reader: Reader) -> None:
    first = anchored(reader, "the price of the Penitent?", "recommender")
    second = anchored(reader, "and of the Temple Bell?", "recommender")
    assert len(route([first, second])) == 2


def test_a_win_that_is_told_as_a_comment_is_the_same_win(reader: Reader) -> None:
    told = judged(reader, "He gave up after five minutes", "quartermaster", "log_battle")
    comment = anchored(reader, "so I won", "quartermaster", "log_battle")
    assert route([told, comment]) == [("quartermaster", "log_battle")]


def test_what_one_thinks_of_buying_is_not_ordered(reader: Reader) -> None:
    assert purchases.wish(reader.read("I'm thinking of buying the Heron Spear")) == "declined"
    assert purchases.wish(reader.read("put in an order for the Heron Spear")) == "order"


def test_an_order_stays_an_order(reader: Reader) -> None:
    assert reader.mend("place an order an all my points") == "place an order an all my points"
    assert reader.mend("an orders please") == "and orders please"
