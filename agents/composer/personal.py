"""What is known about the slayer, in one or two sentences: facts from their own records, and the guides' advice on them.

A fact about the slayer carries no citation, for it is in no manual; the advice that goes with it does.
"""

from __future__ import annotations

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.evidence import nearest_advice
from agents.composer.models import Bout
from agents.composer.prose import count, minutes

MUCH_TRAINING = 120  # minutes within 24 hours from which rest is due
_RECENT_H = 7 * 24.0
_LONG_STREAK = 7
_REST, _MINDSET = "guides/injuries-and-rest.md", "guides/mindset.md"
_ABOUT_REST = "rest days: keep a day each week free of hard training, take easy days when tired"
_ABOUT_DEFEAT = "losing well: return to light training within days after a defeat"


def tired(ask: Ask) -> bool:
    """Whether the slayer has trained so much within a day that a lighter session is due."""
    activity = ask.question.activity
    return activity is not None and activity.minutes_today >= MUCH_TRAINING


def lost_bout(ask: Ask) -> Bout | None:
    """The latest battle with the weapon in question (with any, where there is none), if it was lost within a week."""
    activity = ask.question.activity
    bouts = activity.bouts if activity else ()
    ours = [bout for bout in bouts if ask.subject is None or bout.weapon == ask.subject.slug]
    latest = min(ours, key=lambda bout: bout.hours_ago, default=None)
    return latest if latest and not latest.won and latest.hours_ago <= _RECENT_H else None


def say_personal(ask: Ask, draft: Draft) -> None:
    """Take up what the slayer has done lately: much training before a lost battle, for rest comes first."""
    if ask.question.shape is not None:
        return
    if tired(ask):
        activity = ask.question.activity
        assert activity is not None
        said = f"You have trained {minutes(activity.minutes_today)} in the last 24 hours, so keep this light or rest."
        advice = nearest_advice(_ABOUT_REST, _REST, ask.shelf, most=1)
    elif bout := lost_bout(ask):
        said = f"You lost your last bout with {_weapon(ask, bout)} {_ago(bout.hours_ago)}."
        advice = nearest_advice(_ABOUT_DEFEAT, _MINDSET, ask.shelf, most=1)
    else:
        return
    draft.say(said, *(draft.cited(sentence, passage) for sentence, passage in advice))


def say_for_slayer(ask: Ask, draft: Draft) -> None:
    """What the manual has for the slayer's style and level, where the answer has not said it."""
    if ask.subject is None or ask.shorter:
        return
    if ask.intent == "handling":
        say_personal(ask, draft)
    for line in (ask.style_line(), ask.beginner_line() if ask.beginner else None):
        if line and not draft.says(line[0]):
            draft.say(draft.cited(*line))


def streak_line(ask: Ask) -> str:
    """A sentence on a long streak; empty without one."""
    activity = ask.question.activity
    if activity is None or activity.streak < _LONG_STREAK:
        return ""
    return f"This is day {activity.streak} of your streak."


def _weapon(ask: Ask, bout: Bout) -> str:
    if ask.subject:
        return ask.manual.called
    entry = ask.shelf.manuals.get(bout.weapon)
    return f"the **{entry.title}**" if entry else f"the {bout.weapon.replace('-', ' ')}"


def _ago(hours: float) -> str:
    if hours < 24:
        return "within the last day"
    return f"{count(round(hours / 24), 'day')} ago"
