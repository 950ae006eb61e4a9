"""What routes depend on: the wired shop, and who is calling."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlmodel import Session

from agents.turn import Agents
from api.agui.runs import Runs
from hashiramart import accounts, sessions
from hashiramart.config import Settings
from hashiramart.errors import Forbidden, Unauthenticated
from hashiramart.models import utc_now
from hashiramart.sessions import Caller
from hashiramart.staff import NOT_STAFF
from tools.deps import Shop, ToolDeps

COOKIE = "hashira_session"
CSRF_HEADER = "X-CSRF-Token"

_bearer = HTTPBearer(auto_error=False, description="The access_token of /auth/register or /auth/login.")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="The page's session.")


# Dependencies that only look something up are coroutines: FastAPI sends plain functions to another thread, each of them.
async def agents_of(request: Request) -> Agents:
    """The agents, wired by the lifespan."""
    agents: Agents = request.app.state.agents
    return agents


async def shop_of(request: Request) -> Shop:
    """The open services, wired by the lifespan."""
    agents: Agents = request.app.state.agents
    return agents.shop


async def runs_of(request: Request) -> Runs:
    """The runs under way over AG-UI."""
    runs: Runs = request.app.state.runs
    return runs


async def settings_of(request: Request) -> Settings:
    """The settings the app was made with."""
    settings: Settings = request.app.state.settings
    return settings


AgentsDep = Annotated[Agents, Depends(agents_of)]
RunsDep = Annotated[Runs, Depends(runs_of)]
ShopDep = Annotated[Shop, Depends(shop_of)]
SettingsDep = Annotated[Settings, Depends(settings_of)]


def open_session_of(shop: ShopDep) -> Iterator[Session]:
    """One transaction for a request of nobody in particular: it sees no slayer's rows until it acts for one."""
    with shop.database.session(None) as session:
        yield session


OpenSessionDep = Annotated[Session, Depends(open_session_of, scope="function")]


async def token_of(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    cookie: Annotated[str | None, Depends(_cookie)],
) -> str | None:
    """The session secret that came with the request; a bearer token goes before a cookie."""
    return credentials.credentials if credentials else cookie


TokenDep = Annotated[str | None, Depends(token_of)]


async def secret_of(token: TokenDep) -> str:
    """The session secret, without which nobody gets further.

    Raises:
        Unauthenticated: there is none.
    """
    if not token:
        raise Unauthenticated("Sign in first: there is no session with this request.")
    return token


SecretDep = Annotated[str, Depends(secret_of)]


def caller_of(request: Request, shop: ShopDep, token: SecretDep) -> Caller:
    """Who is calling.

    Raises:
        Unauthenticated: no such session, or it has ended.
        Forbidden: a browser's session without its CSRF token on a request that changes something.
    """
    caller = shop.database.steadily(lambda: _caller(shop, token))
    if caller.kind == "cookie" and request.method not in {"GET", "HEAD", "OPTIONS"}:
        sent = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(sent.encode(), (caller.csrf_token or "").encode()):
            raise Forbidden(f"The header {CSRF_HEADER} is missing or wrong.")
    return caller


def _caller(shop: Shop, token: str) -> Caller:
    with shop.database.plain() as connection:
        return sessions.caller_of(connection, token, now=utc_now())


CallerDep = Annotated[Caller, Depends(caller_of)]


def staff_of(shop: ShopDep, caller: CallerDep) -> Caller:
    """Who is calling, when they are of the staff.

    Raises:
        Unauthenticated: no such session, or it has ended.
        Forbidden: a slayer like any other.
    """
    with shop.database.session(caller.slayer_id) as session:
        if accounts.role_of(session, caller.slayer_id) != "staff":
            raise Forbidden(NOT_STAFF)
    return caller


StaffDep = Annotated[Caller, Depends(staff_of)]


def session_of(shop: ShopDep, caller: CallerDep) -> Iterator[Session]:
    """One transaction for the request: it sees the caller's rows and nobody else's."""
    with shop.database.session(caller.slayer_id) as session:
        yield session


SessionDep = Annotated[Session, Depends(session_of, scope="function")]


def tool_deps(shop: Shop, caller: Caller, emit: Callable[[BaseModel], None] = lambda _block: None) -> ToolDeps:
    """The surroundings of a tool called by a route rather than by an agent."""
    return ToolDeps(shop=shop, caller=caller.slayer_id, now=utc_now(), key=f"api:{uuid.uuid4()}", emit=emit)
