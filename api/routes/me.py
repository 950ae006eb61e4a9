"""The caller themselves: profile, standing, what the shop keeps about them, and leaving."""

from __future__ import annotations

import asyncio
import logging
import uuid

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from api.deps import COOKIE, AgentsDep, CallerDep, SessionDep
from api.errors import documented
from api.routes.auth import GivenPassword
from hashiramart import accounts, catalog, ledger, personal_data, removal
from hashiramart.accounts import ProfileChange, Role
from hashiramart.blocks import WeaponView
from hashiramart.errors import Unavailable
from hashiramart.events import Standing
from hashiramart.models import Slayer, utc_now
from hashiramart.personal_data import PersonalData

logger = logging.getLogger(__name__)

router = APIRouter(prefix="/me", tags=["me"])


class Me(Standing):
    """The caller's profile, standing and weapons."""

    slayer_id: uuid.UUID
    handle: str
    role: Role = Field(description="`staff` also looks after the shop: /staff/… answers them.")
    name: str
    breathing_style: str
    level: int
    strength: float
    dexterity: float
    stamina: float
    timezone: str
    show_name: bool
    owned_weapons: list[WeaponView]


class LeaveRequest(BaseModel):
    """The caller's password, so that nobody else's hand does it."""

    model_config = ConfigDict(extra="forbid")

    password: GivenPassword


def _me(session: Session, slayer: Slayer) -> Me:
    standing = ledger.standing(session, slayer.id, now=utc_now())
    return Me(
        **standing.model_dump(),
        **slayer.model_dump(exclude={"id", "created_at"}),
        slayer_id=slayer.id,
        handle=accounts.handle_of(session, slayer.id),
        role=accounts.role_of(session, slayer.id),
        owned_weapons=[WeaponView.of(weapon) for weapon in catalog.owned(session, slayer.id)],
    )


@router.get("", responses=documented(401, 503))
def me(caller: CallerDep, session: SessionDep) -> Me:
    """The caller's profile, points, rank, streak and weapons."""
    return _me(session, accounts.profile_of(session, caller.slayer_id))


@router.patch("", responses=documented(401, 403, 409, 413, 422, 503))
def change_me(body: ProfileChange, caller: CallerDep, session: SessionDep) -> Me:
    """Change the profile. A new zone holds from now on: days on record stay; 409 after too many changes of it in a day."""
    return _me(session, accounts.change_profile(session, caller.slayer_id, body, now=utc_now()))


@router.get("/export", response_model=PersonalData, responses=documented(401, 503))
def export_me(caller: CallerDep, session: SessionDep) -> Response:
    """Everything that the shop keeps about the caller, as a file."""
    data = personal_data.export(session, caller.slayer_id, now=utc_now())
    return Response(
        data.model_dump_json(indent=2),
        media_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="hashiramart-{data.account.handle}.json"',
            "Cache-Control": "no-store",
        },
    )


@router.delete("", status_code=204, responses=documented(401, 403, 413, 422, 429, 503))
async def leave(body: LeaveRequest, caller: CallerDep, agents: AgentsDep) -> Response:
    """Leave for good: profile, ledger, orders, conversations, pictures and sessions are deleted."""
    database = agents.shop.database
    left = await asyncio.to_thread(removal.remove, database, caller, body.password, now=utc_now())
    # Nothing can be read from here on. What fails now is found by the nightly sweep.
    try:
        await agents.forget(left.threads)
    except Unavailable as error:
        logger.warning("%s threads of a slayer who left are still remembered: %s", len(left.threads), error.message)
    response = Response(status_code=204)
    if caller.kind == "cookie":
        response.delete_cookie(COOKIE, path="/")
    return response
