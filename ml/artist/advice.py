"""What a checkpoint says about itself: ``painting.json`` beside its weights, as far as there is one.

A diffusers folder has no place for the settings that its weights were made for. Ours brings them in this file; a foreign
folder may, and is painted with Stable Diffusion's usual ones where it does not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hashiramart.errors import SetupError

FILE = "painting.json"

_Numbers = Annotated[list[float], Field(min_length=3, max_length=3)]


class Advice(BaseModel):
    """How a checkpoint wants to be painted with.

    Attributes:
        name: what to call it; by default the folder's name.
        steps: denoising steps.
        guidance: how strictly to follow the prompt.
        words: ``"renderer"`` when it learnt from the project's own renders and knows no other words.
        latent_rgb: red, green and blue (0 to 1) of a latent, linearly: a row for each latent channel, and one to add.
        first_seed: of the renders that it learnt from.
        renders: how many they are.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str | None = Field(None, min_length=1, max_length=80)
    steps: int = Field(25, ge=1, le=150)
    guidance: float = Field(7.5, ge=0, le=30)
    words: Literal["renderer"] | None = None
    latent_rgb: list[_Numbers] | None = None
    first_seed: int = Field(0, ge=0)
    renders: int = Field(0, ge=0)


def read_advice(folder: Path) -> Advice:
    """The advice that lies in a checkpoint's folder, or the usual one.

    Raises:
        SetupError: the file cannot be read as advice.
    """
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Advice()
    except (OSError, ValueError) as error:
        raise SetupError(f"{folder / FILE} cannot be read.") from error
    try:
        return Advice.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise SetupError(f"{folder / FILE}: {where}: {first['msg']}.") from error


def write_advice(folder: Path, advice: Advice) -> None:
    """Lay advice into a checkpoint's folder; what is not known is left out."""
    told = json.dumps(advice.model_dump(exclude_none=True), indent=2)
    (folder / FILE).write_text(told + "\n", encoding="utf-8")
