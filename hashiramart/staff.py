"""The staff: slayers who also look after the shop. Who they are is said on the command line, and never over the API.

The application role of the database can neither write ``accounts.role`` nor what the staff did: both are the service role's,
which the API uses for the staff's own routes once it knows who calls.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from hashiramart.accounts import DEMO_HANDLE, Role
from hashiramart.errors import Forbidden, InvalidInput, NotFound
from hashiramart.models import Account, Slayer, StaffAction

NOT_STAFF = "This is for the shop's staff."

Act = Literal["promote", "rollback", "retry", "cancel"]


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff."""

    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and by which handle; None where they have left for good."""

    action: StaffAction
    handle: str | None


def set_role(session: Session, handle: str, role: Role) -> bool:
    """Make a slayer one of the staff, or no longer; holds from their next request on.

    Args:
        session: a transaction of the service role.
        handle: theirs, in any case.
        role: the one they are to have.

    Returns:
        whether that changed anything.

    Raises:
        InvalidInput: the demo slayer, as whom anybody may come in.
        NotFound: nobody has this handle.
    """
    wanted = handle.strip().lower()
    if wanted == DEMO_HANDLE and role == "staff":
        raise InvalidInput("handle", "Anybody may come in as the demo slayer. Make a slayer of your own first.")
    account = session.exec(select(Account).where(Account.handle == wanted).with_for_update()).first()
    if account is None:
        raise NotFound("handle", f"There is no slayer with the handle {wanted}. Make one on the page first.")
    changed = account.role != role
    account.role = role
    session.add(account)
    return changed


def members(session: Session) -> list[Member]:
    """The staff by handle, for the service role."""
    rows = session.exec(
        select(Account.handle, Slayer.name)
        .join(Slayer, col(Slayer.id) == Account.slayer_id)
        .where(Account.role == "staff")
        .order_by(Account.handle)
    )
    return [Member(handle, name) for handle, name in rows]


def confirm(session: Session, staff_id: uuid.UUID) -> None:
    """Make sure that somebody is of the staff, and stays so until the transaction of the service role ends.

    Raises:
        Forbidden: they are not any more.
    """
    kept = select(Account.role).where(Account.slayer_id == staff_id).with_for_update(read=True)
    if session.exec(kept).first() != "staff":
        raise Forbidden(NOT_STAFF)


def record(session: Session, staff_id: uuid.UUID, act: Act, subject: str, *, before: str | None, now: datetime) -> None:
    """Put on record what somebody of the staff did.

    Args:
        session: the transaction of the service role in which they were confirmed.
        staff_id: who.
        act: what.
        subject: to what, in words for people.
        before: the champion that it replaces, for promotions and rollbacks.
        now: when.
    """
    session.add(StaffAction(staff_id=staff_id, action=act, subject=subject, before=before, acted_at=now))
    session.flush()


def latest(session: Session, limit: int) -> list[Done]:
    """What the staff did last, the latest first, for the service role."""
    rows = session.exec(
        select(StaffAction, Account.handle)
        .join(Account, col(Account.slayer_id) == StaffAction.staff_id, isouter=True)
        .order_by(col(StaffAction.id).desc())
        .limit(limit)
    )
    return [Done(action, handle) for action, handle in rows]


def done_by(session: Session, slayer_id: uuid.UUID) -> Sequence[StaffAction]:
    """What one slayer did as staff, the first first."""
    return session.exec(
        select(StaffAction).where(StaffAction.staff_id == slayer_id).order_by(col(StaffAction.id))
    ).all()
