"""Whole answers over the real manuals."""

from __future__ import annotations

import re

import pytest

from agents.composer.models import CoachAnswer
from hashiramart.seed import weapons
from knowledge import parts
from knowledge.store import Library
from knowledge.words import sentences, words
from tests.unit.composer.conftest import Asking

SPEAR, KATANA, BOW = "heron-spear", "tidebreaker-katana", "kestrel-bow"

_OWN_LEADS = re.compile(r"^.*(?:\*\*:?|For your level:|is this:|lists that as)")


def sources(answer: CoachAnswer) -> set[str]:
    return {citation.source for citation in answer.citations}


def check_citations(answer: CoachAnswer) -> None:
    """Markers and citations agree, and what stands before a marker is in the cited passage."""
    marked = {int(number) for number in re.findall(r"\[(\d+)\]", answer.reply)}
    assert marked == {citation.n for citation in answer.citations}
    assert sorted(marked) == list(range(1, len(marked) + 1))
    texts = {citation.n: " ".join(words(f"{citation.section} {citation.text}")) for citation in answer.citations}
    for sentence, number in quoted(answer.reply):
        assert " ".join(words(sentence)) in texts[number], sentence


def quoted(reply: str) -> list[tuple[str, int]]:
    """The (sentence, citation number) pairs of a reply that claim a passage's own words.

    Lists of materials and the summaries of drills are put into other words, so they are left out.
    """
    found = []
    for line in reply.splitlines():
        if line.startswith(("**You need", "|", "> ")) or re.match(r"\*\*\d|- \*\*.+\*\*, \d+ minutes?:", line):
            continue
        for segment, number in re.findall(r"([^\[\]]+) \[(\d+)\]", line):
            said = _OWN_LEADS.sub("", sentences(re.sub(r"^[.!?;:,]+ ", "", segment))[-1])
            if "it was made for" not in said:  # said of the styles that the overview names
                found.append((said, int(number)))
    return found


@pytest.mark.parametrize("weapon", [weapon.slug for weapon in weapons()])
@pytest.mark.parametrize(
    "intent", ["maintenance", "how_often", "handling", "drills", "safety", "accessories", "overview", "routine"]
)
def test_every_manual_answers_every_kind_of_question_from_itself(ask: Asking, weapon: str, intent: str) -> None:
    answer = ask("tell me more", weapon=weapon, intent=intent, style="Water", level=5)
    assert answer.found
    assert f"manuals/{weapon}.md" in sources(answer)
    assert {source for source in sources(answer) if source.startswith("manuals/")} == {f"manuals/{weapon}.md"}
    assert quoted(answer.reply)
    check_citations(answer)


def test_care_gives_a_lead_steps_materials_and_intervals_all_cited(ask: Asking) -> None:
    answer = ask("how do I look after it?", weapon=SPEAR, intent="maintenance", owned=[SPEAR])
    assert answer.reply.startswith("Here is how to look after your **Heron Spear**.")
    assert "\n1. " in answer.reply
    assert "**You need:**" in answer.reply
    assert "**How often:**" in answer.reply
    assert {citation.section for citation in answer.citations} == {
        "Maintenance > Steps",
        "Maintenance > Materials",
        "Maintenance > Intervals",
    }
    for line in answer.reply.splitlines():
        if re.match(r"(?:\d+\.|-) ", line):
            assert re.search(r" \[\d+\][.!]$", line), line


def test_a_task_of_care_is_pointed_out(ask: Asking) -> None:
    answer = ask("how do I oil it?", weapon=KATANA)
    lead = answer.reply.splitlines()[0]
    assert (match := re.search(r"Oiling comes in steps? ([\d, and]+)\.", lead))
    steps = dict(re.findall(r"^(\d+)\. (.+)$", answer.reply, re.MULTILINE))
    assert all("oil" in steps[number].lower() for number in re.findall(r"\d+", match.group(1)))


def test_a_task_that_the_manual_does_not_know_is_said_to_be_unknown(ask: Asking) -> None:
    answer = ask("how do I replace its batteries?", weapon=KATANA, intent="maintenance")
    assert not answer.found
    assert "does not say anything about" in answer.reply
    check_citations(answer)


def test_how_often_that_gives_every_interval_of_the_same_manual(ask: Asking, library: Library) -> None:
    answer = ask("how often should I do that?", weapon=KATANA, intent="how_often")
    lines = [
        line.do
        for passage in library.shelf().under(weapon=KATANA, section="Maintenance")
        if passage.name == "Intervals"
        for line in parts.intervals(passage)
    ]
    assert sources(answer) == {f"manuals/{KATANA}.md"}
    assert len(re.findall(r"^- ", answer.reply, re.MULTILINE)) == len(lines) >= 4


def test_how_often_oil_puts_the_intervals_about_oil_first(ask: Asking) -> None:
    answer = ask("how often should I oil it?", weapon=KATANA)
    first = next(line for line in answer.reply.splitlines() if line.startswith("- "))
    assert "oil" in first
    assert "The rest of its care:" in answer.reply


def test_how_often_for_what_has_no_interval_says_so(ask: Asking) -> None:
    answer = ask("how often should I sharpen it?", weapon=SPEAR)
    assert not answer.found
    assert "sets no interval for sharpening" in answer.reply


@pytest.mark.parametrize("minutes", [1, 2, 3, 5, 7, 8, 10, 12, 15, 18, 20, 25, 30, 37, 45, 60, 90, 120])
@pytest.mark.parametrize(
    ("weapon", "style", "level"), [(SPEAR, "Water", 8), ("penitent-chain-flail", "Stone", 60), (None, "Thunder", 20)]
)
def test_a_routine_lasts_exactly_as_long_as_asked(
    ask: Asking, minutes: int, weapon: str | None, style: str, level: int
) -> None:
    answer = ask("a routine please", intent="routine", minutes=minutes, weapon=weapon, style=style, level=level)
    (block,) = answer.blocks
    assert block["type"] == "routine"
    assert block["minutes"] == minutes == sum(drill["minutes"] for drill in block["drills"])
    assert all(drill["steps"] and drill["focus"] and drill["source"] for drill in block["drills"])
    assert f"session of {minutes} minute" in answer.reply
    check_citations(answer)


def test_a_routine_warms_up_first_and_suits_the_style(ask: Asking, library: Library) -> None:
    answer = ask("a 20-minute routine", weapon=SPEAR, style="Water", level=30)
    names = [drill["name"].split(" (")[0] for drill in answer.blocks[0]["drills"]]
    found = {passage.name: parts.drill(passage) for passage in library.shelf().passages if parts.drill(passage)}
    assert answer.blocks[0]["drills"][0]["source"] == "guides/breathing-warmups.md"
    assert all("Water" in found[name].styles or not found[name].styles for name in names)  # type: ignore[union-attr]


def test_a_recruit_hears_the_manuals_word_for_recruits_and_a_veteran_does_not(ask: Asking) -> None:
    recruit = ask("a 15-minute routine", weapon=SPEAR, style="Water", level=8)
    veteran = ask("a 15-minute routine", weapon=SPEAR, style="Water", level=40)
    assert "level 10" in recruit.reply
    assert "level 10" not in veteran.reply


def test_a_request_without_end_is_cut_and_says_so(ask: Asking) -> None:
    answer = ask("train me for 1000 minutes", weapon=SPEAR, intent="routine", minutes=1000)
    assert "You asked for 1000 minutes" in answer.reply
    assert answer.blocks[0]["minutes"] == 240


def test_minutes_are_read_from_the_words_and_a_quote_added_on_request(ask: Asking) -> None:
    answer = ask(
        "Provide a 5-minute daily routine and one motivational quote.", style="Water", owned=[KATANA], level=12
    )
    assert answer.blocks[0]["minutes"] == 5
    assert answer.blocks[0]["weapon"] == KATANA
    assert '\n> "' in answer.reply
    assert "guides/quotes.md" in sources(answer)


def test_drills_put_the_slayers_style_first(ask: Asking) -> None:
    answer = ask("what drills are there?", weapon=BOW, style="Thunder", level=30)
    first = next(line for line in answer.reply.splitlines() if line.startswith("- "))
    assert "Thunder" in first
    assert "Start with **" in answer.reply


def test_footwork_needs_no_weapon(ask: Asking) -> None:
    answer = ask("how do I improve my footwork?", style="Water")
    assert sources(answer) == {"guides/footwork.md"}


def test_handling_opens_with_the_sentence_for_the_style_and_fits_the_question(ask: Asking) -> None:
    answer = ask("how do I thrust?", weapon=SPEAR, style="Water", level=50)
    assert "Water Breathing users" in answer.reply.split("**Peck and lift**", maxsplit=1)[0]
    assert "level 10" not in answer.reply
    check_citations(answer)


@pytest.mark.parametrize(
    ("text", "weapon", "symptom"),
    [
        ("the sword won't come out of the scabbard, it sticks", KATANA, "sticks when I draw"),
        ("rain runs down to my hands", SPEAR, "Water runs down to my grip"),
        ("there are brown spots near the collar", KATANA, "Brown spots appear"),
    ],
)
def test_a_symptom_in_other_words_finds_its_cause_and_fix(ask: Asking, text: str, weapon: str, symptom: str) -> None:
    answer = ask(text, weapon=weapon, intent="troubleshooting")
    assert answer.found
    assert symptom in answer.reply
    assert "**Cause:**" in answer.reply
    assert "**Fix:**" in answer.reply
    check_citations(answer)


def test_a_symptom_that_no_manual_describes_is_not_made_to_fit(ask: Asking) -> None:
    answer = ask("it plays music and turns green on Sundays", weapon=SPEAR, intent="troubleshooting")
    assert not answer.found
    assert "does not describe that problem" in answer.reply
    assert "**Fix:**" not in answer.reply


def test_a_comparison_is_a_table_of_both_manuals(ask: Asking) -> None:
    answer = ask("compare the Heron Spear and the Gatewarden Spear", style="Water")
    (block,) = answer.blocks
    assert block["type"] == "table"
    assert block["columns"] == ["", "Heron Spear", "Gatewarden Spear"]
    assert ["Weight", "1.70 kg", "2.20 kg"] in block["rows"]
    assert sources(answer) == {"manuals/heron-spear.md", "manuals/gatewarden-spear.md"}
    assert "The lighter of the two, by 0.50 kg: the **Heron Spear**." in answer.reply
    assert "| Weight | 1.70 kg [1] | 2.20 kg [2] |" in answer.reply


def test_a_comparison_takes_resolved_weapons_types_and_owned_ones(ask: Asking) -> None:
    assert ask("which is better?", intent="compare", weapon=SPEAR, other_weapon=BOW).blocks[0]["columns"][1:] == [
        "Heron Spear",
        "Kestrel Bow",
    ]
    assert ask("compare two spears", style="Water").blocks[0]["columns"][1] == "Heron Spear"
    assert ask("compare my weapons", owned=[SPEAR, BOW]).blocks[0]["columns"][1:] == ["Heron Spear", "Kestrel Bow"]


@pytest.mark.parametrize(
    "known",
    [{"weapon": SPEAR}, {}, {"weapon": SPEAR, "other_weapon": SPEAR}, {"weapon": SPEAR, "other_weapon": "nope"}],
)
def test_a_comparison_with_one_weapon_asks_for_the_other(ask: Asking, known: dict[str, str]) -> None:
    answer = ask("compare", intent="compare", **known)
    assert not answer.found
    assert answer.reply.endswith("?")


def test_a_defeat_gets_a_quote_for_defeats_and_advice(ask: Asking, library: Library) -> None:
    answer = ask("I lost my fight today", name="Aki")
    quotes = [
        quote.text
        for p in library.shelf().under(source="guides/quotes.md")
        if p.name == "After a defeat"
        for quote in parts.quotes(p)
    ]
    assert any(quote in answer.reply for quote in quotes)
    assert answer.reply.startswith("Aki, ")
    assert "guides/mindset.md" in sources(answer)


def test_the_same_words_get_the_same_quote_and_others_vary(ask: Asking) -> None:
    assert ask("give me a quote").reply == ask("give me a quote").reply
    assert len({ask(f"give me a motivational quote, number {number}").reply for number in range(12)}) > 4


@pytest.mark.parametrize(
    ("text", "weapon", "says", "source"),
    [
        ("how much sleep do I need?", None, "seven to nine hours", "guides/injuries-and-rest.md"),
        ("what do I do about blisters?", None, "Leave a small blister closed", "guides/injuries-and-rest.md"),
        ("what humidity should the weapon room have?", None, "45 and 60 percent", "guides/storage-and-transport.md"),
        ("how long is the blade?", KATANA, "71 cm", f"manuals/{KATANA}.md"),
        ("how thick is the shaft?", SPEAR, "26 mm", f"manuals/{SPEAR}.md"),
    ],
)
def test_a_plain_question_is_answered_from_the_right_place(
    ask: Asking, text: str, weapon: str | None, says: str, source: str
) -> None:
    answer = ask(text, weapon=weapon, intent="general")
    assert answer.found
    assert says in answer.reply
    assert source in sources(answer)


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("how much does a new scabbard cost?", KATANA),
        ("who forged the blade?", KATANA),
        ("what does the warranty cover?", KATANA),
        ("what colour is the tassel?", SPEAR),
        ("how loud is it in decibels?", "penitent-chain-flail"),
        ("what is the capital of France?", None),
        ("who won the war of the clans?", None),
        ("how do I install python?", None),
    ],
)
def test_what_the_manuals_do_not_hold_is_not_answered(ask: Asking, text: str, weapon: str | None) -> None:
    answer = ask(text, weapon=weapon, intent="general")
    assert not answer.found
    assert "does not say" in answer.reply or "do not say" in answer.reply
    check_citations(answer)


@pytest.mark.parametrize(
    "intent", ["maintenance", "how_often", "troubleshooting", "accessories", "handling", "overview", "safety"]
)
def test_without_a_weapon_the_coach_asks_which_one(ask: Asking, intent: str) -> None:
    answer = ask("tell me about it", intent=intent, owned=[SPEAR, BOW])
    assert not answer.found
    assert answer.reply == "Which weapon do you mean: your Heron Spear or Kestrel Bow?"


def test_a_weapon_without_a_manual_is_not_answered_from_another(ask: Asking) -> None:
    for intent in ("maintenance", "general", "routine", "compare", "how_often"):
        answer = ask("how do I oil it?", weapon="dragon-katana", intent=intent)
        assert not any(citation.weapon for citation in answer.citations), intent


def test_a_whole_kind_is_answered_from_one_manual_that_is_named(ask: Asking) -> None:
    answer = ask("how do I care for a naginata?", style="Wind")
    assert sources(answer) == {"manuals/gale-crescent-naginata.md"}
    assert "from the manual of the Gale Crescent Naginata" in answer.reply


@pytest.mark.parametrize(
    "text", ["", "   ", "???", "x" * 20_000, "日本刀の手入れ", "<script>alert(1)</script>", "| a | b |\n# heading"]
)
def test_odd_questions_get_an_answer_and_no_echo(ask: Asking, text: str) -> None:
    answer = ask(text)
    assert answer.reply
    assert "<script>" not in answer.reply
    assert len(answer.reply) < 5_000


def test_an_empty_library_says_how_to_fill_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    from agents.composer.answer import compose
    from agents.composer.models import CoachQuestion
    from hashiramart.config import Settings
    from knowledge.store import open_library
    from tests.library import real_embedder

    empty = open_library(Settings(home=tmp_path_factory.mktemp("empty")), real_embedder())
    answer = compose(CoachQuestion("how do I oil it?", weapon=SPEAR), empty.shelf())
    empty.close()
    assert not answer.found
    assert "hashira ingest" in answer.reply


@pytest.mark.parametrize("text", ["my Heron Spear and I have 13 minutes", "five minutes of Heron Spear please"])
def test_time_for_a_weapon_is_a_routine_of_that_time(ask: Asking, text: str) -> None:
    answer = ask(text, intent="overview", weapon=SPEAR)
    block = next(block for block in answer.blocks if block["type"] == "routine")
    assert block["minutes"] == (13 if "13" in text else 5)
    assert sum(drill["minutes"] for drill in block["drills"]) == block["minutes"]


def test_time_to_spend_is_care_only_where_care_is_named(ask: Asking) -> None:
    wish = ask("Ten minutes until the bell, what can I do with the Heron Spear?", intent="maintenance", weapon=SPEAR)
    assert [block["minutes"] for block in wish.blocks] == [10]
    care = ask("I have ten minutes to clean the Heron Spear, how?", intent="maintenance", weapon=SPEAR)
    assert care.blocks == []
