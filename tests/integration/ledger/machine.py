"""Anything a slayer, a broken line or a moved clock can do to the ledger, step by step, against the model.

``test_machine.py`` runs it briefly with every ``make test``; ``pytest tests/drills`` runs it for long.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from hashiramart import accounts, audit, ledger, orders
from hashiramart.accounts import Registration
from hashiramart.db import Database
from hashiramart.errors import Conflict, NotFound, Unavailable
from hashiramart.events import AnyEvent, BattleEvent, EventAnswer, LoginEvent, TrainingEvent
from hashiramart.ledger import Outcome, Refusal
from hashiramart.models import Slayer, Weapon
from tests.integration.ledger.model import Model, No, Said
from tests.integration.ledger.reports import cut, drop_all_lines

START = datetime(2026, 3, 7, 12, tzinfo=UTC)  # the day before New York's clocks go forward
ZONES = (
    "UTC",
    "America/New_York",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Etc/GMT+12",
)
NOBODY_HAS = uuid.UUID(int=1)
SHELF = 2  # pieces in stock of each weapon in play

HALF_MINUTES = st.integers(0, 48 * 120)
AGO = st.none() | HALF_MINUTES | st.integers(0, 120) | st.sampled_from([-10, 48 * 120])
"""Half minutes before now; None leaves the moment out."""
OUT_OF_TIME = st.sampled_from([-11, -12, -5000, 48 * 120 + 1, 48 * 120 + 2, 10**6])
MINUTES = st.integers(1, 40) | st.integers(1, 1440) | st.sampled_from([600, 1000, 1440])
WEAPON = st.integers(0, 3)
"""On loan at first, two that can be ordered, and one that nobody knows."""
KIND = st.sampled_from(["battle", "training", "login"])
ITEM = st.tuples(KIND, AGO | OUT_OF_TIME, MINUTES, WEAPON, st.booleans(), st.none() | st.integers(0, 30))


class LedgerMachine(RuleBasedStateMachine):
    """One slayer's life. ``run`` gives it a database and weapons."""

    database: Database
    weapons: Sequence[Weapon]

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.serial = 0
        self.answers: dict[str, EventAnswer] = {}
        self.keys: dict[str, uuid.UUID] = {}
        handle = uuid.uuid4().hex
        profile = Registration(handle=handle, password=handle, name="Any", breathing_style="Water")
        with self.database.session(None) as session:
            self.slayer_id = accounts.register(session, profile).id
        with self.database.service() as session:
            # Their first zone holds since before the story begins; three weapons are in play, one of them on loan.
            born = {"slayer": self.slayer_id, "then": START - timedelta(days=9)}
            session.execute(text("UPDATE slayer_zones SET since = :then WHERE slayer_id = :slayer"), born)
            session.execute(text("DELETE FROM holdings WHERE slayer_id = :slayer"), born)
            lent = {"slayer": self.slayer_id, "weapon": self.weapons[0].id}
            session.execute(text("INSERT INTO holdings VALUES (:slayer, :weapon, 'loan', now())"), lent)
            in_play = {"pieces": SHELF, "weapons": [weapon.id for weapon in self.weapons]}
            session.execute(text("UPDATE weapons SET stock = :pieces WHERE id = ANY(:weapons)"), in_play)
        self.stock = {weapon.id: SHELF for weapon in self.weapons}
        self.owned: set[uuid.UUID] = set()
        self.model = Model([(START - timedelta(days=9), "UTC")], {w.id for w in self.weapons}, {self.weapons[0].id})

    # --- events ---

    def event(
        self, kind: str, ago: int | None, minutes: int, weapon: int, won: bool, event_id: str | None = None
    ) -> AnyEvent:
        self.serial += 1
        event_id = event_id or f"event-{self.serial}"
        moment = None if ago is None else self.now - timedelta(seconds=30) * ago
        if kind == "battle":
            weapon_id = [*(each.id for each in self.weapons), NOBODY_HAS][weapon]
            return BattleEvent(type="battle", event_id=event_id, weapon_id=weapon_id, success=won, occurred_at=moment)
        if kind == "training":
            return TrainingEvent(type="training", event_id=event_id, minutes=minutes, occurred_at=moment)
        return LoginEvent(type="login", event_id=event_id, occurred_at=moment)

    def same(self, outcome: Outcome, should: Said | No | None, event: AnyEvent) -> bool:
        """Whether an outcome is what the model says."""
        if isinstance(outcome, Refusal):
            unknown = isinstance(event, BattleEvent) and event.weapon_id == NOBODY_HAS
            error = outcome.error
            return (
                isinstance(should, No)
                and outcome.event_id == event.event_id
                and error.field in should.fields
                and (not isinstance(error, NotFound) or unknown)
            )
        if should is None:
            return outcome == self.answers[event.event_id].model_copy(update={"replayed": True})
        return isinstance(should, Said) and not outcome.replayed and Said.by(outcome) == should

    def remember(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            if not isinstance(outcome, Refusal):
                self.answers.setdefault(outcome.event_id, outcome.model_copy(update={"replayed": False}))

    def answered(self, which: int) -> str:
        """An id that was answered; how many there are depends on which thread came first, so it is not drawn from them."""
        return sorted(self.answers)[which % len(self.answers)]

    def send(self, *events: AnyEvent) -> list[Outcome]:
        return ledger.report_all(self.database, self.slayer_id, events, now=self.now)

    def told(self, *events: AnyEvent) -> None:
        """Report events to both and compare."""
        for event, outcome in zip(events, self.send(*events), strict=True):
            should = self.model.report(event, self.now)
            if not isinstance(outcome, Refusal):
                self.answers.setdefault(outcome.event_id, outcome)
            assert self.same(outcome, should, event), (event, outcome, should)

    @rule(ago=AGO, weapon=WEAPON, won=st.booleans())
    def fight(self, ago: int | None, weapon: int, won: bool) -> None:
        self.told(self.event("battle", ago, 0, weapon, won))

    @rule(count=st.integers(2, 24) | st.just(60), ago=st.integers(0, 2880), apart=st.integers(0, 8) | st.just(6))
    def fight_on(self, count: int, ago: int, apart: int) -> None:
        self.told(*(self.event("battle", ago + apart * n, 0, 0, won=True) for n in range(count)))

    @rule(ago=AGO, minutes=MINUTES)
    def train(self, ago: int | None, minutes: int) -> None:
        self.told(self.event("training", ago, minutes, 0, won=False))

    @rule(ago=AGO)
    def log_in(self, ago: int | None) -> None:
        self.told(self.event("login", ago, 0, 0, won=False))

    @rule(days=st.integers(2, 11))
    def log_in_daily(self, days: int) -> None:
        for _ in range(days):
            self.told(self.event("login", None, 0, 0, won=False))
            self.now += timedelta(days=1)

    @rule(kind=KIND, ago=OUT_OF_TIME)
    def report_out_of_time(self, kind: str, ago: int) -> None:
        self.told(self.event(kind, ago, 10, 0, won=True))

    @precondition(lambda self: self.answers)
    @rule(which=st.integers(0, 100))
    def report_again(self, which: int) -> None:
        self.told(self.model.bodies[self.answered(which)])

    @precondition(lambda self: self.answers)
    @rule(which=st.integers(0, 100), kind=KIND, minutes=MINUTES, ago=AGO)
    def report_another_under_its_id(self, which: int, kind: str, minutes: int, ago: int | None) -> None:
        self.told(self.event(kind, ago, minutes, 0, won=False, event_id=self.answered(which)))

    @rule(items=st.lists(ITEM, min_size=1, max_size=12), all_or_none=st.booleans())
    def report_batch(self, items: list[tuple[str, int | None, int, int, bool, int | None]], all_or_none: bool) -> None:
        events: list[AnyEvent] = []
        for kind, ago, minutes, weapon, won, twin in items:
            earlier = [*self.model.bodies.values(), *events]
            if twin is not None and earlier:
                events.append(earlier[-1 - twin % len(earlier)])
            else:
                events.append(self.event(kind, ago, minutes, weapon, won))
        before, known = deepcopy(self.model), dict(self.answers)
        outcomes = ledger.report_all(self.database, self.slayer_id, events, now=self.now, all_or_none=all_or_none)
        for event, outcome in zip(events, outcomes, strict=True):
            should = self.model.report(event, self.now)
            self.remember([outcome])
            assert self.same(outcome, should, event), (event, outcome, should)
        if all_or_none and any(isinstance(outcome, Refusal) for outcome in outcomes):
            self.model, self.answers = before, known

    # --- mishaps ---

    @rule(items=st.lists(ITEM, min_size=1, max_size=3), how=st.sampled_from(["bug", "line cut", "server"]))
    def crash_before_the_end(self, items: list[tuple[str, int | None, int, int, bool, int | None]], how: str) -> None:
        events = [self.event(*item[:5]) for item in items]
        try:
            with self.database.connection(self.slayer_id) as connection:
                ledger.record(connection, self.slayer_id, events, now=self.now)
                if how == "bug":
                    raise ZeroDivisionError
                if how == "line cut":
                    cut(connection)
                else:
                    connection.execute("SELECT pg_terminate_backend(pg_backend_pid())").fetchone()
        except (ZeroDivisionError, Unavailable):
            return
        raise AssertionError("the transaction ended as if nothing had happened")

    @rule(item=ITEM)
    def report_after_the_server_dropped_all_lines(
        self, item: tuple[str, int | None, int, int, bool, int | None]
    ) -> None:
        drop_all_lines(self.database)
        self.told(self.event(*item[:5]))

    @rule(items=st.lists(ITEM, min_size=2, max_size=3), twins=st.booleans())
    def report_at_once(self, items: list[tuple[str, int | None, int, int, bool, int | None]], twins: bool) -> None:
        events = [self.event(*item[:5]) for item in items[: 1 if twins else 3]] * (2 if twins else 1)
        together = threading.Barrier(len(events))

        def one(event: AnyEvent) -> Outcome:
            together.wait(10)
            return self.send(event)[0]

        with ThreadPoolExecutor(len(events)) as pool:
            outcomes = list(pool.map(one, events))
        self.remember(outcomes)
        # Some order of the events must explain what each was told.
        for order in permutations(range(len(events))):
            model = deepcopy(self.model)
            if all(self.same(outcomes[n], model.report(events[n], self.now), events[n]) for n in order):
                self.model = model
                return
        raise AssertionError(f"no order explains {outcomes} to {events}")

    # --- time and place ---

    @rule(half_minutes=st.integers(1, 120) | st.integers(1, 2 * 2880))
    def wait(self, half_minutes: int) -> None:
        self.now += timedelta(seconds=30) * half_minutes

    @rule(half_minutes=st.integers(1, 720) | st.just(2 * 2880))
    def set_clock_back(self, half_minutes: int) -> None:
        self.now -= timedelta(seconds=30) * half_minutes

    @rule(zone=st.sampled_from(ZONES))
    def move(self, zone: str) -> None:
        refused = None
        try:
            with self.database.session(self.slayer_id) as session:
                ledger.move(session, session.get_one(Slayer, self.slayer_id), zone, now=self.now)
        except Conflict as error:
            refused = error.field
        assert refused == (None if self.model.move(zone, self.now) else "timezone")

    @rule(
        stops=st.lists(st.tuples(st.sampled_from(ZONES), st.integers(0, 2880), st.booleans()), min_size=2, max_size=8)
    )
    def travel(self, stops: list[tuple[str, int, bool]]) -> None:
        for zone, stay, at_home in stops:
            self.move(zone)
            if not at_home:
                self.log_in(None)
            self.wait(stay)

    @rule(
        west=st.sampled_from(["Pacific/Niue", "Etc/GMT+12"]),
        east=st.sampled_from(["Pacific/Kiritimati", "Pacific/Chatham"]),
        hours=st.integers(0, 24),
        later=st.integers(0, 12),
        back=st.booleans(),
    )
    def fly_over_the_date_line(self, west: str, east: str, hours: int, later: int, back: bool) -> None:
        for zone, stay in [(west, hours), (east, later), *([(west, later)] if back else [])]:
            self.move(zone)
            self.log_in(None)
            self.wait(stay * 120)

    @rule(weapon=st.integers(1, 2), key=st.integers(0, 3), price=st.sampled_from(["shelf", "seen", "old"]))
    def order(self, weapon: int, key: int, price: str) -> None:
        wanted, order_key = self.weapons[weapon], f"order-{key}"
        agreed = {"shelf": None, "seen": wanted.price, "old": wanted.price + 1}[price]
        used = self.keys.get(order_key)
        reason = None
        if used is not None:
            reason = "order_key" if used != wanted.id else None
        elif wanted.id in self.owned or not self.stock[wanted.id]:
            reason = "weapon_id"
        elif price == "old":
            reason = "price"
        refused, placed = None, None
        try:
            with self.database.session(self.slayer_id) as session:
                placed = orders.place(session, self.slayer_id, order_key, wanted.id, agreed, now=self.now)
        except Conflict as error:
            refused = error.field
        assert refused == reason
        if placed is None:
            return
        assert placed.replayed == (used is not None)
        assert placed.weapon.stock == self.stock[wanted.id] - (used is None)
        if used is None:
            self.keys[order_key] = wanted.id
            self.owned.add(wanted.id)
            self.stock[wanted.id] -= 1
            self.model.held.add(wanted.id)

    # --- the books ---

    @rule(spoil=st.booleans())
    def rebuild(self, spoil: bool) -> None:
        if spoil:
            with self.database.service() as session:
                session.execute(
                    text(
                        "UPDATE gamification SET nichirin_points = nichirin_points + 7, streak = 99, rank = 'Hashira' "
                        "WHERE slayer_id = :slayer"
                    ),
                    {"slayer": self.slayer_id},
                )
            assert audit.verify(self.database)
        assert bool(audit.rebuild(self.database)) == spoil
        assert audit.verify(self.database) == []

    @invariant()
    def books_are_the_models(self) -> None:
        with self.database.service() as session:
            row = session.execute(
                text(
                    "SELECT nichirin_points, rank, minutes_trained, battles_won, best_streak, last_login_day, "
                    "(SELECT coalesce(sum(points), 0) FROM points_ledger WHERE slayer_id = :slayer), "
                    "coalesce((SELECT balance FROM points_ledger WHERE slayer_id = :slayer ORDER BY id DESC LIMIT 1), 0), "
                    "(SELECT count(*) FROM events WHERE slayer_id = :slayer), "
                    "(SELECT count(*) FROM interactions WHERE slayer_id = :slayer), "
                    "(SELECT coalesce(array_agg(feat), '{}') FROM achievements WHERE slayer_id = :slayer) "
                    "FROM gamification WHERE slayer_id = :slayer"
                ),
                {"slayer": self.slayer_id},
            ).one()
            shown = ledger.standing(session, self.slayer_id, now=self.now)
        model = self.model
        assert row[:6] == (
            model.points,
            model.rank,
            model.minutes,
            model.victories,
            model.best_streak,
            max(model.logins, default=None),
        )
        assert row[6:8] == (model.points, model.points)
        assert row[8:10] == (len(model.bodies), len(model.battles))
        assert set(row[10]) == model.feats
        assert (shown.nichirin_points, shown.rank, shown.streak) == (model.points, model.rank, model.streak(self.now))

    def teardown(self) -> None:
        assert audit.verify(self.database) == []
        with self.database.service() as session:
            session.execute(text("DELETE FROM slayers WHERE id = :slayer"), {"slayer": self.slayer_id})


def run(database: Database, weapons: Sequence[Weapon], *, runs: int, steps: int) -> None:
    """Live through a number of lives of some steps each."""
    bound = type("LedgerMachine", (LedgerMachine,), {"database": database, "weapons": weapons[:3]})
    run_state_machine_as_test(
        bound,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
