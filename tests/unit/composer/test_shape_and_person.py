"""Whom an answer is for, how long it should be, and what it leaves behind: personal lines, shapes, quiz and trace."""

from __future__ import annotations

import json
import re

import pytest

from agents.composer.models import Activity, Bout, CoachAnswer
from agents.composer.prose import plain
from tests.unit.composer.conftest import Asking

SPEAR = "heron-spear"
LOST = Activity(bouts=(Bout(SPEAR, won=False, hours_ago=50), Bout(SPEAR, won=True, hours_ago=90)))
WON = Activity(bouts=(Bout(SPEAR, won=True, hours_ago=10), Bout(SPEAR, won=False, hours_ago=50)))


def words(answer: CoachAnswer) -> int:
    return len(re.sub(r"\[\d+\]", "", answer.reply).split())


def drills(answer: CoachAnswer) -> list[str]:
    return [drill["name"] for drill in answer.blocks[0]["drills"]]


def test_a_lost_bout_with_the_weapon_is_taken_up_with_cited_advice(ask: Asking) -> None:
    answer = ask("a 15-minute routine", weapon=SPEAR, owned=[SPEAR], activity=LOST)
    (line,) = [line for line in answer.reply.splitlines() if "lost your last bout" in line]
    assert line.startswith("You lost your last bout with your **Heron Spear** two days ago. ")
    assert re.search(r"Return to light training within two days .+ \[\d\]\.$", line)
    assert "guides/mindset.md" in {citation.source for citation in answer.citations}


@pytest.mark.parametrize(
    "activity",
    [WON, Activity(bouts=(Bout("kestrel-bow", won=False, hours_ago=5),)), Activity(), None],
)
def test_no_bout_is_taken_up_that_was_won_since_or_fought_with_another_weapon(
    ask: Asking, activity: Activity | None
) -> None:
    assert "lost your last bout" not in ask("a 15-minute routine", weapon=SPEAR, activity=activity).reply


def test_much_training_today_brings_rest_and_a_lighter_session(ask: Asking) -> None:
    usual = ask("a 30-minute routine", weapon=SPEAR, style="Water", level=30)
    tired = ask("a 30-minute routine", weapon=SPEAR, style="Water", level=30, activity=Activity(minutes_today=150))
    assert "You have trained 150 minutes in the last 24 hours" in tired.reply
    assert "guides/injuries-and-rest.md" in {citation.source for citation in tired.citations}
    longest = [max(drill["minutes"] for drill in answer.blocks[0]["drills"]) for answer in (usual, tired)]
    assert longest[1] <= longest[0]
    assert drills(tired) != drills(usual)
    assert sum(drill["minutes"] for drill in tired.blocks[0]["drills"]) == 30


def test_a_recruit_gets_few_rounds_and_a_master_the_long_drills(ask: Asking) -> None:
    recruit = ask("a 60-minute routine", weapon=SPEAR, style="Water", level=3)
    master = ask("a 60-minute routine", weapon=SPEAR, style="Water", level=80)
    assert "At level 3, start with" in recruit.reply
    assert "At level" not in master.reply
    assert drills(recruit) != drills(master)
    listed = ask("what drills are there?", weapon=SPEAR, style="Water", level=80).reply
    minutes = [int(number) for number in re.findall(r"^- \*\*.+?\*\*, (\d+) minutes", listed, re.MULTILINE)]
    assert minutes[0] == 20


def test_a_fact_about_the_slayer_is_said_only_where_it_is_known(ask: Asking) -> None:
    assert "streak" not in ask("motivate me").reply
    assert "This is day 12 of your streak." in ask("motivate me", activity=Activity(streak=12)).reply


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("how do I look after it?", "maintenance"),
        ("how do I handle it?", "handling"),
        ("what drills are there?", "drills"),
        ("a 20-minute routine", "routine"),
        ("how do I stay safe with it?", "safety"),
        ("tell me about it", "overview"),
    ],
)
def test_shorter_is_shorter_and_longer_is_longer_and_both_are_cited(ask: Asking, text: str, intent: str) -> None:
    usual, short, long = (
        ask(text, weapon=SPEAR, intent=intent, style="Water", level=20, shape=shape)
        for shape in (None, "shorter", "longer")
    )
    assert words(short) < words(usual) < words(long)
    assert short.citations
    assert {citation.section for citation in usual.citations} < {citation.section for citation in long.citations}


def test_a_short_care_answer_has_three_items_at_most(ask: Asking) -> None:
    short = ask("how do I look after it?", weapon=SPEAR, intent="maintenance", shape="shorter")
    assert 1 <= len(re.findall(r"^(?:-|\d+\.) ", short.reply, re.MULTILINE)) <= 3


def test_simpler_leaves_out_the_side_remarks(ask: Asking) -> None:
    text = "may I block with the middle of the shaft?"
    assert "because ash springs back" in ask(text, weapon=SPEAR).reply
    simple = ask(text, weapon=SPEAR, shape="simpler").reply
    assert "Avoid hard blocks with the middle of the shaft [1]." in simple
    assert "because" not in simple


def test_a_plain_sentence_keeps_its_sense() -> None:
    assert (
        plain("Avoid hard blocks, because ash splits.") == "Avoid hard blocks, because ash splits."
    )  # too little left
    assert plain("Dry the head with a cloth, since salt starts rust!") == "Dry the head with a cloth!"
    assert plain("Wipe it, oil it and hang it up.") == "Wipe it, oil it and hang it up."


@pytest.mark.parametrize("text", ["quiz me on my spear", "test me on the heron spear"])
def test_a_quiz_asks_three_questions_and_answers_them_below_cited(ask: Asking, text: str) -> None:
    answer = ask(text, owned=[SPEAR])
    asked, answers = answer.reply.split("**Answers**")
    assert len(re.findall(r"^- \*\*\d\.\*\*", asked, re.MULTILINE)) == 3
    lines = [line for line in answers.splitlines() if line.startswith("- ")]
    assert len(lines) == 3
    assert all(re.search(r" \[\d\]\.$", line) for line in lines)
    assert {citation.source for citation in answer.citations} == {f"manuals/{SPEAR}.md"}
    assert "[" not in asked.replace("[1]", "")


def test_a_quiz_in_other_words_asks_other_things(ask: Asking) -> None:
    replies = {ask(f"quiz me, round {number}", weapon=SPEAR, intent="quiz").reply for number in range(8)}
    assert len(replies) > 3


def test_a_quiz_without_any_weapon_is_about_the_guides(ask: Asking) -> None:
    answer = ask("quiz me")
    assert answer.found
    assert answer.citations
    assert all(citation.weapon is None for citation in answer.citations)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("how often must I repaint it?", None),
        ("how do I electroplate the head?", "handling"),
        ("which accessory measures the temperature?", "accessories"),
        ("what is the melting point of the bronze?", "overview"),
        ("is it safe against earthquakes?", "safety"),
        ("it plays music on Sundays", "troubleshooting"),
        ("how do I swap the batteries?", "maintenance"),
        ("what does the shoe cost?", "general"),
    ],
)
def test_every_kind_of_answer_says_in_its_first_sentence_that_the_manual_is_silent(
    ask: Asking, text: str, intent: str | None
) -> None:
    answer = ask(text, weapon=SPEAR, intent=intent)
    assert not answer.found
    first = re.split(r"(?<=[.!?]) ", answer.reply)[0]
    assert re.search(r"does not say|do not say|sets no interval|does not describe", first), answer.reply


def test_the_trace_tells_what_was_searched_found_and_used(ask: Asking) -> None:
    answer = ask("how thick is the shaft?", weapon=SPEAR)
    trace = json.loads(json.dumps(answer.trace))
    assert trace["asked"] == "how thick is the shaft?"
    assert (trace["weapon"], trace["engine"], trace["found"]) == (SPEAR, "embedded", True)
    assert "holds what was asked for" in trace["why"]
    assert [used["n"] for used in trace["used"]] == [citation.n for citation in answer.citations]
    own = next(search for search in trace["searches"] if search["weapon"] == SPEAR)
    assert 1 <= len(own["hits"]) <= 10
    assert set(own["hits"][0]) == {"source", "section", "dense_rank", "lexical_rank", "similarity"}
    assert trace["dropped"] == []


def test_the_trace_of_a_silence_says_what_is_missing(ask: Asking) -> None:
    trace = ask("what does a new shoe cost?", weapon=SPEAR).trace
    assert not trace["found"]
    assert "does not hold what was asked for" in trace["why"]
