"""Injuries: "my left knee is bad", "I sprained my wrist", "I have asthma"; and their end: "my knee is fine again"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agents.memory.body import PART, BodyPart, body_part
from agents.memory.sayings import Saying
from hashiramart.memories import Note

_ADVERBS = r"(?:(?:still|really|very|a bit|a little|quite|rather|pretty|so|always|often|sometimes|badly|not so|currently|somewhat|now|all|completely|fully|totally|absolutely|finally|both|much)\s+)*"
_ILL = (
    r"(?:bad|weak|injured|hurt|hurting|broken|sprained|strained|torn|swollen|inflamed|dislocated|fractured|pulled|bruised|painful|aching|"
    r"damaged|unstable|wounded|burnt|burned|cut|numb|cracked|wrecked|ruined|shot|busted|messed up|giving way|"
    r"killing me|in pain|not (?:well|fine|ok(?:ay)?|good|right|healed|great|the best|what (?:it|they) used to be))"
)
_WELL = r"(?:fine|ok|okay|good|well|healed|all right|alright|all better|recovered|healthy|sound|strong|pain[- ]free|as good as new|back to normal|cured)"
_HURTS = r"(?:hurts?|aches?|pains? me|gives? way|acts? up|bothers? me|troubles? me|(?:gives?|causes?|makes?) me (?:\w+ )?(?:trouble|pain|problems|grief)|keeps? (?:hurting|aching|giving way|swelling))"
_MY = r"\bmy\s+(?:whole\s+|poor\s+|old\s+|own\s+)*"
_BE = r"(?:is|are|was|were|feels?|has been|have been|got|gets?|'s|'re)"

_FINE = re.compile(
    rf"{_MY}{PART}\s+(?:(?:is|are|feels?|'s|'re)\s+{_ADVERBS}(?:{_WELL}|no longer {_ILL})\b|(?:has|have)\s+{_ADVERBS}(?:healed|recovered|mended|got (?:well|better))\b|"
    rf"(?:does not|doesn't|do not|don't|no longer)\s+(?:really\s+)?{_HURTS}|(?:isn't|is not|aren't|are not)\s+{_ADVERBS}{_ILL})",
    re.IGNORECASE,
)
_ONCE = re.compile(rf"{_MY}{PART}\s+(?:was|were)\b", re.IGNORECASE)
_BAD = re.compile(
    rf"{_MY}{PART}(?:'s\s+{_ADVERBS}{_ILL}\b|\s+{_BE}\s+{_ADVERBS}{_ILL}\b|\s+{_ADVERBS}{_HURTS}\b|\s+(?:isn't|is not|aren't|are not)\s+{_ADVERBS}{_WELL}\b)",
    re.IGNORECASE,
)
_MY_BAD = re.compile(
    rf"{_MY}(?P<ill>bad|injured|weak|sprained|broken|torn|hurt|strained|wounded|dislocated)\s+{PART}", re.IGNORECASE
)
_HAVE = re.compile(
    rf"\bi(?:'ve| have)?\s*(?:have|got|had|suffer from|nurse|am nursing|live with|do have)?\s*\b(?:an?\s+|some\s+)?(?:really |very |rather )?(?P<ill>bad|weak|injured|sprained|broken|torn|strained|wounded|"
    rf"dislocated|fractured|swollen|bruised|pulled|unstable)\s+{PART}",
    re.IGNORECASE,
)
_PAIN_IN = re.compile(
    r"\bi(?:'ve| have)?\s*(?:have|got|had|suffer from|feel|get|do have)?\s+(?:an?\s+|some\s+|constant\s+|chronic\s+|old\s+|bad\s+|severe\s+|sharp\s+|a lot of\s+|a torn \w+\s*|a pulled \w+\s*)*"
    rf"(?:pains?|aches?|trouble|problems?|issues?|arthritis|tendinitis|tendonitis|injur(?:y|ies)|sprain|strain|fracture|wound|inflammation)?\s*(?:in|with|of|to|on|at)\s+(?:my|both|the)\s+{PART}",
    re.IGNORECASE,
)
_PAIN = re.compile(
    r"\b(?:pains?|aches?|trouble|problems?|issues?|arthritis|tend[io]n\w*|injur(?:y|ies)|sprain|strain|fracture|wound|inflammation|torn|pulled)\b",
    re.IGNORECASE,
)
_DID = re.compile(
    rf"\bi(?:'ve| have)?\s+(?:(?:just|recently|also|once|badly|again|really|have)\s+)*(?:hurt|injured|sprained|strained|broke|broken|tore|torn|pulled|twisted|dislocated|fractured|bruised|wrenched|"
    rf"burnt|burned|smashed|busted|overstretched|overstrained)\s+(?:both\s+)?my\s+{PART}",
    re.IGNORECASE,
)
_NAMED_PART = {"tennis elbow": "elbow", "golfer's elbow": "elbow", "carpal tunnel": "wrist", "sciatica": "back", "slipped disc": "back", "herniated disc": "back", "shin splints": "leg", "frozen shoulder": "shoulder", "runner's knee": "knee"}  # fmt: skip
_ILLNESS = re.compile(
    r"\b(?:i have|i've got|i've|i suffer from|i am|i'm|i got)\s+(?:(?:an?|some|mild|severe|bad|chronic|slight|still|also)\s+)*"
    r"(?P<what>asthma(?:tic)?|(?:weak |bad )?heart (?:condition|trouble|disease|problems?)|diabet(?:es|ic)|pregnant|hernia|arthritis|epilep(?:sy|tic)|vertigo|"
    r"osteoporosis|concussion|high blood pressure|anaemi[ac]|anemi[ac]|"
    rf"{'|'.join(_NAMED_PART)})\b",
    re.IGNORECASE,
)
_SICK = re.compile(r"\bi(?:'m| am)\s+(?:still\s+|badly\s+|slightly\s+|a bit\s+)*(?:injured|wounded)\b", re.IGNORECASE)
_ALL_WELL = re.compile(
    r"\b(?:i'm|i am|i feel)\s+(?:(?:fully|completely|all|now|finally)\s+)*(?:healed|recovered|injury[- ]free|pain[- ]free|back to full health|no longer (?:injured|wounded|hurt|in pain))\b"
    r"|\b(?:i've|i have)\s+(?:(?:fully|completely|all|now|finally)\s+)*(?:healed|recovered|no (?:more )?(?:injur(?:y|ies)|pain))\b(?! (?:in|of|to|from)\b)|\bnothing hurts(?: me)?(?: any ?more| now)?$|\ball (?:of )?my injuries (?:are|have) (?:gone|healed)",
    re.IGNORECASE,
)


def injuries(saying: Saying) -> Iterator[Note]:
    """What a piece of a message says of injuries."""
    text = saying.text
    if fine := _FINE.search(text):
        if not saying.asks:
            part = _part(fine)
            yield Note("injury", part.subject, "", over=part.ended_with, ends=True)
        return
    if bad := _MY_BAD.search(text):  # "what can I train with my bad knee?" tells it, too
        part = _part(bad)
        yield _note(
            part,
            f"my {f'{part.side} ' if part.side in ('left', 'right') else ''}{bad['part'].lower()} is {bad['ill'].lower()}",
        )
        return
    if saying.asks:
        return
    if _ALL_WELL.search(text):
        yield Note("injury", "", "", ends=True)
        return
    told = next((found for rule in (_BAD, _DID, _HAVE) if (found := rule.search(text))), None)
    if told is None and (pain := _PAIN_IN.search(text)) and _PAIN.search(pain.group()):
        told = pain
    if told is not None and not _ONCE.match(text[told.start() :]):
        yield _note(_part(told), text[told.start() :])
    elif illness := _ILLNESS.search(text):
        what = illness["what"].lower()
        named = next((part for name, part in _NAMED_PART.items() if name in what), None)
        yield (
            _note(BodyPart(named, ""), text[illness.start() :])
            if named
            else Note("injury", f"condition:{what}", text[illness.start() :])
        )
    elif sick := _SICK.search(text):
        yield Note("injury", "body:", text[sick.start() :])


def _part(found: re.Match[str]) -> BodyPart:
    return body_part(found["part"].lower(), found["side"])


def _note(part: BodyPart, text: str) -> Note:
    return Note("injury", part.subject, text, over=part.over, within=part.within)
