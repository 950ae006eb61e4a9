"""Was a scene as it should be? Judged by who acted, facts in the replies, what was shown, and what is on record in the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from evals.scenes.cases import Cards, Pictures, SceneCase, SceneTurn
from evals.scenes.play import Heard, Played
from evals.scenes.state import State


def faults_of(case: SceneCase, played: Played, state: State) -> list[str]:
    """What was wrong, a sentence each; none when the scene passed.

    Args:
        case: what was asked for.
        played: what was heard.
        state: what is on record now.
    """
    faults: list[str] = []
    cards: list[dict[str, Any]] = []
    painted: list[dict[str, Any]] = []
    for number, (turn, heard) in enumerate(zip(case.turns, played.heard, strict=True), 1):
        faults += [f"turn {number}: {fault}" for fault in _of_turn(turn, heard, cards)]
        cards = heard.cards or cards
        if turn.pictures is not None:
            wrong = _pictures(turn.pictures, heard.pictures, painted, cards)
            faults += [f"turn {number}: {fault}" for fault in wrong]
        painted = heard.pictures or painted
    expected = _expected(case.state, played)
    for name, value in expected.model_dump().items():
        if (got := getattr(state, name)) != value:
            faults.append(f"on record: {name} should be {value!r} and is {got!r}")
    return faults


def _expected(state: State, played: Played) -> State:
    """The state with the names of weapons in place of "card:0": those of the first cards that were shown."""
    cards = next((heard.cards for heard in played.heard if heard.cards), [])
    orders, pictures = ([_slug(each, cards) for each in names] for names in (state.orders, state.pictures))
    return state.model_copy(update={"orders": orders, "pictures": pictures})


def _slug(name: str, cards: Sequence[dict[str, Any]]) -> str:
    """The weapon that a case names, of the catalogue or of the cards shown last."""
    if name == "cheapest":
        return str(min(cards, key=lambda card: card["price"])["slug"]) if cards else "no card"
    place = 0 if name == "first_card" else int(name[5:]) if name.startswith("card:") else None
    if place is None:
        return name
    return str(cards[place]["slug"]) if place < len(cards) else "no card"


def _of_turn(turn: SceneTurn, heard: Heard, before: Sequence[dict[str, Any]]) -> Iterator[str]:
    if turn.conflict or heard.conflict:
        if turn.conflict != heard.conflict:
            yield "the answer should have been refused" if turn.conflict else f"it was refused: {heard.error}"
        return
    if heard.answer is None:
        yield f"it ended in an error: {heard.error}"
        return
    answer = heard.answer
    if turn.route is not None and heard.route != turn.route:
        yield f"the route should be {turn.route} and is {heard.route}"
    yield from _words(turn, answer.reply)
    cards = heard.cards or before
    if turn.cites:
        names = ["first_card"] if turn.cites == "first_card" else turn.cites
        wanted = {_slug(name, cards) for name in names}
        cited = {citation.weapon for citation in answer.citations if citation.weapon}
        if cited != wanted:
            yield f"the manuals cited should be of {sorted(wanted)} and are of {sorted(cited)}"
    shown = [block["type"] for block in answer.blocks]
    if lacking := [kind for kind in turn.blocks if kind not in shown]:
        yield f"there should be {lacking} to see, and there is {shown}"
    offered = answer.approval.weapon.slug if answer.approval else None
    if offered != (_slug(turn.offer, cards) if turn.offer else None):
        yield f"the offer should be {turn.offer} and is {offered}"
    if turn.minutes is not None:
        yield from _routine(turn.minutes, answer.blocks)
    if turn.cards is not None:
        yield from _cards(turn.cards, heard.cards, before)


def _words(turn: SceneTurn, reply: str) -> Iterator[str]:
    missing = [pattern for pattern in turn.says if not re.search(pattern, reply)]
    if missing:
        yield f"the reply lacks {missing}: {reply[:160]!r}"
    unwanted = [pattern for pattern in turn.hides if re.search(pattern, reply)]
    if unwanted:
        yield f"the reply has {unwanted}: {reply[:160]!r}"


def _routine(minutes: int, blocks: Sequence[dict[str, Any]]) -> Iterator[str]:
    routine = next((block for block in blocks if block["type"] == "routine"), None)
    if routine is None:
        yield "there is no routine"
    elif not routine["minutes"] == minutes == sum(drill["minutes"] for drill in routine["drills"]):
        yield f"the routine should take {minutes} minutes and takes {routine['minutes']}"


def _pictures(
    wanted: Pictures,
    painted: Sequence[dict[str, Any]],
    before: Sequence[dict[str, Any]],
    cards: Sequence[dict[str, Any]],
) -> Iterator[str]:
    """What is wrong with a turn's pictures; ``before`` are those of the last turn that had some."""
    if len(painted) != wanted.count:
        yield f"{wanted.count} pictures should be asked for and there are {len(painted)}"
        return
    if wanted.weapon and {each["weapon"] for each in painted} != {slug := _slug(wanted.weapon, cards)}:
        yield f"the picture should be with {slug} and is with {painted[0]['weapon']}"
    if wanted.scene and not all(re.search(wanted.scene, each["scene"] or "") for each in painted):
        yield f"the scene should have {wanted.scene!r} and is {painted[0]['scene']!r}"
    seeds, earlier = [each["seed"] for each in painted], [each["seed"] for each in before]
    if wanted.seed == "kept" and seeds[0] not in earlier:
        yield f"the seed should be one of {earlier} and is {seeds[0]}"
    if wanted.seed == "new" and (set(seeds) & set(earlier) or len(set(seeds)) < len(seeds)):
        yield f"the seeds should be new and are {seeds}, after {earlier}"
    if isinstance(wanted.seed, int) and seeds[0] != wanted.seed:
        yield f"the seed should be {wanted.seed} and is {seeds[0]}"


def _cards(wanted: Cards, cards: Sequence[dict[str, Any]], before: Sequence[dict[str, Any]]) -> Iterator[str]:
    if not cards:
        yield "nothing was recommended"
        return
    if wanted.count is not None and len(cards) != wanted.count:
        yield f"{wanted.count} weapons should be shown and there are {len(cards)}"
    chances = [card["score"] for card in cards]
    if wanted.best_first and chances != sorted(chances, reverse=True):
        yield f"the likeliest to win should come first, and the chances are {chances}"
    led, leads = ([card["slug"] for card in each] for each in (before, cards))
    if wanted.same_lead and leads[: len(led)] != led:
        yield f"it should begin with {led}, and it is {leads}"
    prices = [card["price"] for card in cards]
    if wanted.max is not None and max(prices) > wanted.max:
        yield f"nothing should cost more than {wanted.max}, and {max(prices)} is asked"
    if wanted.min is not None and min(prices) < wanted.min:
        yield f"nothing should cost less than {wanted.min}, and {min(prices)} is asked"
    if wanted.cheaper and before and max(prices) >= min(card["price"] for card in before):
        yield "something cheaper than before was asked for"
    kinds = {card["weapon_type"] for card in cards}
    if wanted.types and not kinds <= set(wanted.types):
        yield f"only {wanted.types} should be shown, and there is {sorted(kinds)}"
    if kinds & set(wanted.without):
        yield f"no {wanted.without} should be shown"
