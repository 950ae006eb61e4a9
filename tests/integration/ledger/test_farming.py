"""What cannot be farmed: battles, days and zones. The rules themselves are tried in ``tests/unit/hashiramart/test_rules.py``."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from hashiramart import ledger
from hashiramart.db import Database
from hashiramart.errors import Conflict, InvalidInput
from hashiramart.ledger import Refusal
from hashiramart.models import Event, Slayer, SlayerZone, Weapon
from tests.integration.ledger.reports import NOW, Report, at, battle, born, count, login, move, spaced

KIRITIMATI = ZoneInfo("Pacific/Kiritimati")
FAR_WEST = ZoneInfo("Etc/GMT+12")
MINUTE = timedelta(minutes=1)


def test_the_twenty_first_battle_of_an_hour_is_refused(report: Report, lent: Weapon) -> None:
    for n in range(20):
        report(battle(lent), now=NOW + n * MINUTE)
    with pytest.raises(InvalidInput, match="20 battles are logged within an hour"):
        report(battle(lent), now=NOW + 59 * MINUTE)
    assert report(battle(lent), now=NOW + 60 * MINUTE).points_awarded == 10


def test_a_late_battle_between_twenty_others_is_refused(report: Report, database: Database, lent: Weapon) -> None:
    slayer_battles = spaced(lent, 10, until=NOW, apart=MINUTE) + spaced(
        lent, 10, until=NOW + timedelta(minutes=50), apart=MINUTE
    )
    for event in slayer_battles:
        report(event, now=NOW + timedelta(hours=2))
    with pytest.raises(InvalidInput, match="within an hour"):
        report(battle(lent, at=NOW + timedelta(minutes=20)), now=NOW + timedelta(hours=2))


def test_the_fifty_first_battle_of_a_day_is_refused_and_the_next_days_is_not(
    database: Database, reporter: Slayer, lent: Weapon
) -> None:
    midnight = NOW.replace(hour=0) + timedelta(days=1)
    day = spaced(lent, 51, until=midnight - MINUTE, apart=10 * MINUTE)
    outcomes = ledger.report_all(database, reporter.id, [*day, battle(lent, at=midnight)], now=midnight)
    assert [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Refusal)] == [50]


def test_a_date_that_lasts_fifty_hours_still_has_fifty_battles(
    database: Database, report: Report, reporter: Slayer, lent: Weapon
) -> None:
    """Who flies from the first zone of the earth to the last lives a date of fifty hours."""
    born(database, reporter, KIRITIMATI)
    dawn = at("2026-03-10 00:00", KIRITIMATI)
    for event in spaced(lent, 50, until=dawn + timedelta(minutes=147), apart=3 * MINUTE):
        report(event, now=dawn + timedelta(hours=3))
    move(database, reporter, FAR_WEST, now=dawn + timedelta(hours=20))
    dusk = at("2026-03-10 23:55", FAR_WEST)
    assert dusk - dawn > timedelta(hours=49, minutes=50)
    with pytest.raises(InvalidInput, match="50 battles are logged for that day"):
        report(battle(lent), now=dusk)


def test_the_zone_can_be_changed_six_times_a_day(database: Database, reporter: Slayer, session: Session) -> None:
    names = ["Asia/Tokyo", "UTC", "Europe/Berlin", "Asia/Tokyo", "UTC", "Europe/Berlin"]
    for hour, name in enumerate(names):
        move(database, reporter, ZoneInfo(name), now=NOW + timedelta(hours=hour))
    with pytest.raises(Conflict, match="6 times a day") as caught:
        move(database, reporter, ZoneInfo("UTC"), now=NOW + timedelta(hours=23))
    assert caught.value.field == "timezone"
    assert count(session, SlayerZone) == 1 + 6
    move(database, reporter, ZoneInfo("UTC"), now=NOW + timedelta(hours=24))  # the first is a day ago


def test_staying_where_one_is_is_no_change_of_zone(database: Database, reporter: Slayer, session: Session) -> None:
    for _ in range(9):
        move(database, reporter, ZoneInfo("UTC"), now=NOW)
    assert count(session, SlayerZone) == 1


def test_no_more_than_three_dates_can_be_had_at_one_moment(
    database: Database, report: Report, reporter: Slayer, session: Session
) -> None:
    awarded = 0
    for name in ("UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Tokyo", "Pacific/Niue", "UTC"):
        move(database, reporter, ZoneInfo(name), now=NOW.replace(hour=10, minute=30))
        awarded += report(login(), now=NOW.replace(hour=10, minute=30, second=1)).points_awarded
    assert awarded == 3 * 5
    assert count(session, Event) == 6


def test_a_clock_that_was_set_back_does_not_rewrite_where_a_slayer_lived(
    database: Database, report: Report, reporter: Slayer, session: Session
) -> None:
    move(database, reporter, ZoneInfo("Asia/Tokyo"), now=NOW)
    move(database, reporter, KIRITIMATI, now=NOW - timedelta(hours=5))
    zones = ledger.zones_of(session, reporter.id)
    assert [zone for _, zone in zones.moves] == ["UTC", "Asia/Tokyo", "Pacific/Kiritimati"]
    assert zones.zone_at(NOW - timedelta(hours=1)).key == "UTC"
    assert zones.zone_at(NOW + MINUTE).key == "Pacific/Kiritimati"
