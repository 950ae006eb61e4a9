"""How questions for each kind of thing are put, and what the thing looks like in a sentence: two tables of patterns."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "price", "age", "maker", "origin", "name", "trade", "speed", "heat", "loudness",
    "person", "count", "length", "width", "thickness", "depth", "room", "size", "weight", "angle",
    "interval", "duration", "amount", "colour", "material", "reason", "permission", "date",
]  # fmt: skip

RARE: frozenset[Kind | None] = frozenset({"price", "age", "maker", "name", "origin", "speed", "loudness", "trade"})
"""What manuals hardly ever say."""
LOOSE: frozenset[Kind] = frozenset({"reason", "person", "permission", "date"})
"""What almost any sentence may hold."""

NUMBER = (
    r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen"
    r"|twenty|thirty|forty(?:-\w+)?|fifty|sixty|hundred|half|once|twice|single|double|pair)"
)
_TIMES = r"(?:seconds?|minutes?|hours?|days?|nights?|overnight|weeks?|fortnights?|months?|seasons?|years?|breaths?|heartbeats?)"
_LENGTHS = (
    r"(?:mm|cm|m|metres?|steps?|paces?|spans?|hands?|finger(?:'s breadth)?|palms?|lengths?|mid-calf|arm'?s?|forearm|shoulder|knee"
    r"|depths?|breadth)"
)
_COLOURS = (
    r"(?:red|blue|black|white|green|yellow|brown|gold(?:en)?|silver|purple|violet|pink|orange|gr[ae]y|crimson|scarlet|indigo|ivory"
    r"|dark|pale|cream|colou?r\w*)"
)
_STUFF = (
    r"(?:\w+wood|oak|ash|bamboo|maple|magnolia|zelkova|persimmon|cedar|mulberry|jujube|cherry|pine|hickory|cypress|paulownia|ramie"
    r"|hornbeam|loquat|chestnut|elm|ebony|beech\w*|walnut|steel|iron|brass|bronze|copper|silver|gold|lead|silk|cotton|hemp|linen"
    r"|leather|hide|ray skin|horn|bone|antler|paper|lacquer|rubber|rattan|stone|wool|felt|canvas|glass|cork|straw|resin|rawhide"
    r"|(?!of|the|thin|fresh|an?|old|surplus|little|hand|no|with|and|or|some|more|clean|warm|raw)\b[a-z]+ oil)"
)
_PEOPLE = (
    r"(?:smiths?|polishers?|makers?|masters?|teachers?|partners?|friends?|healers?|physicians?|fitters?|slayers?|archers?|founders?"
    r"|dancers?|sentries|guards?|fighters?|users?|recruits?|scouts?|bowyers?|helpers?|comrades?|person|people|anyone|someone|nobody"
    r"|bystanders?|stationmaster|hosts?|winner|carpenters?|monks?|pilgrims?|farmers?|workers?|owners?|those|you)"
)
_TRADE = (
    r"(?:warrant(?:y|ies)|guarantees?|shipping|shipped|deliver(?:y|ed|ies)?|in stock|sold|sell|resell|refunds?|returned"
    r"|discounts?"
    r"|left-handed|versions?|variants?|models?|sizes for|engrav\w*|inscri\w*|monogram\w*|licen[cs]e|permit|legal|banned|planes?"
    r"|aeroplanes?|airplanes?|certificates?|certified|reviews?|ratings?|enchant\w*|magic\w*|spells?|batter(?:y|ies)|rockwell"
    r"|hardness|tensile|patent\w*|insur\w*|taxe?s?|customs|imported|exported|awards?|trophies|waiting list|souvenir|museums?"
    r"|legends?|cursed?|haunted|demons? (?:has|have|did)|killed|slain|serial|logo|barcode|edition|collectors?|dyed?|repaint\w*"
    r"|gild\w*|plated)"
)
_MADE = (
    r"(?:made|forged|makes?|invented|designed|built|painted|crafted|carved|created|taught|gave|named|owned|owns|used|carried|wielded"
    r"|first|founded|discovered|won|wrote|drew)"
)
_PLACES = r"(?:school|clan|shrine|temple|village|province|town|city|country|forge|family|couple|hashira|language)"
_FOR_HOW_LONG = (
    r"(?:do|does|must|should|can|may|will|is it|to|have|has|before|after|until|for|it|the \w+ (?:dries|last))"
)
_DUE = r"(?:due|renew|replac|chang|oil|sharpen|hone|new|again|whetstone|time)"

QUESTIONS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        "price",
        (
            r"\b(?:price[sd]?|costs?|expensive|cheap\w*|coins?|afford|worth|second-?hand|resale|salary|pay|set me back)\b",
            r"\bhow much (?:is|are|for|would|do you want)\b|\bmoney\b|\brefund\b",
        ),
    ),
    ("trade", (rf"\b{_TRADE}\b",)),
    (
        "interval",
        (
            r"\bhow (?:often|frequently|regularly)\b|\bevery how many\b|\bafter how many\b|\bhow many times a\b",
            rf"\bwhen (?:do|does|should|must|is|has|it is) .*\b{_DUE}",
        ),
    ),
    (
        "age",
        (
            r"\bhow old\b|\bwhat age\b|\bages? of\b|\b(?:which|what) (?:year|century|era|decade)\b|\bhow long ago\b",
            r"\bwhen (?:was|were|did)\b",
        ),
    ),
    (
        "maker",
        (
            rf"\bwho {_MADE}\b",
            r"\bwho(?:'s| is| was| were) (?:its|the|it) (?:smith|maker|owner|inventor|first|made|strongest|creator)",
        ),
    ),
    (
        "name",
        (
            r"\bname of\b|\b(?:famous|legendary|historical) (?:slayer|hashira|hero|person|warrior)",
            rf"\b(?:which|what) {_PLACES}\b",
        ),
    ),
    (
        "origin",
        (
            r"\bwhere (?:can|do|could|should|would) (?:i|we|one) (?:buy|get|find|order|rent|purchase)\b",
            r"\bwhere (?:is|are|was|were|did|does|do|'s) .{0,30}\b(?:made|forged|workshop|born|produced|grown?|sold)\b",
            r"\bwhere (?:does|do|did) (?:it|(?:the |my )?weapon) come from\b",
        ),
    ),
    ("speed", (r"\bhow fast\b|\bspeed\b|\bper second\b",)),
    ("heat", (r"\bhow hot\b|\btemperature\b|\bmelting point\b|\bhow (?:cold|warm)\b",)),
    ("loudness", (r"\bhow loud\b|\bdecibels?\b",)),
    ("angle", (r"\b(?:which|what) angle\b|\bhow many degrees\b|\bhow steep\b",)),
    (
        "duration",
        (
            rf"\bhow (?:long|soon|quickly) {_FOR_HOW_LONG}\b|\bhow soon\b|\bhow much (?:time|sleep)\b|\bwarm[- ]?up time\b",
            r"\bhow many (?:minutes?|hours?|days?|weeks?|months?|years?|seconds?)\b",
        ),
    ),
    (
        "weight",
        (r"\bhow heavy\b|\bhow much .*\bweighs?\b|\bweighs?\b|\bweight\b|\bkilograms?\b|\bpounds?\b",),
    ),
    (
        "thickness",
        (r"\bhow (?:thick|thin|fine|coarse)\b|\bthickness\b|\bdiameter\b|\bwhat (?:grit|grade)\b",),
    ),
    ("width", (r"\bhow (?:wide|broad)\b|\bwidth\b",)),
    ("depth", (r"\bhow deep\b|\bdepth\b",)),
    (
        "room",
        (r"\bhow (?:far|close|near)\b|\bhow much (?:room|space|distance|clearance)\b|\b(?:distance|range)\b",),
    ),
    ("length", (r"\bhow (?:long|tall|high)\b|\b(?:length|height|reach)\b",)),
    ("size", (r"\bhow (?:big|large|small|tight)\b|\b(?:what|which) size\b|\bsize of\b|\bdimensions?\b",)),
    ("count", (r"\bhow many\b|\bwhat number\b",)),
    ("amount", (r"\bhow much\b",)),
    ("colour", (r"\b(?:which|what) .*\bcolou?rs?\b",)),
    (
        "material",
        (
            r"\bmade (?:of|from|out of)\b",
            r"\b(?:which|what) (?:kind of |sort of )?(?:wood|timber|metal|material|leather|fabric|oil|animal|alloy)\b",
            r"\bwhat(?:'s| is| are) .*\b(?:wrapped|lined|coated) (?:with|in)\b",
        ),
    ),
    ("reason", (r"\bwhy\b|\bwhat(?:'s| is) the (?:reason|cause)\b|\bhow come\b|\bwhat causes\b",)),
    ("person", (r"^\W*who(?:m|se)?\b",)),
    (
        "permission",
        (
            r"^\W*(?:so |and |but )?(?:can|may|could|should|must|am i|are|is|do i have|does|do|will|would)\b",
            r"\b(?:allowed|permitted|ok to|okay to|safe to|alright)\b",
        ),
    ),
    ("date", (r"^\W*when\b|\bat what (?:time|hour)\b|\bwhat time\b",)),
)
"""The kinds with the patterns of their questions, in lower case; the first kind that fits is taken."""

ANSWERS: dict[Kind, str] = {
    "price": r"\b(?:coins?|price[sd]?|costs?|pay|worth)\b",
    "trade": rf"\b{_TRADE}\b",
    "interval": (
        r"^(?:every|each|after|daily|weekly|monthly|yearly|fortnightly|quarterly|half-yearly|twice|once|before|when|at|between)\b.*:"
        rf"|\b(?:every|once a|twice a|{NUMBER} times|after each|once {_TIMES})\b"
    ),
    "age": r"\b\d{4}\b|\b(?:century|years? old|ago|founded|era|generations?)\b",
    "maker": r"\b(?:made|forged|built|designed|invented|painted|carved|owned|carried|wielded|founded) by\b",
    "name": (
        r"[a-z,] (?!Breathing|Water|Flame|Thunder|Stone|Wind|Mist|Insect|Flower|Serpent|Sound|Love|Moon|Sun|Beast)[A-Z][a-z]{2,}"
    ),
    "origin": (
        r"\b(?:from the|in the) (?:village|town|province|workshop|market|shop|capital|forest|mountains?)\b|\b(?:sold|buy)\b"
    ),
    "speed": r"\bper (?:second|hour|minute)\b|\bspeed of \d",
    "heat": r"\b(?:degrees?|hotter|hot|warm|cold|celsius|boil\w*)\b",
    "loudness": r"\b(?:decibels?|loud)\b",
    "person": rf"\b{_PEOPLE}\b",
    "count": rf"\b{NUMBER}\b",
    "length": rf"\b{NUMBER}(?:-| )?(?:\w+ )?{_LENGTHS}\b",
    "width": (
        rf"\b(?:wide|across|broad|spreads?|through|width|breadth)\b.*\b(?:\d|{_LENGTHS})"
        r"|\d.*\b(?:wide|across|broad|through|width)\b|\bmm\b"
    ),
    "thickness": (
        r"\b(?:thick|thin|through|diameter|mm|grit|grade|fine|coarse)\b.*\d"
        r"|\d.*\b(?:thick|through|diameter|mm|grit|grade|at the (?:butt|middle|tip))\b"
    ),
    "depth": r"\b(?:deep|deeper|depth|mid-calf|knee-deep)\b",
    "room": rf"\b(?:{NUMBER}|twice|each|every|own|an?)(?:-| )?(?:\w+ ){{0,3}}{_LENGTHS}\b",
    "size": rf"\b{NUMBER}(?:-| )?(?:\w+ )?{_LENGTHS}\b|\b\d+\b",
    "weight": rf"\b\d[\d.]* ?(?:kg|g|pounds?|kilograms?|grams?)\b|\b{NUMBER} (?:pounds?|kilos?)\b",
    "angle": r"\b(?:degrees?|angles?)\b",
    "duration": rf"\b{_TIMES}\b",
    "amount": rf"\b(?:{NUMBER}|drops?|spoon\w*|little|trace|cup|thin|more|less|half|enough|film)\b",
    "colour": rf"\b{_COLOURS}\b",
    "material": rf"\b{_STUFF}\b",
    "reason": (r"\b(?:because|since|so that|as|for|so|thus|cause|therefore|which|otherwise|lets|makes|leaves|until)\b"),
    "permission": (
        r"\b(?:never|not|avoid|only|may|must|should|can|cannot|keep|stop|leave|do|no|nothing|without|until|before|unless|always|bear"
        r"|let|wait|if|use|poor|safe\w*|rather|instead|belongs?|allows?|forbid\w*|asks?)\b"
    ),
    "date": (
        r"\b(?:when|after|before|until|once|every|each|at|as soon|during|while|if|in the|on|by|daily|weekly|monthly|yearly"
        rf"|{_TIMES})\b"
    ),
}
"""The kinds with what a sentence must hold to answer them."""
