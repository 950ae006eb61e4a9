"""Manuals to read: a weapon of the shop and its manual as the library holds it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from api.deps import CallerDep, SessionDep, ShopDep
from api.errors import documented
from hashiramart import catalog
from hashiramart.blocks import WeaponView
from hashiramart.errors import NotFound

router = APIRouter(tags=["shop"])


class ManualSection(BaseModel):
    """A part of a manual."""

    heading: str = Field(description="The path of headings below the title, such as Drills > Minnows.")
    text: str = Field(description="Markdown.")


class Manual(BaseModel):
    """A weapon and its manual."""

    weapon: WeaponView
    source: str | None = Field(description="The document, such as manuals/heron-spear.md; null where there is none.")
    sections: list[ManualSection] = Field(description="In the order of the document; empty where there is none.")


Slug = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,80}$", description="The weapon's slug, such as heron-spear.")]


@router.get("/manuals/{slug}", responses=documented(401, 404, 422, 503))
def manual(slug: Slug, _caller: CallerDep, session: SessionDep, shop: ShopDep) -> Manual:
    """A weapon by its slug, and its manual word for word."""
    weapon = catalog.by_slug(session, slug)
    if weapon is None:
        raise NotFound("slug", "The shop knows no weapon of this name.")
    shelf = shop.library.shelf()
    entry = shelf.manuals.get(slug)
    passages = shelf.by_source.get(entry.source, []) if entry else []
    return Manual(
        weapon=WeaponView.of(weapon),
        source=entry.source if entry else None,
        sections=[ManualSection(heading=passage.heading, text=passage.text) for passage in passages],
    )
