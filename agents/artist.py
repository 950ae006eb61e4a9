"""The Artist: has the slayer painted with a weapon, once or several times, afresh or as the last picture with a change."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from langgraph.runtime import Runtime
from sqlmodel import Session

from agents.focus import weapon_in_focus
from agents.planner.pictures import MAX_PICTURES
from agents.planner.plan import Again, Pose, Step
from agents.stage import Stage
from agents.state import LastPicture, TurnContext, TurnState
from hashiramart import catalog
from hashiramart.blocks import NoticeBlock
from hashiramart.errors import DatabaseAway, HashiraError, NotConfigured, SetupError
from hashiramart.models import Image, Weapon
from ml.artist import deny
from ml.artist.choose import describe
from ml.artist.prompt import joined_scene
from ml.artist.reading import read, wanted
from ml.artist.render.words import POSE_WORDS
from tools import registry
from tools.paint import PaintArgs

_NUMBERS = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True)
class _Wish:
    """A picture as it will be asked for.

    Attributes:
        weapon: slug; None where nothing says which.
        scene: in the slayer's words.
        pose: one of the renderer's.
        seed: of the picture that it goes on with; None for one of its own.
        many: how many.
        again: how it goes on with the last one.
        asked: how many were asked for.
    """

    weapon: str | None
    scene: str | None
    pose: Pose | None
    seed: int | None
    many: int
    again: Again | None
    asked: int


def paint(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Answer one step with pictures on their way."""
    context = runtime.context
    step = Step.model_validate(state["plan"]["steps"][state["cursor"]])
    stage = Stage("artist", state, runtime.stream_writer)
    stage.status("Asking the Artist for a picture…")
    wish = _wish(state, step)
    with context.shop.database.session(context.caller) as session:
        weapon = catalog.by_slug(session, wish.weapon) if wish.weapon else None
        if (
            step.weapon is None
            and step.weapon_types
            and (weapon is None or weapon.weapon_type not in step.weapon_types)
        ):
            weapon = _of_type(session, context.caller, step.weapon_types)
    if weapon is None:
        stage.say("With which weapon shall I paint you? Name one of the catalogue.")
        return stage.leave(state)
    memory = {**state["memory"], "weapon": weapon.slug}
    try:
        deny.check(step.text[: deny.MAX_WORDS])  # what was said beside the scene ("paint me naked") counts too
        images = _ordered(stage, state, context, weapon, wish)
    except NotConfigured as error:
        stage.say(f"I would paint you with the **{weapon.name}**, but the forge has no image model.")
        stage.show(NoticeBlock(level="info", text=error.message))
    except SetupError as error:
        stage.say(
            f"I would paint you with the **{weapon.name}**, but the forge's image model is not set up as it must be."
        )
        stage.show(NoticeBlock(level="warning", text=error.message))
    except DatabaseAway:
        raise
    except HashiraError as error:
        stage.say(error.message)
    else:
        stage.say(_told(wish, weapon, images, _passed_over(context, state, wish)))
        memory["picture"] = LastPicture(
            image_id=str(images[0].id),
            weapon=weapon.slug,
            scene=wish.scene,
            pose=wish.pose,
            seeds=[image.seed for image in images],
        )
    update = stage.leave(state)
    update["memory"] = memory  # type: ignore[typeddict-item]
    return update


def _of_type(session: Session, slayer_id: uuid.UUID, types: Sequence[str]) -> Weapon | None:
    """One of the type that was named ("with a katana"): one that the slayer holds, else the shop's least costly."""

    def fitting(weapons: Sequence[Weapon]) -> list[Weapon]:
        return [weapon for weapon in weapons if weapon.weapon_type in types]

    found = fitting(catalog.owned(session, slayer_id)) or fitting(catalog.all_weapons(session))
    return min(found, key=lambda weapon: (weapon.price, weapon.slug), default=None)


def _ordered(stage: Stage, state: TurnState, context: TurnContext, weapon: Weapon, wish: _Wish) -> list[Image]:
    args = PaintArgs(weapon_id=weapon.id, scene=wish.scene, pose=wish.pose, seed=wish.seed, count=wish.many)
    return registry.call("artist", registry.PAINT, stage.deps(context, state["cursor"]), args)


def _wish(state: TurnState, step: Step) -> _Wish:
    """What is to be painted: what is said now, and where it goes on with the last picture, what that one had."""
    asked = step.count or 1
    many = min(asked, MAX_PICTURES)
    last = state["memory"].get("picture")
    if last is None or step.again is None or (step.again == "new" and step.weapon not in {None, last["weapon"]}):
        scene = wanted(step.scene) if step.scene else None
        return _Wish(weapon_in_focus(state, step), scene or None, step.pose, step.seed, many, None, asked)
    scene = joined_scene(last["scene"], step.scene, posed=step.pose is not None)
    pose = step.pose or last["pose"]
    weapon = step.weapon or last["weapon"]
    same = (weapon, scene, pose) == (last["weapon"], last["scene"], last["pose"])
    # The same to the last stroke is there already: whoever asks for it again wants another one.
    again: Again = "new" if step.again == "new" or same or many > 1 else "change"
    kept = _seed(last, step) if again == "change" else None
    return _Wish(weapon, _fitting(scene), pose, kept if step.seed is None else step.seed, many, again, asked)


def _seed(last: LastPicture, step: Step) -> int:
    """Of the last picture; of several, of the one that is pointed at."""
    seeds = last["seeds"]
    place = step.ordinal or 1
    index = place if place < 0 else place - 1
    return seeds[index] if -len(seeds) <= index < len(seeds) else seeds[0]


def _fitting(scene: str | None) -> str | None:
    """A scene that has grown too long loses what was said of it first."""
    while scene and len(scene) > deny.MAX_WORDS:
        scene = scene.partition(", ")[2] or scene[-deny.MAX_WORDS :].partition(" ")[2]
    return scene or None


def _passed_over(context: TurnContext, state: TurnState, wish: _Wish) -> tuple[str, ...]:
    """The words of the scene that the project's own model has no picture for; of any other model nobody knows."""
    if not wish.scene or not describe(context.shop.settings).own:
        return ()
    return read(wish.scene, state["profile"]["breathing_style"]).passed_over


def _told(wish: _Wish, weapon: Weapon, images: Sequence[Image], passed_over: Sequence[str]) -> str:
    where = "".join(f", {part}" for part in (_pose_words(wish), wish.scene) if part)
    if all(image.status == "done" for image in images):
        said = f"You have that picture already: you with the **{weapon.name}**{where}."
    elif len(images) > 1:
        said = f"The Artist is painting {_NUMBERS[len(images)]} pictures of you with the **{weapon.name}**{where}."
    elif wish.again == "change":
        said = f"The Artist is painting that picture again: you with the **{weapon.name}**{where}."
    elif wish.again == "new":
        said = f"The Artist is painting another picture of you with the **{weapon.name}**{where}."
    else:
        said = f"The Artist is painting you with the **{weapon.name}**{where}."
    if passed_over:
        listed = ", ".join(f"*{word}*" for word in passed_over)
        said += f" Not all of that is in this brush yet: {listed}. The rest will be there."
    if wish.asked > MAX_PICTURES:
        said += f" {MAX_PICTURES} pictures are the most that I begin at once."
    return said


def _pose_words(wish: _Wish) -> str | None:
    """The pose in words, unless the scene says it ("leaping over a wall")."""
    if wish.pose is None or (wish.scene and read(wish.scene, "").pose == wish.pose):
        return None
    return POSE_WORDS[wish.pose][0]
