"""A thesaurus of the trade: words that a slayer and a manual use for the same thing, and words that belong to the same matter."""

from __future__ import annotations

from knowledge.words import stem

# The same thing in other words. A line is one group; a word may stand in several.
_SAME = """
    oil grease lubricate lube
    sharpen hone whet grind strop
    whetstone stone oilstone slipstone
    rust rusty corrode corrosion bloom
    stain spot mark speck fleck smudge
    store storage stow keep
    dry damp moist moisture humid humidity
    wet soak soaked drench damp
    rain downpour drizzle water
    wash clean rinse wipe brush scrub
    dirt dirty mud grime
    rewrap wrap wrapping rebind
    price cost coin pay afford money
    slip slippery slide
    weight weigh heavy heaviness
    wide width broad breadth across
    thick thickness
    long length
    deep depth
    colour color tint hue
    partner opponent buddy friend comrade mate
    opponent enemy foe attacker adversary
    bystander onlooker spectator people audience others watcher
    scabbard sheath saya
    cover mask sheath sleeve cap hood guard protector
    shaft pole haft stave stick
    handle grip hilt haft
    tip point
    wood timber
    steel metal iron
    cloth fabric rag textile
    leather hide rawhide
    string cord rope thread lace band
    bowstring string
    unstring unstrung destring
    glue paste adhesive
    varnish lacquer coat coating paint urushi finish
    resin sap
    sticky tacky gooey gummy stick
    crack split break fracture broken snap splinter
    bend bent crook crooked warp bow curved
    straight straighten
    nick chip notch dent ding
    loose wobble shake play rattle
    stick stuck jam
    sound noise hum buzz ring rattle jingle tick hear click
    hurt injury injure wound pain ache sore
    hit bonk whack bump strike slap knock bang
    fear afraid scared frighten nervous anxious scare
    travel journey road transport trip
    train railway
    rest recover recovery pause
    replace change renew swap exchange
    check inspect examine test look
    tighten tension
    feet foot footwork
    step pace stride
    hand palm fist fingers finger
    belly stomach waist
    child children kid
    beginner recruit novice newcomer newbie rookie starter
    learn practise practice train
    drill exercise
    fight bout battle duel combat
    spar sparring bout partner
    swing whirl spin twirl turn rotate
    cut slice slash stroke
    thrust stab poke lunge jab
    throw cast hurl toss fling
    block parry
    shoot loose fire shot
    draw pull unsheathe
    breath breathe inhale exhale
    space room clearance distance
    calm quiet steady
    silent silence quiet noise
    quick fast speed swift
    summer midsummer
    winter midwinter
    frost ice icy frozen
    dusk evening
    year yearly annual annually
    month monthly
    week weekly
    fortnight fortnightly
    reason cause why because
    improve progress better
    plateau stuck
    lose lost defeat beaten loss fail
    eat meal food
    pulse heart heartbeat
    doctor physician healer
    polite rude manner courtesy etiquette
    fold crease pleat
    tear torn rip split
    poison venom toxin
    smith blacksmith swordsmith
    fire flame brazier
    newspaper paper
    powder dust
    room circle clear
    touch finger fingertips
    tire tired fatigue exhausted weary
    arm forearm
    back spine
    balance balanced
    core centre middle
    stop halt
    aim target mark
    carry bear wear
    style breathing
    slow slowly
    often frequent frequently
    quarter quarterly season
    total overall whole altogether
    made built forged crafted
    hot heat warm
    cold cool frost
    straight straighten bend
    retire discard throw away bin scrap
    unhook free release loosen undo
    remove come off peel strip lift
    roll coil wind curl
    grow growth stretch lengthen
    haggle bargain price
    pop drain
    joke play fun
    bad poor weak
    mend repair fix reglue glue
    laminate laminations laminated
    stud nail spike
    upside nailed
    studded nailed
    market crowd
    elder older senior
    aid bandage
    teach coach advice instruct
    wield use
    near reach
    lend give borrow
    buy choose take
    dye colour
    grey gray
    stripe line streak
    tell show
    moth camphor
    wander drift distract
    pierce thrust
    bruise strain
    shot arrow
    hours hour
    bullseye target
    seam joint
    underneath beneath below under
    forward ahead
"""
# Words of one matter: what a question about the first may be answered with.
_KINDRED = """
    oil choji camellia tsubaki linseed tung neatsfoot lanolin
    sharpen sharp whetstone hone grit stone slipstone strop dull blunt file edge stroke
    rust brown orange verdigris tarnish green
    store rack hang peg shelf
    rewrap silk winding cord
    weight kg light gram pound
    long cm metre reach tall mm
    wide cm mm spread
    thick cm mm diameter thin
    big size cm mm large small
    deep cm metre
    colour red blue black white green yellow grey brown gold silver purple pink
    wood ash oak bamboo maple magnolia zelkova persimmon cedar mulberry jujube plank tree cypress pine
    metal brass bronze copper steel iron
    cloth silk cotton hemp canvas linen
    butt end foot shoe cap pommel ferrule knob
    head tip point spearhead
    river boat water stream ford
    travel boat carry march train bag cart mountain
    hurt burn blister skin strain
    rest deload sleep
    arm elbow wrist shoulder
    leg knee thigh hip
    back hip belt
    beginner below level start
    space far circle metre pace distance
    strong strength power muscle
    calm still relax exhale breathe
    summer season warm hot heat
    winter frost cold ice snow
    morning dawn night evening dusk
    material tool need supply buy kit item
    accessory extra add-on gear equipment
    suit match fit style breathing
    habit daily routine regular
    hand give offer lend pass
    bell jingle ring
    chain link
    fire stove hearth lamp candle burn heat
    powder talc chalk uchiko ash
    paper nuguigami
    wear gloves guard cover sleeve
    loose screw tighten wedge pin peg
    angle degree
    unstring loop slip
    quiver arrow
    glove hand
"""


def _read(groups: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in groups.strip().splitlines():
        group = {stem(word) for word in line.split()}
        for one in group:
            found.setdefault(one, set()).update(group)
    return {one: frozenset(group) for one, group in found.items()}


_SAME_AS = _read(_SAME)
_KIN_OF = _read(_KINDRED)


def same(one: str) -> frozenset[str]:
    """The stems that name the same thing as ``one``, itself included."""
    return _SAME_AS.get(one, frozenset()) | {one}


def kin(one: str) -> frozenset[str]:
    """The stems that count as the same matter as ``one``: those that name the same, and those that answer for it."""
    return same(one) | _KIN_OF.get(one, frozenset())
