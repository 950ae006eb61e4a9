"""What a sentence is about: its telling words, its materials and names, and what it says not to do."""

from __future__ import annotations

import re
from itertools import pairwise

from agents.grounding.figures import MEASURES
from knowledge.words import stem, terms, words

_MATERIALS = """
    oil wax powder paste grease paper cloth stone whetstone oilstone waterstone slipstone tar pitch cord wool resin rosin
    lacquer urushi glue polish leather silk thread linen cotton flannel chamois suede velvet felt hemp rope string wire
    strap tape file brush rag towel sponge sandpaper emery pumice uchiko nuguigami choji camellia tsubaki tung linseed
    clove olive mineral sesame walnut coconut castor motor silicone vaseline petroleum paraffin beeswax carnauba lanolin
    tallow lard talc chalk starch bran sawdust ash charcoal salt sugar honey vinegar lemon ammonia bleach acid alcohol
    spirit sake turpentine thinner acetone petrol kerosene benzine detergent soap shampoo water milk tea wine blood steel
    brass bronze copper silver gold iron lead tin zinc bamboo oak cedar pine magnolia ebony ivory horn bone shellac
    varnish paint graphite hammer mallet pliers tweezers screwdriver wrench needle awl scraper strop hone grinder sander
    swab clamp vice anvil torch candle rubber gloves mitten gel foam spray lubricant degreaser rouge borax epoxy superglue
    varnish cork
"""
_MATERIAL_STEMS = frozenset(stem(word) for word in words(_MATERIALS))
# Materials that are told apart by the word before them: "camellia oil", "olive oil".
_OF_A_KIND = frozenset(
    stem(word)
    for word in words(
        "oil wax powder paste grease paper cloth stone tar cord wool resin lacquer glue polish leather silk brush spray"
    )
)
_ANY_KIND = frozenset(
    stem(word)
    for word in words(
        """add apply use pour put wipe spread rub remove strip lift dust drop work fresh clean old new light thin little soft
        dry damp warm cold fine coarse stiff first second third last next single excess spare more less extra good right same
        other blade weapon proper suitable small large big thick plain simple pure quality"""
    )
)

_CARE = """
    oil clean sharpen polish wax store dry rewrap wrap hone inspect check replace tighten loosen lubricate wash repair rub
    wipe apply coat grind scrub soak heat boil cool bend hammer cut thrust swing strike block parry throw draw sheathe
    grip hold step run jump lift push pull pour mix scrape drill spread brush buff sand dip bury burn freeze
"""
_CARE_STEMS = frozenset(stem(word) for word in words(_CARE))

_NEGATION = re.compile(
    r"\b(?:never|not|no|nor|without|avoid(?:s|ing)?|refrain(?:s|ing)? from|stop(?:s|ping)?(?= \w+ing)|forbid(?:s|den)?|cannot|"
    r"instead of|rather than|under no circumstances)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_AFFIRMED = re.compile(
    r"\b(?:no longer than|no (?:more|less|fewer|deeper|further|later) than|not only|no matter|why not)\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(
    r"[,;:.!?()]|\b(?:but|because|since|until|unless|so that|and then|when|while|if|for|or else|before|after)\b"
)
_REACH = 4  # telling words that a "not" reaches over

_OPPOSITES = (
    ("before", "after"), ("above", "below"), ("left", "right"), ("more", "less"), ("always", "never"), ("tighten", "loosen"),
    ("warm", "cold"), ("hot", "cold"), ("wet", "dry"), ("inside", "outside"), ("up", "down"), ("fast", "slow"),
    ("quickly", "slowly"), ("open", "closed"), ("safe", "dangerous"), ("with", "without"), ("clockwise", "anticlockwise"),
    ("front", "rear"), ("front", "back"), ("increase", "decrease"), ("push", "pull"), ("horizontal", "vertical"),
    ("horizontally", "vertically"), ("towards", "away"), ("toward", "away"), ("thick", "thin"), ("inhale", "exhale"),
    ("minimum", "maximum"), ("least", "most"), ("indoors", "outdoors"),
)  # fmt: skip

_CAPITALISED = re.compile(r"\b[A-Z][\w'\u2019]+(?:-[A-Z]?\w+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:|\u2022]\s|\*\*|[\"\u201c(]|- )\s*$")
_QUOTED = re.compile(r"[\"\u201c]([^\"\u201c\u201d]+)[\"\u201d]")


def telling(text: str) -> set[str]:
    """The stems of the words that carry meaning, without figures and their measures."""
    return {one for one in terms(_unmarked(text)) if not one[0].isdigit()} - MEASURES


def weight(stems: set[str] | frozenset[str]) -> float:
    """How much it means to share these words: what is done counts double."""
    return sum(2.0 if one in _CARE_STEMS else 1.0 for one in stems)


def is_advice(text: str) -> bool:
    """Whether a sentence names something that is done to a weapon or with it, which no greeting does."""
    return bool(telling(text) & _CARE_STEMS)


def materials(text: str, given: set[str]) -> set[str]:
    """The materials and tools in ``text`` that ``given`` (stems of the passages) does not hold."""
    said = [stem(word) for word in words(_unmarked(text))]
    missing = {one for one in said if one in _MATERIAL_STEMS} - given
    for before, one in pairwise(said):
        if one in _OF_A_KIND and before not in given and not _is_plain(before):
            missing.add(f"{before} {one}")
    return missing


def _is_plain(one: str) -> bool:
    return one in _ANY_KIND or not terms(one) or one[0].isdigit() or one in _CARE_STEMS


def names(text: str) -> set[str]:
    """The stems of capitalised words that no sentence's beginning accounts for."""
    plain = re.sub(r"\[\d+\]", "", text)
    return {
        stem(part)
        for name in _CAPITALISED.finditer(plain)
        if not _SENTENCE_START.search(plain[: name.start()])
        for part in words(name.group())
        if part not in ("i", "ok")
    }


def quoted(text: str) -> list[str]:
    """What ``text`` gives as somebody's words: quotations of three words and more, in lower case without marks."""
    return [said for match in _QUOTED.finditer(text) if len((said := " ".join(words(match.group(1)))).split()) >= 3]


def negated(text: str) -> tuple[set[str], set[str]]:
    """What a sentence says not to do: the stems that its negations reach, and of those the ones that stand right behind one."""
    plain = _AFFIRMED.sub(" ", _unmarked(text))
    reached: set[str] = set()
    heads: set[str] = set()
    for mark in _NEGATION.finditer(plain):
        rest = plain[mark.end() :]
        end = _CLAUSE_END.search(rest)
        over = terms(rest[: end.start()] if end else rest)[:_REACH]
        reached.update(over)
        heads.update(over[:1])
    return reached, heads


def denies(text: str) -> bool:
    """Whether a sentence says no to anything."""
    return bool(_NEGATION.search(_unmarked(text)))


def opposes(text: str, given: str) -> bool:
    """Whether ``text`` has a word where ``given``, which says nearly the same, has its opposite."""
    said, stands = set(words(text)), set(words(given))
    return any(
        (one in said and other in stands and one not in stands and other not in said)
        or (other in said and one in stands and other not in stands and one not in said)
        for one, other in _OPPOSITES
    )


def _unmarked(text: str) -> str:
    return re.sub(r"\[\d+\]|[*_`#|]", " ", text)
