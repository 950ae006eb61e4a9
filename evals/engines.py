"""Who plans in an evaluation: the trained router, or the configured language model as the product uses it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypedDict

from evals.trials import Planner
from hashiramart.config import Settings
from hashiramart.errors import SetupError

if TYPE_CHECKING:
    from agents.models import LanguageModel
    from agents.planner.context import PlanContext
    from agents.planner.embedded import EmbeddedPlanner
    from agents.planner.plan import Plan
    from agents.usage import ModelCall


class Used(TypedDict, total=False):
    """What a language model was asked: the fields of a ``Trial``."""

    calls: int
    tokens_in: int
    tokens_out: int


class Plans(Protocol):
    """What plans messages."""

    def plan(self, message: str, context: PlanContext) -> Plan:
        """A plan for a message."""
        ...


def fitted(settings: Settings, planner: Planner) -> Settings:
    """The settings for an evaluation: without the endpoint for ``embedded``, checked to name one for ``llm``.

    Raises:
        SetupError: ``llm``, and no endpoint is configured.
    """
    if planner == "embedded":
        return settings.model_copy(update={"openai_api_key": None, "openai_base_url": None})
    if not settings.llm_configured:
        raise SetupError(
            "No language model is configured: set OPENAI_BASE_URL (and OPENAI_API_KEY, HASHIRA_LLM_MODEL), "
            "or leave out --planner llm."
        )
    return settings


class ModelPlans:
    """Plans as the supervisor does with a language model: the model's plan, and the embedded one where it gives none."""

    def __init__(self, model: LanguageModel, embedded: EmbeddedPlanner) -> None:
        from agents.planner.llm import LanguageModelPlanner

        model.warm_up()  # a turn's seconds are not for loading its libraries
        self._first = LanguageModelPlanner(model, embedded)
        self._second = embedded
        self.used = Used(calls=0, tokens_in=0, tokens_out=0)

    def plan(self, message: str, context: PlanContext) -> Plan:
        """A plan for a message; ``used`` is what the model was asked for it."""
        from agents.models import ModelUnavailable
        from agents.usage import ModelUse

        use = ModelUse()
        try:
            return self._first.plan(message, context, use)
        except ModelUnavailable:
            return self._second.plan(message, context)
        finally:
            self.used = added_up(use.calls)


def added_up(calls: Sequence[ModelCall]) -> Used:
    """What some calls come to."""
    return Used(
        calls=sum(call.requests for call in calls),
        tokens_in=sum(call.tokens_in for call in calls),
        tokens_out=sum(call.tokens_out for call in calls),
    )


def used_by(plans: Plans) -> Used:
    """What the last plan cost; nothing where no language model plans."""
    return plans.used if isinstance(plans, ModelPlans) else Used()


def planner(settings: Settings, kind: Planner, embedded: EmbeddedPlanner) -> Plans:
    """The planner that is scored.

    Args:
        settings: as ``fitted`` gives them.
        kind: who plans.
        embedded: the product's own; it also bears out what a model's plan writes.
    """
    if kind == "embedded":
        return embedded
    from agents.models import LanguageModel

    return ModelPlans(LanguageModel(settings), embedded)
