"""Pictures for tests: wishes, and a painter that paints in a moment, always the same, and can be held in the middle."""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PIL import Image as Pillow
from sqlmodel import Session

from hashiramart.config import Settings
from hashiramart.image_orders import Bounds, Wish, order
from hashiramart.models import Image
from ml.artist.painter import PaintRequest, Progress, provenance

PLENTY = Bounds(queue=10_000, day=10_000)


def wish(weapon_id: uuid.UUID, **changes: Any) -> Wish:
    """A picture as ``paint_slayer`` would ask for it."""
    usual = {
        "scene": "at dusk",
        "pose": None,
        "prompt": "a slayer at dusk",
        "negative_prompt": "blurry",
        "seed": 7,
        "steps": 4,
        "guidance": 4.0,
        "width": 64,
        "height": 64,
        "checkpoint": "brush",
        "checkpoint_hash": QuickPainter.fingerprint,
    }
    return Wish(weapon_id=weapon_id, **{**usual, **changes})


def ordered(
    session: Session,
    slayer_id: uuid.UUID,
    weapon_id: uuid.UUID,
    *,
    now: datetime,
    image_id: uuid.UUID | None = None,
    bounds: Bounds = PLENTY,
    **changes: Any,
) -> Image:
    """A picture that was asked for."""
    wishes = [(image_id or uuid.uuid4(), wish(weapon_id, **changes))]
    return order(session, slayer_id, wishes, bounds, now=now).images[0]


@dataclass
class QuickPainter:
    """A painter whose pictures are one colour, which depends on the request; ``before_step`` runs before each step is told."""

    before_step: Callable[[int], None] = lambda _step: None
    painted: list[PaintRequest] = field(default_factory=list)
    name: str = "brush"
    fingerprint: str = "0badcafe" * 8
    size: tuple[int, int] = (64, 64)
    steps: int = 4
    guidance: float = 4.0
    poses: bool = False

    def paint(self, request: PaintRequest, on_progress: Callable[[Progress], None] | None = None) -> Pillow.Image:
        """Paint, told of after each step."""
        digest = hashlib.sha256(repr(request).encode()).digest()
        colour = (digest[0], digest[1], digest[2])
        for step in range(1, request.steps + 1):
            self.before_step(step)
            if on_progress is not None:
                on_progress(Progress(step, request.steps, lambda: Pillow.new("RGB", (16, 16), colour)))
        self.painted.append(request)
        picture = Pillow.new("RGB", (request.width, request.height), colour)
        picture.info.update(provenance(request, model=self.name, checkpoint=self.fingerprint), comment="of no interest")
        return picture

    def load(self, _settings: Settings) -> QuickPainter:
        """In place of ``load_painter``."""
        return self


@dataclass
class Held:
    """Holds a painter before a step until it is let go."""

    at: int
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def __call__(self, step: int) -> None:
        """Wait, when it is the step."""
        if step == self.at:
            self.reached.set()
            assert self.released.wait(20)
