"""For the staff: the models on record, which of them is the champion, and which answers here; promotion and rollback."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.deps import ShopDep, StaffDep
from api.errors import documented
from hashiramart.errors import Unavailable
from hashiramart.models import utc_now
from tools import succession
from tools.succession import Change

router = APIRouter(prefix="/staff", tags=["staff"])

Version = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,8}$")]
"""A version of the registered model, as MLflow numbers them."""


class ServedModel(BaseModel):
    """What this process of the API answers with. Others may swap a few seconds earlier or later."""

    model_config = ConfigDict(from_attributes=True)

    version: str | None = Field(description="The registry's number; none while no model serves.")
    model_version: str | None = Field(description="As answers name it.")
    trouble: str | None = Field(description="What keeps another champion from serving; none where nothing does.")


class ModelOnRecord(BaseModel):
    """One version, released or held."""

    model_config = ConfigDict(from_attributes=True)

    version: str
    aliases: list[str] = Field(description="`champion`, `previous`, both or none.")
    decision: Literal["release", "hold", "unknown"] = Field(description="The gate's.")
    reason: str
    metrics: dict[str, float] = Field(description="What the release measured, by name.")
    trained_rows: int | None
    watermark: str | None = Field(description="Up to where the shop's own battles were read; none without any.")
    created_at: datetime


class ModelBook(BaseModel):
    """All versions, the newest first. When the registry does not answer, what serves is told all the same."""

    champion: str | None
    previous: str | None
    served: ServedModel
    items: list[ModelOnRecord]
    unavailable: str | None = Field(description="Why the registry says nothing; none when it answers.")


class PromoteRequest(BaseModel):
    """A version, and the one that the caller takes for the champion."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": "3", "champion": "2"}]})

    version: Version
    champion: Version | None = Field(description="None where there is no champion yet. 409 when another one is.")


class RollbackRequest(BaseModel):
    """The version that the caller takes for the champion."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"champion": "2"}]})

    champion: Version = Field(description="409 when another one is.")


class ModelChange(BaseModel):
    """Who is the champion now. What serves follows within seconds: see `GET /staff/served`."""

    model_config = ConfigDict(from_attributes=True)

    champion: str
    before: str | None


def _change(change: Change) -> ModelChange:
    return ModelChange.model_validate(change)


@router.get("/models", responses=documented(401, 403, 503))
def models(_staff: StaffDep, shop: ShopDep) -> ModelBook:
    """The models on record with what they measured, and the one that serves here. Answers within seconds in any case."""
    served, unavailable = ServedModel.model_validate(shop.champion.served()), None
    try:
        items = [ModelOnRecord.model_validate(each) for each in succession.on_record(shop)]
    except Unavailable as error:
        items, unavailable = [], error.message
    by_alias = {alias: each.version for each in items for alias in each.aliases}
    return ModelBook(
        champion=by_alias.get("champion"),
        previous=by_alias.get("previous"),
        served=served,
        items=items,
        unavailable=unavailable,
    )


@router.get("/served", responses=documented(401, 403, 503))
def served(_staff: StaffDep, shop: ShopDep) -> ServedModel:
    """The model that answers here now; asks no registry."""
    return ServedModel.model_validate(shop.champion.served())


@router.post("/models/promote", responses=documented(401, 403, 404, 409, 413, 422, 503))
def promote(body: PromoteRequest, staff: StaffDep, shop: ShopDep) -> ModelChange:
    """Make a version on record the champion. 409 when it was held back, or when the champion is not the one named."""
    return _change(succession.promote(shop, staff.slayer_id, body.version, believed=body.champion, now=utc_now()))


@router.post("/models/rollback", responses=documented(401, 403, 409, 413, 422, 503))
def rollback(body: RollbackRequest, staff: StaffDep, shop: ShopDep) -> ModelChange:
    """Let champion and previous change places. 409 when there is none before, or the champion is not the one named."""
    return _change(succession.roll_back(shop, staff.slayer_id, believed=body.champion, now=utc_now()))
