"""The caller's days, for the page's calendar and chart."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.deps import CallerDep, SessionDep
from api.errors import documented
from hashiramart import diary
from hashiramart.diary import LONGEST, Day
from hashiramart.models import utc_now

router = APIRouter(prefix="/me/days", tags=["me"])


class DayList(BaseModel):
    """Days of the caller's own clock."""

    today: date = Field(description="What day it is where the caller lives.")
    items: list[Day] = Field(description="The days on which something was reported, the earliest first.")


@router.get("", responses=documented(401, 422, 503))
def my_days(
    caller: CallerDep,
    session: SessionDep,
    days: Annotated[int, Query(ge=1, le=LONGEST, description="How many days back, today included.")] = 84,
) -> DayList:
    """What the caller did of late, by their own local days: minutes trained, battles, and whether they were here."""
    today, items = diary.days_of(session, caller.slayer_id, days=days, now=utc_now())
    return DayList(today=today, items=items)
