"""Events: battles, training and logins, reported by programs, one by one or in batches; and what came of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    SkipValidation,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)

from api.deps import CallerDep, SecretDep, SessionDep, ShopDep, caller_of
from api.errors import FieldError, documented, field_errors
from hashiramart import ledger
from hashiramart.events import AnyEvent, EarnedFeat, EventAnswer, FeatView, ReportedEvent
from hashiramart.ledger import Refusal
from hashiramart.models import utc_now

router = APIRouter(tags=["events"])

MAX_BATCH = 500
_EVENT: TypeAdapter[AnyEvent] = TypeAdapter(ReportedEvent)


class EventBody(RootModel[ReportedEvent]):
    """One event: a battle, a training or a login."""


class BatchRequest(BaseModel):
    """Events of the caller, in order. Each is judged by itself, also when it is no event at all."""

    model_config = ConfigDict(extra="forbid")

    events: Annotated[
        list[Any],
        Field(min_length=1, max_length=MAX_BATCH),
        WithJsonSchema(
            {
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_BATCH,
                "items": {"description": "An event, as POST /events takes it."},
            }
        ),
    ]


class ItemResult(BaseModel):
    """What became of one event of a batch."""

    event_id: str | None
    status: Literal["recorded", "replayed", "refused"]
    answer: EventAnswer | None = None
    errors: list[FieldError] = []


class BatchAnswer(BaseModel):
    """What became of each event, in order, and how many."""

    results: list[ItemResult]
    recorded: int
    replayed: int
    refused: int


class LedgerRow(BaseModel):
    """One movement of points. ``balance`` is the points after it."""

    id: int
    points: int
    reason: str
    event_id: str
    balance: int
    recorded_at: datetime


class LedgerPage(BaseModel):
    """A page of the ledger, the latest first."""

    items: list[LedgerRow]
    next_before: int | None = Field(description="`before` of the next page; null on the last.")


class FeatList(BaseModel):
    """Feats done, the latest first, and feats left to do."""

    earned: list[EarnedFeat]
    open: list[FeatView]


@router.post("/events", response_model=EventAnswer, responses=documented(401, 403, 404, 413, 422, 503))
def report(
    body: Annotated[EventBody, SkipValidation, Body()], request: Request, shop: ShopDep, secret: SecretDep
) -> Response:
    """Report one event of the caller. The same ``event_id`` again gives the first answer, and nothing more."""
    # The busiest route: the caller is looked up in the thread that we are in already, and the answer written as it is.
    # The event is read after that, for a stranger is told that they are one whatever they sent.
    caller = caller_of(request, shop, secret)
    try:
        event = _EVENT.validate_python(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error
    answer = ledger.report(shop.database, caller.slayer_id, event, now=utc_now())
    return Response(answer.model_dump_json(), media_type="application/json")


@router.post("/events/batch", responses=documented(401, 403, 413, 422, 503))
def report_batch(body: BatchRequest, caller: CallerDep, shop: ShopDep) -> BatchAnswer:
    """Report up to 500 events of the caller. Those that are accepted are recorded together; the others are explained."""
    results: list[ItemResult | None] = []
    events: list[AnyEvent] = []
    for raw in body.events:
        try:
            events.append(_EVENT.validate_python(raw))
            results.append(None)
        except ValidationError as error:
            results.append(ItemResult(event_id=_id_of(raw), status="refused", errors=field_errors(error.errors())))
    outcomes = iter(ledger.report_all(shop.database, caller.slayer_id, events, now=utc_now()) if events else [])
    done = [result or _item(next(outcomes)) for result in results]
    counts = {status: sum(each.status == status for each in done) for status in ("recorded", "replayed", "refused")}
    return BatchAnswer(results=done, **counts)


@router.get("/me/ledger", responses=documented(401, 422, 503))
def my_ledger(
    caller: CallerDep,
    session: SessionDep,
    before: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="`next_before` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> LedgerPage:
    """The caller's movements of points, the latest first."""
    rows = ledger.entries_of(session, caller.slayer_id, before=before, limit=limit + 1)
    items = [LedgerRow.model_validate(row.model_dump()) for row in rows[:limit]]
    return LedgerPage(items=items, next_before=items[-1].id if len(rows) > limit else None)


@router.get("/me/achievements", responses=documented(401, 503))
def my_achievements(caller: CallerDep, session: SessionDep) -> FeatList:
    """The caller's feats, done and left."""
    feats = ledger.feats_of(session, caller.slayer_id)
    return FeatList(earned=feats.earned, open=feats.open)


def _item(outcome: ledger.Outcome) -> ItemResult:
    if isinstance(outcome, Refusal):
        error = FieldError(field=outcome.error.field, message=outcome.error.message)
        return ItemResult(event_id=outcome.event_id, status="refused", errors=[error])
    status: Literal["recorded", "replayed"] = "replayed" if outcome.replayed else "recorded"
    return ItemResult(event_id=outcome.event_id, status=status, answer=outcome)


def _id_of(raw: Any) -> str | None:
    event_id = raw.get("event_id") if isinstance(raw, dict) else None
    return event_id[:128] if isinstance(event_id, str) else None
