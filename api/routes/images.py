"""Pictures of the caller with a weapon: ask for one, look how it goes, fetch it."""

from __future__ import annotations

import uuid
from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from api.deps import CallerDep, SessionDep, SettingsDep, ShopDep, tool_deps
from api.errors import documented
from hashiramart import images
from hashiramart.errors import NotFound
from hashiramart.models import Image
from tools.paint import PaintArgs, paint_slayer

router = APIRouter(tags=["images"])


class ImageState(BaseModel):
    """A picture on its way or finished."""

    image_id: uuid.UUID
    status: Literal["queued", "painting", "done", "failed"]
    url: str = Field(description="This picture's state.")
    file: str | None = Field(description="The picture itself (PNG), once it is done.")
    prompt: str
    seed: int
    error: str | None = Field(description="Why it failed.")


def _state(image: Image) -> ImageState:
    return ImageState.model_validate(
        {
            "image_id": image.id,
            "status": image.status,
            "url": f"/images/{image.id}",
            "file": f"/images/{image.id}/file" if image.status == "done" else None,
            "prompt": image.prompt,
            "seed": image.seed,
            "error": image.error,
        }
    )


@router.post("/generate_image", status_code=202, responses=documented(401, 403, 404, 409, 413, 422, 503))
def generate_image(body: PaintArgs, caller: CallerDep, shop: ShopDep) -> ImageState:
    """Queue a picture of the caller with a weapon; 409 where no image model is configured."""
    return _state(paint_slayer(tool_deps(shop, caller), body))


@router.get("/images/{image_id}", responses=documented(401, 404, 422, 503))
def image_state(image_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> ImageState:
    """How a picture of the caller goes."""
    return _state(images.get(session, caller.slayer_id, image_id))


@router.get(
    "/images/{image_id}/file",
    response_class=FileResponse,
    responses={200: {"content": {"image/png": {}}}, **documented(401, 404, 422, 503)},
)
def image_file(image_id: uuid.UUID, caller: CallerDep, session: SessionDep, settings: SettingsDep) -> Response:
    """The finished picture."""
    image = images.get(session, caller.slayer_id, image_id)
    path = images.file_of(settings, image.id)
    if image.status != "done" or not path.is_file():
        raise NotFound("image_id", "This picture is not finished.")
    return FileResponse(path, media_type="image/png")
