"""Pictures of the caller with a weapon: ask for some, watch them being painted, look at them, throw them away.

``/images/{id}/events`` is a stream of Server-Sent Events. Each has the name ``state`` and the picture's state as its data, from
the place in the queue over every few steps to the end, after which the stream ends. Comments keep it open in between.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from sqlmodel import Session, col, select
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.deps import CallerDep, SessionDep, ShopDep, tool_deps
from api.errors import documented
from api.streams import UNBUFFERED
from hashiramart import images
from hashiramart.errors import NotFound, Unauthenticated, Unavailable
from hashiramart.models import Image, Slayer, Weapon, utc_now
from tools.deps import Shop
from tools.paint import PaintArgs, alt_of, paint_slayer, usual_seed

router = APIRouter(tags=["images"])

_LOOK_S = {"queued": 0.8, "painting": 0.3}
_ALIVE_S = 10


class ImageWeapon(BaseModel):
    """The weapon in a picture."""

    id: uuid.UUID
    slug: str
    name: str


class ImageState(BaseModel):
    """A picture on its way or finished, and where it comes from."""

    image_id: uuid.UUID
    status: Literal["queued", "painting", "done", "failed", "cancelled"]
    place: int | None = Field(description="Place in the queue, from 1; null unless it waits there.")
    step: int = Field(description="Steps that are done.")
    steps: int = Field(description="Steps in all.")
    url: str = Field(description="This picture's state.")
    events: str = Field(description="A stream of this picture's state (Server-Sent Events).")
    file: str | None = Field(description="The picture itself (PNG), once it is done.")
    thumbnail: str | None = Field(description="The picture, 128 pixels wide or high (PNG), once it is done.")
    preview: str | None = Field(description="What it looks like by now (JPEG), while it is painted.")
    alt: str = Field(description="What is to be seen.")
    weapon: ImageWeapon
    scene: str | None = Field(description="The slayer's words.")
    pose: str | None
    prompt: str
    negative_prompt: str
    seed: int
    guidance: float
    width: int = Field(description="Pixels.")
    height: int = Field(description="Pixels.")
    checkpoint: str = Field(description="What painted it.")
    checkpoint_hash: str = Field(description="SHA-256 of that.")
    created_at: datetime
    finished_at: datetime | None
    error: str | None = Field(description="Why it failed.")


class ImageOrder(ImageState):
    """The first of the pictures that were asked for, and all of them."""

    images: list[ImageState]


class ImagePage(BaseModel):
    """A page of the caller's pictures, the latest first."""

    items: list[ImageState]
    next: uuid.UUID | None = Field(description="`before` of the next page; null on the last one.")


def _states(session: Session, pictures: Sequence[Image]) -> list[ImageState]:
    """How some pictures of one slayer go."""
    if not pictures:
        return []
    slayer = session.get_one(Slayer, pictures[0].slayer_id)
    known = {image.weapon_id for image in pictures}
    weapons = {weapon.id: weapon for weapon in session.exec(select(Weapon).where(col(Weapon.id).in_(known)))}
    places = images.places(session, pictures)
    return [_state(image, slayer, weapons[image.weapon_id], places.get(image.id)) for image in pictures]


def _state(image: Image, slayer: Slayer, weapon: Weapon, place: int | None) -> ImageState:
    url, done = f"/images/{image.id}", image.status == "done"
    shown = image.status == "painting" and image.preview_step is not None
    row = image.model_dump(include=ImageState.model_fields.keys() & Image.model_fields.keys())
    return ImageState.model_validate(
        {
            **row,
            "image_id": image.id,
            "place": place,
            "steps": image.steps_total or image.steps,
            "url": url,
            "events": f"{url}/events",
            "file": f"{url}/file" if done else None,
            "thumbnail": f"{url}/thumbnail" if done else None,
            # Another address for each frame: a page that is told of a new one loads it.
            "preview": f"{url}/preview?step={image.preview_step}" if shown else None,
            "alt": alt_of(slayer.name, weapon.name, image.scene),
            "weapon": {"id": weapon.id, "slug": weapon.slug, "name": weapon.name},
        }
    )


@router.post(
    "/generate_image",
    status_code=202,
    responses={
        202: {"headers": {"Location": {"description": "The first picture's state.", "schema": {"type": "string"}}}},
        **documented(401, 403, 404, 409, 413, 422, 429, 503),
    },
)
def generate_image(body: PaintArgs, caller: CallerDep, shop: ShopDep, response: Response) -> ImageOrder:
    """Queue pictures of the caller with a weapon. What was asked for before, in the same words, is not painted again.

    409 where pictures are switched off; 429 where the queue is full or the day's pictures are used up.
    """
    if body.seed is None:
        body = body.model_copy(update={"seed": usual_seed(caller.slayer_id, body)})
    asked = paint_slayer(tool_deps(shop, caller), body)
    with shop.database.session(caller.slayer_id) as session:
        states = _states(session, asked)
    response.headers["Location"] = states[0].url
    return ImageOrder(**states[0].model_dump(), images=states)


@router.get("/images", responses=documented(401, 404, 422, 503))
def image_list(
    caller: CallerDep,
    session: SessionDep,
    before: Annotated[uuid.UUID | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
) -> ImagePage:
    """The caller's pictures, the latest first."""
    found = images.gallery(session, caller.slayer_id, before=before, limit=limit + 1)
    items = _states(session, found[:limit])
    return ImagePage(items=items, next=items[-1].image_id if len(found) > limit else None)


@router.get("/images/{image_id}", responses=documented(401, 404, 422, 503))
def image_state(image_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> ImageState:
    """How a picture of the caller goes."""
    return _states(session, [images.get(session, caller.slayer_id, image_id)])[0]


@router.delete("/images/{image_id}", status_code=204, responses=documented(401, 403, 404, 422, 503))
def delete_image(image_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> Response:
    """Throw a picture away, finished or not."""
    images.delete(session, caller.slayer_id, image_id, now=utc_now())
    return Response(status_code=204)


@router.post("/images/{image_id}/cancel", responses=documented(401, 403, 404, 422, 503))
def cancel_image(image_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> ImageState:
    """Call off a picture that waits or is being painted; one that has ended stays as it is."""
    return _states(session, [images.cancel(session, caller.slayer_id, image_id, now=utc_now())])[0]


def _content(kind: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {}}}, 304: {"description": "Not modified."}, **documented(401, 404, 422, 503)}


@router.get("/images/{image_id}/file", response_class=Response, responses=_content("image/png"))
def image_file(image_id: uuid.UUID, request: Request, caller: CallerDep, session: SessionDep) -> Response:
    """The finished picture; its text chunks say where it comes from."""
    return _file(session, request, images.get(session, caller.slayer_id, image_id), "picture")


@router.get("/images/{image_id}/thumbnail", response_class=Response, responses=_content("image/png"))
def image_thumbnail(image_id: uuid.UUID, request: Request, caller: CallerDep, session: SessionDep) -> Response:
    """The finished picture, 128 pixels wide or high."""
    return _file(session, request, images.get(session, caller.slayer_id, image_id), "thumbnail")


@router.get(
    "/images/{image_id}/preview",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}, "image/png": {}}}, **documented(401, 404, 422, 503)},
)
def image_preview(image_id: uuid.UUID, request: Request, caller: CallerDep, session: SessionDep) -> Response:
    """What a picture looks like by now: the latest frame (JPEG), and the thumbnail (PNG) once it is done."""
    image = images.get(session, caller.slayer_id, image_id)
    if image.status == "done":
        return _file(session, request, image, "thumbnail")
    frame = images.file_of(session, image, "preview")
    return Response(frame, media_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


def _file(session: Session, request: Request, image: Image, kind: Literal["picture", "thumbnail"]) -> Response:
    if image.status != "done":
        raise NotFound("image_id", "This picture is not finished.")
    # The bytes never change; whether they may still be seen is asked every time.
    headers = {"ETag": f'"{image.id}-{kind}"', "Cache-Control": "private, no-cache"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(images.file_of(session, image, kind), media_type="image/png", headers=headers)


@router.get(
    "/images/{image_id}/events",
    response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **documented(401, 404, 422, 503)},
)
def image_events(image_id: uuid.UUID, caller: CallerDep, shop: ShopDep) -> EventSourceResponse:
    """A stream of how a picture of the caller goes, until it has ended."""
    first = _look(shop, caller.slayer_id, image_id)
    return EventSourceResponse(_follow(shop, caller.slayer_id, first), headers=UNBUFFERED, ping=_ALIVE_S)


def _look(shop: Shop, slayer_id: uuid.UUID, image_id: uuid.UUID) -> ImageState:
    with shop.database.session(slayer_id) as session:
        return _states(session, [images.get(session, slayer_id, image_id)])[0]


async def _follow(shop: Shop, slayer_id: uuid.UUID, state: ImageState) -> AsyncIterator[ServerSentEvent]:
    told: ImageState | None = None
    while True:
        if state != told:
            yield ServerSentEvent(event="state", data=state.model_dump_json())
            told = state
        if state.status not in images.UNFINISHED:
            return
        await asyncio.sleep(_LOOK_S[state.status])
        try:
            state = await asyncio.to_thread(_look, shop, slayer_id, state.image_id)
        except (NotFound, Unauthenticated):
            return  # it was thrown away, or its slayer has left
        except Unavailable:
            continue  # the database is away for a moment; comments keep the line open
