"""A drill that is asked for by its name: "explain Minnows", "how does Walking the Ice go?"."""

from __future__ import annotations

import re

from agents.composer.ask import Ask
from agents.composer.draft import Draft
from agents.composer.drills import Found, every_drill
from agents.composer.prose import minutes
from agents.composer.spare import say_caution, words_of
from knowledge.words import words

_LEFT_OUT = frozenset(["the", "a", "an"])
# What may stand beside a name of one word, which is otherwise as often no name: "what is deadfall", but not "a deadfall of snow".
_FRAME = frozenset(
    words("""
    explain describe show teach tell me us about what is are how does do i go goes work works drill exercise please again
    called the a an of with my in it and can could you run through walk practise practice train steps for to name named
    """)
)


def named_drill(ask: Ask, draft: Draft) -> bool:
    """Tell in full the drill that the question names; the weapon's own before others. False where it names none."""
    found = _named(ask)
    if found is None:
        return False
    one = found.drill
    where = "of the guides" if found.passage.weapon is None else f"from the manual of the **{found.passage.title}**"
    styles = f" It is for {' and '.join(one.styles)} Breathing [{draft.number(found.passage)}]." if one.styles else ""
    draft.say(
        f"**{one.name}** is a drill {where}: {minutes(one.minutes)}, {one.focus} [{draft.number(found.passage)}].{styles}"
    )
    draft.numbered(one.steps, found.passage)
    say_caution(ask, draft, words_of(one))
    ask.trail.why = f'The question names the drill "{one.name}".'
    return True


def _named(ask: Ask) -> Found | None:
    every = every_drill(ask)
    own = [one for one in every if ask.subject and one.passage.weapon == ask.subject.slug]
    guides = [one for one in every if one.passage.weapon is None]
    rest = [] if ask.subject else every
    said = _plain(re.sub(r"[\"'\u2018\u2019\u201c\u201d]", "", ask.question.text))
    for group in (own, guides, rest):
        for found in sorted(group, key=lambda one: -len(one.drill.name)):
            name = _plain(re.sub(r"['\u2019]", "", found.drill.name))
            if f" {name} " in f" {said} " and (len(name.split()) > 1 or _is_alone(name, said, ask)):
                return found
    return None


def _is_alone(name: str, said: str, ask: Ask) -> bool:
    title = set(words(ask.manual.entry.title)) if ask.subject else set()
    return set(said.split()) - {name} <= _FRAME | title


def _plain(text: str) -> str:
    return " ".join(word for word in words(text) if word not in _LEFT_OUT)
