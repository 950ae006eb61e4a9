"""Words, stems and sentences."""

from __future__ import annotations

import pytest

from knowledge.words import sentences, stem, terms, words


@pytest.mark.parametrize(
    "family",
    [
        ("oil", "oils", "oiled", "oiling"),
        ("sharpen", "sharpens", "sharpened", "sharpening"),
        ("store", "stores", "stored", "storing"),
        ("dry", "dries", "dried", "drying"),
        ("wrap", "wraps", "wrapped", "wrapping"),
        ("edge", "edges", "edged"),
        ("rust", "rusts", "rusty", "rusted"),
        ("crack", "cracks", "cracked", "cracking"),
    ],
)
def test_forms_of_a_word_share_a_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("string", "strike"), ("oil", "foil"), ("axe", "ash"), ("step", "steel"), ("peg", "pig")]
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_contractions_and_possessives_lose_their_ending() -> None:
    assert words("The slayer's blade isn't mine") == ["the", "slayer", "blade", "isn", "mine"]


def test_terms_leave_out_words_without_meaning_and_keep_numbers() -> None:
    assert terms("How often should I oil it, every 20 bouts?") == ["oil", "20", "bout"]


def test_sentences_end_at_stops_and_at_list_items_but_not_inside_numbers() -> None:
    text = "It weighs 1.15 kg. Lift it!\n\n- Wipe **dry**\n- Oil: two drops.\n1. Sheathe it.\nThen rest."
    assert sentences(text) == [
        "It weighs 1.15 kg.",
        "Lift it!",
        "Wipe dry",
        "Oil: two drops.",
        "Sheathe it.",
        "Then rest.",
    ]


def test_a_wrapped_paragraph_is_joined() -> None:
    assert sentences("Keep the blade\ndry at all times.") == ["Keep the blade dry at all times."]
