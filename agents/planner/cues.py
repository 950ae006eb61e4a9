"""Lexical cues of a clause: short yes/no questions whose answers stand beside the sentence embedding.

An embedding knows that "oil" and "grease" are alike; it does not know that a number of minutes with "I trained" is a report.
Each cue is a name and a pattern; their names are stored with the model, which is only valid for the same ones.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

# Things of the ordinary world: "how do I sharpen a pencil" is no question for the Coach.
_EVERYDAY = (
    r"\b(?:"
    "pencils?|laptops?|computers?|phones?|iphone|printers?|wifi|internet|website|software|windows|excel|python|java|code|program(?:ming)?|bug|email|gmail|"
    "kitchen|knife|knives|cast iron|pan|pot|oven|fridge|washing machine|dishwasher|recipe|bread|pasta|ramen|pizza|sushi|cake|coffee|tea|wine|beer|milk|rice|fish|egg|eggs|"
    "onions?|garlic|tomato\\w*|apple|fruit|vegetables?|calories|diet|weight loss|restaurants?|hotel|flights?|airport|train (?:to|delayed|timetable)|taxi|bus|"
    "car|cars|tyres?|bicycle|bike|motor|engine|movies?|films?|series|netflix|tv|television|song|music|guitar|piano|podcast|book(?: me)? a|novel|essay|homework|"
    "poem|haiku|joke|riddle|story|weather|forecast|news|politic\\w*|president|election|government|stocks|stock market|shares|bitcoin|fund|invest\\w*|bank|loan|taxes|salary|"
    "dogs?|cats?|kittens?|parrot|hamster|horse|dinosaurs?|elephant|plants?|flowers?|garden|weeds|house|bathroom|carpet|sheets|shirt|dress|shoes|hair|skin|face|"
    "teeth|tooth|dentist|doctor|medicine|vaccine|flu|aspirin|girlfriend|boyfriend|wife|husband|wedding|birthday|christmas|holiday|party|passport|visa|"
    "capital of|population|history of|planet|earth|sky|quantum|physics|chemistry|math\\w*|equation|square root|multiply|translate|grammar|spell|football|soccer|"
    "baseball|cricket|chess|league|olympics|world cup|lottery|video game|dark souls|naruto|goku|one piece|anime|episode|season|cover letter|cv|resume|boss|office|meeting|appointment|"
    "gym|abs|belly|yoga|insurance|haircut|exams?|credit score|horoscope|traffic|shakespeare|android|phone|puppy|toaster|sofa|glasses|carpet|scissors|"
    "sewing|shopping|milk|eggs|cards|poker|pokemon|nails|fingernails|university|job|flat|rent|baby|toothbrush|abdominal|marathon|query|regex|spaceship|"
    "necklace|bracelet|tickets?|cinema|concert|painkillers?|google|facebook|instagram|youtube|browser|keyboard|mouse|"
    "fence|sink|bathtub|tap|pipe|roof|curtains?|furniture|mattress|pillow|lawn|balcony|airline|landlord|planets|greeting card|spoon|fork|kettle|microwave|"
    "blanket|umbrella|bathroom|toilet|"
    "bleach|detergent|laundry|radiator|boiler|heating|ladder|screwdriver set|drill bit|wallpaper paste|tiles?|cupboard|wardrobe|armchair|vacuum|hoover|iron my|ironing|candles?|"
    "butter|cheese|potato(?:es)?|carrots?|basil|herbs|spices|sugar|flour|salad|soup|sandwich|burgers?|steak|chicken|dessert|chocolate|cocktails?|vodka|rum|juice|lemonade|breakfast cereal|"
    "mortgage|landlady|tenant|pension|invoice|receipts? for tax|tax(?:es)?|deduct\\w*|lawyers?|lawsuit|contract law|parliament|prime minister|minister|senate|stock exchange|economy|inflation|"
    "algebra|geometry|calculus|derivative|integral|photosynthesis|biology|geography|continents?|philosoph\\w+|noun|verbs|adjective|homework|thesis|dictionary|french|spanish|german|italian|latin|"
    "laptop|tablet|router|modem|console|playstation|xbox|nintendo|app store|linux|macos|screenshot|spreadsheet|database schema|docker|javascript|compiler|segmentation fault|tcp|udp|server rack|gpu|cpu|"
    "camera|headphones|speakers?|drone|watch battery|charger|novels?|thriller|sitcom|actor|actress|singer|band|album|lyrics|festival tickets|theatre|opera|ballet|violin|ukulele|drums? kit|"
    "tennis|golf|basketball|hockey|volleyball|rugby|formula one|goalkeeper|raffle|casino|roulette|knit(?:ting)?|crochet|scarf|sweater|jacket|jeans|sneakers|hiking boots|perfume|deodorant|lipstick|"
    "hostel|motorway|highway|ferry|cruise|suitcase|luggage|embassy|vaccinations?|beach holiday|ski|skiing|camping|backpacking|parking|petrol|gearbox|brakes of my|scooter|subway|tram|"
    "pregnan\\w+|toddler|kindergarten|nursery|school bus|teenager|grandson|niece|nephew|cousin is|divorce|dating|valentine|lover|funeral|baptism|goldfish|rabbit|guinea pig|hamster|horses?|cow|goat|"
    "caf\\u00e9|bakery|supermarket|hairdresser|plumber|electrician|customer|colleague|salary|resignation|job interview|linkedin|twitter|tiktok|eiffel|pyramids?|astronaut|rocket|galaxy|dinosaur|"
    "alarm|timer|lights?|parcel|keys|wallet|neighbou?rs?|museum|euros?|dollars?|kilometres|miles"
    r")\b"
)
_CUES: dict[str, str] = {
    "minutes": r"\b(?:\d+|an?|half|one|two|three|quarter|full|whole|[a-z]+ty|ten|fifteen)[\s-]*(?:an?\s+)?(?:hours?|hrs?|h|minutes?|mins?|min)\b",
    "coins": r"\bcoins?\b|\bgold\b|\bbudget\b|\bcheap(?:er|est)?\b|\bexpensive\b|\bafford\b|\bprice\b|\bcosts?\b|\bspend\b|\bdeals?\b|\bdear\b",
    "under_number": r"\b(?:under|below|between|less than|up to|around|max|at most|above|over)\s+\d+",
    "type": r"\b(?:katanas?|wakizashis?|nodachis?|twin blades|whip swords?|spears?|naginatas?|scythes?|war fans|kusarigamas?|tonfas?|"
    r"flails?|axes?|bows?|kanabos?|staff|staves|sai|polearms?|clubs?)\b",
    "arms": r"\b(?:weapons?|blades?|swords?|arms?|steel|edge|string|shaft|chain|handle|hilt|scabbard|sheath)\b",
    "it": r"\b(?:it|its|them|that one|this one|that|these|those)\b",
    "first_person_past": r"^(?:(?:hey|ok|so|today|yesterday|tonight|just)[, ]+)*(?:i|we)(?:'ve|'d| have| just| also)*\s+(?:\w+ed|won|lost|beat|fought|"
    r"did|slew|spent|was|were|went|took|got|had)\b",
    "bare_past": r"^(?:just\s+|today\s+)?(?:won|lost|beat|defeated|killed|slew|trained|practi[sc]ed|finished|fought|spent|done)\b",
    "won": r"\b(?:won|wins?|victor(?:y|ies)|victorious|beat|defeated|slew|slain|killed|triumph(?:ed)?|took down|cut down|on top)\b",
    "lost": r"\b(?:lost|loss(?:es)?|lose|losing|defeats?|beaten|was defeated|got away|kicked|didn't win)\b",
    "fight": r"\b(?:battles?|fights?|fought|duels?|demons?|moon|enem(?:y|ies))\b",
    "trained": r"\b(?:trained|practi[sc]ed|drilled|worked out|was training|been (?:training|drilling)|sparred|swung)\b",
    "training": r"\b(?:training|practi[cs]e|session|workout|drills?|exercises?|dojo)\b",
    "log": r"\b(?:log|record|register|note|track|enter|add|mark|count|report|write|put|save|credit|tick|book)\b",
    "login": r"\b(?:log-?in|check(?:ed|s)?[\s-]?(?:me\s+)?in|check-?in|attendance|daily (?:bonus|reward|visit)|present|punch)\b",
    "points": r"\b(?:points?|rank(?!\s+(?:the|them))|ranks|streak|score|progress|standing|status|badges?|leaderboard|balance|totals?|nichirin)\b",
    "how_many": r"\bhow (?:many|much|far|close)\b",
    "how_often": r"\b(?:how (?:often|frequently|regularly|soon|long)|how many (?:times|days|weeks|months|fights)|intervals?|weekly|monthly|yearly|"
    r"every (?:day|week|month|year|fight|how)|each (?:day|week|month)|when (?:do|should|must|to|is|does)|once a|times a|schedule)\b",
    "how": r"^(?:and\s+|but\s+|so\s+)?(?:how|tell me how|show me how|explain how|teach me how)\b",
    "what": r"\bwhat\b",
    "which": r"\bwhich\b",
    "why": r"\bwhy\b|\bexplain why\b|\bhow come\b",
    "is": r"^(?:is|are|am|does|do|can|may|should|would|could|will)\b",
    "recommend": r"\b(?:recommend(?:ation|ed|s)?|suggest(?:ion|ions|s)?|pick|choose|looking for|find me|find|options?|best|suits?|fits?|better|"
    r"strongest|should i (?:buy|get|use|wield|carry|bring|take)|need (?:a|an|some|something)|want (?:a|an|some|something)|show me|do you (?:sell|have)|in stock)\b",
    "buy": r"\b(?:buy|order|orders|purchase|cart|basket|checkout|i'll take|i'll have|sell me|pay)\b",
    "draw": r"\b(?:draw(?:ing)?|paint(?:ing)?|picture|pictures|image|images|portrait|sketch|illustrat\w+|render|photo|avatar|poster|wallpaper|artwork|art|"
    r"look like|i look|see myself|see me|visuali[sz]e|scene|imagine)\b",
    "me": r"\b(?:me|myself|i)\b",
    "teach": r"\b(?:teach|show me how|learn|advice|tips|pointers|coach|technique|moves|fundamentals|basics)\b",
    "hold": r"\b(?:hold(?:ing|s)?|grip(?:ping|s)?|stance|swing(?:ing|s)?|wield(?:ing|ed)?|thrust(?:ing)?|block(?:ing)?|parry(?:ing)?|draw cut|feet|footing|cut(?:s|ting)?|guard|"
    r"strik(?:e|es|ing)|aim(?:ing)?|handle (?:it|them)|handling|use (?:it|them)|spin(?:ning)?|throw(?:ing)?|open (?:it|them)|sheathe)\b",
    "care": r"\b(?:clean(?:s|ed|ing)?|oil\w*|sharpen\w*|maint\w+|look(?:ing)? after|take care|care for|caring|polish\w*|store|rust\w*|wax\w*|dry|upkeep|preserve|blood|rewrap|"
    r"whet\w*|grit|uchiko|cared for|service|hone|honing)\b",
    "routine": r"\b(?:routine|workout|plan|schedule|program(?:me)?|regimen|session|warm-?up)\b",
    "drill": r"\b(?:drills?|exercises?|kata|train (?:my|with)|practi[sc]e)\b",
    "broken": r"\b(?:rattles?|creaks?|loose|crack(?:s|ed)?|bent|chip(?:s|ped)?|stuck|sticks?|wobbl\w+|broke|broken|fray\w*|dull|squeak\w*|peel\w*|wrong|problem|fix|repair|"
    r"won't|doesn't|noise|sound|keeps|stain\w*|spots|vibrat\w+|slip\w*|dent|trouble|mend|twist\w*|buzz\w*|grinding|clicking|fell|came off|off)\b",
    "danger": r"\b(?:safe(?:ty|ly)?|danger\w*|hurt\w*|injur\w+|risk\w*|careful|precautions?|watch out|look out|warn\w*|harm\w*|gloves|go wrong|allowed|kids?|child(?:ren)?)\b",
    "extras": r"\b(?:accessor\w+|extras?|add-?ons?|bag|case|sheath|stand|cover|kit|gear|quiver|strap|belt|goes? (?:well )?with|fits|spare|scabbard)\b",
    "compare": r"\b(?:compar\w+|difference|differ\w*|versus|vs|against|better than|than the|pros and cons|side by side|contrast|stack up|or the|which (?:of|one)|"
    r"lighter|heavier|harder|easier)\b",
    "quote": r"\b(?:quot\w+|motivat\w*|inspir\w+|wisdom|proverb|saying|mantra|pep talk|cheer me|encourag\w+|uplift\w*|courage|pump me)\b",
    "feel": r"\b(?:i feel|i'm (?:too|so|scared|nervous|exhausted|tired|afraid|sad)|i am (?:too|so|scared|nervous|exhausted|tired|afraid)|give up|giving up|don't feel like|never be)\b",
    "about": r"\b(?:about|what is|what's|what are|describe|overview|info|details|history|introduction|heavy is|made of|who is|suitable)\b",
    "body": r"\b(?:breath(?:e|ing)|warm up|footwork|shoulders?|knees?|wrists?|ankle|muscles?|stamina|strength|rest|injury|etiquette|manners|dojo|stretch\w*|sleep|blisters?|legs?|"
    r"balance|demon|fight)\b",
    "attack": r"\b(?:ignore|disregard|forget|bypass|override|jailbreak|disable|pretend|act as|developer mode|system prompt|prompt|instructions|guidelines|restrictions|"
    r"admin(?:istrator)?|password|api key|secrets?|database|sql|select \*|drop table|delete|update \w+ set|accounts?|hack|cheat|steal|sudo|filters?|obey|friend's|"
    r"someone else|other (?:users?|slayers?|people)|without (?:any|fighting|a) (?:battles?)?|for free|unlock|emails?)\b",
    "give_points": r"\b(?:give|grant|award|add|set|credit|raise|make|put|transfer|increase|double|let me have|send)\b.{0,40}\b(?:points?|hashira|rank|coins)\b",
    "violence": r"\b(?:kill (?!a demon|the demon|demons)|murder|poison|bomb|stab|suicide|drugs|kill myself|hurt people)\b",
    "hello": r"^(?:hi+|hey+|hello+|hallo|yo|howdy|greetings|good (?:morning|evening|afternoon|day)|konnichiwa|ohayo|hiya|heya|what's up|sup)\b",
    "thanks": r"\b(?:thanks?|thank you|cheers|thx|ty|appreciat\w+|grateful|arigato|bye|goodbye|good night|see you|perfect|awesome|great|got it|ok|okay)\b",
    "you": r"\b(?:you|your)\b",
    "self": r"^(?:i'm|i am|my|i use|i own|i have|i've got|i've had|i live|i prefer|the user|i just (?:bought|got)|i started|i usually)\b",
    "question_mark": r"\?\s*$",
    "everyday": _EVERYDAY,
    "other": r"\b(?:other|another|else|different|more|again|instead|cheaper|lighter|same)\b",
}
_OURS = re.compile(
    "|".join(_CUES[name] for name in ("type", "arms", "points", "trained"))
    + r"|\b(?:wrapping|scabbards?|tsuba|quivers?|haori|uchiko|corps|whetstone|bowstring|breathing|slayer|hashira|account|house|face|neighbou?rs?|history|email|flowers?|lights?|flat|job|drills?|dojo|slayers?)\b",
    re.IGNORECASE,
)
# Words of ours that are none of ours in this company.
_HOMONYMS = re.compile(
    r"\b(?:violin|cello|hair|gift|ribbon) bows?\b|\bbows? (?:on|for|around|round) (?:an?|the|my|your) (?:present|gift|box|parcel|package|dress|hair)\b|\bspear ?phishing\b|\baxe (?:body|deodorant|spray)\b"
    r"|\btrain(?:ed|ing)?\s+(?:my|our|the|an?)\s+(?:dog|cat|puppy|horse|parrot|model|neural|new employee|colleague|staff)\w*\b|\b(?:the|my) train (?:was|is|were|arrived|leaves|left)\b|\btrain (?:ticket|station|ride|strike)s?\b"
    r"|\b(?:army|military|navy|google|search) rank\w*\b|\brank in the (?:army|navy|military|police)\b|\b(?:razor|shaving|lawn ?mower|mower|jigsaw|chainsaw|ice skate|skate|saw|blender|wiper) blades?\b|\bblades? (?:for|of) (?:my|the|a) (?:lawn|lawn ?mower|mower|jigsaw|chainsaw|razor|blender|saw|skates?)\b"
    r"|\bmy razor\b|\b(?:chain|axe) (?:letter|store|throwing bar)\b|\b(?:arsenal|liverpool|chelsea|barcelona|lakers|yankees)\b",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(_EVERYDAY, re.IGNORECASE)
_ON_EARTH = re.compile(r"\b(?:on earth|in the world|by a hair)\b", re.IGNORECASE)  # "how on earth do you hold one"
CUE_NAMES = (*_CUES, "very_short", "long")
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _CUES.values())
_LOOKED_AT = 600


def cues(clause: str) -> NDArray[np.float32]:
    """The answers for one clause: zeros and ones, shape ``(len(CUE_NAMES),)``."""
    head = clause[:_LOOKED_AT]
    words = len(head.split())
    answers = [pattern.search(head) is not None for pattern in _COMPILED]
    return np.array([*answers, words <= 2, words >= 9], dtype=np.float32)


def is_everyday(clause: str) -> bool:
    """Whether a clause speaks of things of the ordinary world and of nothing that the shop has."""
    head = _ON_EARTH.sub(" ", clause[:_LOOKED_AT])
    return _HOMONYMS.search(head) is not None or (_NOT_OURS.search(head) is not None and _OURS.search(head) is None)
