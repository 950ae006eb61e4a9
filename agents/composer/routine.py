"""Routines: drills whose minutes add up to what was asked, told as a coach would set a session."""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.drills import Found, guide_drills, weapon_drills
from agents.composer.intent import find_minutes
from agents.composer.personal import say_personal, tired
from agents.composer.prose import count, minutes
from agents.composer.session import Candidate, Slot, fit
from agents.composer.spare import say_spared

DEFAULT_MINUTES = 15
LONGEST_MINUTES = 240
_WARM_UP_FROM = 10  # minutes: a shorter session starts with its lightest drill instead
_LONG_DRILL = 10  # minutes: above it a drill is no beginner's drill
_HARD_DRILL = 20  # minutes: from it a drill is as hard as they come
_BEGINNER_ROUNDS = 2

_BREATHING, _CONDITIONING, _FOOTWORK, _HEALING = "breathing-warmups", "conditioning", "footwork", "injuries-and-rest"
_STAGES = (_BREATHING, _FOOTWORK, "", _CONDITIONING)  # the weapon's own drills come third


def routine(ask: Ask, draft: Draft) -> bool:
    """A session of the minutes that were asked for. False when there is no drill at all."""
    said = ask.question.minutes or find_minutes(ask.question.text)
    asked = said or ask.question.known.minutes or DEFAULT_MINUTES
    pool = [one for one in [*weapon_drills(ask), *guide_drills(ask)] if _fitting(ask, one, asked)]
    candidates = [_candidate(ask, one) for one in pool]
    slots = _slots(ask, candidates, min(asked, LONGEST_MINUTES))
    if not slots:
        return False
    plan = sorted(((pool[slot.index], slot) for slot in slots), key=lambda pair: _place(*pair))
    total = sum(slot.minutes for _, slot in plan)

    say_spared(ask, draft)
    if ask.question.known.minutes and not said:
        draft.say(f"You told me that {ask.question.known.minutes_said}, so I keep to that.")
    draft.say(*_lead(ask, asked, total))
    say_personal(ask, draft)
    if line := ask.beginner and ask.subject and not ask.shorter and ask.beginner_line():
        draft.say(_for_level(ask, plan), draft.cited(*line))
    elif ask.master and not tired(ask):
        draft.say("The longer and harder drills come first in the choice, as your level allows.")
    for number, (found, slot) in enumerate(plan, start=1):
        facts = f"{minutes(slot.minutes)}, {found.drill.focus} [{draft.number(found.passage)}]"
        draft.say(f"**{number}. {found.drill.name}** ({facts})", _how(found, slot))
        if not ask.shorter:
            draft.numbered(found.drill.steps, found.passage)
    draft.block(
        {
            "type": "routine",
            "title": _title(ask, total),
            "minutes": total,
            "weapon": ask.subject.slug if ask.subject else None,
            "drills": [
                {
                    "name": found.drill.name + _suffix(found, slot),
                    "minutes": slot.minutes,
                    "focus": found.drill.focus,
                    "steps": list(found.drill.steps),
                    "source": found.passage.source,
                }
                for found, slot in plan
            ],
        }
    )
    return True


def _slots(ask: Ask, candidates: list[Candidate], minutes: int) -> list[Slot]:
    """The session; a recruit's with few rounds of each drill where that fills the time as well."""
    warm_up = minutes >= _WARM_UP_FROM
    usual = fit(candidates, minutes, warm_up=warm_up)
    if not ask.beginner:
        return usual
    few = fit(candidates, minutes, warm_up=warm_up, rounds=_BEGINNER_ROUNDS)
    return few if sum(slot.minutes for slot in few) >= sum(slot.minutes for slot in usual) else usual


def _for_level(ask: Ask, plan: list[tuple[Found, Slot]]) -> str:
    """What the plan does for a recruit, as far as it does it."""
    most = max(slot.rounds for _, slot in plan)
    level = f"At level {ask.question.level}"
    if most <= 1:
        return f"{level}, start with one round of each drill."
    return f"{level}, start with {count(most, 'round')} at the most of any drill and rest between them."


def _lead(ask: Ask, asked: int, total: int) -> list[str]:
    style = ask.question.style
    name = f"{ask.question.name}, here" if ask.question.name else "Here"
    weapon = f" with {ask.manual.called}" if ask.subject else ""
    suited = f", chosen for {style} Breathing" if style else ""
    lead = f"{name} is a session of {minutes(total)}{weapon}{suited}."
    if total < asked:
        reason = "the longest that I set in one go" if asked > LONGEST_MINUTES else "as far as its drills go"
        lead += f" You asked for {minutes(asked)}; this is {reason}."
    if not ask.subject:
        missing = "the library holds no manual for that weapon" if ask.question.weapon else ""
        lead += f" It is made of the guides' drills; {missing or 'tell me your weapon and I add its own'}."
    return [ask.subject.note if ask.subject else "", lead]


def _title(ask: Ask, total: int) -> str:
    weapon = f" with the {ask.manual.entry.title}" if ask.subject else ""
    return f"{total}-minute routine{weapon}"


def _how(found: Found, slot: Slot) -> str:
    if slot.rounds == 0:
        return f"Stop after {slot.minutes} of its {minutes(found.drill.minutes)}."
    if slot.rounds > 1:
        return f"Do {count(slot.rounds, 'round')} of {minutes(found.drill.minutes)}."
    return ""


def _suffix(found: Found, slot: Slot) -> str:
    if slot.rounds == 0:
        return f" (first {slot.minutes} of {minutes(found.drill.minutes)})"
    return f" ({count(slot.rounds, 'round')})" if slot.rounds > 1 else ""


def _stage(found: Found) -> str:
    stem = found.passage.source.rsplit("/", 1)[-1].removesuffix(".md")
    return stem if found.passage.weapon is None else ""


def _wanted(ask: Ask, found: Found) -> bool:
    return ask.topic.meets(f"{found.drill.name} {found.drill.focus} {found.passage.title} {found.passage.section}")


def _warms_up(ask: Ask, found: Found) -> bool:
    """Breathing routines open a session; they fill it only where breathing is what was asked for."""
    return _stage(found) == _BREATHING and not (ask.topic and _wanted(ask, found))


def _fitting(ask: Ask, found: Found, asked: int) -> bool:
    """Whether a drill belongs in the pool: no healing exercise unasked, no warm-up that eats the session."""
    if _stage(found) == _HEALING:
        return bool(ask.topic) and _wanted(ask, found)
    if _warms_up(ask, found):
        lively = (
            ask.beginner and "calm" not in found.passage.heading.lower()
        )  # the guide keeps recruits to the calm ones
        return not lively and found.drill.minutes <= max(3, asked // 3)
    return True


def _candidate(ask: Ask, found: Found) -> Candidate:
    style = ask.question.style
    own = found.passage.weapon is not None
    worth = 1.0 if own else 0.45
    if found.suits(style):
        worth += 0.35
    elif found.bars(style):
        worth -= 0.35 if own else 0.3
    if ask.topic and _wanted(ask, found):
        worth += 0.8
    if (ask.beginner or tired(ask)) and found.drill.minutes > _LONG_DRILL:
        worth *= 0.7
    if tired(ask) and _stage(found) in (_BREATHING, _FOOTWORK):
        worth += 0.4
    if ask.master and not tired(ask):
        worth *= 1 + min(found.drill.minutes, _HARD_DRILL) / 100
    return Candidate(found.drill.minutes, worth, _warms_up(ask, found), main=own)


def _place(found: Found, slot: Slot) -> tuple[int, int]:
    stage = _stage(found)
    order = _STAGES.index(stage) if stage in _STAGES else len(_STAGES)
    if "warm-up" in found.drill.focus:
        order = 0
    return order, slot.minutes
