"""The scripted OpenAI-compatible endpoint that the language-model path is tested against; benchmarks use it too."""

from __future__ import annotations

from evals.load.scripted import FAULTS, Fault, Script, ScriptedModel, is_planning, serve, unreachable

__all__ = ["FAULTS", "Fault", "Script", "ScriptedModel", "is_planning", "serve", "unreachable"]
