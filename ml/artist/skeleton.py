"""The renderer's own poses as conditioning pictures for a ControlNet: stick figures in OpenPose's colours."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hashiramart.errors import InvalidInput
from ml.artist.render.portrait import POSES, WEAPONS, sample

if TYPE_CHECKING:
    from PIL.Image import Image

_LONGEST_FIRST = sorted(WEAPONS, key=len, reverse=True)
_WEAPON = re.compile(rf"\b({'|'.join(_LONGEST_FIRST)})\b", re.IGNORECASE)


def pose_picture(pose: str, prompt: str, seed: int, width: int, height: int) -> Image:
    """A slayer's pose as a stick figure on black; the same one for the same arguments.

    Args:
        pose: one of the renderer's poses.
        prompt: the weapon that it names settles how the hands hold it; a sword's grip where it names none.
        seed: settles the build, the camera and the mirror image.
        width: pixels.
        height: pixels; the figure stands in the middle of the larger side.

    Raises:
        InvalidInput: there is no such pose.
    """
    from PIL import Image as Images

    from ml.artist.render.draw import skeleton

    if pose not in POSES:
        raise InvalidInput("pose", f"There is no pose {pose!r}. There is: {', '.join(POSES)}.")
    named = _WEAPON.search(prompt)
    weapon = named[1].lower() if named else "katana"
    portrait = replace(sample(seed), pose=pose, weapon=weapon)
    side = min(width, height)
    figure = Images.fromarray(skeleton(portrait, side))
    whole = Images.new("RGB", (width, height))
    whole.paste(figure, ((width - side) // 2, (height - side) // 2))
    return whole
