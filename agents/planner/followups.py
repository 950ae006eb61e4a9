"""Follow-ups that mean nothing alone: "shorter please", "why the first?", "and for the spear?", "another one".

They are told by their wording and completed from the thread: the verdict of the router, which sees only the words, is replaced.
"""

from __future__ import annotations

import re

from agents.planner import pictures
from agents.planner.belonging import LOG_IT
from agents.planner.context import PlanContext
from agents.planner.draft import Draft, Judged
from agents.planner.memory_words import INTENTS
from agents.planner.quantities import budget, digits, minutes, training_days, weeks
from agents.planner.slots import asks_why, outcome
from agents.planner.thread_talk import goes_on

_MAX_WORDS = 12
_SURE = 0.75
_UNSURE = 0.5
_POLITE = re.compile(
    r"\b(?:please|and|but|ok|okay|so|now|just|maybe|then|coach|sensei|thanks|could you|can you|would you)\b|[^\w\s]",
    re.IGNORECASE,
)
_REASON_WORDS = frozenset(
    [
        "why",
        "how",
        "come",
        "the",
        "that",
        "this",
        "is",
        "was",
        "did",
        "do",
        "not",
        "it",
        "one",
        "ones",
        "you",
        "first",
        "second",
        "third",
        "last",
        "pick",
        "picked",
        "choose",
        "chose",
        "chosen",
        "recommend",
        "recommended",
        "rank",
        "ranked",
        "so",
        "came",
        "listed",
        "best",
        "top",
        "out",
        "on",
        "up",
        "here",
        "there",
        "though",
        "exactly",
        "what",
        "made",
        "makes",
        "put",
        "place",
        "placed",
        "them",
        "your",
        "choice",
        "number",
        "at",
    ]
)
_SHAPE_WORDS = frozenset(
    [
        "shorter",
        "longer",
        "short",
        "brief",
        "briefly",
        "simpler",
        "simply",
        "simple",
        "easier",
        "harder",
        "tougher",
        "gentler",
        "slower",
        "faster",
        "less",
        "more",
        "detail",
        "details",
        "detailed",
        "again",
        "summarise",
        "summarize",
        "fewer",
        "continue",
        "repeat",
        "rephrase",
        "elaborate",
        "clearer",
        "clearly",
        "long",
        "hard",
        "easy",
        "complicated",
        "difficult",
        "slowly",
        "table",
        "list",
        "bullets",
    ]
)
_SHAPE_FILLERS = frozenset(
    [
        "explain",
        "say",
        "tell",
        "a",
        "an",
        "the",
        "bit",
        "little",
        "much",
        "in",
        "make",
        "it",
        "that",
        "this",
        "give",
        "me",
        "keep",
        "one",
        "something",
        "with",
        "your",
        "answer",
        "version",
        "way",
        "too",
        "put",
        "few",
        "fewer",
        "words",
        "say",
        "sentences",
        "lines",
        "step",
        "by",
        "steps",
        "about",
        "of",
        "to",
        "you",
        "what",
        "do",
        "mean",
        "go",
        "on",
        "is",
        "was",
        "be",
        "as",
        "into",
        "bullet",
        "points",
    ]
)
_MEANING = re.compile(
    r"^(?:what do you mean|what does that mean|i don['\s]?t (?:get|understand)(?: it| that)?|i do(?: not|n['\s]?t) follow|be (?:more|a bit more|a little more) (?:specific|precise|concrete|clear)|you lost me|come again|tell me more|more|go on|continue|and then|what(?:'s)? next|done what(?:'s)? next|what else|anything else|who said that|where did you (?:learn|read|hear) that|(?:that|it|this) (?:did|does|has)(?:n['\s]?t| not) (?:really )?(?:help|helped|work|worked|change(?:d)? (?:anything|much)|do (?:it|anything|much)|fix it)(?: (?:at all|much|either|yet))?|(?:and )?(?:what )?if (?:that|it) does(?:n['\s]?t| not) (?:help|work)|"
    r"with what|what with|what (?:do you mean by|does) (?:an? |the )?\w+(?: mean)?)$",
    re.IGNORECASE,
)
_ONCE_MORE = re.compile(
    r"^(?:and )?(?:(?:do )?(?:it |that )?again|once more|the same(?: again)?)(?: but)?\W*$", re.IGNORECASE
)
_TOO_MUCH = re.compile(
    r"^(?:(?:it|that)(?:'s| is) )?(?:way |much |a bit )?too (?:long|short|hard|much|easy)(?: for me)?\W*$",
    re.IGNORECASE,
)
_CIRCUMSTANCE = re.compile(
    r"^(?:(?:in|on|against|under|while|when|uphill|downhill|what if)\b|at night|(?:after|before|during|without|outside|inside)\b|"
    r"for (?:an? )?(?:beginners?|child|children|kids?|master|advanced|left\w*|right-?handers?|women|men|girls|boys|elders|adults|\w+ies)\b|with (?:one|both|no|my (?:left|right|other|weak)) (?:hands?|arms?|eyes?|legs?)\b)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"^(?:(?:give|show|tell|do|make|paint|draw|find|get|have|got|do you have|i want|me|us|a|the|any)\s+)*"
    r"(?:another(?:\s+\w+)?|one more|(?:\d+|two|three|four|five|some|a few)\s+(?:more|others?)|(?:something|anything|a)\s+(?:else|different|new)|others?|different ones?|more(?:\s+(?:options|of (?:them|those|these)))?|"
    r"the next(?:\s+\w+)?|new ones?|other ones?)$",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(
    r"^(?:(?:is|does|would|are) (?:that|it|this|the same|they) (?:also |still )?(?:true|hold|go|work|count|apply|right|valid|the case|so)(?: (?:also|too|as well|for|with))*\s+)|^(?:and\s+|but\s+|so\s+|or\s+|now\s+)*(?:what about|how about|what of|i (?:mean|meant)|make (?:it|that|them)|i'd rather(?: have)?|rather|actually|no|same for|(?:the )?same again(?: with| for)?|and for|for|with|what if i (?:take|use|have)|the same (?:for|with)|or|and|how is it for|what for)\b\s*",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"\b(?:the|a|an|my|your|that|this|one|ones|please|then|instead|for|with|of|it|is|in|on|at|to|and|or|coins?|now|about)\b|[^\w]",
    re.IGNORECASE,
)
_CHEAPER = re.compile(
    r"\b(?:cheaper|lighter|heavier|sharper|stronger|smaller|bigger|nicer|better|less (?:expensive|heavy|dear|costly)|more (?:expensive|powerful|affordable)|too (?:expensive|heavy|dear|light|pricey)|too much(?: money| gold| coin)?|(?:over|beyond|above) my (?:budget|means|purse)|can(?:'t|not) afford)\b",
    re.IGNORECASE,
)
_LENGTH = (
    r"^(?:(?:(?:do )?(?:it |that )?again|once more|the same(?: again)?) )?"
    r"(?:make it|only|in|for|rather|better|i (?:only )?have|\d+|half|an?|two|three|four|five|six|eight|ten|twelve)\b"
)
_TIME = re.compile(
    r"\b(?:an?|half an|half a|half|\d+|one|three|quarters?|quarter of an|of an|and a half|and)?[\s-]*(?:hours?|hrs?|minutes?|mins?|min)\b"
)
_LENGTH_FILLERS_WORDS = """
    a an and i we let us have got only just time today tonight now instead rather better same
    for in do done can could would like want need stretch cut shorten extend lengthen down up no sorry actually session routine
    another different but until than of half quarter quarters three or around roughly there are is s ve m d
"""
_LENGTH_FILLERS = frozenset(_LENGTH_FILLERS_WORDS.split())
_SHORTEST, _LONGEST = 1, 24 * 60
_BARE_NUMBER = re.compile(
    r"(?:(?:(?:can|could|may) (?:i|we) (?:do|have|get|finish|squeeze) (?:it|that|this) (?:in|into|within)|no|actually|let's|make|do|say|only|just|rather|better|say|cut|shorten|stretch|extend|bring|it|that|this|down|up|to|with|about|around|i (?:said|meant|want|have(?: (?:only|just))?(?: got)?)|i've (?:(?:only|just) )?got|try|sorry|can we|instead)\s+)*"
    r"(?P<n>\d{1,4})(?:\s+(?:instead|would be better|is better|will do|is enough|rather|tops|max|at most|today|only|,? ?(?:shorten|cut|trim) (?:it|that)(?: down)?|please))*"
)
_IT = r"(?:\s+(?:it|that|this|the (?:time|length|session|routine|duration)|as long|of (?:it|that)))*"
_SHARES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(rf"(?:(?:make|do|let's|only|rather|can we)\s+)*(?:(?:it|that|this)\s+)?(?:{words}){_IT}(?:\s+(?:instead|rather))*"), factor)
    for words, factor in (
        ("double|twice", 2.0), ("triple|three times|thrice", 3.0), ("halve|half|cut (?:it|that) in half|half as long", 0.5), ("one and a half times", 1.5),
    )
)  # fmt: skip
_NEXT = re.compile(
    r"(?:the )?next(?: (?:one|question))?|(?:ask|give|quiz|test) me (?:another|one more|again|a (?:new|different|harder|easier) one)(?: (?:question|one))?|another(?: (?:question|one))?|one more(?: question)?|go on|continue|more(?: questions)?|again|(?:a )?(?:harder|easier) (?:one|question)"
)
_ADDS = re.compile(r"(?:plus|also|and (?:also|then|another)|another|add)\b", re.IGNORECASE)
_GIVES_UP = re.compile(
    r"(?:i have |i've )?no (?:idea|clue)|i do(?:n['\s]?t| not) (?:know|remember)(?: it| that| this)?|pass|i give up|skip(?: it| that| this)?|(?:you )?tell me(?: the answer)?|what(?:['\s]s| is) the answer|not a clue|beats me"
)
_HOW_MANY = re.compile(r"\bhow (?:many|much|far|close)\b|\b(?:rank|points|streak)\b", re.IGNORECASE)


def complete(clauses: list[Judged], context: PlanContext) -> Draft | None:
    """The step that a follow-up means, or None when the message stands on its own.

    Args:
        clauses: the message's clauses with their verdicts; more than one real clause is never a bare follow-up.
        context: the thread so far.
    """
    asking = [clause for clause in clauses if not _is_courtesy(clause)]
    if len(asking) == 2 and (
        _ONCE_MORE.match(asking[0].text) or _TOO_MUCH.match(asking[0].text)
    ):  # "again, but 20 minutes"
        asking = asking[1:]
    if any(clause.intent in INTENTS for clause in asking):
        return None
    if len(asking) > 1 and (picture := _picture_again(asking, context)):
        return picture
    if context.last_route and (done := _session_done(asking, context)):
        return done
    if not context.last_route or len(asking) != 1 or len(asking[0].text.split()) > _MAX_WORDS:
        return None
    clause = asking[0]
    words = re.sub(r"\s+", " ", _POLITE.sub(" ", clause.text)).strip().lower()
    return (
        _next_question(clause, words, context)
        or _measure(clause, words, context)
        or _reason(clause, words, context)
        or _picture_again([clause], context)
        or _shape(clause, words, context)
        or _another(clause, words, context)
        or _other_subject(clause, context)
        or _circumstance(clause, words, context)
        or _comparative(clause, context)
        or _bare_entry(clause, words, context)
        or _about_it(clause, words, context)
        or _going_on(clause, context)
    )


def _session_done(asking: list[Judged], context: PlanContext) -> Draft | None:
    """ "all done, mark it" after a routine: the training is to be logged."""
    planned = context.last_intent in {"routine", "drills"} and context.last_route[-1] == "coach"
    short = sum(len(clause.text.split()) for clause in asking) <= _MAX_WORDS
    if not (planned and short and len(asking) == 2 and LOG_IT.match(asking[1].text)) or asking[0].anchored:
        return None
    draft = _draft(asking[1], "quartermaster", "log_training")
    draft.clauses = asking
    return draft


def _going_on(clause: Judged, context: PlanContext) -> Draft | None:
    found = goes_on(clause, context)
    return _draft(clause, *found) if found else None


def _is_courtesy(clause: Judged) -> bool:
    words = re.sub(r"\s+", " ", _POLITE.sub(" ", clause.text)).strip().lower()
    follows = any(
        (_asks_for_a_shape(words), *(each.match(words) for each in (_ANOTHER, _MEANING, _ONCE_MORE, _GIVES_UP)))
    )
    return clause.label in {"greeting", "thanks"} and clause.confidence >= _UNSURE and not follows


def _asks_for_a_shape(words: str) -> bool:
    """ "shorter", "explain that more simply": nothing but how the last answer should have been."""
    said = set(words.split())
    return bool(said & _SHAPE_WORDS) and said <= _SHAPE_WORDS | _SHAPE_FILLERS


def _coach(clause: Judged, context: PlanContext, intent: str | None = None) -> Draft:
    return _draft(clause, "coach", intent or context.last_intent or "general")


def _talk(context: PlanContext) -> str | None:
    """What to go on talking about: "why?" after a training plan was ordered must not order another one."""
    return "general" if context.last_intent == "plan" else context.last_intent


def _draft(clause: Judged, specialist: str, intent: str | None = None) -> Draft:
    draft = Draft.of(Judged(clause.reading, specialist, intent, max(clause.confidence, _SURE), anchored=True))
    draft.goes_on = True
    return draft


def _next_question(clause: Judged, words: str, context: PlanContext) -> Draft | None:
    """ "next", "ask me one more": the quiz goes on."""
    if context.last_intent != "quiz" or context.last_route[-1] != "coach":
        return None
    goes_on = _NEXT.fullmatch(words) or _GIVES_UP.fullmatch(words)
    return _coach(clause, context, "quiz") if goes_on else None


def _measure(clause: Judged, words: str, context: PlanContext) -> Draft | None:
    """ "make that 35", "only 12", "double it": after a routine a bare number is its minutes, and a share is one of its minutes."""
    planned = context.last_intent in {"routine", "drills"} and context.last_route[-1] == "coach"
    if not planned or clause.reading.weapons:
        return None
    share = next((factor for pattern, factor in _SHARES if pattern.fullmatch(words)), None)
    number = _BARE_NUMBER.fullmatch(digits(words))
    if share is None and number is None:
        return None
    draft = _coach(clause, context, "routine")
    if number is not None and _SHORTEST <= int(number["n"]) <= _LONGEST:
        draft.minutes = int(number["n"])
    elif share is not None and context.last_minutes:
        draft.minutes = max(_SHORTEST, min(_LONGEST, round(context.last_minutes * share)))
    return draft if share is not None or draft.minutes else None


def _reason(clause: Judged, words: str, context: PlanContext) -> Draft | None:
    if not words.split() or not set(words.split()) <= _REASON_WORDS or not asks_why(clause.text):
        return None
    of_a_list = (
        clause.reading.reference.ordinal is not None
        or re.search(r"\b(?:ones?|pick|choose|recommend|rank)\w*\b", words) is not None
    )
    if "recommender" in context.last_route and (
        of_a_list or context.last_route[-1] == "recommender" or clause.reading.weapons
    ):
        draft = _draft(clause, "recommender")
        draft.explain = True
        return draft
    return _coach(clause, context, _talk(context)) if "coach" in context.last_route else None


def _picture_again(asking: list[Judged], context: PlanContext) -> Draft | None:
    """ "darker", "again but kneeling", "another one": the last picture, in whatever number of clauses."""
    kind = pictures.goes_on(asking, context)
    if kind is None:
        return None
    draft = _draft(asking[0], "artist")
    draft.clauses, draft.again = asking, kind
    return draft


def _shape(clause: Judged, words: str, context: PlanContext) -> Draft | None:
    short = re.match(_LENGTH, words) is not None
    length = minutes(clause.text) is not None and (short or _only_a_length(words))
    measures = (weeks(clause.text), minutes(clause.text), training_days(clause.text))
    if context.last_intent == "plan" and context.last_route[-1] == "coach" and short and any(measures):
        return _coach(clause, context, "plan")  # "make it eight weeks", "only twenty minutes a day"
    planned = (
        context.last_intent in {"routine", "drills"}
        and "coach" in context.last_route
        and context.last_route[-1] != "quartermaster"
    )
    if length and planned and not (clause.anchored and clause.label != "coach"):
        return _coach(clause, context, "routine")
    if _asks_for_a_shape(words) or _MEANING.match(words):
        if "coach" in context.last_route:
            return _coach(clause, context, _talk(context))
        if "recommender" in context.last_route:
            return _draft(clause, "recommender")
    return None


def _only_a_length(words: str) -> bool:
    """Whether nothing but another length is asked for: "a longer one, an hour", "can we do 25 minutes instead"."""
    rest = _TIME.sub(" ", digits(words)).split()
    return set(rest) <= _SHAPE_WORDS | _SHAPE_FILLERS | _LENGTH_FILLERS


def _another(clause: Judged, words: str, context: PlanContext) -> Draft | None:
    if not _ANOTHER.match(words):
        return None
    kind = words.rsplit(" ", 1)[-1]
    if re.match(r"(?:weapon|blade|sword|option|suggestion)", kind) or clause.reading.types:
        return _draft(clause, "recommender")
    talker = next((name for name in reversed(context.last_route) if name != "quartermaster"), None)
    if talker == "coach" and not (clause.anchored and clause.label == "coach"):
        return _coach(clause, context)
    if talker in {"recommender", "artist"} and not (clause.anchored and clause.label != talker):
        draft = _draft(clause, talker)
        draft.again = "new" if talker == "artist" else None
        return draft
    return None


def _other_subject(clause: Judged, context: PlanContext) -> Draft | None:
    """ "and for the spear?", "what about the second one?", "the Gatewarden?": the same question about something else."""
    rest = _WHAT_ABOUT.sub("", clause.text)
    for start, end in sorted(clause.reading.spans, reverse=True):
        rest = _WHAT_ABOUT.sub("", clause.text[:start]) + " " + clause.text[end:] if start >= 0 else rest
    reference = clause.reading.reference
    if reference.ordinal is not None:
        rest = re.sub(
            r"\b(?:first|second|third|fourth|fifth|last|other|top|1st|2nd|3rd|number|\d)\b",
            " ",
            rest,
            flags=re.IGNORECASE,
        )
    prices = budget(clause.text)
    if any(prices):
        rest = re.sub(
            r"\d+|\b(?:under|below|between|up to|at most|less than|over|above|around|max|hundred|thousand)\b",
            " ",
            rest,
            flags=re.IGNORECASE,
        )
    if _EMPTY.sub("", rest) or not (clause.reading.spans or reference.ordinal is not None or any(prices)):
        return None
    if any(prices) and "recommender" in context.last_route:
        return _draft(clause, "recommender")
    talker = "coach" if "coach" in context.last_route else context.last_route[-1]
    if talker == "coach":
        return _coach(clause, context)
    if talker == "recommender" and (clause.reading.weapons or reference.ordinal is not None):
        return _coach(clause, context, "overview")
    draft = _draft(clause, talker)
    draft.again = "change" if talker == "artist" else None
    return draft if talker in {"recommender", "artist"} else None


def _circumstance(clause: Judged, words: str, context: PlanContext) -> Draft | None:
    """ "and in winter?", "for a beginner?": the Coach's last answer, under another condition."""
    if context.last_route[-1] != "coach" or len(words.split()) > 7 or not _CIRCUMSTANCE.match(words):
        return None
    return None if clause.anchored and clause.label != "coach" else _coach(clause, context)


def _comparative(clause: Judged, context: PlanContext) -> Draft | None:
    if "recommender" not in context.last_route or clause.anchored or not _CHEAPER.search(clause.text):
        return None
    asks_which = re.search(
        r"\b(?:which|who|is the|are the|is it|is that|(?:would|could|will) (?:it|that|this|the))\b",
        clause.text,
        re.IGNORECASE,
    )
    return None if asks_which else _draft(clause, "recommender")


def _bare_entry(clause: Judged, words: str, context: PlanContext) -> Draft | None:
    """ "30 minutes", "I won": the answer to what the Quartermaster asked; "how many is that?": what it came to."""
    if context.last_route[-1] != "quartermaster" or clause.anchored:
        return None
    adds = _ADDS.match(clause.text) is not None and clause.intent in {"log_training", "routine", "drills"}
    if minutes(clause.text) is not None and (adds or len(words.split()) <= 5):
        return _draft(clause, "quartermaster", "log_training")
    if outcome(clause.text) is not None and len(words.split()) <= 4:
        return _draft(clause, "quartermaster", "log_battle")
    if _HOW_MANY.search(clause.text) and len(words.split()) <= 8 and clause.label != "coach":
        return _draft(clause, "quartermaster", "status")
    return None


def _about_it(clause: Judged, words: str, context: PlanContext) -> Draft | None:
    """ "and its weight?": too short for the router, and plainly about the weapon that was spoken of."""
    unsure = clause.confidence < _UNSURE and not clause.anchored and context.last_route[-1] != "artist"
    if unsure and clause.reading.reference.pronoun and len(words.split()) <= 6 and context.last_weapon:
        return _coach(clause, context, "overview")
    return None
