"""What a language model was told is nobody's to read, not even among the words that were held back."""

from __future__ import annotations

from agents.grounding.prompt import tells_its_instructions


def test_a_repetition_of_the_instructions_is_told() -> None:
    assert tells_its_instructions("I was told: You are the AI Combat Coach of HashiraMart, a shop for demon slayers.")
    assert tells_its_instructions("answer only from the passages below, and")


def test_words_about_weapons_are_none() -> None:
    assert not tells_its_instructions("Soak it in bleach every hour [1]. Then hang it from a tree for 40 years.")
