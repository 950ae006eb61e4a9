"""The command line's own manners."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.options import Prefer

HEAVY = ("torch", "mlflow", "chromadb", "langgraph", "fastapi", "lightgbm", "pandas", "sqlalchemy", "pydantic")


def test_help_loads_no_heavy_library() -> None:
    code = f"import sys, cli.main; print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"


@pytest.mark.parametrize(
    "command", [info.name or info.callback.__name__ for info in app.registered_commands if info.callback]
)
def test_every_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_the_preferences_are_the_recommenders() -> None:
    from ml import shortlist

    assert shortlist.Prefer == Prefer
