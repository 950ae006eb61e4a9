"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy import text

from api.deps import ShopDep
from api.errors import documented
from hashiramart.errors import HashiraError

router = APIRouter(prefix="/health", tags=["health"])


class Live(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """What an answer needs, part by part: ``ok`` or what is wrong."""

    status: Literal["ok", "not ready"]
    parts: dict[str, str]
    model_version: str | None = Field(description="The Recommender's model that answers now; none without a champion.")


@router.get("/live")
def live() -> Live:
    """Whether the process lives."""
    return Live()


@router.get("/ready", responses={503: {"model": Ready, "description": "Not ready."}, **documented()})
def ready(shop: ShopDep, response: Response) -> Ready:
    """Whether database, manuals and model are there."""
    parts: dict[str, str] = {}
    try:
        with shop.database.session(None) as session:
            session.execute(text("SELECT 1"))
        parts["database"] = "ok"
    except HashiraError as error:
        parts["database"] = error.message
    try:
        count = len(shop.library.documents())
        parts["knowledge"] = "ok" if count else "the library is empty; run: hashira ingest"
    except HashiraError as error:
        parts["knowledge"] = error.message
    model_version = None
    try:
        model_version = shop.champion.scorer().model_version
        parts["recommender"] = "ok"
    except HashiraError as error:
        parts["recommender"] = error.message
    good = all(state == "ok" for state in parts.values())
    response.status_code = 200 if good else 503
    return Ready(status="ok" if good else "not ready", parts=parts, model_version=model_version)
