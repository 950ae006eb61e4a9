"""Which model serves next, decided by the staff: what is on record, promotions and rollbacks, each of them on record too.

The registry may be slow or away. Looking at it is bounded; deciding begins with such a look and is then seen through, because
what was begun must not go on behind anybody's back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hashiramart import staff
from hashiramart.errors import Conflict
from hashiramart.locks import SUCCESSION, lock
from hashiramart.patience import Patience
from hashiramart.staff import Act
from tools.deps import Shop

if TYPE_CHECKING:
    from ml.registry import VersionInfo

_LOOK_S = 6.0
_LOOKS = 4

_registry = Patience(_LOOK_S, _LOOKS, "The experiment store")


@dataclass(frozen=True, slots=True)
class Change:
    """A champion and the one before it; None where there was none."""

    champion: str
    before: str | None


def on_record(shop: Shop) -> list[VersionInfo]:
    """All versions, the newest first.

    Raises:
        Unavailable: the registry cannot be reached, or does not answer in time.
    """
    from ml import registry

    return _registry.ask(lambda: registry.versions(shop.settings))


def promote(shop: Shop, staff_id: uuid.UUID, version: str, *, believed: str | None, now: datetime) -> Change:
    """Make a version the champion.

    Args:
        shop: the open services.
        staff_id: who decides.
        version: on record.
        believed: the version that they take for the champion, None for none.
        now: when.

    Raises:
        NotFound: there is no such version.
        Conflict: it was held back, or another version is the champion than was believed.
        Unavailable: registry or database cannot be reached, or do not answer in time.
    """
    from ml import registry

    def decide() -> str:
        registry.point_at(shop.settings, version, believed=believed)
        return version

    return _decide(shop, staff_id, "promote", decide, believed, now)


def roll_back(shop: Shop, staff_id: uuid.UUID, *, believed: str, now: datetime) -> Change:
    """Let champion and previous change places; otherwise as ``promote``.

    Raises:
        Conflict: there is no previous champion, or another version is the champion than was believed.
        Unavailable: registry or database cannot be reached, or do not answer in time.
    """
    from ml import registry

    return _decide(
        shop, staff_id, "rollback", lambda: registry.rollback(shop.settings, believed=believed), believed, now
    )


def _decide(
    shop: Shop, staff_id: uuid.UUID, act: Act, decide: Callable[[], str], believed: str | None, now: datetime
) -> Change:
    from ml import registry

    _registry.ask(lambda: registry.champion(shop.settings))  # whoever does not answer is not asked to decide
    with lock(shop.database, SUCCESSION) as held:
        if held is None:
            raise Conflict("champion", "Somebody else decides at this moment. Look again before you do.")
        with shop.database.service() as session:
            staff.confirm(session, staff_id)  # stays true until the deed is on record
            champion = decide()
            before = None if believed is None else f"version {believed}"
            staff.record(session, staff_id, act, f"version {champion}", before=before, now=now)
    return Change(champion, believed)
