"""Ask for a picture of the slayer with a weapon. The painting itself is a job of the worker (``tools/chores.py``)."""

from __future__ import annotations

import hashlib
import uuid

from pydantic import BaseModel, ConfigDict, Field

from hashiramart import catalog, images
from hashiramart.blocks import ImageBlock
from hashiramart.errors import NotConfigured
from hashiramart.jobs import ask_for_picture
from hashiramart.models import Image, Slayer
from hashiramart.text import Line
from ml.artist.prompt import compose_prompt
from tools.deps import ToolDeps

NO_MODEL = (
    "The forge has no image model yet, so the Artist cannot paint. "
    "Set HASHIRA_IMAGE_MODEL to a Stable Diffusion checkpoint."
)


class PaintArgs(BaseModel):
    """What to paint. Who is in it comes with the call."""

    model_config = ConfigDict(extra="forbid")

    weapon_id: uuid.UUID
    scene: Line | None = Field(None, description="Place, weather or mood.", examples=["night temple in the snow"])


def paint_slayer(deps: ToolDeps, args: PaintArgs) -> Image:
    """Queue a picture of the slayer wielding a weapon of the catalogue.

    Args:
        deps: the call's surroundings.
        args: ``weapon_id`` and an optional ``scene`` in the slayer's words.

    Raises:
        NotConfigured: no image model is configured.
        NotFound: the weapon is unknown.
    """
    if not deps.shop.settings.image_model:
        raise NotConfigured(NO_MODEL)
    with deps.shop.database.session(deps.caller) as session:
        slayer = session.get_one(Slayer, deps.caller)
        weapon = catalog.get(session, args.weapon_id)
        prompt = compose_prompt(slayer.name, slayer.breathing_style, weapon.name, weapon.weapon_type, args.scene)
        # The seed comes from the call's key: a repeated call paints the same picture.
        seed = int.from_bytes(hashlib.sha256(deps.key.encode()).digest()[:4], "big")
        image_id = uuid.uuid5(deps.caller, deps.key)
        image = images.order_image(session, deps.caller, weapon.id, prompt, seed, image_id=image_id, now=deps.now)
    ask_for_picture(deps.shop.queue, image.id)
    deps.emit(image_block(image, f"{slayer.name} with {weapon.name}"))
    return image


def image_block(image: Image, alt: str) -> ImageBlock:
    """The picture as the screen shows it."""
    return ImageBlock.model_validate(
        {"image_id": image.id, "url": f"/images/{image.id}", "status": image.status, "alt": alt}
    )
