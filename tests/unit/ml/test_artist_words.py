"""Reading a slayer's words about a picture, and refusing those that nobody should paint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashiramart.errors import InvalidInput
from ml.artist import deny, lexicon
from ml.artist.reading import joined_scene, read
from ml.artist.render import words
from ml.artist.render.portrait import POSES, SCENES, STYLES


@pytest.mark.parametrize(("scene", "choices"), words.SCENE_WORDS.items())
def test_every_word_that_a_caption_has_for_a_scene_is_read_as_that_scene(scene: str, choices: tuple[str, ...]) -> None:
    misread = {each: read(each, "Love").scene for each in choices}
    # A caption's word may fit two scenes: the nearer one counts.
    allowed = {"in spring", "above a valley", "before snowy peaks", "in an autumn forest", "in a snowy forest"}
    assert {each: got for each, got in misread.items() if got != scene and each not in allowed} == {}


@pytest.mark.parametrize(("pose", "choices"), words.POSE_WORDS.items())
def test_every_word_that_a_caption_has_for_a_pose_is_read_as_that_pose(pose: str, choices: tuple[str, ...]) -> None:
    assert {each: lexicon.find_pose(each) for each in choices} == dict.fromkeys(choices, pose)


def test_lexicon_knows_all_that_the_renderer_draws() -> None:
    assert set(lexicon.SCENES) == set(SCENES)
    assert set(lexicon.POSES) == set(POSES)
    assert set(lexicon.EFFECTS) == set(STYLES)


@pytest.mark.parametrize(
    ("said", "pose"),
    [
        ("in a low guard", "guard"),
        ("standing on a bridge, ready to fight", "guard"),
        ("jumping from roof to roof", "leaping"),
        ("down on one knee", "kneeling"),
        ("charging at a demon", "running"),
        ("with my blade raised above my head", "high strike"),
        ("in the snow", None),
        ("under guarded gates", None),
    ],
)
def test_poses_in_a_slayers_words(said: str, pose: str | None) -> None:
    assert lexicon.find_pose(said) == pose


def test_the_effect_of_the_own_style_is_drawn_and_that_of_another_is_not() -> None:
    assert read("surrounded by flames", "Flame").passed_over == ()
    assert read("surrounded by flames", "Water").passed_over == ("flames",)


@pytest.mark.parametrize(
    ("before", "more", "joined"),
    [
        ("in the snow", "at night", "in the snow, at night"),
        ("at sunset beside a waterfall", "darker", "beside a waterfall, darker"),
        ("night temple in the snow", "by day", "temple, in the snow, by day"),
        ("in the snow", "with rain", "with rain"),
        ("at a temple", "in a forest", "in a forest"),
        ("under a full moon in a forest", "without the moon", "in a forest"),
        ("with long red hair, at night", "with short black hair", "at night, with short black hair"),
        ("at a temple", "with a dragon", "at a temple, with a dragon"),
        (None, "darker", "darker"),
        ("at night", None, "at night"),
        (None, None, None),
    ],
)
def test_what_is_said_anew_takes_the_place_of_what_it_settles(
    before: str | None, more: str | None, joined: str | None
) -> None:
    assert joined_scene(before, more) == joined


@given(before=st.none() | st.text(max_size=120), more=st.none() | st.text(max_size=120))
def test_joining_any_words_never_fails(before: str | None, more: str | None) -> None:
    joined_scene(before, more)
    read(before or "", "Water")


@pytest.mark.parametrize(
    "said",
    [
        "under a blood moon", "slaying a demon", "killing a demon at night", "a bloody moon", "blood red sunset",
        "with a naked blade",
        "cock-crow at dawn", "Sussex hills", "breastplate shining", "shooting stars", "a dead tree", "ghosts in the mist",
        "hanging lanterns",
        "a children's festival at night", "with my daughter in the snow", "assassin in the dark", "in 7 days 4 nights",
        "pussy willows by the river",
        "Tanjiro and me", "executing a perfect cut", "chin strap", "as a boy in a village", "Scunthorpe",
        "striking a training post", "analysis",
        "grape harvest", "the Serpent Fang", "Moon Breathing, sixth form", "雪の夜",
    ],
)  # fmt: skip
def test_a_slayers_everyday_words_are_not_refused(said: str) -> None:
    assert deny.reason(said) is None
    deny.check(said)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("naked in the snow", "sexual"), ("n u d e", "sexual"), ("n4ked", "sexual"), ("ｎｕｄｅ", "sexual"),
        ("nakéd", "sexual"), ("n.a.k.e.d", "sexual"),
        ("in lingerie", "sexual"), ("na\u200bked", "sexual"), ("loli", "children"),
        ("a little girl in a bikini", "children"), ("kissing a schoolgirl", "children"),
        ("covered in blood", "gore"), ("holding a severed head", "gore"), ("in a pool of blood", "gore"),
        ("with a swastika", "hatred"),
        ("as Donald Trump", "living person"), ("like TAYLOR SWIFT on a bridge", "living person"),
        ("with the face of my neighbour", "living person"),
        ("hanging myself", "someone you trust"),
    ],
)  # fmt: skip
def test_denied_words_are_refused_by_their_field_with_a_reason(said: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why) as refused:
        deny.check(said)
    assert refused.value.field == "scene"
    assert said not in refused.value.message


def test_an_endless_scene_is_refused_and_says_the_limit() -> None:
    with pytest.raises(InvalidInput, match="at most 200 characters; these are 201"):
        deny.check("x" * 201)
    deny.check("x" * 200)
    deny.check(None)


@given(st.text(max_size=300))
def test_denying_never_fails_and_is_sure(said: str) -> None:
    assert deny.reason(said) == deny.reason(said)
