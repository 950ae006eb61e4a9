"""The Recommender: ranks weapons and says why."""

from __future__ import annotations

from collections.abc import Sequence

from langgraph.runtime import Runtime

from agents.article import about_article, asks_about_article
from agents.focus import weapon_in_focus
from agents.planner.plan import Step
from agents.refining import refined, wish_of
from agents.stage import Stage
from agents.state import TurnContext, TurnState
from hashiramart import catalog
from hashiramart.blocks import RecommendationsBlock
from hashiramart.errors import DatabaseAway, HashiraError
from hashiramart.models import Weapon
from ml.shortlist import Prefer
from tools import registry
from tools.recommend import TRIED_OUT, RecommendArgs, cheapest

DEFAULT_TOP_K = 3


def recommend(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Answer one step with weapon cards."""
    context = runtime.context
    step = Step.model_validate(state["plan"]["steps"][state["cursor"]])
    stage = Stage("recommender", state, runtime.stream_writer)
    stage.status("Asking the Recommender which weapons suit you…")
    if asks_about_article(step) and (asked := _on_the_shelf(context, weapon_in_focus(state, step))):
        stage.say(about_article(asked[0]))
        update = stage.leave(state)
        update["memory"] = {**state["memory"], "weapon": asked[0].slug}
        return update
    memory = state["memory"]
    went_before = memory.get("wish") if (memory.get("route") or [""])[-1] == "recommender" else None
    shown = _on_the_shelf(context, *(memory.get("weapons") or [])) if went_before else []
    step = refined(step, went_before, [weapon.price for weapon in shown])
    try:
        explain = _asked_about(step, state) if step.explain else []
        args = RecommendArgs(
            top_k=step.top_k or DEFAULT_TOP_K,
            budget=step.budget,
            budget_min=step.budget_min,
            weapon_types=step.weapon_types,
            exclude_types=step.exclude_types,
            prefer=step.prefer or "power",
            explain=explain,
        )
        block = registry.call("recommender", registry.RECOMMEND, stage.deps(context, state["cursor"]), args)
    except DatabaseAway:
        raise
    except HashiraError as error:
        stage.say(error.message)
        return stage.leave(state)
    if not block.recommendations:
        stage.say(_nothing(context, args))
        return stage.leave(state)
    if explain:
        stage.say(_why(block, state["memory"].get("tried_out") or []))
        return stage.leave(state)  # the list that was asked about stays the one that is spoken of
    stage.say(_words(block, args, state["profile"]["breathing_style"]))
    update = stage.leave(state)
    slugs = [each.slug for each in block.recommendations]
    tried_out = [each.slug for each in block.recommendations if each.explored]
    update["memory"] = {
        **state["memory"],
        "weapon": slugs[0],
        "weapons": slugs,
        "tried_out": tried_out,
        "wish": wish_of(step),
    }
    return update


def _on_the_shelf(context: TurnContext, *slugs: str | None) -> list[Weapon]:
    """Those of the weapons that the catalogue has, in that order."""
    with context.shop.database.session(context.caller) as session:
        return [weapon for slug in slugs if slug and (weapon := catalog.by_slug(session, slug))]


def _asked_about(step: Step, state: TurnState) -> list[str]:
    """The weapon whose place is asked about, or the whole list."""
    if step.weapon:
        return [step.weapon]
    earlier = list(state["memory"].get("weapons") or [])
    place = step.ordinal if step.ordinal is None or step.ordinal < 0 else step.ordinal - 1
    if place is not None and -len(earlier) <= place < len(earlier):
        return [earlier[place]]
    return earlier


def _why(block: RecommendationsBlock, tried_out: Sequence[str]) -> str:
    """All reasons of the weapons that are asked about, with their numbers.

    Args:
        block: those weapons, as the model sees them now.
        tried_out: slugs of the list that were there to learn more about them: the estimate alone would not say why.
    """
    lines = []
    for each in block.recommendations:
        reasons = [*each.reasons, TRIED_OUT] if each.slug in tried_out else each.reasons
        lines += [f"**{each.name}**: {each.score:.0%} predicted success for you.", ""]
        lines += [f"- {reason}" for reason in reasons]
        lines.append("")
    return "\n".join(lines).rstrip()


def _words(block: RecommendationsBlock, args: RecommendArgs, style: str) -> str:
    found = block.recommendations
    short = "" if len(found) == args.top_k else " (the shelves hold no more that fit)"
    lines = [f"{_lead(len(found), args.prefer, style)}{_limits(args)}{short}:", ""]
    for place, each in enumerate(found, start=1):
        why = f" {each.reasons[0]}." if each.reasons and each.reasons[0] != TRIED_OUT else ""
        trial = f" {TRIED_OUT}." if each.explored else ""
        lines.append(
            f"{place}. **{each.name}** ({each.weapon_type}, {each.price} coins): "
            f"{each.score:.0%} predicted success.{why}{trial}"
        )
    return "\n".join(lines)


def _lead(count: int, prefer: Prefer, style: str) -> str:
    """How the list begins: what it is the best of."""
    one = count == 1
    these = "This one" if one else f"These {count}"
    if prefer == "value":
        return f"{these} {'gives' if one else 'give'} your {style} Breathing the most for the coins"
    suits = f"{these} {'suits' if one else 'suit'} your {style} Breathing best"
    return f"{suits} when the price counts too" if prefer == "balance" else suits


def _limits(args: RecommendArgs) -> str:
    if args.budget is not None and args.budget_min is not None:
        return f" between {args.budget_min} and {args.budget} coins"
    if args.budget is not None:
        return f" within {args.budget} coins"
    if args.budget_min is not None:
        return f" from {args.budget_min} coins up"
    return ""


def _nothing(context: TurnContext, args: RecommendArgs) -> str:
    """Say plainly that nothing fits, and what comes nearest."""
    with context.shop.database.session(context.caller) as session:
        weapons = [
            weapon
            for weapon in catalog.all_weapons(session)
            if (not args.weapon_types or weapon.weapon_type in args.weapon_types)
            and weapon.weapon_type not in args.exclude_types
            and weapon.stock > 0
        ]
    nearest = cheapest(weapons)
    hint = f" The cheapest of that kind is the {nearest.name} for {nearest.price} coins." if nearest else ""
    return f"Nothing on the shelves fits{_limits(args)}.{hint}"
