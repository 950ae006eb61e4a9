"""Registration, sign-in and sign-out."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.deps import COOKIE, CallerDep, OpenSessionDep, SessionDep, SettingsDep, TokenDep
from api.errors import documented
from hashiramart import accounts
from hashiramart.accounts import Issued, Registration, SessionKind
from hashiramart.config import Settings
from hashiramart.errors import NotFound
from hashiramart.models import utc_now

router = APIRouter(prefix="/auth", tags=["auth"])

KIND = Field(description="`token` for programs (bearer), `cookie` for the page (needs the CSRF token).")


class RegisterRequest(Registration):
    """A new slayer, and how to stay signed in."""

    session: Annotated[SessionKind, KIND] = "token"


class LoginRequest(BaseModel):
    """Who wants to come in."""

    model_config = ConfigDict(extra="forbid")

    handle: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=128)]
    session: Annotated[SessionKind, KIND] = "token"


class DemoRequest(BaseModel):
    """One click as the demo slayer."""

    model_config = ConfigDict(extra="forbid")

    session: Annotated[SessionKind, KIND] = "token"


class SessionAnswer(BaseModel):
    """A new session: a bearer token for a program, or a CSRF token for a browser whose cookie was set."""

    slayer_id: uuid.UUID
    access_token: str | None = Field(None, description="For `Authorization: Bearer`.")
    csrf_token: str | None = Field(None, description="To be sent as `X-CSRF-Token` with every change.")


class SessionState(BaseModel):
    """The session that a browser has."""

    slayer_id: uuid.UUID
    csrf_token: str | None


def _begin(response: Response, settings: Settings, issued: Issued) -> SessionAnswer:
    if issued.csrf_token is None:
        return SessionAnswer(slayer_id=issued.slayer_id, access_token=issued.token)
    response.set_cookie(
        COOKIE,
        issued.token,
        max_age=settings.session_days * 86_400,
        httponly=True,
        samesite="lax",
        secure=settings.env == "prod",
        path="/",
    )
    return SessionAnswer(slayer_id=issued.slayer_id, csrf_token=issued.csrf_token)


@router.post("/register", status_code=201, responses=documented(409, 413, 422, 503))
def register(
    body: RegisterRequest, response: Response, session: OpenSessionDep, settings: SettingsDep
) -> SessionAnswer:
    """Create a slayer and sign in."""
    slayer = accounts.register(session, body)
    issued = accounts.open_session(session, slayer.id, body.session, now=utc_now(), days=settings.session_days)
    return _begin(response, settings, issued)


@router.post("/login", responses=documented(401, 413, 422, 503))
def login(body: LoginRequest, response: Response, session: OpenSessionDep, settings: SettingsDep) -> SessionAnswer:
    """Sign in."""
    slayer_id = accounts.check_password(session, body.handle, body.password)
    issued = accounts.open_session(session, slayer_id, body.session, now=utc_now(), days=settings.session_days)
    return _begin(response, settings, issued)


@router.post("/demo", responses=documented(404, 413, 422, 503))
def demo(body: DemoRequest, response: Response, session: OpenSessionDep, settings: SettingsDep) -> SessionAnswer:
    """Sign in as the demo slayer; only where the shop runs with its embedded defaults."""
    if not settings.demo_allowed:
        raise NotFound("session", "There is no demo slayer here.")
    slayer_id = accounts.ensure_demo_slayer(session)
    issued = accounts.open_session(session, slayer_id, body.session, now=utc_now(), days=settings.session_days)
    return _begin(response, settings, issued)


@router.get("/session", responses=documented(401, 503))
def current_session(caller: CallerDep) -> SessionState:
    """The session of this browser, for a page that was loaded again."""
    return SessionState(slayer_id=caller.slayer_id, csrf_token=caller.csrf_token)


@router.post("/logout", status_code=204, responses=documented(401, 403, 503))
def logout(_caller: CallerDep, token: TokenDep, session: SessionDep) -> Response:
    """Sign out: the session ends on the server too."""
    accounts.close_session(session, token or "")
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response
