"""What a slayer is shown: a choice of weapons, and its way into the log of impressions and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from hashiramart import impressions
from hashiramart.models import Impression, ShownList
from ml.features import SlayerProfile, feature_matrix
from ml.shortlist import Prefer, Shown
from tools.deps import ToolDeps
from tools.shelves import Shelf


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown, and all that it was drawn from: ``ml.shortlist.propensities`` gives the same chances for it again.

    Attributes:
        shown: the places, the first first.
        success: the predicted success of each, (m,).
        listed: rows of the list as it was ranked, (m,).
        beside: rows of the candidates that are not on it, (r,).
        weights: how likely those are drawn against each other, (r,).
        share: of all lists, those for which one of them is drawn.
    """

    shown: list[Shown]
    success: NDArray[np.float64]
    listed: Sequence[int]
    beside: Sequence[int] = ()
    weights: Sequence[float] = ()
    share: float = 0.0


class Settled(NamedTuple):
    """A choice as it stands in the log, and the model that made it."""

    choice: Choice
    model_version: str


def settle(
    session: Session,
    deps: ToolDeps,
    choice: Choice,
    *,
    profile: SlayerProfile,
    shelf: Shelf,
    prefer: Prefer,
    model_version: str,
) -> Settled:
    """Log a choice that is about to be shown.

    Args:
        session: the caller's transaction, in which the shelf was read.
        deps: the call's surroundings.
        choice: at least one weapon.
        profile: the slayer as the model saw them.
        shelf: what the choice's rows are rows of.
        prefer: what was wished for.
        model_version: the model that scored.

    Returns:
        the choice; that of the first time when this call is a repeated one, for which another model or another shelf may
        have chosen.
    """
    candidates = [*choice.listed, *choice.beside]
    shown = ShownList(
        slayer_id=deps.caller,
        key=deps.key,
        model_version=model_version,
        prefer=prefer,
        level=profile.level,
        strength=profile.strength,
        dexterity=profile.dexterity,
        stamina=profile.stamina,
        breathing_style=profile.breathing_style,
        share=choice.share,
        candidates=[shelf.rows[row].id for row in candidates],
        weights=list(choice.weights),
        shown_at=deps.now,
    )
    rows = np.array([each.row for each in choice.shown], np.intp)
    matrix = feature_matrix(profile, shelf.table, rows).tolist()
    places = [
        Impression(
            list_id=shown.id,
            position=each.position,
            slayer_id=deps.caller,
            weapon_id=shelf.rows[each.row].id,
            score=success,
            propensity=each.propensity,
            explored=each.explored,
            features=features,
        )
        for each, success, features in zip(choice.shown, choice.success.tolist(), matrix, strict=True)
    ]
    logged = impressions.log(session, shown, places)
    if logged.shown is shown:
        return Settled(choice, model_version)
    return Settled(_choice_of(logged, shelf), logged.shown.model_version)


def _choice_of(logged: impressions.Logged, shelf: Shelf) -> Choice:
    """What was chosen the first time. No weapon that was ever shown leaves the catalogue."""
    rows = [shelf.row_of[weapon] for weapon in logged.shown.candidates]
    count = len(logged.places)
    return Choice(
        shown=[
            Shown(shelf.row_of[place.weapon_id], place.position, place.propensity, place.explored)
            for place in logged.places
        ],
        success=np.array([place.score for place in logged.places]),
        listed=rows[:count],
        beside=rows[count:],
        weights=logged.shown.weights,
        share=logged.shown.share,
    )
