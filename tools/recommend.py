"""Rank weapons for a slayer. ``POST /recommend`` and the agents' Recommender both end here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from hashiramart import catalog, seed
from hashiramart.blocks import Recommendation, RecommendationsBlock, WeaponView
from hashiramart.models import Slayer, Weapon
from ml.features import SlayerProfile, WeaponTable
from ml.reasons import explain
from tools.deps import ToolDeps


def _known_type(value: str) -> str:
    wanted = value.strip().lower()
    if wanted not in seed.weapon_types():
        raise ValueError(f"must be one of {', '.join(seed.weapon_types())}")
    return wanted


WeaponType = Annotated[str, AfterValidator(_known_type)]


class RecommendArgs(BaseModel):
    """What the slayer wants. Identity and profile are not arguments: they come with the call."""

    model_config = ConfigDict(extra="forbid")

    top_k: int = Field(3, ge=1, le=50, description="How many weapons, best first.")
    budget: int | None = Field(None, ge=0, le=10_000_000, description="Highest price in coins.")
    budget_min: int | None = Field(None, ge=0, le=10_000_000, description="Lowest price in coins.")
    weapon_types: list[WeaponType] = Field(default_factory=list, max_length=40, description="Only these types.")
    exclude_types: list[WeaponType] = Field(default_factory=list, max_length=40, description="None of these types.")


def recommend_weapons(deps: ToolDeps, args: RecommendArgs) -> RecommendationsBlock:
    """Rank the weapons of the catalogue by the slayer's predicted combat success.

    Weapons that the slayer holds, that are sold out, or that the filters rule out are left out before ranking.

    Args:
        deps: the call's surroundings.
        args: ``top_k`` 1-50, ``budget`` and ``budget_min`` in coins, ``weapon_types``, ``exclude_types``.

    Raises:
        Unavailable: there is no trained model yet.
    """
    scorer = deps.shop.champion.scorer()
    with deps.shop.database.session(deps.caller) as session:
        slayer = session.get_one(Slayer, deps.caller)
        held = {weapon.id for weapon in catalog.owned(session, deps.caller)}
        weapons = [w for w in catalog.all_weapons(session) if w.id not in held and w.stock > 0 and _wanted(w, args)]
    block = RecommendationsBlock(model_version=scorer.model_version, recommendations=[])
    if weapons:
        profile, table = profile_of(slayer), table_of(weapons)
        scores = scorer.score(profile, table)
        top = np.argsort(-scores, kind="stable")[: args.top_k]
        reasons = explain(scorer, profile, table, top)
        block.recommendations = [
            Recommendation(**WeaponView.fields_of(weapons[row]), score=float(scores[row]), reasons=why)
            for row, why in zip(top, reasons, strict=True)
        ]
        deps.emit(block)
    return block


def cheapest(weapons: Sequence[Weapon]) -> Weapon | None:
    """The cheapest of some weapons, or None of none."""
    return min(weapons, key=lambda weapon: (weapon.price, weapon.slug), default=None)


def profile_of(slayer: Slayer) -> SlayerProfile:
    """What the model knows of a slayer."""
    return SlayerProfile(
        level=slayer.level,
        strength=slayer.strength,
        dexterity=slayer.dexterity,
        stamina=slayer.stamina,
        breathing_style=slayer.breathing_style,
    )


def table_of(weapons: Sequence[Weapon]) -> WeaponTable:
    """The model's view of some rows of the catalogue, in their order."""
    return WeaponTable.build(
        ids=[weapon.id for weapon in weapons],
        slugs=[weapon.slug for weapon in weapons],
        weight=[weapon.weight for weapon in weapons],
        sharpness=[weapon.sharpness for weapon in weapons],
        styles=[weapon.styles for weapon in weapons],
    )


def _wanted(weapon: Weapon, args: RecommendArgs) -> bool:
    return (
        (args.budget is None or weapon.price <= args.budget)
        and (args.budget_min is None or weapon.price >= args.budget_min)
        and (not args.weapon_types or weapon.weapon_type in args.weapon_types)
        and weapon.weapon_type not in args.exclude_types
    )
