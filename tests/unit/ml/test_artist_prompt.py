"""The prompt: the specification's form, bounded, and clean whatever a slayer typed."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hashiramart.seed import style_names, weapons
from ml.artist.prompt import CLIP_TOKENS, NEGATIVE_PROMPT, compose_prompt, estimate_tokens


def _prompt(name: str = "Kaede", scene: str | None = None) -> str:
    return compose_prompt(name, "Water", "Tidebreaker Katana", "katana", scene)


def test_prompt_has_the_specifications_form() -> None:
    assert _prompt() == "Kaede, Water Breathing, wielding a katana, the Tidebreaker Katana, anime style, cinematic"


def test_scene_follows_at_the_end() -> None:
    assert _prompt(scene="night temple in the snow").endswith(", anime style, cinematic, night temple in the snow")


@pytest.mark.parametrize("scene", [None, "", "   ", "\n\t", " , ; "])
def test_no_scene_leaves_no_comma_hanging(scene: str | None) -> None:
    assert _prompt(scene=scene) == _prompt()


@pytest.mark.parametrize(
    ("kind", "phrase"), [("axe", "wielding an axe"), ("war fans", "wielding war fans"), ("tonfa", "wielding a tonfa")]
)
def test_weapon_type_is_said_in_english(kind: str, phrase: str) -> None:
    assert f", {phrase}, " in compose_prompt("Kaede", "Wind", "Iron Thing", kind, None)


def test_a_long_scene_keeps_its_first_whole_words() -> None:
    sentence = "falling petals over a moonlit river beside the burning gate of an old mountain shrine " * 6
    words = sentence.split()
    prompt = _prompt(scene=sentence)
    scene = prompt.split("cinematic, ")[1].split()
    assert scene == words[: len(scene)]
    assert 10 < len(scene) < len(words)
    assert estimate_tokens(prompt) <= CLIP_TOKENS


def test_a_long_name_keeps_its_first_whole_words() -> None:
    name = "Kaede of the Seven Rivers and the Silent Mountain beyond the Ninth Gate of Wisteria"
    who = _prompt(name).split(", Water Breathing")[0]
    assert name.startswith(f"{who} ")
    assert who.startswith("Kaede of the Seven Rivers")


def test_a_name_of_one_endless_word_is_replaced_and_not_cut() -> None:
    assert _prompt("x" * 80).startswith("a demon slayer, Water Breathing")


def test_a_long_scene_in_a_script_without_spaces_is_shortened_not_lost() -> None:
    scene = "雪の降る夜の神社で満月の下に立つ" * 4
    kept = _prompt(scene=scene).split("cinematic, ")[1]
    assert kept
    assert scene.startswith(kept)


def test_control_characters_and_line_breaks_become_spaces() -> None:
    assert _prompt("Kae\x00de\r\nof\tMist\u202e\u200b").startswith("Kae de of Mist, Water")


def test_a_tokenizer_marker_cannot_end_the_prompt() -> None:
    prompt = _prompt("Kaede<|endoftext|>", scene="<|startoftext|> rain")
    assert "<|" not in prompt
    assert prompt.endswith("rain")


@given(name=st.text(max_size=200), scene=st.none() | st.text(max_size=500))
@example(name="<" * 200, scene="|" * 500)
@example(name="\ud800", scene="\udfff")
def test_any_words_give_one_bounded_clean_line(name: str, scene: str | None) -> None:
    prompt = _prompt(name, scene)
    assert estimate_tokens(prompt) <= CLIP_TOKENS
    assert not any(unicodedata.category(char).startswith("C") for char in prompt)
    assert prompt == " ".join(prompt.split())
    assert "Water Breathing, wielding a katana, the Tidebreaker Katana, anime style, cinematic" in prompt


def test_every_weapon_and_style_of_the_catalogue_is_named_whole_and_leaves_room_for_a_scene() -> None:
    for weapon in weapons():
        for style in style_names():
            prompt = compose_prompt("Kaede", style, weapon.name, weapon.type, "night temple in the snow")
            assert f"{style} Breathing" in prompt
            assert weapon.name in prompt
            assert prompt.endswith("night temple in the snow")


def test_negative_prompt_fits_the_window() -> None:
    assert estimate_tokens(NEGATIVE_PROMPT) <= CLIP_TOKENS


def test_importing_the_artist_loads_no_heavy_library() -> None:
    code = "import sys, ml.artist.engine, ml.artist.prompt; print({'torch', 'diffusers', 'PIL'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
