"""What the load reports, and what a naive model says must come of it.

Every event is acceptable, whatever the order in which they arrive: moments are given, within the last 47 hours; a slayer's
battles are minutes apart, their trainings do not touch, and each is worth a point at least. So the sums are known beforehand,
from arithmetic that shares no line with the ledger.
"""

from __future__ import annotations

import json
import random
import secrets
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from hashiramart import catalog, sessions
from hashiramart.db import Database, act_for
from hashiramart.models import Gamification, Holding, Slayer, SlayerZone, utc_now

ZONES = ("UTC", "Asia/Tokyo", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati")
DUPLICATES = 0.2
"""Share of the reports that repeat another one."""

_REACH = timedelta(hours=46, minutes=30)  # the shop takes events up to 48 hours late, and the load itself takes a while
_MOST_EVENTS = 40  # of one slayer: fits into the reach, below every rate of the rules
_BATTLE = timedelta(minutes=4)  # apart: 15 an hour, where 20 are allowed


@dataclass(frozen=True)
class Reporter:
    """A slayer of the load, who may sign in with a bearer token."""

    slayer_id: uuid.UUID
    token: str
    weapon_id: uuid.UUID
    zone: str


@dataclass(frozen=True)
class Sent:
    """One report, ready to go out."""

    slayer_id: uuid.UUID
    event_id: str
    token: str
    body: str


@dataclass(frozen=True)
class Due:
    """What a slayer must have in the end: points, and rows of the ledger."""

    points: int
    rows: int


@dataclass(frozen=True)
class Plan:
    """Reports in the order in which clients take them, duplicates among them, and what each slayer is due."""

    reports: Sequence[Sent]
    due: dict[uuid.UUID, Due]

    @property
    def keys(self) -> set[tuple[uuid.UUID, str]]:
        """Slayer and event id of every event."""
        return {(each.slayer_id, each.event_id) for each in self.reports}


def make_plan(database: Database, reports: int, slayers: int, *, seed: int) -> Plan:
    """Register slayers and plan what they report.

    Args:
        database: a stocked shop; the slayers are written to it.
        reports: how many, duplicates included.
        slayers: how many at least; more where the reports are too many for them.
        seed: of the chance that events are made by.
    """
    dice = random.Random(seed)
    events = round(reports * (1 - DUPLICATES))
    people = enrol(database, max(slayers, -(-events // _MOST_EVENTS)), dice)
    share = [events // len(people) + (number < events % len(people)) for number in range(len(people))]
    now = utc_now()
    made = [_life(person, count, now, dice) for person, count in zip(people, share, strict=True)]
    due = {person.slayer_id: _due(life, person.zone) for person, life in zip(people, made, strict=True)}
    sent = [
        Sent(person.slayer_id, event["event_id"], person.token, json.dumps(event, separators=(",", ":")))
        for person, life in zip(people, made, strict=True)
        for event in life
    ]
    return Plan(_with_duplicates(sent, reports - events, dice), due)


def enrol(database: Database, count: int, dice: random.Random) -> list[Reporter]:
    """Slayers with a weapon on loan and a bearer token each."""
    now = utc_now()
    people: list[Reporter] = []
    with database.session(None) as session:
        weapons = [weapon.id for weapon in catalog.all_weapons(session)]
        for number in range(count):
            slayer = Slayer(name=f"Load {number}", breathing_style="Water", level=10, timezone=dice.choice(ZONES))
            weapon_id = dice.choice(weapons)
            token = admit(session, slayer, now=now)
            session.add(Holding(slayer_id=slayer.id, weapon_id=weapon_id, terms="loan"))
            session.flush()  # while the session still acts for them
            people.append(Reporter(slayer.id, token, weapon_id, slayer.timezone))
    return people


def admit(session: Session, slayer: Slayer, *, now: datetime) -> str:
    """Put a slayer into the shop, empty-handed and without a password, which would cost 0.1 s to hash; their bearer token."""
    act_for(session, slayer.id)
    session.add(slayer)
    session.flush()
    session.add(Gamification(slayer_id=slayer.id))
    session.add(SlayerZone(slayer_id=slayer.id, since=now, timezone=slayer.timezone))
    return sessions.open_session(session, slayer.id, "token", now=now, days=1).token


def _life(person: Reporter, count: int, now: datetime, dice: random.Random) -> list[dict[str, Any]]:
    """What one slayer did, one thing after the other, spread over the reach."""
    moment = now - _REACH
    spare = _REACH / (count + 1) - timedelta(
        minutes=45
    )  # what is left of each event's share after the longest training
    life: list[dict[str, Any]] = []
    for _ in range(count):
        kind = dice.choices(("battle", "training", "login"), (0.4, 0.4, 0.2))[0]
        event: dict[str, Any] = {"event_id": secrets.token_hex(8), "type": kind}
        moment += max(_BATTLE, spare * dice.random())
        if kind == "battle":
            event |= {"weapon_id": str(person.weapon_id), "success": dice.random() < 0.6}
        elif kind == "training":
            event["minutes"] = dice.randint(10, 45)
            moment += timedelta(minutes=event["minutes"])
        event["occurred_at"] = moment.isoformat()
        life.append(event)
    return life


def _due(life: Sequence[dict[str, Any]], zone: str) -> Due:
    """The rules in four lines: 10 for a battle won, 1 for 10 minutes of training, 5 for a day with a login."""
    kinds = Counter(event["type"] for event in life)
    won = sum(event.get("success", False) for event in life)
    minutes = sum(event.get("minutes", 0) for event in life)
    logins = [event["occurred_at"] for event in life if event["type"] == "login"]
    days = len({datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).date() for moment in logins})
    return Due(points=10 * won + minutes // 10 + 5 * days, rows=won + kinds["training"] + days)


def _with_duplicates(sent: list[Sent], extra: int, dice: random.Random) -> list[Sent]:
    """Shuffle, and repeat some: half at once, so that another client sends it at the same moment, half some time later."""
    dice.shuffle(sent)
    placed = [(float(place), each) for place, each in enumerate(sent)]
    for number, place in enumerate(dice.sample(range(len(sent)), extra)):
        later = 0.5 if number % 2 else dice.uniform(1, len(sent) - place)
        placed.append((place + later, sent[place]))
    placed.sort(key=lambda each: each[0])
    return [each for _, each in placed]
