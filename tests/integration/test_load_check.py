"""The load's plan is acceptable to the ledger and adds up to it; and its check sees what is wrong."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from pydantic import TypeAdapter
from sqlalchemy import update
from sqlmodel import col

from evals.load.check import Tally, tally
from evals.load.crowd import Heard
from evals.load.plan import Plan, make_plan
from hashiramart import audit, ledger
from hashiramart.db import Database
from hashiramart.events import AnyEvent, ReportedEvent
from hashiramart.models import Gamification, Weapon, utc_now

EVENT: TypeAdapter[AnyEvent] = TypeAdapter(ReportedEvent)
SOUND = Tally(unanswered=0, lost=0, doubled=0, wrong_totals=0, changed_answers=0)

Run = tuple[Plan, list[Heard]]


@pytest.fixture
def load(database: Database, stocked: list[Weapon]) -> Run:
    """A plan, every report of which the ledger took."""
    plan = make_plan(database, 150, 3, seed=7)
    heard = []
    for sent in plan.reports:
        answer = ledger.report(database, sent.slayer_id, EVENT.validate_json(sent.body), now=utc_now())
        heard.append(Heard(sent, 200, 1.0, 0.0, 1, answer.model_dump(mode="json")))
    return plan, heard


def test_what_was_taken_once_is_sound(database: Database, load: Run) -> None:
    plan, heard = load
    assert len(plan.reports) == 150
    assert len(plan.keys) == 120
    assert tally(database, plan, heard) == SOUND
    assert audit.verify(database) == []


def test_an_acknowledged_event_that_is_not_on_record_is_lost(database: Database, load: Run) -> None:
    plan, heard = load
    stranger = replace(heard[0], sent=replace(heard[0].sent, event_id="never-recorded"))
    assert tally(database, plan, [*heard, stranger]).lost == 1


def test_an_event_that_nobody_reported_is_doubled(database: Database, load: Run) -> None:
    plan, heard = load
    known = [each for each in plan.reports if each.event_id != plan.reports[0].event_id]
    assert tally(database, Plan(known, plan.due), heard).doubled == 1


def test_an_event_that_was_new_twice_is_doubled(database: Database, load: Run) -> None:
    plan, heard = load
    first = next(each for each in heard if each.answer and not each.answer["replayed"])
    assert tally(database, plan, [*heard, first]).doubled == 1


def test_points_that_are_not_due_are_wrong(database: Database, load: Run) -> None:
    plan, heard = load
    slayer_id = heard[0].sent.slayer_id
    with database.service() as session:
        session.execute(
            update(Gamification)
            .where(col(Gamification.slayer_id) == slayer_id)
            .values(nichirin_points=Gamification.nichirin_points + 10)
        )
    assert tally(database, plan, heard).wrong_totals == 1


def test_another_answer_than_the_first_is_a_changed_one(database: Database, load: Run) -> None:
    plan, heard = load
    other = copy.deepcopy(heard[0])
    assert other.answer is not None
    other.answer["nichirin_points"] += 1
    assert tally(database, plan, [other, *heard[1:]]).changed_answers == 1


def test_a_report_without_an_answer_is_unanswered(database: Database, load: Run) -> None:
    plan, heard = load
    silent = replace(heard[0], status=0, answer=None)
    assert tally(database, plan, [silent, *heard[1:]]).unanswered == 1
