"""Tool permissions are checked outside of any model."""

from __future__ import annotations

from typing import Any

import pytest

from hashiramart.errors import Forbidden
from tools import registry
from tools.deps import ToolDeps
from tools.quartermaster import NoArgs, TrainingArgs

TOOLS = [value for value in vars(registry).values() if isinstance(value, registry.Tool)]


def test_the_coach_has_no_tool_that_writes() -> None:
    assert [tool.name for tool in TOOLS if tool.writes and "coach" in tool.specialists] == []


@pytest.mark.parametrize("tool", TOOLS, ids=[tool.name for tool in TOOLS])
def test_a_tool_tells_what_it_does_and_takes_no_identity(tool: registry.Tool[Any, Any]) -> None:
    assert tool.run.__doc__
    assert not {"slayer_id", "caller", "points", "price"} & set(tool.args.model_fields)
    assert tool.args.model_config["extra"] == "forbid"


@pytest.mark.parametrize("specialist", ["coach", "recommender", "artist", "stranger"])
def test_a_tool_of_another_specialist_is_refused_before_it_runs(specialist: str) -> None:
    nothing: ToolDeps = None  # type: ignore[assignment]
    with pytest.raises(Forbidden, match="may not use log_training"):
        registry.call(specialist, registry.LOG_TRAINING, nothing, TrainingArgs(minutes=10))
    with pytest.raises(Forbidden):
        registry.call(specialist, registry.READ_STANDING, nothing, NoArgs())
