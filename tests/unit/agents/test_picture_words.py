"""Pictures in a slayer's words: which goes on with the last one, what changes, how many, and how the slayer stands."""

from __future__ import annotations

from typing import get_args

import pytest

from agents.planner import pictures
from agents.planner.context import PlanContext
from agents.planner.embedded import EmbeddedPlanner
from agents.planner.plan import Pose, Step
from agents.planner.vocabulary import Vocabulary
from hashiramart import seed
from ml.artist.render.portrait import POSES

PAINTED = PlanContext(
    last_route=["artist"],
    last_weapon="kestrel-bow",
    last_weapons=["kestrel-bow", "heron-spear"],
    last_picture="kestrel-bow",
)
PAINTED_BEFORE = PlanContext(
    last_route=["coach"], last_weapon="heron-spear", last_intent="maintenance", last_picture="kestrel-bow"
)


@pytest.fixture(scope="module")
def planner() -> EmbeddedPlanner:
    return EmbeddedPlanner(Vocabulary.of(seed.weapons(), seed.style_names()))


def only(planner: EmbeddedPlanner, message: str, context: PlanContext = PAINTED) -> Step:
    (step,) = planner.plan(message, context).steps
    assert step.specialist == "artist"
    return step


def test_plans_poses_are_the_renderers() -> None:
    assert set(get_args(Pose)) == set(POSES)


@pytest.mark.parametrize(
    ("message", "scene", "pose"),
    [
        ("again but at night", "at night", None),
        ("same, with rain", "with rain", None),
        ("again but darker", "darker", None),
        ("make it darker", "darker", None),
        ("put more snow in it", "more snow", None),
        ("without the rain", "without rain", None),
        ("no moon", "without moon", None),
        ("in a low guard", None, "guard"),
        ("leaping", None, "leaping"),
        ("leaping this time", None, "leaping"),
        ("again, and kneel this time", None, "kneeling"),
        ("same but in a forest, kneeling", "in a forest", "kneeling"),
        ("with short white hair", "with short white hair", None),
        ("nice! now at sunset", "at sunset", None),
        ("do it again with cherry blossoms", "with cherry blossoms", None),
        ("in winter", "in winter", None),
    ],
)
def test_a_change_of_the_picture_just_painted(
    planner: EmbeddedPlanner, message: str, scene: str | None, pose: str | None
) -> None:
    step = only(planner, message)
    assert (step.again, step.weapon, step.scene, step.pose) == ("change", "kestrel-bow", scene, pose)


@pytest.mark.parametrize(
    ("message", "count", "scene"),
    [
        ("another one", None, None),
        ("a different one", None, None),
        ("again", None, None),
        ("once more", None, None),
        ("try again", None, None),
        ("draw three", 3, None),
        ("two more", 2, None),
        ("another one in the rain", None, "in the rain"),
        ("give me four versions in the snow", 4, "in the snow"),
        ("different pose", None, None),
    ],
)
def test_another_picture_of_the_same(
    planner: EmbeddedPlanner, message: str, count: int | None, scene: str | None
) -> None:
    step = only(planner, message)
    assert (step.again, step.weapon, step.count, step.scene) == ("new", "kestrel-bow", count, scene)


def test_the_picture_is_the_last_one_whatever_was_spoken_of_since(planner: EmbeddedPlanner) -> None:
    for message in ("the same picture but at night", "paint that picture again at night"):
        step = only(planner, message, PAINTED_BEFORE)
        assert (step.again, step.weapon, step.scene) == ("change", "kestrel-bow", "at night")
    assert only(planner, "another picture please", PAINTED_BEFORE).again == "new"


def test_another_weapon_takes_the_place_of_the_last(planner: EmbeddedPlanner) -> None:
    assert only(planner, "with the Oak Kanabo this time").weapon == "oak-kanabo"
    assert only(planner, "with the Oak Kanabo this time").again == "change"
    assert only(planner, "again with the second weapon").weapon == "heron-spear"


def test_one_of_several_pictures_can_be_pointed_at(planner: EmbeddedPlanner) -> None:
    step = only(planner, "the second one but at night")
    assert (step.again, step.weapon, step.ordinal, step.scene) == ("change", "kestrel-bow", 2, "at night")


@pytest.mark.parametrize(
    ("message", "route"),
    [
        ("how do I clean it?", ["coach"]),
        ("log 20 minutes of training", ["quartermaster"]),
        ("show me drills", ["coach"]),
        ("make me a routine", ["coach"]),
        ("what does it cost?", ["recommender"]),
        ("buy it", ["quartermaster"]),
        ("I won a battle", ["quartermaster"]),
        ("again but in the rain and log 20 minutes of training", ["artist", "quartermaster"]),
    ],
)
def test_other_wishes_after_a_picture_go_where_they_belong(
    planner: EmbeddedPlanner, message: str, route: list[str]
) -> None:
    assert [step.specialist for step in planner.plan(message, PAINTED).steps] == route


def test_a_fresh_wish_does_not_go_on_with_the_last_picture(planner: EmbeddedPlanner) -> None:
    assert only(planner, "draw me with it jumping over a wall").again is None
    recommend, draw = planner.plan("recommend a spear and draw me with it again", PAINTED).steps
    assert (recommend.specialist, draw.specialist, draw.again, draw.weapon) == ("recommender", "artist", None, None)


@pytest.mark.parametrize("message", ["again but at night", "darker"])
def test_without_a_picture_there_is_nothing_to_paint_again(planner: EmbeddedPlanner, message: str) -> None:
    assert all(step.again is None for step in planner.plan(message, PlanContext()).steps)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "Draw me with the Heron Spear, at night in the snow, in a guard stance, seed 1234, but at sunset",
            Step(
                specialist="artist",
                text="",
                weapon="heron-spear",
                scene="in the snow, at sunset",
                pose="guard",
                seed=1234,
            ),
        ),
        (
            "Draw me with the Heron Spear, at dawn, kneeling, seed 4294967295, but leaping",
            Step(specialist="artist", text="", weapon="heron-spear", scene="at dawn", pose="leaping", seed=4294967295),
        ),
        (
            "Draw me with the Heron Spear, seed 99, but with the Oak Kanabo",
            Step(specialist="artist", text="", weapon="oak-kanabo", seed=99),
        ),
        (
            "draw three pictures of me with the Heron Spear leaping over a wall",
            Step(
                specialist="artist", text="", weapon="heron-spear", scene="leaping over a wall", pose="leaping", count=3
            ),
        ),
        (
            "draw me with the Heron Spear in a low guard at night in the snow",
            Step(specialist="artist", text="", weapon="heron-spear", scene="at night in the snow", pose="guard"),
        ),
        (
            "paint me kneeling with the Oak Kanabo in the snow",
            Step(specialist="artist", text="", weapon="oak-kanabo", scene="in the snow", pose="kneeling"),
        ),
        (
            "make a portrait: me, the Oak Kanabo, a bamboo forest at noon",
            Step(specialist="artist", text="", weapon="oak-kanabo", scene="a bamboo forest at noon"),
        ),
        (
            "draw me with long red hair and the Moonbite Axe",
            Step(specialist="artist", text="", weapon="moonbite-axe", scene="with long red hair"),
        ),
    ],
)
def test_whole_wishes(planner: EmbeddedPlanner, message: str, expected: Step) -> None:
    assert only(planner, message, PlanContext()).model_copy(update={"text": ""}) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("draw three", 3),
        ("two portraits of me", 2),
        ("paint me twice", 2),
        ("a few versions of it", 3),
        ("draw me with three ravens", None),
        ("draw me with seed 3", None),
        ("draw me", None),
    ],
)
def test_counting_pictures(text: str, count: int | None) -> None:
    assert pictures.count(text) == count


@pytest.mark.parametrize(
    ("text", "number"), [("seed 7", 7), ("with seed: 42", 42), ("seed 4294967296", None), ("7", None)]
)
def test_naming_a_seed(text: str, number: int | None) -> None:
    assert pictures.seed(text) == number


@pytest.mark.parametrize(
    ("message", "types", "weapon"),
    [
        ("draw me with a katana", ["katana"], None),
        ("paint me with a nodachi in the snow", ["nodachi"], None),
        ("draw me with the Heron Spear", [], "heron-spear"),
    ],
)
def test_a_type_of_weapon_is_told_where_none_is_named(
    planner: EmbeddedPlanner, message: str, types: list[str], weapon: str | None
) -> None:
    step = only(planner, message, PlanContext())
    assert (step.weapon_types, step.weapon) == (types, weapon)
