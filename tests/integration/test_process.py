"""The shop as a process: opened, asked, killed, opened again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import temporary_home
from tests.integration.conftest import Fill
from tests.shop import environment, free_port, stop_leftover_database, up

WISH = "recommend me a blade under 400 coins, then log 30 minutes of training and tell me how to look after it"


@pytest.fixture
def home(fill: Fill) -> Iterator[Path]:
    with temporary_home() as folder:
        fill(folder)
        yield folder
        stop_leftover_database(folder)


def sign_up(port: int) -> httpx.Client:
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
    body = {"handle": "survivor", "password": "wisteria-night", "name": "Survivor", "breathing_style": "Water"}
    client.headers["Authorization"] = f"Bearer {client.post('/auth/register', json=body).json()['access_token']}"
    return client


@pytest.mark.slow
def test_a_thread_is_remembered_after_the_shop_was_killed(home: Path) -> None:
    port = free_port()
    with up(home, port) as process:
        client = sign_up(port)
        first = client.post("/coach/chat", json={"message": WISH}).json()
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    with up(home, port) as process:
        body = {"message": "how often should I do that?", "thread_id": first["thread_id"]}
        second = client.post("/coach/chat", json=body).json()
        assert {c["source"] for c in second["citations"]} == {c["source"] for c in first["citations"]}
        assert client.get("/me").json()["nichirin_points"] == 3

        again = subprocess.run(
            [sys.executable, "-m", "cli.main", "up"],
            env=environment(home, port),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert again.returncode == 0
        assert f"open already on {home}" in " ".join(again.stderr.split())
        assert f"http://127.0.0.1:{port}" in again.stderr

        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert not (home / "postgres" / "postmaster.pid").exists()
    assert "Traceback" not in (home / "up.log").read_text()


@pytest.mark.slow
def test_an_offer_can_be_accepted_after_the_shop_was_killed(home: Path) -> None:
    port = free_port()
    with up(home, port) as process:
        client = sign_up(port)
        offer = client.post("/coach/chat", json={"message": "buy the Heron Spear"}).json()
        assert offer["approval"] is not None
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    with up(home, port):
        body = {
            "thread_id": offer["thread_id"],
            "resume": {"approval_id": offer["approval"]["approval_id"], "approved": True},
        }
        client.post("/coach/chat", json=body).raise_for_status()
        (order,) = client.get("/orders").json()["items"]
    assert order["weapon"] == offer["approval"]["weapon"] | {"stock": offer["approval"]["weapon"]["stock"] - 1}


def test_a_taken_port_is_said_plainly() -> None:
    with temporary_home() as folder, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        result = subprocess.run(
            [sys.executable, "-m", "cli.main", "up"],
            env=environment(folder, other.getsockname()[1]),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert result.returncode == 1
    assert "Choose another port" in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_wrong_settings_are_named(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "cli.main", "doctor"],
        env={**os.environ, "HASHIRA_PORT": "many", "HASHIRA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 2
    assert "port" in result.stderr
