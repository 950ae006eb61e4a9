"""What to ask a painter for when it is to be looked at or examined: the product's own words for portraits that nobody chose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from ml.artist.engine import Engine
from ml.artist.painter import Painter, PaintRequest, Progress
from ml.artist.prompt import compose
from ml.artist.render.portrait import STYLES, WEAPONS, Portrait, sample
from ml.artist.render.words import NAMES, SCENE_WORDS

if TYPE_CHECKING:
    from PIL.Image import Image

T = TypeVar("T")

_STRENGTH = {"slight": 20.0, "average": 50.0, "sturdy": 80.0}


@dataclass(frozen=True, slots=True)
class How:
    """What every request of a painter has in common; a ``Painter`` or a ``Description`` brings it.

    Attributes:
        size: width and height in pixels.
        steps: denoising steps.
        guidance: how strictly to follow the words.
        own: whether the painter knows only the renderer's words.
    """

    size: tuple[int, int]
    steps: int
    guidance: float
    own: bool


def asked(portrait: Portrait, seed: int, how: How) -> PaintRequest:
    """The request that the shop would make for a portrait: its weapon, style, scene, pose and build in the shop's words."""
    kind = portrait.weapon
    words = compose(
        NAMES[portrait.seed % len(NAMES)],
        portrait.style,
        kind.title(),
        kind,
        SCENE_WORDS[portrait.scene][0],
        portrait.pose,
        strength=_STRENGTH[portrait.build],
        own=how.own,
    )
    width, height = how.size
    return PaintRequest(
        prompt=words.text,
        negative_prompt=words.negative,
        seed=seed,
        steps=how.steps,
        guidance=how.guidance,
        width=width,
        height=height,
        pose=portrait.pose,
    )


def paint_all(painter: Painter, requests: Sequence[PaintRequest], tell: Callable[[float], None]) -> Iterator[Image]:
    """Paint many pictures, in order; several at once where the painter is quicker so.

    Args:
        painter: who paints.
        requests: what.
        tell: told the share that is done, after each step or after each picture.
    """
    if isinstance(painter, Engine) and painter.batch > 1:
        for number, picture in enumerate(painter.paint_many(requests)):
            tell((number + 1) / len(requests))
            yield picture
        return
    for number, request in enumerate(requests):

        def on_progress(progress: Progress, number: int = number) -> None:
            tell((number + progress.done / progress.total) / len(requests))

        yield painter.paint(request, on_progress)


def every_pair(first_seed: int, styles: Sequence[str] = STYLES, weapons: Sequence[str] = WEAPONS) -> Iterator[Portrait]:
    """A portrait of every weapon type in each of the styles; everything else about it is drawn by its seed."""
    for row, weapon in enumerate(weapons):
        for column, style in enumerate(styles):
            portrait = sample(first_seed + row * len(styles) + column)
            yield replace(portrait, weapon=weapon, style=style)


def spread(things: Sequence[T], most: int) -> list[T]:
    """At most so many of them, evenly over all."""
    count = min(most, len(things))
    return [things[number * len(things) // count] for number in range(count)]
