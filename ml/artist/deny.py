"""Words that no picture of the shop is painted from.

A list is a fence and no judge: it stops what is plainly asked for, in common disguises ("n u d e", "n4ked"), by whole words, so
that "a blood moon" and "slaying a demon" pass. What slips through meets the negative prompt and, where the configured
checkpoint brings one, its safety checker.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from hashiramart.errors import InvalidInput

MAX_WORDS = 200
"""Characters of a scene."""


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    reason: str


def _rule(reason: str, *patterns: str) -> _Rule:
    return _Rule(re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE), reason)


_SUGGESTIVE = (
    r"sex\w*|nud\w+|naked|topless|undress\w*|lingerie|underwear|panties|bikinis?|erotic\w*|seduc\w+|sensual|provocative|kiss\w*|in bed|bath(?:ing|tub)?|"
    r"shower(?:ing)?|wet shirt|skimpy|revealing|spread legs|lustful"
)
_YOUNG = (
    r"child(?:ren|like|ish)?|kids?|bab(?:y|ies)|toddlers?|infants?|minors?|teen(?:age(?:rs?|d)?|s)?|school ?(?:girls?|boys?|children)|(?:little|young|small) (?:girls?|boys?)|"
    r"girls?|boys?|(?:[1-9]|1[0-7])[- ]years?[- ]old|daughters?|sons?|pupils?"
)
_PEOPLE = (
    "donald trump", "melania trump", "joe biden", "kamala harris", "barack obama", "michelle obama", "hillary clinton", "bill clinton",
    "george bush", "vladimir putin", "volodymyr zelensky", "xi jinping", "kim jong[- ]un", "narendra modi", "emmanuel macron", "angela merkel",
    "olaf scholz", "friedrich merz", "boris johnson", "keir starmer", "rishi sunak", "king charles", "queen elizabeth", "prince harry",
    "prince william", "meghan markle", "kate middleton", "pope francis", "pope leo", "dalai lama", "greta thunberg", "elon musk", "jeff bezos",
    "mark zuckerberg", "bill gates", "steve jobs", "sam altman", "tim cook", "taylor swift", "beyonc[eé]", "rihanna", "billie eilish", "ariana grande",
    "selena gomez", "justin bieber", "ed sheeran", "lady gaga", "kim kardashian", "kanye west", "emma watson", "scarlett johansson", "natalie portman",
    "angelina jolie", "brad pitt", "tom cruise", "keanu reeves", "leonardo dicaprio", "johnny depp", "jennifer lawrence", "margot robbie", "zendaya",
    "gal gadot", "dwayne johnson", "will smith", "tom hanks", "cristiano ronaldo", "lionel messi", "lebron james", "serena williams", "roger federer",
    "shinzo abe", "fumio kishida", "shigeru ishiba", "hayao miyazaki", "naomi osaka", "shohei ohtani", "mr ?beast", "pewdiepie", "andrew tate",
)  # fmt: skip

_RULES = (
    _rule(
        "The Artist paints nobody like that: children are never shown in such a way.",
        r"lolis?|lolicons?|shotas?|shotacons?|jail ?bait|under[- ]?age[d]?|pre[- ]?teens?|p(?:a)?edo\w*",
        rf"(?:{_YOUNG})\b.{{0,60}}\b(?:{_SUGGESTIVE})",
        rf"(?:{_SUGGESTIVE})\b.{{0,60}}\b(?:{_YOUNG})",
    ),
    _rule(
        "The Artist paints slayers clothed, and nothing sexual. Ask for another scene.",
        r"nud(?:e|es|ity|ist)|naked(?! (?:blades?|swords?|steel|edge|eye|flames?|branch(?:es)?|trees?|rock))|(?:un|half[- ])(?:dressed|clothed)|(?:without|no|taking off (?:my|his|her)?) ?(?:any )?(?:clothes|clothing|pants|trousers)|undress(?:ing|es)?|strip(?:ping|tease)|stripped (?:down|bare|naked)|"
        r"topless|bottomless|bare[- ](?:breast\w*|butt\w*|naked)|nsfw|porn\w*|hentai|ecchi|ahegao|futanari|erotic\w*|erotica|sex|sexy|sexual\w*|sexi(?:er|est)|orgy|orgasm\w*|masturbat\w*|fetish\w*|bdsm|"
        r"bondage|lingerie|panties|thong|g[- ]string|bikinis?|boobs?|boobies|tits|titties|breasts?|cleavage|nipples?|areola\w*|genital\w*|penis\w*|dicks?|cocks?(?![- ]?crow)|vaginas?|pussy(?! willows?)|"
        r"butts?|buttocks|anus|anal|blow ?jobs?|hand ?jobs?|cum(?:shot|ming)?|creampie|fuck\w*|slutt?y?|sluts|whores?|hookers?|prostitutes?|onlyfans|upskirt|horny|seductive(?:ly)?|rap(?:e|ed|es|ing|ist)|molest\w*|incest\w*|bestiality",
    ),
    _rule(
        "The Artist does not paint gore or cruelty: a fight, yes; wounds and torment, no. Ask for another scene.",
        r"gor(?:e|y|iest)|guro|entrails|intestines?|disembowel\w*|eviscerat\w*|dismember\w*|mutilat\w*|decapitat\w*|behead\w*|severed|(?:chopped|cut|ripped|torn)[- ]off (?:heads?|arms?|legs?|limbs?|hands?)|tortur\w*|"
        r"corpses?|cadavers?|dead bod(?:y|ies)|blood ?(?:bath|shed|soaked|stained|splatter\w*|drenched)|blood[- ](?:soaked|stained|splattered|drenched|covered)|(?:pools?|lakes?|rivers?|sea) of blood|(?:covered|drenched|soaked|bathed) in (?:\w+ )?blood|"
        r"bleeding|blood (?:everywhere|all over|dripping|gushing|spurting)|dripping (?:with )?blood|bloody(?! (?:moon|sunset|sunrise|sky|dawn|red))|massacr\w*|slaughter(?:ed|ing)? (?:people|villagers|humans|civilians)|execution|lynch\w*|impal(?:e|ed|ing)|flay\w*|cannibal\w*",
    ),
    _rule(
        "The Artist does not paint people hurting themselves. If it is on your mind, please talk to someone you trust, or to a crisis line near you.",
        r"suicid\w*|self[- ]?harm\w*|(?:kill|hang|cut|hurt|shoot|stab|drown)(?:ing)? (?:myself|himself|herself|themselves|yourself)|seppuku|hara[- ]?kiri|noose",
    ),
    _rule(
        "The Artist paints no hatred and none of its signs. Ask for another scene.",
        r"nazis?|neo[- ]?nazis?|swastikas?|hitler\w*|third reich|waffen|gestapo|ss uniform|heil|sieg|ku klux klan|kkk|white (?:power|supremac\w+)|isis|al[- ]?qaeda|taliban|terroris(?:t|ts|m)|genocid\w*|holocaust|ethnic cleansing|"
        r"racis(?:t|m)|antisemit\w*|nigg(?:er|a)s?|kikes?|chinks?|gooks?|spics?|wetbacks?|fagg?(?:ot)?s?|tranny|trannies|retard(?:ed|s)?|blackface",
    ),
    _rule(
        "The Artist paints you, and no other living person. Ask for another scene.",
        rf"(?:{'|'.join(_PEOPLE)})",
        r"deep ?fakes?|celebrit(?:y|ies)|(?:the )?(?:us |american |french |russian |prime )?(?:president|prime minister|chancellor) of [a-z]+|(?:with|wearing|has) the face of|face[- ]?swap\w*",
    ),
)  # fmt: skip

_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_SPELT_OUT = re.compile(r"(?<!\w)(?:\w[\s._*-]+){3,}\w(?!\w)")
_DISGUISED = re.compile(r"(?=\w*[a-z])[\w@$!]*(?:(?<=[a-z])[0134579@$!]|[0134579@$!](?=[a-z]))[\w@$!]*", re.IGNORECASE)


def reason(words: str) -> str | None:
    """Why these words are not painted, in a sentence for the slayer; None where nothing is wrong with them."""
    plain = unicodedata.normalize("NFKD", words)
    plain = "".join(char for char in plain if unicodedata.category(char) not in {"Mn", "Cf"})
    plain = " ".join(plain.split()).replace("’", "'").replace("_", " ")
    bare = _SPELT_OUT.sub(lambda match: re.sub(r"[\s._*-]+", "", match[0]), plain)
    bare = _DISGUISED.sub(lambda match: match[0].translate(_LEET), bare)
    for rule in _RULES:
        if rule.pattern.search(plain) or rule.pattern.search(bare):
            return rule.reason
    return None


def check(words: str | None, field: str = "scene") -> None:
    """Refuse words that the Artist does not paint.

    Args:
        words: scene, pose and mood in the slayer's words; None and blank are fine.
        field: the name of the field that holds them, for the error.

    Raises:
        InvalidInput: they are on the list, or longer than ``MAX_WORDS`` characters.
    """
    if not words:
        return
    if len(words) > MAX_WORDS:
        raise InvalidInput(field, f"Describe the picture in at most {MAX_WORDS} characters; these are {len(words)}.")
    if why := reason(words):
        raise InvalidInput(field, why)
