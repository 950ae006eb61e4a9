"""Rank weapons for a slayer. ``POST /recommend`` and the agents' Recommender both end here."""

from __future__ import annotations

import math
import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlmodel import select

from hashiramart import seed
from hashiramart.blocks import Recommendation, RecommendationsBlock, WeaponView
from hashiramart.models import Holding, Slayer, Weapon
from ml.cells import Index
from ml.features import SlayerProfile
from ml.novelty import caution, unproven
from ml.ranking import Mask, Masks, rank
from ml.reasons import explain
from ml.scorer import Scorer
from ml.shortlist import TASTES, Exploration, Prefer, draw, vary
from tools.deps import ToolDeps
from tools.shelves import Shelf
from tools.shown import Choice, Settled, settle

NO_EXPLORATION = Exploration(share=0.0)
TRIED_OUT = "Shown to learn more about it: going by the estimates alone, another weapon would be in its place"
_NEW_CANDIDATES = 3  # so many unproven weapons are candidates of exploration although others score better


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
    prefer: Prefer = Field(
        "power",
        description="`power`: the likeliest to win. `balance` and `value`: what costs more must win more often, in "
        "`value` much more; weapons of other types come forward when they are nearly as good.",
    )
    explain: list[str] = Field(
        default_factory=list,
        max_length=50,
        description="Slugs of weapons to give reasons for, in or out of stock and whatever they cost, instead of a new list.",
    )


def recommend_weapons(deps: ToolDeps, args: RecommendArgs) -> RecommendationsBlock:
    """Rank the weapons of the catalogue by the slayer's predicted combat success.

    Weapons that the slayer holds, that are sold out, or that the filters rule out are left out before ranking. Some lists have
    one weapon that is tried out; its card says so. Every list is logged.

    Args:
        deps: the call's surroundings.
        args: ``top_k`` 1-50, ``budget`` and ``budget_min`` in coins, ``weapon_types``, ``exclude_types``, ``prefer``; or
            ``explain``.

    Raises:
        Unavailable: there is no trained model yet, or the database is away.
    """
    scorer = deps.shop.champion.scorer()
    exploration = Exploration(share=deps.shop.settings.exploration)
    with deps.shop.database.session(deps.caller) as session:
        profile = profile_of(session.get_one(Slayer, deps.caller))
        held = session.exec(select(Holding.weapon_id).where(Holding.slayer_id == deps.caller)).all()
        shelf = deps.shop.shelves.read(session)
        choice = choose(scorer, profile, shelf, args, held=held, key=deps.key, exploration=exploration)
        settled = Settled(choice, scorer.model_version)
        if choice.shown and not args.explain:
            # In the transaction that read the shelves: the list is shown and logged, or neither. One that was shown unlogged
            # would be missed by whoever estimates what the policy is worth, and the log fails only when the database is away,
            # without which there would be no list either: the caller is told so, and may ask again.
            settled = settle(
                session,
                deps,
                choice,
                profile=profile,
                shelf=shelf,
                prefer=args.prefer,
                model_version=scorer.model_version,
            )
    block = RecommendationsBlock(
        model_version=settled.model_version, recommendations=list(_cards(scorer, profile, shelf, settled))
    )
    if block.recommendations and not args.explain:  # reasons are told; the cards are on the screen already
        deps.emit(block)
    return block


def choose(
    scorer: Scorer,
    profile: SlayerProfile,
    shelf: Shelf,
    args: RecommendArgs,
    *,
    held: Collection[uuid.UUID] = (),
    key: str = "",
    exploration: Exploration = NO_EXPLORATION,
) -> Choice:
    """Choose weapons from a shelf.

    Args:
        scorer: the model.
        profile: for whom.
        shelf: the catalogue.
        args: what is wanted.
        held: keys of the weapons that the slayer holds already.
        key: the call's own key: it alone decides what exploration draws.
        exploration: how much is tried out.
    """
    if args.explain:
        places = [shelf.row_of_slug[slug] for slug in dict.fromkeys(args.explain) if slug in shelf.row_of_slug]
        only = rank(scorer, profile, shelf.table, max(len(places), 1), allowed=lambda rows: np.isin(rows, places))
        found = only.rows.tolist()
        return Choice(draw(found, [], [], 0, key), only.success, found)

    allowed, taste = _allowed(shelf, args, held), TASTES[args.prefer]
    explores = exploration.share > 0
    depth = max(4 * args.top_k, args.top_k + exploration.pool) if taste.variety or explores else args.top_k
    ranking = rank(scorer, profile, shelf.table, depth, allowed=allowed, cost=shelf.costs[args.prefer])
    rows = ranking.rows.tolist()
    picked = vary(ranking, [shelf.rows[row].weapon_type for row in rows], args.top_k, taste.variety)
    listed = [rows[place] for place in picked]
    success = dict(zip(rows, ranking.success.tolist(), strict=True))
    beside: list[int] = []
    weights: list[float] = []
    if explores:
        new = unproven(shelf.table, scorer.ranges)
        best_new = rank(scorer, profile, shelf.table, _NEW_CANDIDATES, allowed=lambda rows: new[rows] & allowed(rows))
        success |= zip(best_new.rows.tolist(), best_new.success.tolist(), strict=True)
        candidates = [row for row in rows if row not in listed][: exploration.pool] + best_new.rows.tolist()
        beside = [row for row in dict.fromkeys(candidates) if row not in listed]
        weights = [exploration.unproven if new[row] else 1.0 for row in beside]
    shown = draw(listed, beside, weights, exploration.share, key)
    return Choice(shown, np.array([success[each.row] for each in shown]), listed, beside, weights, exploration.share)


def _cards(scorer: Scorer, profile: SlayerProfile, shelf: Shelf, settled: Settled) -> Iterable[Recommendation]:
    choice, version = settled
    rows = np.array([each.row for each in choice.shown], np.intp)
    # A repeated call may get a list of an earlier model: what this one would say of it are not that one's reasons.
    own = version == scorer.model_version
    reasons = explain(scorer, profile, shelf.table, rows, success=choice.success) if own else [[] for _ in rows]
    for each, success, why in zip(choice.shown, choice.success.tolist(), reasons, strict=True):
        doubt = caution(shelf.table, scorer.ranges, each.row) if own else None
        notes = [note for note in (doubt, TRIED_OUT if each.explored else None) if note]
        yield Recommendation(
            **WeaponView.fields_of(shelf.weapon(each.row)),
            score=success,
            reasons=[*why, *notes],
            explored=each.explored,
            model_version=version,
        )


def _allowed(shelf: Shelf, args: RecommendArgs, held: Collection[uuid.UUID]) -> Masks:
    """Which of some weapons may be ranked."""
    own = np.array([shelf.row_of[weapon] for weapon in held if weapon in shelf.row_of], np.intp)
    low, high = args.budget_min or 0, math.inf if args.budget is None else args.budget
    types = np.array(
        [
            (not args.weapon_types or name in args.weapon_types) and name not in args.exclude_types
            for name in shelf.type_names
        ],
        np.bool_,
    )

    def allowed(rows: Index) -> Mask:
        price = shelf.price[rows]
        fits = shelf.in_stock[rows] & (price >= low) & (price <= high) & types[shelf.type_code[rows]]
        return np.asarray(fits & ~np.isin(rows, own))

    return allowed


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
