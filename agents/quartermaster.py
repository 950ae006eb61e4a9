"""The Quartermaster: logs battles, training and logins, takes orders, and tells points, rank, streak, badges and history."""

from __future__ import annotations

from collections.abc import Callable

from langgraph.runtime import Runtime

from agents import ledger_words as words
from agents.focus import weapon_in_focus
from agents.planner.plan import Step
from agents.purchase import offer
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from hashiramart import catalog
from hashiramart.errors import DatabaseAway, HashiraError, ToolError
from hashiramart.leaderboard import Window
from tools import registry
from tools.deps import ToolDeps
from tools.quartermaster import BattleArgs, BoardArgs, NoArgs, TrainingArgs

_STATUS = {
    "log_training": "Asking the Quartermaster to log your training…",
    "log_battle": "Asking the Quartermaster to log your battle…",
    "log_login": "Asking the Quartermaster to mark your login…",
    "buy": "Asking the Quartermaster what it costs…",
}


def keep_ledger(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Answer one step from the ledger, writing to it when something is to be logged."""
    context = runtime.context
    step = Step.model_validate(state["plan"]["steps"][state["cursor"]])
    stage = Stage("quartermaster", state, runtime.stream_writer)
    stage.status(_STATUS.get(step.action or "", "Asking the Quartermaster for your ledger…"))
    try:
        if step.action == "buy":
            return offer(state, step, context, stage)
        act = _ACTS.get(step.action or "status", _status)
        stage.say(act(state, step, context, stage.deps(context, state["cursor"])))
    except DatabaseAway:
        raise
    except HashiraError as error:
        stage.say(error.message)
    update = stage.leave(state)
    if step.action == "log_battle" and (fought := weapon_in_focus(state, step)):
        update["memory"] = {**state["memory"], "weapon": fought}  # "and lost one with it"
    return update


def _training(state: TurnState, step: Step, _context: TurnContext, deps: ToolDeps) -> str:
    minutes = step.minutes or _of_the_routine(state, step)
    if minutes is None:
        raise ToolError("How many minutes did you train? Tell me, and I log them.")
    answer = registry.call("quartermaster", registry.LOG_TRAINING, deps, TrainingArgs(minutes=minutes))
    return f"Logged {minutes} minutes of training: {words.gain(answer)}"


def _of_the_routine(state: TurnState, step: Step) -> int | None:
    """The length of the routine that the turn before gave, where the slayer points at it: "done! log it"."""
    memory = state["memory"]
    asked = memory.get("question")
    if not step.refers_back or asked is None or memory.get("route", [])[-1:] != ["coach"]:
        return None
    return asked["minutes"] if asked["intent"] == "routine" else None


def _login(_state: TurnState, _step: Step, _context: TurnContext, deps: ToolDeps) -> str:
    answer = registry.call("quartermaster", registry.LOG_LOGIN, deps, NoArgs())
    if answer.points_awarded == 0:
        return f"Today's login is marked already. {words.standing(answer)}"
    days = "day" if answer.streak == 1 else "days"
    return f"Login marked, a streak of {answer.streak} {days}: {words.gain(answer)}"


def _status(_state: TurnState, _step: Step, _context: TurnContext, deps: ToolDeps) -> str:
    return words.account(registry.call("quartermaster", registry.READ_STANDING, deps, NoArgs()))


def _history(_state: TurnState, _step: Step, _context: TurnContext, deps: ToolDeps) -> str:
    return words.history(registry.call("quartermaster", registry.READ_HISTORY, deps, NoArgs()))


def _badges(_state: TurnState, _step: Step, _context: TurnContext, deps: ToolDeps) -> str:
    return words.badges(registry.call("quartermaster", registry.READ_BADGES, deps, NoArgs()))


def _orders(_state: TurnState, _step: Step, _context: TurnContext, deps: ToolDeps) -> str:
    return words.orders(registry.call("quartermaster", registry.READ_ORDERS, deps, NoArgs()))


def _leaderboard(_state: TurnState, step: Step, _context: TurnContext, deps: ToolDeps) -> str:
    window: Window = "week" if "week" in step.text.lower() else "all"
    board = registry.call("quartermaster", registry.READ_LEADERBOARD, deps, BoardArgs(window=window))
    return words.leaderboard(board, window)


def _battle(state: TurnState, step: Step, context: TurnContext, deps: ToolDeps) -> str:
    if step.success is None:
        raise ToolError("Did you win or lose that battle? Tell me, and I log it.")
    slug = weapon_in_focus(state, step)
    with context.shop.database.session(context.caller) as session:
        weapon = catalog.by_slug(session, slug) if slug else None
    if weapon is None:
        raise ToolError("Which weapon did you fight with? Name it, and I log the battle.")
    count = step.count or 1
    args = BattleArgs(weapon_id=weapon.id, success=step.success, count=count)
    answer = registry.call("quartermaster", registry.LOG_BATTLES, deps, args)
    what = "a battle" if count == 1 else f"{count} battles"
    outcome = "won" if step.success else "lost"
    return f"Logged {what} {outcome} with the {weapon.name}: {words.gain(answer)}"


_ACTS: dict[str, Callable[[TurnState, Step, TurnContext, ToolDeps], str]] = {
    "log_training": _training,
    "log_battle": _battle,
    "log_login": _login,
    "history": _history,
    "badges": _badges,
    "orders": _orders,
    "leaderboard": _leaderboard,
}
