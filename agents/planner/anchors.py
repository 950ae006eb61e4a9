"""Anchors: wordings that settle what a clause is for, whatever the embedding makes of them.

Each adds to the log-probability of a label (a soft vote: a clause with two anchors is still decided by the router), and a clause
with an anchor is never asked back about.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agents.planner.honesty import OVERRIDING

_ARMS = (
    r"(?:weapons?|blades?|swords?|arms?|katanas?|wakizashis?|nodachis?|spears?|naginatas?|scythes?|fans|kusarigamas?|tonfas?|flails?|"
    r"axes?|bows?|kanabos?|clubs?|staff|staves|sai|polearms?|whip sword)"
)


# A length that only a plan has; "this week" and "three times a week" are none.
_SPAN = (
    r"(?:(?:next|coming|first)\s+(?:few\s+|\d+\s+|[a-z]+\s+)?(?:weeks?|months?)|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|several|a few|a couple of)[\s-]+(?:weeks?|months?)|(?:a|one)\s+(?:whole\s+)?(?:month|fortnight)|fortnight)"
)
_OF_TRAINING = r"^(?!.*\b(?:meals?|diet|trip|travel\w*|vacation|stud(?:y|ies)|reading|work|business|project|savings?|marathon|language|revision)\b).*"


class Anchor(NamedTuple):
    """A wording and the label that it speaks for."""

    label: str
    pattern: re.Pattern[str]
    weight: float


def _anchor(label: str, weight: float, *patterns: str) -> Anchor:
    return Anchor(label, re.compile("|".join(patterns), re.IGNORECASE), weight)


ANCHORS: tuple[Anchor, ...] = (
    _anchor(
        "refused", 10.0,
        OVERRIDING,
        r"\b(?:system|hidden|secret|initial|original)\s+(?:prompt|instructions?|rules|message|key)\b|\byour\s+(?:prompt|system prompt)\b",
        r"\b(?:developer|debug|god|dan|admin|root)\s+mode\b|\bjailbreak\b|\byou are now\b|\bno (?:more )?(?:rules|restrictions)\b",
        r"\b(?:give|grant|award|gift|credit|transfer|send|get|add|raise|boost|increase|double|let me have|set|change|make|hands? out)\b.{0,40}"
        r"\b(?:\d[\d.,]*|hundred|thousand|million|free|some|more|maximum|infinite|unlimited|extra|all(?: the)?)\s+(?:\w+\s+)?points\b",
        r"\b(?:set|change|raise|boost|increase|double|reset|edit|manipulate|fake|update)\b.{0,25}\b(?:my|the|her|his)?\s*(?:points|rank|streak|score|ledger|level|balance|price)\b"
        r".{0,20}(?:\bto\b|=|$)",
        r"\bpoints\b.{0,20}\b(?:free|for nothing)\b|\b(?:promote|make|rank)\s+me\b.{0,20}\bhashira\b|\b(?:give|grant|award)\b.{0,25}\bhashira\b",
        r"\b(?:do not|don't|stop|never)\s+(?:follow|obey)(?:ing)?\b.{0,12}\b(?:your|the)\b|\byou are (?:now )?(?:the|a) (?:ledger|database|admin\w*|terminal|hacker)\b",
        r"^\W*(?:system|assistant|developer|inst|admin)\W*[\]:>]|\bsafety\b.{0,10}\boff\b|\b(?:reveal|show|print|tell)\b.{0,20}\b(?:your|the)\s+(?:\w+\s+)?secrets?\b",
        r"\b(?:drop|truncate|delete|alter)\s+(?:table|from|all|the database)\b|\bselect\b.{1,40}\bfrom\b|\bupdate\s+\w+\s+set\b|\binsert\s+into\b|\brm\s+-rf\b|<script|/etc/",
        r"\b(?:password|api key|access token|credentials|environment variables?|root access|server logs)s?\b",
        r"\b(?!today's|yesterday's|this|last|slayer's)[a-z]+(?:'s|s')\s+(?:account|profile|ledger|record|password|login|coins|money|purse)\b",
        r"\b(?:other|another|all|someone else's|everyone's)\s+(?:slayers?|users?|people|person|accounts?|members?)(?:'s|')?\b.{0,40}\b(?:chat\w*|wrote|messages?|orders?|"
        r"passwords?|emails?|weapons|data|account|histor\w+)",
        r"\b(?:log|record|register|report|credit)\b.{0,30}\b(?:for|on behalf of)\s+(?:my|his|her|a|the)?\s*(?:friend|brother|sister|rival|cousin|wife|husband|partner|neighbou?r)\b",
        r"\b(?:fake|never fought(?! (?:before|with (?:one|it|that|them)|in (?:my|her|his|their) life)\b)|never (?:happened|took place)|did(?:n't| not) happen|(?:made|making) (?:it|that|this|them) up|(?:have|has)n't (?:done|fought)|(?:did ?n[o']t|did not) fight\b(?! (?:at all|today|yesterday|this|last|well|hard|back|much|yet))|never had(?=\W*$| (?:it|that|this)\b| (?:an?|any|the) (?:battle|fight|win|victory|duel)\b)|without (?:any )?(?:battles?|fighting|training|work\w*))\b",
        r"^(?!.*\b(?:could|can|might|may) (?:it|an?|the|this|that|they)\b.{0,50}\b(?:kill|hurt|harm|stab)\b).*(?<!can i )(?<!could i )\b(?:kill|murder|poison|stab|shoot|hurt|harm)\s+(?:my(?:self)?|a person|people|someone|somebody|him|her|children)\b",
        rf"\b(?:buy|order|purchase|get|give|hand|sell|have|take|want|let|send|charge|put)\b.{{0,40}}\b(?:{_ARMS}|it|that|this|them|one|ones|everything|order)\b.{{0,30}}"
        r"\b(?:for free|for nothing(?! (?:more|over|above))|free of charge|without (?:a )?(?:pay\w*|charg\w*|coins)|(?:for|at) (?:0|zero|no) (?:coins?|cost|charge|gold|money)|(?:for|at) (?:1|one) coin)\b",
        rf"\b(?:buy|order|get|give|hand|sell|have)\b.{{0,15}}\bfree\s+(?:\w+\s+)?{_ARMS}\b|{_ARMS},? (?:but |and )?free\b(?! (?:of|time|to)\b)|\bcharge\b.{{0,10}}\b(?:nothing|zero|0)\b|\b(?:don't|do not|without) charg(?:e|ing)\b",
        r"^(?:please |now |and |just )*(?:unlock|grant|award|give|mark)\s+(?:me\s+)?(?:every|all(?: the)?|that|this|the|an?)\s+(?!(?:of )?my\b)(?:\w+\s+){0,2}(?:badges?|achievements?|feats?|troph(?:y|ies)|medals?)\b"
        r"(?!.*\b(?:i (?:have|earned|own|won|got)|to me)\b)",
        r"\b(?:erase|delete|remove|rewrite|edit|alter|wipe|forge|tamper with|change|undo|reset|clear|falsify)\b(?! (?:me|my name)\b).{0,30}\b(?:ledger|entr(?:y|ies)|battle history|leaderboard)\b",
        r"(?<!that )(?<!this )(?<!it )\b(?:put|place|move|push|list|raise|lift)\s+me\b.{0,30}\b(?:first|(?:on|at|to) (?:the )?top|number one|leaderboard|above)\b|\bmake me (?:number one|first|top|the (?:leader|top|best slayer))\b",
        r"\b(?:steal|take|transfer|move)\b.{0,40}\bpoints\b(?!.*\?)",
        r"\b(?:wins?|victor(?:y|ies)|battles?|fights?|duels?|loss(?:es)?|defeats?|login|check-?in)\s+(?:for|on behalf of|in the name of)\s+(?!(?:me|myself|us|today|tonight|now|once|good|real|sure|"
        r"points?|training|practi[cs]e|yesterday|free|this|that|it|the|my|fun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)[a-z]+\W*$",
        r"\b(?:make|let|have)\b.{0,30}\b(?:cost|be)\b.{0,10}\b(?:one|two|three|\d|ten) coins?\b|\b\d+\s?(?:%|percent|per cent)\s+(?:discount|off)\b|\b(?:lower|reduce|drop|cut|slash)\s+(?:the|its|their|that)\s+price\b"
        r"|\bon the house\b|\b(?:never|not|won't|without|refuse to)\s+(?:going to\s+)?pay(?:ing)?\b(?! (?:more|over|above|that|so|attention|too))",
        r"\b(?:stop|skip|switch off|turn off|disable|drop|avoid|no) (?:\w+ )?(?:check(?:s|ing)?|verif\w+|controls?|permissions?|approvals?|confirmations?)\b",
        r"\b(?:as a|for my) (?:present|gift|freebie|treat) from (?:you|the shop|the house)\b|\b(?:i want to|let me|make sure i)\s+(?:be|become|am)\s+(?:a |rank )?hashira\b.{0,40}\b(?:tonight|today|now|tomorrow|arrange|at once|immediately)\b",
        r"\b(?:let|have|make|start|begin)\s+my\s+(?:streak|points|score|balance)\b.{0,20}\b\d|\b(?:multiply|triple|quadruple|max out|fill up|top up|bump)\b.{0,20}\b(?:points|score|streak|rank|balance|tally)\b",
        r"\b(?:count|log|record|mark|credit)\b.{0,30}\b(?:visit|login|attendance|check-?in)\b.{0,15}\b(?:twice|two times|three times|thrice|double|again and again)\b",
        r"\b(?:strike|cross|wipe|scratch|take|rub|blot|remove|delete|erase)\b(?: (?:out|off))?\s+(?:(?:of|all|any|both|the|my|those|these|that|this|last|one|two|three|few|\d+)\s+)*(?:loss(?:es)?|defeats?)\b(?! (?:hard|badly|well|to heart|seriously|calmly))",
        r"\b(?:restore|reinstate|stitch|put back|give (?:me )?back|bring back)\b.{0,20}\b(?:streak|rank|points)\b",
        r"\bwith (?:his|her|their|some(?:one|body)(?: else)?'s|another's) (?:money|coins|purse|savings)\b|\bfrom (?:his|her|their|some(?:one|body)(?: else)?'s|another's) (?:purse|account|savings)\b",
        r"\b(?:rob(?:bing)?|mug(?:ging)?|assault(?:ing)?|threaten(?:ing)?|scar(?:e|ing))\s+(?:\w+\s+)?(?:travell?ers?|people|person|passers-?by|shopkeepers?|neighbou?rs?|girls?|women|men|children|kids|my (?:ex|boss|wife|husband|teacher))\b",
        r"\b(?:turn|change|convert|flip)\b.{0,25}\b(?:loss|defeat|lost)\b.{0,15}\b(?:into|to)\b",
        r"\b(?:cost(?:s|ing)?|price[sd]?)\b.{0,30}\b(?:nothing|zero|0|free)\b(?=.*\b(?:make|set|change|for me)\b|$)|\b(?:make|set)\b.{0,40}\b(?:cost|price)\b.{0,10}\b(?:nothing|zero|0|1)\b",
    ),
    _anchor(
        "quartermaster:status", 3.0,
        r"\b(?:my|nichirin)\s+(?:(?!on\b|by\b)\w+\s+){0,2}(?:points|rank|streak|score|progress|balance|totals?)\b(?!\s+to\b)|\bmy standing\b",
        r"\bhow many (?:nichirin )?points\b(?!.*\b(?:liverpool|licence|match|team)\b)|\bwhat rank am\b|\bwhere (?:do )?i stand\b|\bwin rate\b",
        r"\bwhat (?:do|will|would|did) (?:i|we) (?:get|earn|gain)\b.{0,6}\b(?:for|if|when)\b.{0,30}\b(?:win|battle|fight|train|training|login|session)\b",
        r"\b(?:am i|until|till|to|far from|become|becoming|being|nearer to|close to|reach)\b.{0,25}\b(?:a )?(?:hashira|next rank|slayer rank|rank of)\b",
    ),
    _anchor(
        "quartermaster:log_battle", 5.0,
        r"^(?!.*\?)(?!.*\b(?:how|what|why|teach|if|want to|going to|will|draw|paint|picture)\b).*\b(?:slic|smash|behead|crush|wip|slaughter|butcher|obliterat|thrash|slash|annihilat|dispatch|flatten|"
        r"trounc|outfought|overpower|destroy|cut|slew|slay|finish|put down|took|knock|ended|shot)\w*\b.{0,25}\b(?:demons?|ogres?|onis?|(?:upper|lower) moon)\b",
        r"^(?:(?:i|we|and|then|so|today|yesterday|just)\s+)*(?:got|was|were|been|have been|had)\s+(?:\w+\s+){0,2}?(?:destroyed|crushed|wrecked|smashed|flattened|thrashed|demolished|humiliated|outclassed|knocked (?:out|down))\b",
        r"^\W*(?:demons?|ogre) (?:down|slain|dead|gone)\b|\b(?:i|we) prevailed\b",
    ),
    _anchor(
        "quartermaster:log_login", 3.0,
        r"\bcheck(?:ed|ing)?\s+(?:me\s+|myself\s+)?in\b|\bcheck-in\b|\b(?:my|today's|daily)\s+(?:log-?in|check-?in|attendance|visit)\b(?!.*\bpassword)",
        r"\bdaily\s+(?:bonus|reward|log-?in)\b|\blog-?in\s+(?:for\s+(?:the\s+|to)day|today)\b",
    ),
    _anchor(
        "quartermaster:log_training", 2.5,
        r"^(?:please\s+)?(?:log|record|register|note|track|enter|add|mark|count|write|put(?! together)|save|credit)\b.{0,40}\b(?:minutes?|mins?|hours?|half an hour)\b(?!.*\b(?:routine|plan|together)\b)",
        r"^(?:i|we)(?:'ve| have| just| also)*\s+(?:just\s+)?(?:trained|practi[sc]ed|drilled|worked out|sparred|did)\b.{0,30}\b(?:minutes?|mins?|hours?)\b",
        r"^(?:just\s+|today\s+|i\s+|we\s+)*(?:spent|trained|practi[sc]ed|drilled|finished|completed|sparred|did)\b.{0,40}\b(?:minutes?|mins?|hours?)\b.{0,20}"
        r"(?:\b(?:training|practi[sc]|drill|spar|session|workout|exercis|swing|shoot)\w*)?",
        r"\b(?:log|record|note)\s+(?:my\s+|the\s+|that\s+|this\s+)?(?:training|practice|session|workout|routine)\b",
    ),
    _anchor(
        "quartermaster:log_battle", 2.5,
        r"^(?:i|we)(?:'ve| have| just| finally| also)*\s+(?:just\s+|finally\s+)?(?:won|lost|beat|defeated|killed|slew)\b(?!.*\b(?:keys?|wallet|lottery|courage|nerve|faith|balance|grip|sword|blade|weapon|spear|bow|axe|chess|job|weight|"
        r"motivation|interest|phone|way|mother|father|partner|friend|brother|sister|count|track|sight|sleep|patience|touch|time|hope|heart|voice|temper|game|match on tv)\b)",
        r"\b(?:log|record|register|note|add|mark|count|report)\b.{0,25}\b(?:win|wins|loss|losses|victor(?:y|ies)|defeats?|battles?|fights?|duels?)\b",
    ),
    _anchor(
        "quartermaster:log_battle", 4.5,
        r"\b(?:i|we)\s+(?:\w+\s+)?(?:cut|took|struck|brought|put)\s+(?:it|him|her|them|the \w+)\s+down\b",
        r"\b(?:i|we)(?:'ve| have| just| finally| also)*\s+(?:won|lost|beat|defeated|killed|slew)\b.{0,30}\b(?:battles?|fights?|duels?|demons?|upper moon|lower moon)\b(?!.*\?)",
    ),
    _anchor(
        "quartermaster:log_battle", 5.0,
        r"^(?!.*\b(?:turn|change|instead|actually)\b)(?:please |now |and |so )*(?:write|put|mark|count|log|note|record|enter|chalk|book)\b[\w\s]{0,16}\bas an?(?: \w+)? (?:win|loss|victory|defeat)\b",
    ),
    _anchor(
        "quartermaster:log_training", 4.0,
        r"^(?:please |now |and |so )*(?:write|put|mark|count|log|note|record|enter|chalk|book)\b[\w\s]{0,16}\bas (?:my )?(?:training|practi[cs]e|a (?:session|workout))\b",
    ),
    _anchor(
        "quartermaster:history", 4.0,
        r"(?<!into my )(?<!in my )(?<!to my )(?<!on my )\bledger\b(?!.*\b(?:reset|edit|change)\b)|\b(?:latest|last|recent|past|previous)\s+(?:\w+\s+){0,2}(?:battles?|fights?|wins?|losses|entries|events|points|logins|deeds|activit(?:y|ies))\b",
        r"\b(?:have|did) you (?:\w+ )?(?:record|log|note|writ\w+|count|sav|enter|register)\w*\b.{0,30}\b(?:my|our|yesterday|that|this|it)\b|\b(?:go|look|scroll|page) (?:back )?(?:through|over)\b.{0,10}\bmy (?:records?|log|entries|deeds)\b",
        r"\b(?:battle|training|points|login|my)\s+history\b|^(?:and |the |then )*history(?: please)?\W*$|\bwhere (?:do|did|have) (?:i|my|those|these|the)\b.{0,25}\bpoints\b|\bpoints\b.{0,15}\bcome from\b",
        r"\b(?:what|which|when)\b.{0,25}\b(?:i|we)\s+(?:last\s+)?(?:log(?:ged)?|earn(?:ed)?|report(?:ed)?)\b(?!.*\b(?:badges?|achievements?|medals?|feats?|if|when|for)\b)",
    ),
    _anchor(
        "quartermaster:badges", 4.5,
        r"\b(?:badges?|achievements?|troph(?:y|ies)|medals?|accomplishments?)\b|\b(?:have|did) i (?:\w+ )?unlock(?:ed)?\b",
        r"\b(?:my|which|what|list|show|all)\s+(?:\w+\s+)?feats\b",
    ),
    _anchor(
        "quartermaster:orders", 4.0,
        r"\b(?:my|past|previous|last|latest)\s+(?:\w+\s+)?(?:orders?|purchases?|receipts?)\b(?! (?:of|to) (?:the|drills|steps))",
        r"\b(?:what|which|how many|how much|everything|all|when|list)\b.{0,30}\b(?:i|i've|i have|we)\s+(?:\w+\s+){0,2}(?:bought|ordered|purchased|spent)\b",
        r"\b(?:what|which)\b.{0,25}\b(?:have|did) (?:i|we)\s+(?:ever\s+|already\s+)?(?:bought|ordered|purchased|buy|order|purchase)\b",
    ),
    _anchor(
        "quartermaster:leaderboard", 4.5,
        r"\b(?:which|what) (?:place|position|spot)\b.{0,20}\b(?:i|me|mine)\b|\bscore ?boards?\b",
        r"\bleader ?boards?\b|\bhigh ?scores?\b|\b(?:the|current|overall) rankings?\b|\bwho(?:'s| is)\s+(?:in the lead|leading|ahead of me|on top|in front)\b",
        r"\b(?:rank|stand|compare|place|position|doing|score)\b.{0,30}\b(?:among|against|compared (?:to|with)|versus|to|with)\s+(?:all\s+|the\s+)*(?:others?|other slayers|slayers|everyone|everybody|the rest|rivals)\b",
        r"\b(?:top|best)\s+(?:\w+\s+)?slayers\b|\b(?:slayers?|anyone|anybody|someone|somebody)\b.{0,15}\b(?:ahead of|above|in front of|behind)\s+me\b",
    ),
    _anchor(
        "statement", 2.5,
        r"\bcoins?\s+(?:is|are)\s+(?:all|everything|my)\b|^(?:i|we)(?:'ve)?\s+(?:only\s+)?(?:have|got|own|saved)\b[^?]{0,25}\bcoins\b[^?]*$|^my budget\b[^?]*$",
    ),
    _anchor(
        "statement", 4.0,
        r"^(?:(?:no|ok|okay|hmm?|well|thanks)[\s,.]+)*(?:let me|i'll|i will|i need to|i have to|i want to|i must) (?:first )?think (?:about|on|over)\b",
        r"^(?:(?:no|ok|okay|hmm?|well|thanks)[\s,.]+)*(?:leave it|not (?:now|today|yet)|maybe later|(?:an|some)other (?:time|day)|no need|drop it)\W*$",
    ),
    _anchor(
        "recommender", 2.5,
        rf"\b(?:recommend|suggest|pick(?: out)?|choose|find|show)\s+(?:me\s+|us\s+)?(?:an?\s+|some\s+|the\s+|another\s+|your\s+|\d\s+|two\s+|three\s+|four\s+)?(?:\w+\s+){{0,2}}?{_ARMS}\b(?!.*\b(?:drill|exercise|routine|"
        r"accessor\w+|manual|safety|how)\b)",
        rf"\b(?:is there|are there|have you got|do you (?:have|stock|sell)|got)\s+(?:an?|any|some)\s+(?:\w+\s+){{0,2}}?{_ARMS}\b(?!.*\b(?:drill|exercise|routine|manual|accessor\w+|cover|bag|case)\b)",
        r"\b(?:the|your)\s+(?:top|best)\s+(?:\d|two|three|four|five|six|ten)\b(?!\s+(?:drills?|exercises?|minutes?|ways|tips))",
        rf"\bi'?m after (?:an?|some|the)\b.{{0,30}}\b{_ARMS}\b|\bpoint me (?:to|at|towards)\b|\bdo you (?:still |also |even )?(?:sell|stock|carry)\b|\bwhat(?:'s| is| would be) (?:the|an?|your) (?:ideal|right|perfect|good|best|fitting|suitable) (?:\w+ )?{_ARMS} for\b",
        rf"^(?:\w+\s+){{0,3}}?(?:anything|everything|something|all|any(?: weapon)?) (?:but|except(?: for)?|apart from|other than|besides|save) (?:an? |the |for )?(?:\w+ )?{_ARMS}\b(?!.*\b(?:drill|exercise|routine|clean|oil)\b)",
        rf"\b(?:top|best)\s+(?:\d|two|three|four|five|six|ten)\s+(?:\w+\s+)?{_ARMS}\b|\b(?:give|get)\s+me\s+(?:\d|two|three|four|five)\s+(?:\w+\s+)?{_ARMS}\b",
        r"\b(?:something|anything|one|a weapon)\s+(?:better|lighter|sharper|cheaper|stronger|longer|shorter|similar|different|else)\s+(?:than|to|from)\b",
        rf"\b(?:which|what)\s+(?:\w+\s+){{0,2}}?{_ARMS}\s+(?:should i|would you|suits?|fits?|matches|do you (?:recommend|suggest|have|sell)|can i (?:get|buy|afford)|is best for me|for me)\b",
        r"\bwhat (?:do|would|can) you (?:recommend|suggest)\b|^(?:any )?(?:recommendations?|suggestions?)\b|\bwhat should i (?:buy|wield)\b(?! along)(?!.*\b(?:for it|with it|to go with)\b)",
        rf"\b(?:looking for|in the market for)\s+(?:an?\s+)?(?:\w+\s+){{0,2}}?{_ARMS}\b|\b(?:in stock|sold out)\b|\bwhat(?:'s| is| does| do| would)\b.{0,40}\b(?:going for|sell(?:ing)? for|pay for|charge for)\b|\bhow much (?:is|for|does)\b.{{0,40}}(?:\bcost\b|{_ARMS})",
    ),
    _anchor(
        "artist", 3.0,
        r"\b(?:draw|paint|sketch|illustrate|portray|render|depict)\s+(?:me(?!\s+an?\s)|my slayer|us|myself)\b",
        r"^(?:please |now |then |and |can you |could you )*(?:draw|paint|sketch|illustrate|portray|render|depict)\s+(?:it|that|this)\b(?!\s+house)",
        r"\b(?:picture|image|portrait|painting|drawing|photo|illustration|artwork|poster|avatar|wallpaper|sketch)s?\s+(?:of|with|showing)\s+(?:me|myself|my slayer|us|it|that)\b",
        r"\bhow (?:would|will|does|do|might|could)\b.{1,40}\blook (?:on|with) me\b|^(?:and |please )?me\b.{3,80}\bas an? (?:picture|painting|portrait|drawing|image|sketch)\b",
        r"\b(?:look like|i(?:'d)? look|see myself|see me|show me)\s+(?:with|holding|wielding|carrying|using|swinging)\b",
    ),
    _anchor(
        "coach:motivation", 2.5,
        r"\b(?:quote|quotation|pep talk|words of wisdom|proverb|mantra)\b|\bmotto\b|\bmotivat(?:e|ion|ional)\b|\b(?:cheer|pump|lift)\s+me\s+up\b|\b(?:say|tell me|give me)?\s*something (?:inspiring|uplifting)\b",
    ),
    _anchor(
        "coach:how_often", 5.0,
        r"\b(?:care|upkeep|maintenance|service|servicing|cleaning|oiling)\s+(?:calendar|schedule|timetable|rhythm|intervals?)\b",
    ),
    _anchor(
        "coach:handling", 5.0,  # a bow, a blade from its scabbard: no picture
        r"\bhow (?:do|should|can|must|would|to)(?: (?:i|you|one|we|they))? draw\b(?!.*\b(?:picture|paper|pencil|portrait|sketch|me|myself|cartoon|manga|attention|conclusions?)\b)",
    ),
    _anchor("coach:maintenance", 2.5, r"^(?:and |so |then )*how (?:do|should|must|would|can) (?:i|we|one|you) (?:best |properly )?look after\b"),
    _anchor(
        "coach:safety", 3.0,
        r"\bwhat (?:must|should|do) i (?:have to |need to )?(?:mind|watch (?:out )?for|look out for|be careful (?:of|with|about)|beware of)\b",
        r"\bsafety (?:rules?|precautions?|advice|tips)\b",
    ),
    _anchor(
        "coach:troubleshooting", 6.0,
        r"\bwhat (?:if|happens (?:if|when)|(?:should|do|must|can) i do (?:if|when|after))\b.{0,30}\bi(?:'m| am| get| got| was| were| have been)\s+(?:\w+\s+)?"
        r"(?:pricked|stung|cut|scratched|poisoned|bitten|burned|burnt|hurt|bruised|nicked|stabbed|hit|grazed)\b",
        r"\bwhat (?:if|happens (?:if|when)|(?:should|do|must|can) i do (?:if|when|after))\b.{0,30}\b(?:prick|cut|hurt|nick|hit|scratch|burn|stab|poison|graze)(?:ed)? myself\b",
    ),
    _anchor(
        "coach:how_often", 3.0,
        r"^(?:is|are|was|would|do i (?:need|have) to|should i|must i)\b.{0,60}\b(?:every|each|once an?|twice an?|daily|weekly|monthly|yearly|after (?:every|each))\b.{0,30}\?",
        r"\b(?:at what point|when (?:is it|do i know it's|will it be)) (?:\w+ )?time to\b|\b(?:service|care|oiling|cleaning|sharpening) (?:rhythm|interval)\b|\bhow long can i (?:go|wait)\b",
    ),
    _anchor("coach:how_often", 2.5, r"\bhow (?:often|frequently|regularly)\b(?!.*\b(?:hair|plants?|hamster|sheets|car|hands)\b)"),
    _anchor(
        "coach:compare", 2.5,
        r"(?<!to )\bcompare\b(?!.*\b(?:iphone|netflix|java|phones?|cars?)\b)",
        rf"\bdifferen(?:ce|t)\b.{{0,30}}\b{_ARMS}\b",
    ),
    _anchor("coach:compare", 4.0, r"\bwhat (?:sets|tells|makes)\b.{1,60}\b(?:apart|different from|stand out from)\b", r"\bhow do\b.{1,60}\bstack up\b"),
    _anchor(
        "coach:compare", 4.0,
        rf"\b(?:put|set|place|see|look at|hold|weigh)\b.{{0,40}}{_ARMS}\b.{{0,20}}\b(?:next to|beside|against|alongside|side by side)\b.{{0,40}}{_ARMS}\b",
        rf"\b{_ARMS}\b\s+(?:vs\.?|versus|compared (?:to|with))\s+(?:\w+\s+){{0,2}}{_ARMS}\b",
    ),
    _anchor("coach:accessories", 2.5, r"\b(?:accessor(?:y|ies)|add-?ons?)\b"),
    _anchor("coach:drills", 2.0, r"\bdrills?\b(?!.*\b(?:minutes? of drills|i did|i ran)\b)"),
    _anchor("coach:routine", 2.0, r"\b(?:give|make|build|plan|create|put together|design|provide|need|want)\b.{0,40}\b(?:routine|workout|regimen|training session)\b(?!.*\b(?:skin|face|hair)\b)"),
    _anchor(
        "coach:routine", 5.0,  # time that is wished for, not time that was spent
        r"^(?!.*\b(?:log(?:ged)?|record|note|register|track|count|credit|enter(?:ed)?|entry|write (?:down|in|up)|put (?:down|in)|mark|did|done|trained|practi[sc]ed|drilled|finished|completed|spent|was|were|been|just|sparred|my points)\b)"
        r"(?:.*\b(?:\d+|half an|an|[a-z]+)[\s-]*(?:hours?|minutes?|mins?|min)\b.*\b(?:practi[cs]e|training|drills?|drilling|exercises?|workout|session|routine|warm-?up)\b.*(?:\bplease\b|\?|\bgo\b\W*$)"
        r"|.*\bplease\b.*\b(?:hours?|minutes?|mins?|min)\b.*\b(?:practi[cs]e|training|drills?|exercises?|workout|session)\b)",
    ),
    _anchor(
        "coach:plan", 4.5,
        r"\b(?:get|make|have) me (?:ready|fit|in shape|prepared) (?:for|by|until|before|in)\b|\b(?:is|are) (?:\w+ )?(?:weeks|months) (?:off|away)\b.{0,30}\b(?:ready|prepare|plan|train)\w*\b",
        rf"{_OF_TRAINING}\b(?:plan|program(?:me)?|schedule|course|regimen|training|train|practi[cs]e|ready)\b.{{0,60}}\b{_SPAN}\b",
        rf"{_OF_TRAINING}\b{_SPAN}(?:'s|s')?\s+(?:\w+\s+){{0,3}}(?:plan|program(?:me)?|schedule|course|regimen|training|practice)\b",
        rf"^(?:please |now |and |can you |could you )*plan (?:me )?{_SPAN}\b(?! (?:in|at|of (?!training|practice))\b)",
        rf"{_OF_TRAINING}\b(?:training (?:plan|program(?:me)?|schedule)s?|week by week|multi-week|weekly (?:plan|schedule))\b",
    ),
    _anchor(
        "coach:quiz", 4.0,
        r"^(?:please |now |and |then |can you |could you |would you )*(?:quiz|test|examine|grill) me(?: now| again| please)?\W*$",
        r"\b(?:check|find out|see|test|prove) (?:what|whether|if|how much|how well) i (?:know|remember|have learn)\w*\b|\bi want to be (?:quizzed|questioned|examined|tested|asked)\b",
        rf"\b(?:quiz(?:zed)?|test|examine|grill)\b.{{0,40}}\b(?:{_ARMS}|it|them|drills?|manuals?|guides?|oiling|sharpening|maintenance|care|safety|footwork|breathing)\b",
        rf"\bask me\b.{{0,30}}\b(?:about|on)\b.{{0,30}}\b(?:{_ARMS}|it|them|drills?|manuals?|guides?|oil\w*|sharpening|maintenance|care|safety|footwork|breathing)\b",
    ),
    _anchor("thanks", 3.0, r"^(?:(?:ok|okay|great|perfect|many|wonderful|lovely|cool|and|well|oh)[, ]+)*(?:thanks?|thank you|thx|cheers|much appreciated)\b(?!.*\?)",
            r"^(?:good ?night|good ?bye|bye|see you|farewell|take care)\b(?:[\s,]+(?:coach|sensei|friend|mate|then|tomorrow|later|soon|all|everyone|and|bye|now))*\W*$"),
    _anchor("greeting", 3.0, r"^(?:hi+|hey+|hello+|hallo|howdy|greetings|good (?:morning|evening|afternoon|day)|konnichiwa|konbanwa|hiya|what's (?:up|new))(?:[\s,]+(?:there|coach|sensei|all|everyone|again|hashiramart|my|old|friend|mate|to|you))*\W*$"),
    _anchor(
        "help", 3.0,
        r"^(?:so\s+)?what (?:can|could|do) you (?:do|offer|help)(?: for me| with)?\W*$|^help\W*$|\bhow (?:does|do) (?:this|it|the) (?:work|shop work|chat work)\W*$|\bwhat can i (?:ask|do here)\b|"
        r"\bhow (?:do|can|should|would|does) (?:i|one|we|anyone) use (?:this|the) (?:thing|app|shop|chat|site|page|place)\b|\bwhat (?:can|could|do) you help (?:me|us|one) with\b|\b(?:no idea|don't know|not sure) how (?:this|it all|the shop|the chat) works\b|"
        r"\bwho are you\b|\bwhat are you(?: able| capable)?\b",
    ),
)  # fmt: skip


def votes(clause: str) -> dict[str, float]:
    """Weight by label for every anchor that fits ``clause``; empty when none does."""
    found: dict[str, float] = {}
    for anchor in ANCHORS:
        if anchor.weight > found.get(anchor.label, 0.0) and anchor.pattern.search(clause):
            found[anchor.label] = anchor.weight
    return found
