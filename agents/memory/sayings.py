"""A message cut into what it says: short pieces, each told or asked, without what is quoted from somebody else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agents.planner.anchors import votes
from agents.planner.honesty import voids_reports
from agents.planner.memory_words import wish

_QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d|^\s*>.*$|```.*?```", re.MULTILINE | re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_JOINT = re.compile(
    r",\s+(?:(?:and|but|so|because)\s+)?(?:that\s+)?|\s+(?:and|but)\s+(?:that\s+)?(?=(?:i|i'm|i've|i'd|my|there|remember|keep in mind|don't forget|forget|the|short|long|nothing)\b)|"
    r"\s+(?:because|since|so)\s+(?=(?:i|i'm|i've|my|give|show|make|set|recommend|what|which|how|tell|please|can)\b)|"
    r"\s*[:;]\s+|\s+[-\u2013\u2014]+\s+",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:(?:and|but|so|or|then|well|hey|hi|please|coach)[,\s]+)*(?:how|what|which|why|when|where|who|whose|whom|is|are|am|was|were|do|does|did|can|"
    r"could|would|should|shall|will|may|might|has|have)\b(?! (?:a|no) )",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"^(?:(?:and|but|so|or|then|well)[,\s]+)*(?:if|what if|suppose|supposing|imagine|pretend|let's say|assume|unless|in case|when|whenever|"
    r"say that|write|repeat|translate)\b",
    re.IGNORECASE,
)
# What speaks to the Coach about how to behave, or of what a ledger knows: no part of a slayer.
_COMMANDS = re.compile(
    r"\b(?:you|your|yourself|assistant|chatbot|model|system|developer|admin\w*|root|jailbreak|prompts?|instructions?|rules?|polic(?:y|ies)|"
    r"restrictions?|ignore|disregard|override|bypass|obey|approv\w+|grant\w*|unlimited|free of charge|discount\w*|points?|ledger|"
    r"password|token|api|secret|https?|www|sql|select|drop table|script)\b|[<>{}\[\]|\\`]|!\[|://",
    re.IGNORECASE,
)
_FORGETS = re.compile(r"\b(?:forget|erase|delete|remove|wipe|clear|drop|stop remembering)\b", re.IGNORECASE)
_LONGEST = 4000
_MOST = 24


@dataclass(frozen=True, slots=True)
class Saying:
    """A piece of a message, and whether it asks or supposes rather than tells."""

    text: str
    asks: bool


def sayings(message: str) -> list[Saying]:
    """The pieces of a message in order, 24 at most."""
    found: list[Saying] = []
    bare = _QUOTED.sub(" ", message[:_LONGEST].replace("\u2019", "'"))
    for sentence in _SENTENCE_END.split(bare):
        pieces = [piece.strip(" \t,.;:!?-") for piece in _JOINT.split(sentence)]
        pieces = [re.sub(r"\s+", " ", piece) for piece in pieces if piece]
        supposed = False
        for number, piece in enumerate(pieces, start=1):
            supposed = supposed or _SUPPOSES.match(piece) is not None
            last_of_a_question = number == len(pieces) and sentence.rstrip().endswith("?")
            asks = supposed or last_of_a_question or _ASKS.match(piece) is not None
            found.append(Saying(piece, asks))
    return found[:_MOST]


def commands(text: str) -> bool:
    """Whether words tell the Coach how to behave, carry markup, or speak of what is the ledger's to say."""
    return _COMMANDS.search(text) is not None


def hostile(message: str) -> bool:
    """Whether any part of a message is what the planner refuses: nothing of such a message is remembered."""
    if any(wish(saying.text) == "forget" for saying in sayings(message)):
        message = _FORGETS.sub("", message)  # "forget everything I told you" is no attack where it is about the slayer
    pieces = [message, *(saying.text for saying in sayings(message))]
    return voids_reports(message) or any("refused" in votes(piece) for piece in pieces)
