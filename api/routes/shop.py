"""The shop's shelves: what there is, one weapon, its picture, and what suits the caller."""

from __future__ import annotations

import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.deps import CallerDep, OpenSessionDep, SessionDep, SettingsDep, ShopDep, tool_deps
from api.errors import documented
from hashiramart import accounts, catalog, seed
from hashiramart.blocks import Recommendation, WeaponView
from hashiramart.catalog import Sort, WeaponFilter
from hashiramart.pictures import weapon_picture
from hashiramart.text import Line
from ml.shortlist import Prefer
from tools.recommend import RecommendArgs, WeaponType, recommend_weapons

router = APIRouter(tags=["shop"])

MAX_PRICE = 10_000_000


class StyleView(BaseModel):
    """A breathing style."""

    name: str
    emblem: str
    color: str
    temper: str


class ShopInfo(BaseModel):
    """What anybody may know before signing in."""

    styles: list[StyleView]
    weapon_types: list[str]
    rarities: list[str]
    demo: bool = Field(description="Whether one click signs in as the demo slayer.")
    engine: str = Field(description="`llm` when a language-model endpoint is configured, else `embedded`.")
    image_model: bool = Field(description="Whether the Artist has a model.")


class WeaponPage(BaseModel):
    """One page of the catalogue."""

    items: list[WeaponView]
    page: int
    page_size: int
    total: int


class RecommendRequest(BaseModel):
    """What the caller wants. Who they are is their session's to say."""

    model_config = ConfigDict(extra="forbid")

    top_k: int = Field(3, ge=1, le=50, strict=True, description="How many weapons, best first.")
    budget: int | None = Field(None, ge=0, le=MAX_PRICE, strict=True, description="Highest price in coins.")
    budget_min: int | None = Field(None, ge=0, le=MAX_PRICE, strict=True, description="Lowest price in coins.")
    weapon_types: list[WeaponType] | None = Field(None, max_length=40, description="Only these types.")
    exclude_types: list[WeaponType] | None = Field(None, max_length=40, description="None of these types.")
    prefer: Prefer = Field(
        "power", description="`power`: the likeliest to win; `balance` and `value` weigh the price against it."
    )


class RecommendAnswer(BaseModel):
    """The weapons that suit the caller best, best first."""

    model_version: str
    recommendations: list[Recommendation]


def _known_rarity(value: str) -> str:
    if value not in seed.RARITIES:
        raise ValueError(f"must be one of {', '.join(seed.RARITIES)}")
    return value


Price = Annotated[int, Query(ge=0, le=MAX_PRICE, description="Coins.")]
Kilograms = Annotated[float, Query(ge=0, le=1000, allow_inf_nan=False, description="Kilograms.")]


@router.get("/shop", responses=documented(503))
def shop_info(settings: SettingsDep) -> ShopInfo:
    """Styles, weapon types, and what is configured."""
    return ShopInfo(
        styles=[StyleView(name=s.name, emblem=s.emblem, color=s.color, temper=s.temper) for s in seed.styles()],
        weapon_types=list(seed.weapon_types()),
        rarities=list(seed.RARITIES),
        demo=settings.demo_allowed,
        engine="llm" if settings.llm_configured else "embedded",
        image_model=settings.paints,
    )


@router.get("/weapons", responses=documented(401, 422, 503))
def weapons(
    _caller: CallerDep,
    session: SessionDep,
    q: Annotated[Line | None, Query(description="Part of a name or type.")] = None,
    weapon_type: Annotated[WeaponType | None, Query(alias="type")] = None,
    style: Annotated[accounts.BreathingStyle | None, Query(description="A breathing style it matches.")] = None,
    rarity: Annotated[str | None, Query(), AfterValidator(lambda v: v if v is None else _known_rarity(v))] = None,
    min_price: Price | None = None,
    max_price: Price | None = None,
    min_weight: Kilograms | None = None,
    max_weight: Kilograms | None = None,
    sort: Annotated[Sort, Query()] = "name",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 24,
) -> WeaponPage:
    """Search the catalogue."""
    wanted = WeaponFilter(
        q=q,
        weapon_type=weapon_type,
        style=style,
        rarity=rarity,
        min_price=min_price,
        max_price=max_price,
        min_weight=min_weight,
        max_weight=max_weight,
    )
    found, total = catalog.find(session, wanted, sort=sort, page=page, page_size=page_size)
    return WeaponPage(items=[WeaponView.of(weapon) for weapon in found], page=page, page_size=page_size, total=total)


@router.get("/weapons/{weapon_id}", responses=documented(401, 404, 422, 503))
def weapon(weapon_id: uuid.UUID, _caller: CallerDep, session: SessionDep) -> WeaponView:
    """One weapon."""
    return WeaponView.of(catalog.get(session, weapon_id))


@router.get(
    "/weapons/{weapon_id}/picture.svg",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}, **documented(404, 422, 503)},
)
def picture(weapon_id: uuid.UUID, session: OpenSessionDep) -> Response:
    """A weapon's picture (SVG). Open to anybody, as images are on a page."""
    found = catalog.get(session, weapon_id)
    svg = weapon_picture(found.weapon_type, found.rarity, found.slug)
    return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=3600"})


@router.post("/recommend", responses=documented(401, 403, 413, 422, 503))
def recommend(body: RecommendRequest, caller: CallerDep, shop: ShopDep) -> RecommendAnswer:
    """Rank weapons for the caller. Some lists hold one that is tried out, and say so on its card; every list is logged."""
    args = RecommendArgs(
        top_k=body.top_k,
        budget=body.budget,
        budget_min=body.budget_min,
        weapon_types=body.weapon_types or [],
        exclude_types=body.exclude_types or [],
        prefer=body.prefer,
    )
    block = recommend_weapons(tool_deps(shop, caller), args)
    return RecommendAnswer(model_version=block.model_version, recommendations=block.recommendations)
