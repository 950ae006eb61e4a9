"""``hashira ingest`` and ``hashira knowledge``."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from tests.library import real_embedder
from tests.unit.knowledge.conftest import GUIDE, MANUAL, write

SPEAR, SLEEP = "manuals/ash-spear.md", "guides/sleep.md"
LIMIT_S = 60


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HASHIRA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # the test's own process keeps its handlers
    monkeypatch.setattr("knowledge.embed.load_embedder", lambda _settings: real_embedder())  # loaded once
    return tmp_path / "home"


@pytest.fixture
def corpus(home: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder / SPEAR, MANUAL)
    write(folder / SLEEP, GUIDE)
    return folder


@pytest.fixture
def filled(corpus: Path) -> Path:
    assert hashira("ingest", str(corpus)).exit_code == 0
    return corpus


def hashira(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def said(*arguments: str) -> object:
    """What a command says to a program."""
    result = hashira(*arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_ingest_reports_what_became_of_every_file(corpus: Path) -> None:
    first = said("ingest", str(corpus), "--json")
    assert isinstance(first, dict)
    assert (first["added"], first["passages"], first["passages_embedded"]) == ([SLEEP, SPEAR], 5, 5)
    (corpus / SPEAR).unlink()
    second = said("ingest", str(corpus), "--prune", "--json")
    assert isinstance(second, dict)
    assert (second["unchanged"], second["removed"], second["passages"]) == ([SLEEP], [SPEAR], 1)
    assert first["generation"] != second["generation"]


def test_ingest_with_a_refused_file_says_why_takes_the_others_and_exits_1(corpus: Path) -> None:
    (corpus / "bad.md").write_bytes(b"\x00\x01\x02")
    result = hashira("ingest", str(corpus))
    assert result.exit_code == 1
    assert "bad.md" in result.stderr
    assert "2 added" in result.stderr
    assert "1 refused" in result.stderr


def test_a_dry_run_names_the_files_and_writes_nothing(corpus: Path, home: Path) -> None:
    result = hashira("ingest", str(corpus), "--dry-run")
    assert result.exit_code == 0
    assert f"+ {SPEAR}" in result.stderr
    assert "Nothing was written" in result.stderr
    assert not list(home.rglob("chroma.sqlite3"))


def test_watching_and_trying_out_at_once_is_refused(corpus: Path) -> None:
    assert hashira("ingest", str(corpus), "--watch", "--dry-run").exit_code == 2


def test_a_path_that_does_not_exist_is_explained(home: Path, tmp_path: Path) -> None:
    result = hashira("ingest", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "nowhere" in result.stderr


def test_list_and_show_tell_what_is_stored(filled: Path) -> None:
    listed = said("knowledge", "list", "--json")
    assert isinstance(listed, list)
    assert [(each["source"], each["weapon"], each["passages"]) for each in listed] == [
        (SLEEP, None, 1),
        (SPEAR, "ash-spear", 4),
    ]
    shown = said("knowledge", "show", SPEAR, "--json")
    assert isinstance(shown, dict)
    assert shown["front"]["weight_kg"] == 1.6
    assert shown["passages"][2]["section"] == "Maintenance > Intervals"
    assert "Maintenance > Intervals" in hashira("knowledge", "show", SPEAR).stdout
    assert SLEEP in hashira("knowledge", "list").stdout


def test_show_of_what_is_not_stored_is_explained(filled: Path) -> None:
    result = hashira("knowledge", "show", "no.md")
    assert result.exit_code == 1
    assert "holds no no.md" in result.stderr


def test_search_finds_the_passage(filled: Path) -> None:
    found = said("knowledge", "search", "how many hours of sleep", "--k", "2", "--json")
    assert isinstance(found, dict)
    assert len(found["hits"]) == 2
    assert (found["hits"][0]["source"], found["hits"][0]["section"]) == (SLEEP, "Hours")
    assert SLEEP in hashira("knowledge", "search", "how many hours of sleep").stdout


def test_search_for_a_weapon_keeps_to_its_manual(filled: Path) -> None:
    found = said("knowledge", "search", "how many hours of sleep", "--weapon", "ash-spear", "--json")
    assert isinstance(found, dict)
    assert {hit["source"] for hit in found["hits"]} == {SPEAR}


def test_many_queries_are_answered_line_by_line_in_order(filled: Path, tmp_path: Path) -> None:
    asked = [{"id": "b", "text": "linseed oil"}, {"id": 1, "text": "sleep"}, {"id": "a", "text": " "}]
    file = write(tmp_path / "queries.jsonl", "\n\n".join(map(json.dumps, asked)) + "\n")
    result = hashira("knowledge", "search", "--queries", str(file), "--k", "3")
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["b", 1, "a"]
    assert [answer["hits"][0]["source"] for answer in answers[:2]] == [SPEAR, SLEEP]
    assert answers[2]["hits"] == []
    assert set(answers[0]["hits"][0]) == {"source", "section", "score"}
    assert [len(answer["hits"]) for answer in answers[:2]] == [3, 3]


@pytest.mark.parametrize(
    "line", ["{", "[]", '"text"', '{"id": "x"}', '{"text": "x"}', '{"id": true, "text": "x"}', '{"id": 1, "text": 2}']
)
def test_a_bad_line_of_queries_is_named_and_nothing_is_answered(filled: Path, tmp_path: Path, line: str) -> None:
    file = write(tmp_path / "q.jsonl", f'{{"id": 1, "text": "oil"}}\n{line}\n')
    result = hashira("knowledge", "search", "--queries", str(file))
    assert result.exit_code == 1
    assert "q.jsonl,line2" in "".join(result.stderr.split())
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [[], ["oil", "--queries", "q.jsonl"]])
def test_search_takes_either_a_query_or_a_file(home: Path, arguments: list[str]) -> None:
    assert hashira("knowledge", "search", *arguments).exit_code == 2


def test_stats_count_what_is_there(filled: Path) -> None:
    stats = said("knowledge", "stats", "--json")
    assert isinstance(stats, dict)
    assert (stats["documents"], stats["weapons"], stats["passages"]) == (2, 1, 5)
    assert stats["by_type"] == {"guides": 1, "spear": 1}
    assert stats["made_at"]


def test_another_collection_is_another_library(filled: Path) -> None:
    assert said("knowledge", "list", "--collection", "other", "--json") == []
    assert "ingest" in hashira("knowledge", "list", "--collection", "other").stderr
    write(filled / "more.md", "# More\n\n## Words\nA few words.\n")
    assert hashira("ingest", str(filled / "more.md"), "--collection", "other").exit_code == 0
    other, own = said("knowledge", "list", "--collection", "other", "--json"), said("knowledge", "list", "--json")
    assert isinstance(other, list)
    assert isinstance(own, list)
    assert [each["source"] for each in other] == ["more.md"]
    assert [each["source"] for each in own] == [SLEEP, SPEAR]
    assert hashira("knowledge", "list", "--collection", "../up").exit_code == 1


def test_forget_takes_a_document_out(filled: Path) -> None:
    assert hashira("knowledge", "forget", SPEAR).exit_code == 0
    assert "holds no" in hashira("knowledge", "forget", SPEAR).stderr


@contextmanager
def watching(corpus: Path) -> Iterator[tuple[subprocess.Popen[str], queue.Queue[str]]]:
    """``hashira ingest --watch`` as a process, and the lines that it writes."""
    command = [sys.executable, "-m", "cli.main", "ingest", str(corpus), "--watch", "--prune", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines: queue.Queue[str] = queue.Queue()

    def read(stream: IO[str]) -> None:
        for line in stream:
            lines.put(line)

    assert process.stdout is not None
    reader = threading.Thread(target=read, args=(process.stdout,))
    reader.start()
    try:
        yield process, lines
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(30)
        reader.join(30)
        process.stdout.close()
        assert process.stderr is not None
        process.stderr.close()


def test_a_watched_folder_is_ingested_whenever_it_changes_until_ctrl_c(corpus: Path) -> None:
    with watching(corpus) as (process, lines):
        assert json.loads(lines.get(timeout=LIMIT_S))["added"] == [SLEEP, SPEAR]
        write(corpus / SLEEP, GUIDE.replace("seven to nine", "eight to nine"))
        assert json.loads(lines.get(timeout=LIMIT_S))["changed"] == [SLEEP]
        (corpus / SPEAR).unlink()
        assert json.loads(lines.get(timeout=LIMIT_S))["removed"] == [SPEAR]
        (corpus / "bad.md").write_bytes(b"\x00\x01\x02")
        assert [each["source"] for each in json.loads(lines.get(timeout=LIMIT_S))["refused"]] == ["bad.md"]
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT_S) == 0
        assert lines.empty()
