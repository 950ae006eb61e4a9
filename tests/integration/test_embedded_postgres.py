"""The embedded server: who shares it, when it stops, and which folders it can live in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import psycopg
import pytest

from hashiramart.catalog import all_weapons, stock_shelves
from hashiramart.config import Settings
from hashiramart.db import EmbeddedPostgres, open_database
from hashiramart.errors import SetupError
from tests.conftest import temporary_home

# Joins the server of the folder in argv, says which database it got, and stays until it is told to go.
_VISITOR = """
import sys
from pathlib import Path
import psycopg
from hashiramart.postgres import EmbeddedPostgres

server = EmbeddedPostgres(Path(sys.argv[1]))
with psycopg.connect(server.start()) as connection:
    print(*connection.execute("SELECT current_database()").fetchone(), flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture(scope="module")
def made_home() -> Iterator[Path]:
    """A state folder with a database that has been made and stopped."""
    with temporary_home() as folder:
        server = EmbeddedPostgres(folder)
        server.start()
        server.stop()
        yield folder


def server_process(home: Path) -> int | None:
    """The id of the folder's server, or None where none runs."""
    try:
        pid = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
    except FileNotFoundError:
        return None
    return pid if lives(pid) else None


def lives(pid: int) -> bool:
    return bool(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)


def ends(pid: int) -> bool:
    """Whether a server that was told to stop is gone: it gives its lock back a moment before."""
    try:
        psutil.Process(pid).wait(20)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return not lives(pid)  # nobody may be there to reap it
    return True


def answers(address: str) -> bool:
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def add_user(home: Path, pid: int) -> None:
    """Sign a process up as a user of the server, as the wheel does."""
    file = home / "postgres" / ".handle_pids.json"
    file.write_text(json.dumps([*json.loads(file.read_text()), pid]))


@contextmanager
def visitor(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the folder's server until the block ends."""
    repository = Path(__file__).parents[2]
    command = [sys.executable, "-c", _VISITOR, str(home)]
    with subprocess.Popen(command, cwd=repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.communicate(timeout=60)
        assert process.returncode == 0


def database_seen(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_stopping_leaves_no_process_and_starting_again_finds_the_data(made_home: Path) -> None:
    settings = Settings(home=made_home)
    with open_database(settings) as database:
        with database.service() as session:
            stock_shelves(session)
            stocked = [weapon.slug for weapon in all_weapons(session)]
        running = server_process(made_home)
        assert running is not None
    assert ends(running)
    assert not answers(database.conninfo)
    with open_database(settings) as database, database.service() as session:
        assert [weapon.slug for weapon in all_weapons(session)] == stocked


def test_a_second_user_in_the_process_joins_and_leaves_the_first_its_server(made_home: Path) -> None:
    first, second = EmbeddedPostgres(made_home), EmbeddedPostgres(made_home)
    address = first.start()
    assert second.start() == second.start() == address
    second.stop()
    second.stop()
    assert answers(address)
    first.stop()
    assert not answers(address)
    assert server_process(made_home) is None


def test_another_process_joins_and_leaves_us_the_server(made_home: Path) -> None:
    ours = EmbeddedPostgres(made_home)
    address = ours.start()
    running = server_process(made_home)
    with visitor(made_home) as other:
        assert database_seen(other) == "hashiramart"
    assert server_process(made_home) == running
    assert answers(address)
    ours.stop()
    assert not answers(address)


def test_two_processes_may_make_a_server_at_the_same_moment_and_the_last_one_stops_it() -> None:
    with temporary_home() as folder:
        with visitor(folder) as first:
            with visitor(folder) as second:
                assert [database_seen(first), database_seen(second)] == ["hashiramart"] * 2
                running = server_process(folder)
                assert running is not None
            assert lives(running)
        assert ends(running)


def test_a_user_that_is_still_there_keeps_the_server_running_unless_forced(made_home: Path) -> None:
    server = EmbeddedPostgres(made_home)
    address = server.start()
    add_user(made_home, os.getppid())
    server.stop()
    assert answers(address)
    again = EmbeddedPostgres(made_home)
    assert again.start() == address
    running = server_process(made_home)
    assert running is not None
    again.stop(force=True)
    assert ends(running)


def test_a_user_that_was_killed_does_not_keep_the_server_running(made_home: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait(30)
    server = EmbeddedPostgres(made_home)
    (made_home / "postgres" / ".handle_pids.json").unlink(missing_ok=True)
    address = server.start()
    add_user(made_home, dead.pid)
    server.stop()
    assert not answers(address)


def test_a_server_that_another_process_stopped_is_started_again(made_home: Path) -> None:
    ours = EmbeddedPostgres(made_home)
    address = ours.start()
    running = server_process(made_home)
    assert running is not None
    server = psutil.Process(running)
    server.terminate()
    server.wait(30)
    late = EmbeddedPostgres(made_home)
    assert answers(late.start())
    late.stop()
    assert answers(address)
    ours.stop()
    assert not answers(address)


def test_a_server_that_was_killed_comes_back_with_its_data(made_home: Path) -> None:
    settings = Settings(home=made_home)
    with open_database(settings) as database, database.service() as session:
        stock_shelves(session)
        weapons = len(all_weapons(session))
    server = EmbeddedPostgres(made_home)
    server.start()
    running = server_process(made_home)
    assert running is not None
    family = [psutil.Process(running), *psutil.Process(running).children()]
    family[0].kill()
    psutil.wait_procs(family, timeout=30)  # the children notice and go
    with open_database(settings) as database, database.service() as session:
        assert len(all_weapons(session)) == weapons
    server.stop()
    assert server_process(made_home) is None


def leave_lock(home: Path, first_line: str, *, lines: int = 8) -> None:
    """Write the lock file that a crash leaves behind."""
    data = home / "postgres"
    rest = [str(data), "1700000000", "5432", str(data), "", "  1234  5", "ready   "]
    (data / "postmaster.pid").write_text("\n".join([first_line, *rest][:lines]) + "\n")


@pytest.mark.parametrize("lines", [8, 7, 1])
def test_a_process_id_that_another_program_has_by_now_is_not_taken_for_the_server(made_home: Path, lines: int) -> None:
    leave_lock(made_home, str(os.getpid()), lines=lines)
    server = EmbeddedPostgres(made_home)
    assert answers(server.start())
    server.stop()
    assert lives(os.getpid())


@pytest.mark.parametrize(("first_line", "lines"), [("-4000000", 7), ("4000000", 5), ("", 0)])
def test_a_lock_file_that_was_not_finished_is_no_hindrance(made_home: Path, first_line: str, lines: int) -> None:
    leave_lock(made_home, first_line, lines=lines)
    server = EmbeddedPostgres(made_home)
    assert answers(server.start())
    server.stop()


def test_a_database_that_was_cut_off_while_it_was_made_is_made_again() -> None:
    with temporary_home() as folder:
        data = folder / "postgres"
        data.mkdir()
        (data / "PG_VERSION").write_text("18\n")
        (data / "base").mkdir()
        server = EmbeddedPostgres(folder)
        assert answers(server.start())
        server.stop()


@pytest.mark.parametrize("name", ["x" * 120, "my shop", "shop's", "a,b", "a;b", "a&b", "$HOME"])
def test_a_folder_postgresql_cannot_live_in_is_named_before_anything_is_made(name: str, tmp_path: Path) -> None:
    home = tmp_path / name
    with pytest.raises(SetupError, match="Set HASHIRA_HOME"), open_database(Settings(home=home)):
        pass
    assert not home.exists()


def test_a_folder_with_odd_but_harmless_letters_will_do(made_home: Path) -> None:
    with temporary_home() as folder:
        odd = folder / "hölle+50%-é_x.y"
        odd.mkdir()
        (made_home / "postgres").rename(odd / "postgres")
        with open_database(Settings(home=odd)) as database:
            assert answers(database.conninfo)
            assert answers(database.conninfo_for("public"))
        (odd / "postgres").rename(made_home / "postgres")


def test_a_file_in_the_place_of_the_folder_is_a_setup_error(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("not a folder")
    with pytest.raises(SetupError, match="cannot be made"):
        EmbeddedPostgres(tmp_path / "shop").start()


def test_a_database_that_ran_and_is_broken_is_a_setup_error_that_shows_the_log_and_is_left_alone() -> None:
    with temporary_home() as folder:
        data = folder / "postgres"
        data.mkdir()
        (data / "PG_VERSION").write_text("18\n")
        (data / "log").write_text("it ran\n")
        (data / "log").chmod(0o666)  # root's tests run the server as another user
        with pytest.raises(SetupError, match=r"did not start: .*postgresql\.conf"):
            EmbeddedPostgres(folder).start()
        assert (data / "PG_VERSION").exists()
