"""A training plan asked for in chat: the Coach orders it, and shows it on its way."""

from __future__ import annotations

from langgraph.runtime import Runtime

from agents.focus import weapon_in_focus
from agents.memory.known import known_of
from agents.memory.spoken import joined
from agents.planner.plan import Step
from agents.planner.quantities import training_days
from agents.planner.quantities import weeks as spoken_weeks
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from hashiramart import plans
from hashiramart.errors import DatabaseAway, HashiraError
from hashiramart.training_plan import (
    DEFAULT_DAYS,
    DEFAULT_MINUTES,
    DEFAULT_WEEKS,
    LONGEST_DAY,
    MAX_WEEKS,
    SHORTEST_DAY,
    PlanWish,
    plain_words,
)
from tools.training_plans import order_plan


def plan_training(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Answer one step with a training plan on its way.

    What the slayer does not say is three days a week of 30 minutes (or what they once told of their training), four weeks, and
    the weapon that is talked about.
    """
    context = runtime.context
    step = Step.model_validate(state["plan"]["steps"][state["cursor"]])
    stage = Stage("coach", state, runtime.stream_writer)
    stage.status("Asking the Coach for a training plan…")
    wish = _wish(state, step, context)
    try:
        # Called here and not through the registry: no model sets its arguments, and what it writes is neither an entry nor an
        # order, and can be cancelled.
        order_plan(stage.deps(context, state["cursor"]), wish)
    except DatabaseAway:
        raise
    except HashiraError as error:
        stage.say(error.message)
    else:
        stage.say(_told(step, wish, context) + _in_mind(state, step, wish))
    update = stage.leave(state)
    update["memory"] = {
        **state["memory"],
        "weapon": wish.weapon or state["memory"].get("weapon"),
        "intent": step.intent,
    }
    return update


def _wish(state: TurnState, step: Step, context: TurnContext) -> PlanWish:
    before = _before(state, context)
    known = known_of(state["profile"].get("memories", []))
    days, minutes = (before.days_per_week, before.minutes_per_day) if before else (DEFAULT_DAYS, DEFAULT_MINUTES)
    if before is None:
        days, minutes = known.days or days, known.minutes or minutes
    return PlanWish(
        weeks=step.weeks or (before.weeks if before else DEFAULT_WEEKS),
        days_per_week=training_days(step.text) or days,
        minutes_per_day=min(max(step.minutes or minutes, SHORTEST_DAY), LONGEST_DAY),
        goal=plain_words(step.text, 300),
        weapon=_weapon(state, step),
    )


def _before(state: TurnState, context: TurnContext) -> PlanWish | None:
    """What stays as it was: "make it eight weeks" changes the plan that was just asked for."""
    if state["memory"].get("intent") == "plan":
        with context.shop.database.session(context.caller) as session:
            for plan in plans.list_plans(session, context.caller)[:1]:
                return PlanWish.model_validate(plan.wish)
    return None


def _weapon(state: TurnState, step: Step) -> str | None:
    """The weapon of the plan; of a type that was named, one that the slayer holds."""
    if step.weapon or not step.weapon_types:
        return weapon_in_focus(state, step)
    held: list[str] = state["profile"]["owned"]
    return next(
        (slug for slug in held if any(slug.endswith(kind.replace(" ", "-")) for kind in step.weapon_types)), None
    )


def _in_mind(state: TurnState, step: Step, wish: PlanWish) -> str:
    """What the plan keeps to because the slayer once told it."""
    known = known_of(state["profile"].get("memories", []))
    hurt = list(dict.fromkeys(injury.named for injury in known.injuries if injury.part))
    said = f" You told me what hurts, so it leaves out drills that ask much of {joined(hurt)}." if hurt else ""
    if known.minutes == wish.minutes_per_day and not step.minutes:
        said += f" You told me that {known.minutes_said}, so its days are that long."
    return said


def _told(step: Step, wish: PlanWish, context: TurnContext) -> str:
    weeks = "one week" if wish.weeks == 1 else f"{wish.weeks} weeks"
    days = "one day" if wish.days_per_week == 1 else f"{wish.days_per_week} days"
    name = context.planner.vocabulary.by_slug.get(wish.weapon or "")
    weapon = f" with the **{name.name}**" if name else ""
    asked = spoken_weeks(step.text) or 0
    limit = f" You asked for {asked} weeks; {MAX_WEEKS} are the most that I set at once." if asked > MAX_WEEKS else ""
    return (
        f"I am setting you a plan of {weeks}{weapon}: {days} a week, {wish.minutes_per_day} minutes a day.{limit} "
        "It appears below as soon as it is written; you may go on meanwhile, or cancel it."
    )
