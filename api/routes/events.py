"""Events: battles, training and logins, reported by programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from api.deps import CallerDep, SessionDep
from api.errors import documented
from hashiramart import ledger
from hashiramart.ledger import EventAnswer, ReportedEvent
from hashiramart.models import utc_now

router = APIRouter(tags=["events"])


@router.post("/events", responses=documented(401, 403, 404, 413, 422, 503))
def report(event: Annotated[ReportedEvent, Body()], caller: CallerDep, session: SessionDep) -> EventAnswer:
    """Report one event of the caller. The same ``event_id`` again gives the first answer, and nothing more."""
    return ledger.record(session, caller.slayer_id, event, now=utc_now())
