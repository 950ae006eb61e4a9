"""The Quartermaster: logs battles, training and logins, and tells points, rank and streak."""

from __future__ import annotations

from langgraph.runtime import Runtime

from agents.focus import weapon_in_focus
from agents.planner.plan import Step
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from hashiramart import catalog
from hashiramart.errors import HashiraError, ToolError
from hashiramart.ledger import EventAnswer, Standing
from tools import registry
from tools.deps import ToolDeps
from tools.quartermaster import BattleArgs, NoArgs, TrainingArgs

_STATUS = {
    "log_training": "Asking the Quartermaster to log your training…",
    "log_battle": "Asking the Quartermaster to log your battle…",
    "log_login": "Asking the Quartermaster to mark your login…",
}


def keep_ledger(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Answer one step from the ledger, writing to it when something is to be logged."""
    context = runtime.context
    step = Step.model_validate(state["plan"]["steps"][state["cursor"]])
    stage = Stage("quartermaster", state, runtime.stream_writer)
    stage.status(_STATUS.get(step.action or "", "Asking the Quartermaster for your ledger…"))
    try:
        stage.say(_act(state, step, context, stage.deps(context, state["cursor"])))
    except HashiraError as error:
        stage.say(error.message)
    return stage.leave(state)


def _act(state: TurnState, step: Step, context: TurnContext, deps: ToolDeps) -> str:
    match step.action:
        case "log_training":
            if step.minutes is None:
                raise ToolError("How many minutes did you train? Tell me, and I log them.")
            answer = registry.call("quartermaster", registry.LOG_TRAINING, deps, TrainingArgs(minutes=step.minutes))
            return f"Logged {step.minutes} minutes of training: {_gain(answer)}"
        case "log_battle":
            return _battle(state, step, context, deps)
        case "log_login":
            answer = registry.call("quartermaster", registry.LOG_LOGIN, deps, NoArgs())
            if answer.points_awarded == 0:
                return f"Today's login is marked already. {_standing(answer)}"
            days = "day" if answer.streak == 1 else "days"
            return f"Login marked, a streak of {answer.streak} {days}: {_gain(answer)}"
        case _:
            account = registry.call("quartermaster", registry.READ_STANDING, deps, NoArgs())
            held = f" In your hands: {', '.join(account.owned)}." if account.owned else ""
            days = "day" if account.standing.streak == 1 else "days"
            return f"{_standing(account.standing)} Your login streak is {account.standing.streak} {days}.{held}"


def _battle(state: TurnState, step: Step, context: TurnContext, deps: ToolDeps) -> str:
    if step.success is None:
        raise ToolError("Did you win or lose that battle? Tell me, and I log it.")
    slug = weapon_in_focus(state, step)
    with context.shop.database.session() as session:
        weapon = catalog.by_slug(session, slug) if slug else None
    if weapon is None:
        raise ToolError("Which weapon did you fight with? Name it, and I log the battle.")
    count = step.count or 1
    args = BattleArgs(weapon_id=weapon.id, success=step.success, count=count)
    answer = registry.call("quartermaster", registry.LOG_BATTLES, deps, args)
    what = "a battle" if count == 1 else f"{count} battles"
    outcome = "won" if step.success else "lost"
    return f"Logged {what} {outcome} with the {weapon.name}: {_gain(answer)}"


def _gain(answer: EventAnswer) -> str:
    points = answer.points_awarded
    gain = f"+{points} Nichirin {'point' if points == 1 else 'points'}." if points else "no points this time."
    return f"{gain} {_standing(answer)}"


def _standing(standing: Standing) -> str:
    points = standing.nichirin_points
    now = f"You have {points} Nichirin {'point' if points == 1 else 'points'} and the rank {standing.rank}"
    if standing.next_rank is None:
        return f"{now}, the highest there is."
    return f"{now}; {standing.points_to_next} more make you {standing.next_rank}."
