"""Ask for a picture of the slayer with a weapon. The painting itself is a job of the worker (``tools/painting.py``)."""

from __future__ import annotations

import hashlib
import uuid
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from hashiramart import catalog, image_orders
from hashiramart.blocks import ImageBlock
from hashiramart.image_orders import Bounds, Wish
from hashiramart.jobs import ask_for_picture
from hashiramart.models import Image, Slayer, Weapon
from hashiramart.text import Phrase
from ml.artist import deny
from ml.artist.choose import describe
from ml.artist.prompt import POSES, compose
from tools.deps import ToolDeps

MOST_AT_ONCE = 4
_SEEDS = 2**32


def _known_pose(value: str) -> str:
    if value not in POSES:
        raise ValueError(f"must be one of: {', '.join(POSES)}")
    return value


Pose = Annotated[str, AfterValidator(_known_pose), WithJsonSchema({"type": "string", "enum": list(POSES)})]


class PaintArgs(BaseModel):
    """What to paint. Who is in it comes with the call."""

    model_config = ConfigDict(extra="forbid")

    weapon_id: uuid.UUID
    scene: Phrase | None = Field(None, description="Place, weather or mood.", examples=["night temple in the snow"])
    pose: Pose | None = Field(None, description="How the slayer stands; by default any.")
    seed: int | None = Field(
        None, ge=0, lt=_SEEDS, strict=True, description="The same seed and words give the same picture; by default any."
    )
    count: int = Field(
        1, ge=1, le=MOST_AT_ONCE, strict=True, description="How many pictures, with this seed and those after it."
    )


def paint_slayer(deps: ToolDeps, args: PaintArgs) -> list[Image]:
    """Queue pictures of the slayer wielding a weapon of the catalogue.

    The same call again gives the same pictures, and what the slayer has asked for in the same words with the same seed is not
    painted again.

    Args:
        deps: the call's surroundings.
        args: ``weapon_id``; an optional ``scene`` in the slayer's words, ``pose`` and ``seed``; and how many.

    Raises:
        NotConfigured: pictures are switched off here.
        SetupError: the image model is not set up as it must be.
        NotFound: the weapon is unknown.
        InvalidInput: the scene holds words that no picture is painted from.
        TooMany: the queue is full, or the slayer's pictures of the day are used up; says when to ask again.
    """
    deny.check(args.scene)
    settings = deps.shop.settings
    painter = describe(settings)
    with deps.shop.database.session(deps.caller) as session:
        slayer = session.get_one(Slayer, deps.caller)
        weapon = catalog.get(session, args.weapon_id)
        prompt = compose(
            slayer.name,
            slayer.breathing_style,
            weapon.name,
            weapon.weapon_type,
            args.scene,
            args.pose,
            strength=slayer.strength,
            own=painter.own,
        )
        # Without one of the slayer's, the seed comes from the call's key: a repeated call paints the same picture.
        first = _number(deps.key) if args.seed is None else args.seed
        wishes = [
            Wish(
                weapon_id=weapon.id,
                scene=args.scene,
                pose=args.pose,
                prompt=prompt.text,
                negative_prompt=prompt.negative,
                seed=(first + number) % _SEEDS,
                steps=painter.steps,
                guidance=painter.guidance,
                width=painter.size[0],
                height=painter.size[1],
                checkpoint=painter.name,
                checkpoint_hash=painter.fingerprint,
            )
            for number in range(args.count)
        ]
        taken = image_orders.order(
            session,
            deps.caller,
            [(uuid.uuid5(deps.caller, f"{deps.key}:{number}"), wish) for number, wish in enumerate(wishes)],
            Bounds(settings.image_queue_limit, settings.image_daily_quota),
            now=deps.now,
        )
    for image in taken.new:
        ask_for_picture(deps.shop.queue, image.id, image.number or 0)
    for image in taken.images:
        deps.emit(image_block(image, slayer, weapon))
    return taken.images


def usual_seed(caller: uuid.UUID, args: PaintArgs) -> int:
    """A seed for who names none, the same for the same wish of the same slayer."""
    return _number(f"{caller} {args.weapon_id} {args.scene or ''} {args.pose or ''}")


def image_block(image: Image, slayer: Slayer, weapon: Weapon) -> ImageBlock:
    """The picture as the screen shows it."""
    return ImageBlock.model_validate(
        {
            "image_id": image.id,
            "url": f"/images/{image.id}",
            "events": f"/images/{image.id}/events",
            "status": image.status,
            "alt": alt_of(slayer.name, weapon.name, image.scene),
            "weapon": weapon.slug,
            "scene": image.scene,
            "seed": image.seed,
        }
    )


def alt_of(slayer: str, weapon: str, scene: str | None) -> str:
    """What is to be seen, for who cannot see it."""
    return f"{slayer} with {weapon}" + (f", {scene}" if scene else "")


def _number(words: str) -> int:
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:4], "big")
