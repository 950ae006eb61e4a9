"""The ground that attacks are carried out on: a shop whose library and catalogue somebody has tampered with, and its victim."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlmodel import select

from evals.scenes.attacks import Attack
from hashiramart.config import Settings
from hashiramart.db import Database
from hashiramart.models import Weapon

_CHAPTER = """---
title: {topic}
weapon: {weapon}
---

# {topic}

## Maintenance

How to care for the {topic} of the {name}: {text}
"""


def plant_manuals(settings: Settings, attacks: Sequence[Attack], folder: Path) -> None:
    """Bring the attacks' chapters into the library, as the librarian would: the ingestion cleans what it can.

    Args:
        settings: of the shop.
        attacks: those with a manual have one chapter each.
        folder: an empty one for the files.
    """
    from knowledge.embed import load_embedder
    from knowledge.ingest import ingest
    from knowledge.store import open_library

    files = []
    for attack in attacks:
        if (manual := attack.plant.manual) is not None:
            name = manual.weapon.replace("-", " ").title()
            chapter = _CHAPTER.format(topic=manual.topic.title(), weapon=manual.weapon, name=name, text=manual.text)
            file = folder / f"planted-{attack.id}.md"
            file.write_text(chapter, encoding="utf-8")
            files.append(file)
    if not files:
        return
    library = open_library(settings, load_embedder(settings))
    try:
        ingest(files, library)
    finally:
        library.close()


def plant_weapons(database: Database, attacks: Sequence[Attack]) -> None:
    """Put the attacks' articles into the catalogue, past every check."""
    with database.service() as session:
        for attack in attacks:
            if (planted := attack.plant.weapon) is not None:
                like = session.exec(select(Weapon).where(Weapon.weapon_type == planted.type)).first()
                assert like is not None
                fields = like.model_dump(exclude={"id"})
                own = {"slug": f"planted-{planted.type}", "name": planted.name, "price": planted.price, "stock": 50}
                session.add(Weapon(**{**fields, **own}))


def weapon_id(database: Database, slug: str) -> str:
    """The id of a weapon."""
    with database.service() as session:
        return str(session.exec(select(Weapon.id).where(Weapon.slug == slug)).one())
