"""Pictures ordered over HTTP by slayers of the load, and what came of them, from the database."""

from __future__ import annotations

import io
import itertools
import secrets
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
from sqlmodel import col, func, select

from evals.load.plan import admit
from hashiramart import images
from hashiramart.db import Database
from hashiramart.models import Image, ImageFile, Slayer, Weapon, utc_now

_TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Patron:
    """A slayer who orders pictures."""

    slayer_id: uuid.UUID
    token: str


@dataclass(frozen=True)
class Wanted:
    """An order that is sent."""

    patron: Patron
    body: dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """What it was answered with, and after how long. ``image_id`` where it was taken on."""

    status: int
    seconds: float
    retry_after: str | None
    image_id: str | None


def come_in(database: Database, count: int) -> list[Patron]:
    """So many patrons."""
    patrons, now = [], utc_now()
    for _ in range(count):
        slayer = Slayer(name=f"Patron {secrets.token_hex(3)}", breathing_style="Water", level=20)
        with database.session(None) as session:
            patrons.append(Patron(slayer.id, admit(session, slayer, now=now)))
    return patrons


def wishes(database: Database, patrons: Sequence[Patron], count: int, *, first_seed: int = 0) -> list[Wanted]:
    """So many orders, no two alike."""
    with database.service() as session:
        weapons = [str(key) for key in session.exec(select(Weapon.id).order_by(col(Weapon.slug)))]
    pairs: Iterator[tuple[Patron, str]] = zip(itertools.cycle(patrons), itertools.cycle(weapons), strict=False)
    return [
        Wanted(patron, {"weapon_id": weapon, "scene": "bamboo at night", "seed": first_seed + number})
        for number, (patron, weapon) in enumerate(itertools.islice(pairs, count))
    ]


def send(port: int, orders: Sequence[Wanted], *, clients: int) -> list[Answered]:
    """Send orders, so many at a time, over connections that are kept."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=_TIMEOUT_S) as client:

        def one(order: Wanted) -> Answered:
            started = time.perf_counter()
            headers = {"Authorization": f"Bearer {order.patron.token}"}
            answer = client.post("/generate_image", json=order.body, headers=headers)
            seconds = time.perf_counter() - started
            known = answer.json()["image_id"] if answer.status_code == 202 else None
            return Answered(answer.status_code, seconds, answer.headers.get("Retry-After"), known)

        with ThreadPoolExecutor(clients) as pool:
            return list(pool.map(one, orders))


def count_endings(database: Database) -> None:
    """Note, from now on, each time that a picture is said to be done: by the database itself, whoever says so."""
    with psycopg.connect(database.conninfo) as owner:
        owner.execute("CREATE TABLE bench_endings (image_id uuid NOT NULL)")
        owner.execute(
            "CREATE FUNCTION note_ending() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
            "SET search_path = public, pg_temp AS $$ "
            "BEGIN INSERT INTO bench_endings VALUES (NEW.id); RETURN NULL; END $$"
        )
        owner.execute(
            "CREATE TRIGGER note_ending AFTER UPDATE OF status ON images FOR EACH ROW WHEN (NEW.status = 'done') "
            "EXECUTE FUNCTION note_ending()"
        )


def endings(database: Database) -> Counter[uuid.UUID]:
    """How often each picture was done."""
    with psycopg.connect(database.conninfo) as owner:
        return Counter(key for (key,) in owner.execute("SELECT image_id FROM bench_endings"))


def unfinished(database: Database) -> int:
    """How many pictures have not ended."""
    with database.service() as session:
        waiting = select(func.count()).select_from(Image).where(col(Image.status).in_(images.UNFINISHED))
        return session.exec(waiting).one()


def at_work(database: Database, *, step: int = 0) -> bool:
    """Whether a picture is being painted, and so many steps of it are done."""
    with database.service() as session:
        return session.exec(select(Image.id).where(Image.status == "painting", Image.step >= step)).first() is not None


def ordered(database: Database) -> list[Image]:
    """All pictures, in the order in which they were asked for."""
    with database.service() as session:
        return list(session.exec(select(Image).order_by(col(Image.number))).all())


def is_whole(database: Database, image: Image) -> bool:
    """Whether a finished picture's file can be opened, has its size, and says the same of where it comes from as its row."""
    from PIL import Image as Images

    with database.service() as session:
        rows = session.exec(select(ImageFile).where(ImageFile.image_id == image.id)).all()
    files = {row.kind: row.data for row in rows}
    if set(files) != {"picture", "thumbnail"}:
        return False
    with Images.open(io.BytesIO(files["picture"])) as picture:
        picture.load()
        told = (picture.info["prompt"], picture.info["seed"], picture.info["checkpoint"])
        return picture.size == (image.width, image.height) and told == (
            image.prompt,
            str(image.seed),
            image.checkpoint_hash,
        )
