"""Accounts: registering, the profile, and the demo slayer. How one comes in: ``sign_in.py`` and ``sessions.py``."""

from __future__ import annotations

import re
import secrets
import uuid
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from hashiramart import ledger, passwords, seed
from hashiramart.catalog import lend_first_weapon
from hashiramart.db import act_for
from hashiramart.errors import Conflict, Unauthenticated
from hashiramart.models import Account, Gamification, Slayer, SlayerZone
from hashiramart.sessions import ENDED
from hashiramart.text import Line

DEMO_HANDLE = "demo"

Role = Literal["slayer", "staff"]
"""Everybody is a slayer; the staff also looks after the shop (``staff.py``)."""

Handle = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._\-]{2,31}$")
]
Password = Annotated[str, StringConstraints(min_length=8, max_length=128)]


def _known_style(value: str) -> str:
    if value not in seed.style_names():
        raise ValueError(f"must be one of {', '.join(seed.style_names())}")
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones()) - {"localtime", "Factory"}  # the server's own zone, and a placeholder


def _known_zone(value: str) -> str:
    if value not in _zones():
        raise ValueError("must be an IANA time zone such as Asia/Tokyo")
    return value


def _style_without_suffix(value: str) -> str:
    """``"water breathing"`` -> ``"Water"``: people write the style either way."""
    return re.sub(r"\s+breathing$", "", value.strip(), flags=re.IGNORECASE).capitalize()


BreathingStyle = Annotated[str, AfterValidator(_style_without_suffix), AfterValidator(_known_style)]
Timezone = Annotated[str, AfterValidator(_known_zone)]
Attribute = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Registration(BaseModel):
    """A new slayer: how to sign in, and the profile."""

    model_config = ConfigDict(extra="forbid")

    handle: Handle = Field(description="Name to sign in with: 3-32 letters, digits and ._-", examples=["tanjiro"])
    password: Password = Field(description="8 to 128 characters.", examples=["wisteria-at-night"])
    name: Line = Field(description="Name the shop calls the slayer by.", examples=["Tanjiro"])
    breathing_style: BreathingStyle = Field(description="One of the breathing styles of GET /shop.", examples=["Water"])
    level: int = Field(1, ge=1, le=100, description="Experience level.")
    strength: Attribute = Field(50, description="0-100.")
    dexterity: Attribute = Field(50, description="0-100.")
    stamina: Attribute = Field(50, description="0-100.")
    timezone: Timezone = Field(
        "UTC", description="IANA zone; a slayer's day is their local day.", examples=["Asia/Tokyo"]
    )


def _without_null(schema: dict[str, Any]) -> None:
    """Say in the OpenAPI document what ``_not_null`` says: a field may be left out, but not null."""
    schema["minProperties"] = 1
    for name, field in schema["properties"].items():
        field.pop("default")
        schema["properties"][name] = {**field.pop("anyOf")[0], **field}


class ProfileChange(BaseModel):
    """What a slayer changes about themselves: at least one of these; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_null)

    name: Line | None = Field(None, description="Name the shop calls the slayer by.")
    breathing_style: BreathingStyle | None = Field(None, description="One of the breathing styles of GET /shop.")
    level: int | None = Field(None, ge=1, le=100, description="Experience level.")
    strength: Attribute | None = Field(None, description="0-100.")
    dexterity: Attribute | None = Field(None, description="0-100.")
    stamina: Attribute | None = Field(None, description="0-100.")
    timezone: Timezone | None = Field(None, description="IANA zone, from now on; days on record stay as they are.")
    show_name: bool | None = Field(None, strict=True, description="Whether the leaderboard may show the name.")

    @field_validator("*", mode="before")
    @classmethod
    def _not_null(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("must not be null; leave it out to keep it as it is")
        return value

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError(f"must change something: {', '.join(type(self).model_fields)}")
        return self


def register(session: Session, registration: Registration, *, password_hash: str | None = None) -> Slayer:
    """Create a slayer with their account, an empty ledger and a first weapon on loan.

    Args:
        session: a transaction; it acts for the new slayer from here on.
        registration: who they are.
        password_hash: of their password, where it was made before the transaction; else it is made here.

    Raises:
        Conflict: the handle is taken, or is the demo slayer's (anyone may enter that account).
    """
    if registration.handle == DEMO_HANDLE:
        raise _taken(registration.handle)
    return _enrol(session, registration, password_hash or passwords.hash_of(registration.password))


def _taken(handle: str) -> Conflict:
    return Conflict("handle", f"The handle {handle} is taken.")


def _enrol(session: Session, registration: Registration, password_hash: str) -> Slayer:
    slayer = Slayer(**registration.model_dump(include=set(Registration.model_fields) - {"handle", "password"}))
    act_for(session, slayer.id)
    session.add(slayer)
    session.flush()
    session.add(Gamification(slayer_id=slayer.id))
    session.add(SlayerZone(slayer_id=slayer.id, since=slayer.created_at, timezone=slayer.timezone))
    session.add(Account(slayer_id=slayer.id, handle=registration.handle, password_hash=password_hash))
    try:
        session.flush()
    except IntegrityError as error:
        raise _taken(registration.handle) from error
    lend_first_weapon(session, slayer)
    return slayer


def account_of(session: Session, handle: str) -> tuple[uuid.UUID, str] | None:
    """The slayer behind a handle in lower case and their password's hash, before anybody has signed in."""
    if not (handle.isascii() and handle.isprintable()):
        return None  # no handle holds such, and PostgreSQL may refuse to compare
    row = session.connection().exec_driver_sql("SELECT slayer_id, password_hash FROM account_of(%s)", (handle,)).first()
    return (row[0], row[1]) if row else None


def handle_of(session: Session, slayer_id: uuid.UUID) -> str:
    """The handle a slayer signs in with.

    Raises:
        Unauthenticated: the slayer left a moment ago.
    """
    handle = session.exec(select(Account.handle).where(Account.slayer_id == slayer_id)).first()
    if handle is None:
        raise Unauthenticated(ENDED)
    return handle


def role_of(session: Session, slayer_id: uuid.UUID) -> Role:
    """What a slayer may do in the shop.

    Raises:
        Unauthenticated: the slayer left a moment ago.
    """
    role = session.exec(select(Account.role).where(Account.slayer_id == slayer_id)).first()
    if role is None:
        raise Unauthenticated(ENDED)
    return "staff" if role == "staff" else "slayer"


def profile_of(session: Session, slayer_id: uuid.UUID) -> Slayer:
    """A slayer's profile.

    Raises:
        Unauthenticated: the slayer left a moment ago.
    """
    slayer = session.get(Slayer, slayer_id)
    if slayer is None:
        raise Unauthenticated(ENDED)
    return slayer


def change_profile(session: Session, slayer_id: uuid.UUID, change: ProfileChange, *, now: datetime) -> Slayer:
    """Change what a slayer says about themselves. Battles on record keep the attributes that they were fought with.

    Raises:
        Conflict: they changed their zone too often today.
        Unauthenticated: the slayer left a moment ago.
    """
    # The row of the totals first, as every report does: changes and reports of one slayer wait for each other, in one order.
    session.exec(select(Gamification.slayer_id).where(Gamification.slayer_id == slayer_id).with_for_update()).all()
    slayer = profile_of(session, slayer_id)
    wanted = change.model_dump(exclude_unset=True)
    timezone = wanted.pop("timezone", None)
    if timezone is not None:
        ledger.move(session, slayer, timezone, now=now)
    for field, value in wanted.items():
        setattr(slayer, field, value)
    session.add(slayer)
    session.flush()
    return slayer


def ensure_demo_slayer(session: Session) -> uuid.UUID:
    """The demo slayer, made on first use. Nobody knows the password: it is entered by one click, in embedded mode only."""
    found = account_of(session, DEMO_HANDLE)
    if found is not None:
        act_for(session, found[0])
        return found[0]
    profile = Registration(
        handle=DEMO_HANDLE,
        password=secrets.token_urlsafe(24),
        name="Kaede",
        breathing_style="Water",
        level=8,
        strength=48,
        dexterity=62,
        stamina=55,
    )
    try:
        with session.begin_nested():
            return _enrol(session, profile, passwords.hash_of(profile.password)).id
    except Conflict:  # another click made it between our look and our write
        return ensure_demo_slayer(session)
