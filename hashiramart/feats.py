"""Feats: what a slayer can be proud of. Each is earned once, by an event, and never taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from hashiramart import seed
from hashiramart.events import FeatView
from hashiramart.totals import Totals


@dataclass(frozen=True)
class Feat:
    """A feat and the test whether a slayer's totals reach it."""

    key: str
    name: str
    text: str
    reached: Callable[[Totals], bool]

    @property
    def view(self) -> FeatView:
        """The feat as the screen shows it."""
        return FeatView(feat=self.key, name=self.name, text=self.text)


FEATS: tuple[Feat, ...] = (
    Feat("first_blood", "First blood", "Win a battle.", lambda t: t.battles_won >= 1),
    Feat("ten_victories", "Demon hunter", "Win ten battles.", lambda t: t.battles_won >= 10),
    Feat("hundred_victories", "Scourge of demons", "Win a hundred battles.", lambda t: t.battles_won >= 100),
    Feat("first_hour", "First sweat", "Train for an hour in all.", lambda t: t.minutes_trained >= 60),
    Feat("thousand_minutes", "A thousand minutes", "Train a thousand minutes in all.", lambda t: t.minutes_trained >= 1000),
    Feat("ten_day_streak", "Ten days steadfast", "Log in on ten days in a row.", lambda t: t.best_streak >= 10),
    Feat("hundred_day_streak", "A season steadfast", "Log in on a hundred days in a row.", lambda t: t.best_streak >= 100),
    Feat(
        "every_weapon_type",
        "Master of arms",
        "Fight a battle with every type of weapon.",
        lambda t: set(t.weapon_types) >= set(seed.weapon_types()),
    ),
    Feat("rank_slayer", "Slayer", "Reach the rank Slayer: 100 points.", lambda t: t.nichirin_points >= 100),
    Feat("rank_hashira", "Hashira", "Reach the rank Hashira: 500 points.", lambda t: t.nichirin_points >= 500),
)  # fmt: skip


def newly_reached(totals: Totals, earned: Collection[str]) -> list[Feat]:
    """The feats that totals reach and that were not earned before."""
    return [feat for feat in FEATS if feat.key not in earned and feat.reached(totals)]
