"""Mends the spelling of words that decide a plan ("mintues", "reccomend", "wat"), and leaves every other word alone.

A word is mended only when nobody would write it on purpose: it is chat shorthand, or it is unknown (no common English
word, not in the training clauses or the catalogue) and one slip (two in a long word) away from exactly one word of the shop's language that
starts with the same letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rapidfuzz.distance import OSA

from agents.planner.training_data import deciding_words, frequent_words

_SHORTHAND = {
    "teh": "the", "hte": "the", "wat": "what", "waht": "what", "wut": "what", "whats": "what's", "wats": "what's",
    "plz": "please", "pls": "please", "plse": "please", "u": "you", "r": "are", "ur": "your", "hw": "how", "hwo": "how",
    "shud": "should", "shoud": "should", "cud": "could", "wich": "which", "whitch": "which", "giv": "give", "n": "and",
    "nd": "and", "adn": "and", "gimme": "give me", "wanna": "want to", "lemme": "let me", "gonna": "going to",
    "smth": "something", "sth": "something", "lvl": "level", "abt": "about", "abot": "about",
    "ofen": "often", "oftn": "often", "offen": "often", "qoute": "quote", "pic": "picture", "pics": "pictures",
    "im": "I'm", "ive": "I've", "dont": "don't", "cant": "can't", "thx": "thanks", "tnx": "thanks", "wiht": "with",
    "whit": "with", "tho": "though", "coz": "because", "cuz": "because", "tehn": "then", "thne": "then", "hav": "have",
    "wil": "will", "sez": "says", "fite": "fight", "dmg": "damage", "tmrw": "tomorrow", "tmr": "tomorrow", "wpn": "weapon",
    "darw": "draw", "drwa": "draw", "drw": "draw", "fro": "for", "ot": "to", "si": "is", "woon": "won", "wonn": "won",
    "iwon": "I won", "ilost": "I lost", "wnt": "want", "logg": "log", "agin": "again", "houer": "hour", "houre": "hour", "qiuz": "quiz", "qizz": "quiz",
    "bwo": "bow", "boww": "bow", "axxe": "axe", "los": "lost", "tto": "to", "trian": "train", "lsot": "lost", "wno": "won", "chek": "check",
    "chekin": "check-in", "checkin": "check-in", "pts": "points", "dn": "done", "cheq": "check", "mak": "make", "dat": "that", "dis": "this", "tody": "today", "2nite": "tonight",
    "buuy": "buy", "compair": "compare", "copmare": "compare", "chear": "cheer", "frist": "first", "agenst": "against", "ther": "there", "hld": "hold", "gve": "give", "hve": "have", "mnay": "many", "bst": "best", "lst": "last", "strk": "streak", "wana": "want to", "wht": "what", "dos": "does", "gud": "good", "goood": "good", "latly": "lately", "ignor": "ignore", "wrok": "work",
    "mcuh": "much", "thro": "throw", "jamd": "jammed", "tak": "take", "flor": "floor", "corect": "correct", "curent": "current", "theres": "there's", "plya": "play", "bak": "bake", "lite": "light", "liter": "lighter", "al": "all", "dwn": "down", "heer": "here", "hoo": "who", "loos": "loose", "hed": "head", "brok": "broke", "owt": "out", "deamon": "demon", "demnon": "demon",
    "sumthing": "something", "somthing": "something", "beleive": "believe", "mnts": "minutes", "mins": "minutes", "hrs": "hours",
    "cnat": "can't", "dident": "didn't", "didnt": "didn't", "doesnt": "doesn't", "isnt": "isn't", "wont": "won't", "thats": "that's", "hows": "how's",
    "whos": "who's", "hak": "hack", "wit": "with", "yu": "you", "fer": "for", "hoow": "how", "evry": "every", "meny": "many",
    "oyl": "oil", "ned": "need", "lukin": "looking", "wher": "where", "shwo": "show", "shw": "show", "sho": "show", "tel": "tell", "wun": "won",
    "wuld": "would", "cuold": "could", "shoudl": "should", "thru": "through", "tonite": "tonight", "nite": "night", "nr": "number", "pleese": "please",
    "alot": "a lot", "thankz": "thanks", "luv": "love", "rly": "really", "ppl": "people", "bc": "because", "inspirashun": "inspiration",
    "baldes": "blades", "blad": "blade", "blaed": "blade", "bladee": "blade", "sowrd": "sword", "swrod": "sword", "axs": "axes", "spere": "spear", "staf": "staff",
    "fasn": "fans", "grib": "grip", "drll": "drill", "drlls": "drills", "drils": "drills", "rutine": "routine", "figth": "fight", "fihgt": "fight", "batle": "battle",
    "pionts": "points", "piont": "point", "bages": "badges", "bagdes": "badges", "coinz": "coins", "winns": "wins", "promt": "prompt", "tiem": "time", "alredy": "already",
}  # fmt: skip
_PHRASES = (
    (re.compile(r"(?<!\w)w/(?=\s|\w)", re.IGNORECASE), "with "),
    (re.compile(r"\bw(?=\s+(?:my|the|a|an|it|that|this)\b)", re.IGNORECASE), "with"),
    (re.compile(r"\s[&+]\s"), " and "),
    (re.compile(r"(?<=\bme )bout\b", re.IGNORECASE), "about"),
    (re.compile(r"\b2day\b", re.IGNORECASE), "today"),
    (re.compile(r"\ban(?= \d)", re.IGNORECASE), "and"),
    (re.compile(r"\bbeet(?= (?:a|the|my|him|her|it)\b)", re.IGNORECASE), "beat"),
    (re.compile(r"\bbaet\b", re.IGNORECASE), "beat"),
    (
        re.compile(r"(?:(?<=\b(?:want|like) to )|(?<=\bwnt to ))by(?=\s+(?:the|an?|it|that|this)\b)", re.IGNORECASE),
        "buy",
    ),
    (re.compile(r"^by(?=\s+(?:the|an?|me|it|that|this)\b)", re.IGNORECASE), "buy"),
    (re.compile(r"\bpant(?=\s+(?:me|my slayer|a picture)\b)", re.IGNORECASE), "paint"),
    (re.compile(r"(?<=\bis )lose\b", re.IGNORECASE), "loose"),
    (
        re.compile(
            r"(?<=[a-z] )4(?= (?:the|teh|my|an?|it|me|him|her|today|tonight|tonite|beginners?|kids|children|training|practi[sc]e|nodachi|hashira|ba\w+|mi?st)\b)",
            re.IGNORECASE,
        ),
        "for",
    ),
    (re.compile(r"(?<=[a-z] )n(?= [a-z])", re.IGNORECASE), "and"),
    (re.compile(r"\bsum(?= (?:\w+s|drills?|advice|help)\b)", re.IGNORECASE), "some"),
    (re.compile(r"^y(?= (?:is|are|does|do|should|shoud|shud|did)\b)", re.IGNORECASE), "why"),
    (re.compile(r"\band by(?= (?:it|that|the first|one|them)\b)", re.IGNORECASE), "and buy"),
    (re.compile(r"\btanks(?= (?:a lot|so much|you|for)\b)", re.IGNORECASE), "thanks"),
    (re.compile(r"\bby(?= (?:last time|from you)\b)", re.IGNORECASE), "buy"),
    (  # "chek in pls an leaderbord": before a consonant nobody means the article ("an hour", "an uniform")
        re.compile(
            r"\ban(?=\s+(?:(?:is|are|also|i|orders|explain)\b|(?!hour|hon|heir)[bcdfghjklmnpqrstvwxyz]))",
            re.IGNORECASE,
        ),
        "and",
    ),
)

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


_SHORT_NAME = 4  # letters; a shorter name is too near to too many words


class Speller:
    """Mends text.

    Args:
        known: whether a lower-case word is a real one (English, or the catalogue's).
        names: lower-case words of the catalogue's names, which are worth mending too.
    """

    def __init__(self, known: Callable[[str], bool], names: Iterable[str] = ()) -> None:
        self._known = known
        self._by_letter: dict[str, list[str]] = {}
        self._vocabulary = (
            deciding_words() | frequent_words() | {name for name in names if name.isalpha() and len(name) > _SHORT_NAME}
        )
        for word in sorted(self._vocabulary):
            self._by_letter.setdefault(word[0], []).append(word)

    def mend(self, text: str) -> str:
        """``text`` with shorthand spelt out and slips in deciding words put right; punctuation and spacing stay."""
        for pattern, replacement in _PHRASES:
            text = pattern.sub(replacement, text)
        return _WORD.sub(self._mend_word, text)

    def _mend_word(self, match: re.Match[str]) -> str:
        written = match.group()
        word = written.lower().replace("’", "'")
        if word in _SHORTHAND and not _initial(match):
            return _SHORTHAND[word]
        if (
            self._known(word)
            or self._known(word.removesuffix("s").removesuffix("'"))
            or word.removesuffix("'s") in self._vocabulary
        ):
            return written
        if len(word) == 4:
            likely = (
                other for other in self._by_letter.get(word[0], ()) if _swapped(word, other) or _one_short(word, other)
            )
            return next(likely, written)
        if len(word) < 5 or len(word) > 20:
            return written
        slips = 1 if len(word) < 8 else 2
        near = [
            (distance, other)
            for other in self._by_letter.get(word[0], ())
            if (distance := OSA.distance(word, other, score_cutoff=2)) <= slips
            or (distance == 2 and _shuffled(word, other))
        ]
        return min(near, key=lambda each: (each[0], each[1] not in deciding_words(), each[1]))[1] if near else written


def _initial(match: re.Match[str]) -> bool:
    """Whether a single capital with a full stop behind it stands for a name: "With thanks, N."."""
    written = match.group()
    return len(written) == 1 and written.isupper() and match.string[match.end() : match.end() + 1] == "."


def _swapped(word: str, other: str) -> bool:
    """Whether two letters beside each other changed places: the one slip that is believed of a short word."""
    return len(word) == len(other) and _shuffled(word, other) and OSA.distance(word, other) == 1


def _shuffled(word: str, other: str) -> bool:
    return sorted(word) == sorted(other)


def _one_short(word: str, other: str) -> bool:
    """Whether a letter within was left out: "lern", "tody"."""
    return len(other) == len(word) + 1 and word[-1] == other[-1] and OSA.distance(word, other) == 1
