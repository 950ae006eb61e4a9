"""Registration, sign-in and sign-out, passwords, and tokens for programs."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.deps import COOKIE, CallerDep, OpenSessionDep, SessionDep, SettingsDep, ShopDep
from api.errors import documented
from hashiramart import accounts, passwords, sessions, sign_in
from hashiramart.accounts import Password, Registration
from hashiramart.config import Settings
from hashiramart.errors import NotFound
from hashiramart.models import utc_now
from hashiramart.sessions import Issued, SessionKind
from hashiramart.text import Line

router = APIRouter(prefix="/auth", tags=["auth"])

KIND = Field(description="`token` for programs (bearer), `cookie` for the page (needs the CSRF token).")

GivenPassword = Annotated[str, StringConstraints(min_length=1, max_length=128)]
"""A password that is looked at, not chosen."""


class RegisterRequest(Registration):
    """A new slayer, and how to stay signed in."""

    session: Annotated[SessionKind, KIND] = "token"


class LoginRequest(BaseModel):
    """Who wants to come in."""

    model_config = ConfigDict(extra="forbid")

    handle: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    password: GivenPassword
    session: Annotated[SessionKind, KIND] = "token"


class DemoRequest(BaseModel):
    """One click as the demo slayer."""

    model_config = ConfigDict(extra="forbid")

    session: Annotated[SessionKind, KIND] = "token"


class PasswordRequest(BaseModel):
    """Another password."""

    model_config = ConfigDict(extra="forbid")

    current: GivenPassword
    new: Password = Field(description="8 to 128 characters.")


class TokenRequest(BaseModel):
    """A token for a program."""

    model_config = ConfigDict(extra="forbid")

    name: Line = Field(description="What the caller knows it by.", examples=["training log"])
    days: int | None = Field(
        None, ge=1, le=365, strict=True, description="Days that it lives; as the shop is set up when left out."
    )


class SessionAnswer(BaseModel):
    """A new session: a bearer token for a program, or a CSRF token for a browser whose cookie was set."""

    slayer_id: uuid.UUID
    access_token: str | None = Field(None, description="For `Authorization: Bearer`.")
    csrf_token: str | None = Field(None, description="To be sent as `X-CSRF-Token` with every change.")


class SessionState(BaseModel):
    """The session that a browser has."""

    slayer_id: uuid.UUID
    csrf_token: str | None


class TokenAnswer(BaseModel):
    """A new token. The secret is shown here and never again."""

    token_id: uuid.UUID
    name: str
    access_token: str = Field(description="For `Authorization: Bearer`.")
    expires_at: datetime


class TokenView(BaseModel):
    """A session of the caller: a program's (`token`) or a browser's (`cookie`)."""

    token_id: uuid.UUID
    name: str | None = Field(description="Null for sessions that were opened by signing in.")
    kind: SessionKind
    created_at: datetime
    expires_at: datetime
    current: bool = Field(description="Whether this request came with it.")


class TokenList(BaseModel):
    """The caller's sessions, the latest first."""

    items: list[TokenView]


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


def _without_cookie() -> Response:
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.post("/register", status_code=201, responses=documented(409, 413, 422, 503))
def register(body: RegisterRequest, response: Response, shop: ShopDep, settings: SettingsDep) -> SessionAnswer:
    """Create a slayer and sign in."""
    hashed = passwords.hash_of(body.password)
    with shop.database.session(None) as session:
        slayer = accounts.register(session, body, password_hash=hashed)
        issued = sessions.open_session(session, slayer.id, body.session, now=utc_now(), days=settings.session_days)
    return _begin(response, settings, issued)


@router.post("/login", responses=documented(401, 413, 422, 429, 503))
def login(body: LoginRequest, response: Response, shop: ShopDep, settings: SettingsDep) -> SessionAnswer:
    """Sign in. After five wrong passwords a handle has to wait, longer each time; ``Retry-After`` says how many seconds."""
    issued = sign_in.sign_in(
        shop.database, body.handle, body.password, body.session, now=utc_now(), days=settings.session_days
    )
    return _begin(response, settings, issued)


@router.post("/demo", responses=documented(404, 413, 422, 503))
def demo(body: DemoRequest, response: Response, session: OpenSessionDep, settings: SettingsDep) -> SessionAnswer:
    """Sign in as the demo slayer; only where the shop runs with its embedded defaults."""
    if not settings.demo_allowed:
        raise NotFound("session", "There is no demo slayer here.")
    slayer_id = accounts.ensure_demo_slayer(session)
    issued = sessions.open_session(session, slayer_id, body.session, now=utc_now(), days=settings.session_days)
    return _begin(response, settings, issued)


@router.get("/session", responses=documented(401, 503))
def current_session(caller: CallerDep) -> SessionState:
    """The session of this browser, for a page that was loaded again."""
    return SessionState(slayer_id=caller.slayer_id, csrf_token=caller.csrf_token)


@router.post("/logout", status_code=204, responses=documented(401, 403, 503))
def logout(caller: CallerDep, session: SessionDep) -> Response:
    """Sign out: the session ends on the server too."""
    sessions.close_session(session, caller)
    return _without_cookie()


@router.post("/password", status_code=204, responses=documented(401, 403, 413, 422, 429, 503))
def change_password(body: PasswordRequest, caller: CallerDep, shop: ShopDep) -> Response:
    """Choose another password. Every other session of the caller ends; wrong guesses count as wrong sign-ins."""
    sign_in.change_password(shop.database, caller, body.current, body.new, now=utc_now())
    return Response(status_code=204)


@router.post("/tokens", status_code=201, responses=documented(401, 403, 413, 422, 503))
def create_token(body: TokenRequest, caller: CallerDep, session: SessionDep, settings: SettingsDep) -> TokenAnswer:
    """Make a bearer token for a program. It may do all that the caller may, until it is revoked or has expired."""
    days = body.days or settings.session_days
    issued = sessions.open_session(session, caller.slayer_id, "token", now=utc_now(), days=days, name=body.name)
    return TokenAnswer(
        token_id=issued.session_id, name=body.name, access_token=issued.token, expires_at=issued.expires_at
    )


@router.get("/tokens", responses=documented(401, 503))
def tokens(caller: CallerDep, session: SessionDep) -> TokenList:
    """The caller's tokens, and their browsers' sessions too."""
    items = [
        TokenView.model_validate({**each.model_dump(), "token_id": each.id, "current": each.id == caller.session_id})
        for each in sessions.live_sessions(session, caller.slayer_id, now=utc_now())
    ]
    return TokenList(items=items)


@router.delete("/tokens/{token_id}", status_code=204, responses=documented(401, 403, 404, 422, 503))
def revoke_token(token_id: uuid.UUID, caller: CallerDep, session: SessionDep) -> Response:
    """Revoke a token, or end a browser's session: it is refused from now on."""
    sessions.revoke(session, caller.slayer_id, token_id)
    ours = caller.kind == "cookie" and token_id == caller.session_id
    return _without_cookie() if ours else Response(status_code=204)
