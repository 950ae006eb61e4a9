"""The prompt: in words that the model knows, bounded, and clean whatever a slayer typed."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hashiramart.seed import style_names, weapons
from ml.artist.prompt import CLIP_TOKENS, NEGATIVE_PROMPT, Prompt, compose, estimate_tokens
from ml.artist.render import caption, words
from ml.artist.render.portrait import CUTS, HAIR, HAORI, PATTERNS, POSES, SCENES, sample


def _any(name: str = "Kaede", scene: str | None = None, pose: str | None = None) -> str:
    return compose(name, "Water", "Tidebreaker Katana", "katana", scene, pose).text


def _own(scene: str | None = None, pose: str | None = None, *, name: str = "Kaede", strength: float = 50) -> Prompt:
    return compose(name, "Water", "Tidebreaker Katana", "katana", scene, pose, strength=strength, own=True)


def test_any_models_prompt_has_the_specifications_form() -> None:
    form = "Kaede, Water Breathing, wielding a katana, the Tidebreaker Katana, anime style, cinematic"
    assert _any().startswith(form)


def test_any_models_prompt_has_the_slayers_own_words_then_pose_and_effect() -> None:
    prompt = _any(scene="facing a dragon in a volcano", pose="guard")
    assert prompt.endswith("cinematic, facing a dragon in a volcano, in a guard stance, ribbons of water")


@pytest.mark.parametrize("scene", [None, "", "   ", "\n\t", " , ; "])
def test_no_scene_leaves_no_comma_hanging(scene: str | None) -> None:
    assert _any(scene=scene) == _any()


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [("axe", "wielding an axe"), ("war fans", "wielding war fans"), ("tonfa", "wielding tonfa"), ("bow", "a bow")],
)
@pytest.mark.parametrize("own", [True, False])
def test_weapon_type_is_said_in_english(kind: str, phrase: str, own: bool) -> None:
    assert f"{phrase}, " in compose("Kaede", "Wind", "Iron Thing", kind, None, None, own=own).text


def test_what_is_not_wanted_goes_to_the_negative_prompt() -> None:
    prompt = compose("Kaede", "Water", "Heron Spear", "spear", "in the woods without rain", None)
    assert "in the woods" in prompt.text
    assert "rain" not in prompt.text
    assert prompt.negative == f"{NEGATIVE_PROMPT}, rain"


def test_a_long_scene_keeps_its_first_whole_words() -> None:
    sentence = "falling petals over a moonlit river beside the burning gate of an old mountain shrine " * 6
    said = sentence.split()
    prompt = _any(scene=sentence)
    scene = prompt.split("cinematic, ")[1].split()
    assert scene == said[: len(scene)]
    assert 10 < len(scene) < len(said)
    assert estimate_tokens(prompt) <= CLIP_TOKENS


def test_a_long_name_keeps_its_first_whole_words() -> None:
    name = "Kaede of the Seven Rivers and the Silent Mountain beyond the Ninth Gate of Wisteria"
    who = _any(name).split(", Water Breathing")[0]
    assert name.startswith(f"{who} ")
    assert who.startswith("Kaede of the Seven Rivers")


@pytest.mark.parametrize("name", ["x" * 80, "Taylor Swift", "Elon Musk the Second"])
def test_an_endless_name_and_a_living_persons_are_replaced(name: str) -> None:
    assert _any(name).startswith("a demon slayer, Water Breathing")


def test_a_long_scene_in_a_script_without_spaces_is_shortened_not_lost() -> None:
    scene = "雪の降る夜の神社で満月の下に立つ" * 4
    kept = _any(scene=scene).split("cinematic, ")[1]
    assert kept
    assert scene.startswith(kept)


def test_control_characters_and_line_breaks_become_spaces() -> None:
    assert _any("Kae\x00de\r\nof\tMist\u202e\u200b").startswith("Kae de of Mist, Water")


def test_a_tokenizer_marker_cannot_end_the_prompt() -> None:
    prompt = _any("Kaede<|endoftext|>", scene="<|startoftext|> rain")
    assert "<|" not in prompt
    assert "cinematic, startoftext rain" in prompt


@given(name=st.text(max_size=200), scene=st.none() | st.text(max_size=500), own=st.booleans())
@example(name="<" * 200, scene="|" * 500, own=False)
@example(name="\ud800", scene="\udfff", own=True)
def test_any_words_give_one_bounded_clean_line(name: str, scene: str | None, own: bool) -> None:
    prompt = compose(name, "Water", "Tidebreaker Katana", "katana", scene, None, own=own)
    assert estimate_tokens(prompt.text) <= CLIP_TOKENS
    assert not any(unicodedata.category(char).startswith("C") for char in prompt.text)
    assert prompt.text == " ".join(prompt.text.split())
    assert "Water Breathing, wielding a katana, " in prompt.text


@pytest.mark.parametrize("own", [True, False])
def test_every_weapon_and_style_of_the_catalogue_is_named_whole_and_leaves_room_for_a_scene(own: bool) -> None:
    for weapon in weapons():
        for style in style_names():
            text = compose("Kaede", style, weapon.name, weapon.type, "at night in the snow", "guard", own=own).text
            assert f"{style} Breathing" in text
            assert weapon.type in text
            assert "in the snow" in text
            assert own or weapon.name in text


def _vocabulary() -> set[str]:
    """Every word of the captions' full form."""
    said = " ".join(caption.canonical(sample(seed)) for seed in range(4000))
    return {word.strip(",").lower() for word in said.split()} | {"by", "day"}


def test_own_checkpoint_is_told_only_words_that_its_captions_have() -> None:
    known = _vocabulary()
    for weapon in weapons():
        for style in style_names():
            text = compose(
                "Sabine of the Tide", style, weapon.name, weapon.type, "a dragon at noon", None, own=True
            ).text
            assert {word.strip(",").lower() for word in text.split()} <= known


def test_own_checkpoint_is_told_what_a_portrait_shows_in_the_captions_own_form() -> None:
    for seed in range(300):
        one = sample(seed)
        looks = words.CUT_WORDS[one.cut][0].format(one.hair), words.PATTERN_WORDS[one.pattern][0].format(one.haori)
        said = ", ".join((words.SCENE_WORDS[one.scene][0], *looks))
        strength = {"slight": 10, "average": 50, "sturdy": 90}[one.build]
        got = compose("x", one.style, "-", one.weapon, said, one.pose, strength=strength, own=True)
        without_hour = caption.canonical(one).replace(" at night", "")
        assert got.text == without_hour
        assert got.passed_over == ()


@pytest.mark.parametrize(
    ("scene", "says", "lacks"),
    [
        ("at night in the pine forest", "in a bamboo grove at night", ""),
        ("on a mountain top by day", "in the mountains by day", ""),
        ("facing a dragon in a volcano", "by a waterfall", "dragon volcano"),
        ("on a burning bridge", "by a waterfall", "burning bridge"),
        ("under a red moon", "under a full moon", "red moon"),
        ("at a temple, in the rain", "in the rain", "temple"),
        ("with long blonde hair and a red kimono with flames", "long blond hair, a red haori with flames", ""),
        ("leaping over the river", "by a waterfall, leaping", ""),
        ("darker", "by a waterfall at night", ""),
        ("without rain", "by a waterfall", ""),
    ],
)
def test_own_checkpoint_is_told_what_it_can_draw_and_the_rest_is_named(scene: str, says: str, lacks: str) -> None:
    prompt = _own(scene)
    assert says in prompt.text
    assert " ".join(prompt.passed_over) == lacks


def test_a_slayer_looks_the_same_on_all_of_their_pictures_and_as_they_say() -> None:
    one, two = _own("at a temple"), _own("in the rain", "guard")
    assert one.text.split(", ")[-3:] == two.text.split(", ")[-3:]
    assert len({_own(name=name).text for name in ("Kaede", "Ren", "Mika", "Aoi", "Sora")}) == 5
    assert "short white hair" in _own("with short silver hair").text


def test_strength_shows_in_the_build() -> None:
    builds = [_own(strength=strength).text.rsplit(", ", 1)[1] for strength in (10, 50, 90)]
    assert builds == ["slight build", "average build", "sturdy build"]


@pytest.mark.parametrize("pose", POSES)
def test_every_pose_is_said(pose: str) -> None:
    assert words.POSE_WORDS[pose][0] in _own(pose=pose).text
    assert words.POSE_WORDS[pose][0] in _any(pose=pose)


def test_a_weapon_that_the_own_checkpoint_never_saw_is_named_as_passed_over() -> None:
    assert compose("Kaede", "Water", "Old Halberd", "halberd", None, None, own=True).passed_over == ("halberd",)


def test_negative_prompt_fits_the_window() -> None:
    assert estimate_tokens(NEGATIVE_PROMPT) <= CLIP_TOKENS


def test_captions_vocabulary_has_words_for_everything_that_is_drawn() -> None:
    assert set(words.SCENE_WORDS) == set(SCENES)
    assert set(words.CUT_WORDS) == set(CUTS)
    assert set(words.PATTERN_WORDS) == set(PATTERNS)
    assert HAIR
    assert HAORI


def test_importing_the_artist_loads_no_heavy_library() -> None:
    code = "import sys, ml.artist.engine, ml.artist.prompt; print({'torch', 'diffusers', 'PIL'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
