"""A day in the dojo, lived through the API by slayers whose true chances are known: ask, buy, fight, report.

The slayers are drawn as the generator draws them, and battles end by ``ml.truth``; everything else is the shop's own: its
recommendations, orders and events. Nobody looks at the truth to choose.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np

from evals.load.plan import admit
from hashiramart.db import Database
from hashiramart.errors import HashiraError
from hashiramart.models import Slayer, utc_now
from ml.features import SlayerProfile, WeaponTable, feature_matrix
from ml.generate_data import make_slayers
from ml.params import GenerateData
from ml.truth import success_probability

_AT_ONCE = 4


@dataclass(frozen=True)
class Visitor:
    """A slayer of the simulation, who may sign in with a bearer token."""

    profile: SlayerProfile
    token: str


@dataclass(frozen=True)
class Day:
    """What came of a day: lists shown, weapons among them that were tried out, battles reported."""

    lists: int
    explored: int
    battles: int


def profiles(p: GenerateData, count: int, seed: int) -> list[SlayerProfile]:
    """Slayers as the generator makes them, with another seed than its own."""
    frame = make_slayers(p.model_copy(update={"slayers": count}), np.random.default_rng(seed))
    columns = ["level", "strength", "dexterity", "stamina", "breathing_style"]
    return [
        SlayerProfile(int(level), float(strength), float(dexterity), float(stamina), str(style))
        for level, strength, dexterity, stamina, style in frame[columns].itertuples(index=False, name=None)
    ]


def enrol(database: Database, people: Sequence[SlayerProfile]) -> list[Visitor]:
    """Put slayers into the shop, empty-handed."""
    now, visitors = utc_now(), []
    with database.session(None) as session:
        for number, one in enumerate(people):
            slayer = Slayer(
                name=f"Visitor {number}",
                breathing_style=one.breathing_style,
                level=one.level,
                strength=one.strength,
                dexterity=one.dexterity,
                stamina=one.stamina,
            )
            visitors.append(Visitor(one, admit(session, slayer, now=now)))
    return visitors


@dataclass(frozen=True)
class World:
    """What decides battles: the weapons, the share that luck alone decides, and how much the slayers do.

    Attributes:
        table: all weapons of the shop.
        upset_rate: share of battles that a coin decides.
        top_k: weapons that a slayer asks for, buys and fights with.
        battles: with each of them; the rules allow a slayer some twenty an hour.
    """

    table: WeaponTable
    upset_rate: float
    top_k: int
    battles: int


def live(world: World, visitors: Sequence[Visitor], port: int, seed: int, tell: Callable[[float], None]) -> Day:
    """Let every visitor ask for weapons, buy what is shown, fight with it and report.

    Raises:
        HashiraError: the shop refused something that it must not refuse.
    """
    row_of = {weapon: row for row, weapon in enumerate(world.table.ids)}
    days: list[Day] = []

    def visit(job: tuple[int, Visitor]) -> Day:
        number, visitor = job
        dice = np.random.default_rng((seed, number))
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=60, headers={"Authorization": f"Bearer {visitor.token}"}
        ) as client:
            cards = _told(client, "/recommend", {"top_k": world.top_k})["recommendations"]
            for card in cards:
                _told(client, "/orders", {"order_key": secrets.token_hex(8), "weapon_id": card["weapon_id"]})
            rows = np.array([row_of[card["weapon_id"]] for card in cards])
            chance = success_probability(feature_matrix(visitor.profile, world.table, rows), world.upset_rate)
            events = _battles([card["weapon_id"] for card in cards], chance, world.battles, dice)
            told = _told(client, "/events/batch", {"events": events})
        if told["recorded"] != len(events):
            raise HashiraError(f"{len(events) - told['recorded']} battles of the simulation were refused: {told}")
        return Day(1, sum(card["explored"] for card in cards), len(events))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done, day in enumerate(pool.map(visit, enumerate(visitors)), start=1):
            days.append(day)
            tell(done / len(visitors))
    return Day(*(sum(getattr(day, name) for day in days) for name in ("lists", "explored", "battles")))


def _battles(weapons: Sequence[str], chance: Any, each: int, dice: np.random.Generator) -> list[dict[str, Any]]:
    """Battles, the weapons taking turns. They happen now: a battle counts for a list only when it comes after it."""
    return [
        {
            "type": "battle",
            "event_id": secrets.token_hex(8),
            "weapon_id": weapon,
            "success": bool(dice.random() < chance[place]),
        }
        for _ in range(each)
        for place, weapon in enumerate(weapons)
    ]


def _told(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(path, json=body)
    if answer.status_code not in {200, 201}:
        raise HashiraError(f"POST {path} of the simulation was answered with {answer.status_code}: {answer.text[:300]}")
    told: dict[str, Any] = answer.json()
    return told
