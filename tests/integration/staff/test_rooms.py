"""What else the staff sees: the night's report, the library and its last ingestion, the queues and their jobs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hashiramart import jobs, staff
from hashiramart.config import Settings
from knowledge.ingest import ingest
from ml import nightly
from ml.params import load_params
from ml.workspace import default_root
from tests.integration.staff.conftest import House, get
from tests.unit.ml.nights import pipeline


@pytest.fixture
def no_jobs(house: House) -> Iterator[House]:
    """The house with empty queues, before and after."""
    forget(house)
    yield house
    forget(house)


def forget(house: House) -> None:
    with psycopg.connect(house.shop.database.conninfo_for("procrastinate")) as connection:
        connection.execute("DELETE FROM procrastinate_jobs")
        connection.execute("DELETE FROM procrastinate_workers")


def put_in(house: House, queue: str, task: str, status: str, *, minutes: int = 5, lock: str | None = None) -> int:
    """A job that came into its state some minutes ago; its number."""
    with psycopg.connect(house.shop.database.conninfo_for("procrastinate")) as connection:
        row = connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock) "
            "VALUES (%s, %s, %s::procrastinate_job_status, %s) RETURNING id",
            [queue, task, status, lock],
        ).fetchone()
        assert row is not None
        connection.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(mins => %s) WHERE job_id = %s",
            [minutes, row[0]],
        )
        return int(row[0])


def status_of(house: House, job_id: int) -> str:
    with psycopg.connect(house.shop.database.conninfo_for("procrastinate")) as connection:
        row = connection.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job_id]).fetchone()
    assert row is not None
    return str(row[0])


def test_the_queues_are_counted_with_the_age_of_the_oldest_and_who_works(no_jobs: House) -> None:
    quiet = get(no_jobs.keeper, "/staff/queue")
    assert [each["queue"] for each in quiet["queues"]] == list(jobs.QUEUES)
    assert all((each["waiting"], each["oldest_s"]) == (0, None) for each in quiet["queues"])
    assert (quiet["workers_alive"], quiet["jobs"]) == (0, [])
    assert quiet["pictures"] == {"waiting": 0, "painting": 0, "failed_today": 0, "seconds_each": None}

    for minutes in (3, 7):
        put_in(no_jobs, jobs.PICTURE_QUEUE, jobs.PAINT, "todo", minutes=minutes)
    put_in(no_jobs, jobs.PLAN_QUEUE, jobs.PLAN, "doing")
    failed = put_in(no_jobs, jobs.LONG_QUEUE, jobs.RETRAIN, "failed")
    with psycopg.connect(no_jobs.shop.database.conninfo_for("procrastinate")) as connection:
        connection.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()), (now() - interval '1 hour')"
        )
    board = get(no_jobs.keeper, "/staff/queue")
    queues = {each["queue"]: each for each in board["queues"]}
    assert queues["pictures"]["waiting"] == 2
    assert 7 * 60 <= queues["pictures"]["oldest_s"] < 8 * 60
    assert (queues["plans"]["running"], queues["long"]["failed"]) == (1, 1)
    assert board["workers_alive"] == 1
    # What belongs to a slayer is counted and not named.
    assert [(each["job_id"], each["can_retry"], each["can_cancel"]) for each in board["jobs"]] == [
        (failed, True, False)
    ]


def test_a_failed_job_is_put_back_and_it_is_on_record(no_jobs: House) -> None:
    failed = put_in(no_jobs, jobs.LONG_QUEUE, jobs.RETRAIN, "failed")
    assert no_jobs.keeper.post(f"/staff/jobs/{failed}/retry").status_code == 204
    assert status_of(no_jobs, failed) == "todo"
    latest = get(no_jobs.keeper, "/staff/actions")["items"][0]
    assert (latest["action"], latest["subject"]) == ("retry", f"retrain, job {failed}")
    assert no_jobs.keeper.post(f"/staff/jobs/{failed}/retry").status_code == 409


def test_work_that_waits_already_is_not_put_back_a_second_time(no_jobs: House) -> None:
    failed = put_in(no_jobs, jobs.LONG_QUEUE, jobs.RETRAIN, "failed", lock=jobs.RETRAIN)
    put_in(no_jobs, jobs.LONG_QUEUE, jobs.RETRAIN, "todo", lock=jobs.RETRAIN)
    before = get(no_jobs.keeper, "/staff/actions")
    answer = no_jobs.keeper.post(f"/staff/jobs/{failed}/retry")
    assert answer.status_code == 409
    assert "waits in the queue already" in answer.json()["detail"]
    assert get(no_jobs.keeper, "/staff/actions") == before


def test_a_waiting_job_of_the_shops_own_is_cancelled_and_a_slayers_is_not_found(no_jobs: House) -> None:
    ours = put_in(no_jobs, jobs.LONG_QUEUE, jobs.RETRAIN, "todo")
    begun = put_in(no_jobs, jobs.QUICK_QUEUE, "purge_sessions", "doing")
    theirs = put_in(no_jobs, jobs.PICTURE_QUEUE, jobs.PAINT, "todo")
    answers = {each: no_jobs.keeper.post(f"/staff/jobs/{each}/cancel").status_code for each in (ours, begun, theirs)}
    assert answers == {ours: 204, begun: 409, theirs: 404}
    assert [status_of(no_jobs, each) for each in (ours, begun, theirs)] == ["cancelled", "doing", "todo"]


def test_before_the_first_night_there_is_no_report_and_a_damaged_one_is_said_to_be(house: House) -> None:
    assert get(house.keeper, "/staff/report") == {"night": None, "unavailable": None}
    folder = default_root(house.settings) / "reports" / "nightly"
    folder.mkdir(parents=True)
    try:
        for name in ("report.md", "offpolicy.json", "drift.json"):
            (folder / name).write_text("{", encoding="utf-8")
        told = get(house.keeper, "/staff/report")
        assert told["night"] is None
        assert "cannot be read" in told["unavailable"]
    finally:
        shutil.rmtree(folder)


def test_the_report_of_the_night_is_the_one_that_was_written(house: House, tmp_path: Path) -> None:
    made = pipeline(tmp_path / "pipeline", slayers=60, battles=600)
    nightly.write(made.root, load_params(), Settings(home=tmp_path, mlflow_tracking_uri="http://127.0.0.1:9"))
    root = default_root(house.settings)
    shutil.copytree(made.root / "reports", root / "reports", dirs_exist_ok=True)
    try:
        night = get(house.keeper, "/staff/report")["night"]
    finally:
        shutil.rmtree(root / "reports")
    assert night["report"] == (made.root / "reports" / "nightly" / "report.md").read_text(encoding="utf-8")
    assert night["drift"]["state"] == "no battles"
    assert night["off_policy"]["state"] == "no impressions"
    assert night["verdict"] is None


def test_the_library_tells_its_generation_and_the_files_that_were_refused(house: House, tmp_path: Path) -> None:
    empty = get(house.keeper, "/staff/library")
    assert (empty["documents"], empty["generation"], empty["last_ingestion"]) == (0, None, None)
    (tmp_path / "good.md").write_text("# Oil\n\n## Care\n\nOil the blade every week with camellia oil.\n")
    (tmp_path / "bad.pdf").write_bytes(b"no pdf at all")
    ingest([tmp_path], house.shop.app.state.agents.shop.library)
    told = get(house.keeper, "/staff/library")
    assert (told["documents"], told["passages"]) == (1, 1)
    assert told["generation"]
    last = told["last_ingestion"]
    assert (last["added"], last["unchanged"], last["refused"]) == (1, 0, 1)
    (refused,) = last["refused_files"]
    assert refused["source"] == "bad.pdf"
    assert refused["reason"]
    ingest([tmp_path / "good.md"], house.shop.app.state.agents.shop.library, root=tmp_path)
    again = get(house.keeper, "/staff/library")
    assert (again["generation"], again["last_ingestion"]["unchanged"]) == (told["generation"], 1)


def test_the_latest_deed_comes_first_and_the_list_is_bounded(house: House) -> None:
    for before, after in (("2", "1"), ("1", "2"), ("2", "1")):
        answer = house.keeper.post("/staff/models/promote", json={"version": after, "champion": before})
        assert answer.status_code == 200, answer.text
    items = get(house.keeper, "/staff/actions?limit=2")["items"]
    assert [each["subject"] for each in items] == ["version 1", "version 2"]
    with house.shop.database.service() as session:
        assert staff.latest(session, 1)[0].handle == "keeper"
