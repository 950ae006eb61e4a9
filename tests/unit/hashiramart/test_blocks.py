"""Blocks: what a tool emits is what the page gets, and nothing else passes."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from hashiramart.blocks import (
    Citation,
    ImageBlock,
    NoticeBlock,
    PlanBlock,
    PointsBlock,
    Recommendation,
    RecommendationsBlock,
    RoutineBlock,
    RoutineDrill,
    TableBlock,
    WeaponView,
    wire,
)
from hashiramart.models import Weapon

KEY = uuid.UUID(int=7)
WEAPON = Weapon(
    id=KEY, slug="reed", name="Reed", weapon_type="katana", weight=1.2, sharpness=60, price=120, rarity="common", stock=3,
    styles=["Water", "Mist"],
)  # fmt: skip
MADE_BY: dict[str, Any] = {"explored": False, "model_version": "v1-0"}
CARD = Recommendation(**WeaponView.fields_of(WEAPON), score=0.5, reasons=["It suits your breathing."], **MADE_BY)
BLOCKS: list[BaseModel] = [
    RecommendationsBlock(model_version="3", recommendations=[CARD]),
    PointsBlock(nichirin_points=99, rank="Apprentice", next_rank="Slayer", points_to_next=1, streak=2, delta=5),
    PointsBlock(nichirin_points=500, rank="Hashira", next_rank=None, points_to_next=None, streak=0, delta=0),
    RoutineBlock(
        title="Ten minutes",
        minutes=10,
        weapon=None,
        drills=[
            RoutineDrill(
                name="Tide step", minutes=10, focus="footwork", steps=["Stand.", "Step."], source="manuals/reed.md"
            )
        ],
    ),
    TableBlock(title="Two blades", columns=["", "Reed"], rows=[["weight", "1.2 kg"]]),
    ImageBlock(image_id=KEY, url=f"/images/{KEY}", status="queued", alt="A slayer with Reed"),
    PlanBlock(plan_id=KEY, url=f"/coach/plans/{KEY}", status="queued", weeks=6, title="6 weeks with the Reed"),
    NoticeBlock(level="warning", text="The forge has no model yet."),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: str(block.type))
def test_a_block_survives_the_wire(block: BaseModel) -> None:
    sent = wire(block)
    assert wire(json.loads(json.dumps(sent, allow_nan=False))) == sent
    assert type(block).model_validate(sent) == block


def test_every_kind_of_block_is_tried_here() -> None:
    assert {wire(block)["type"] for block in BLOCKS} == {
        "recommendations", "points", "routine", "table", "image", "plan", "notice",
    }  # fmt: skip


def test_a_weapon_is_shown_with_its_key_and_picture() -> None:
    shown = WeaponView.of(WEAPON).model_dump(mode="json")
    assert shown == {
        "weapon_id": str(KEY),
        "slug": "reed",
        "name": "Reed",
        "weapon_type": "katana",
        "weight": 1.2,
        "sharpness": 60,
        "price": 120,
        "rarity": "common",
        "stock": 3,
        "styles": ["Water", "Mist"],
        "picture": f"/weapons/{KEY}/picture.svg",
    }


@pytest.mark.parametrize(
    "block",
    [
        {"type": "html", "text": "<script>"},
        {"text": "no type"},
        {"type": "notice", "level": "fatal", "text": "x"},
        {"type": "image", "image_id": "seven", "url": "/images/7", "status": "queued", "alt": "x"},
        {"type": "image", "image_id": str(KEY), "url": "/images/7", "status": "lost", "alt": "x"},
        {"type": "table", "title": "x", "columns": ["a"], "rows": [[1]]},
        {"type": "recommendations", "model_version": "1", "recommendations": [{"name": "Reed"}]},
    ],
)
def test_what_is_no_block_is_refused(block: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        wire(block)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_is_a_probability(score: float) -> None:
    with pytest.raises(ValidationError):
        Recommendation(**WeaponView.fields_of(WEAPON), score=score, reasons=[], **MADE_BY)


def test_a_citation_need_not_be_about_a_weapon() -> None:
    cited = Citation(n=1, source="guides/footwork.md", section="Stance", text="Keep the heel light.", weapon=None)
    assert cited.model_dump()["weapon"] is None
