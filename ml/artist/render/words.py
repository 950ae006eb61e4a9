"""The words for what a portrait can show; the first of each choice is the one that the product uses."""

from __future__ import annotations

WEAPON_WORDS = {
    "katana": ("katana", "long sword, a katana", "curved sword, a katana"),
    "nodachi": ("nodachi", "huge nodachi", "very long nodachi"),
    "wakizashi": ("wakizashi", "short wakizashi", "short sword, a wakizashi"),
    "twin blades": ("twin blades", "twin blades, one in each hand", "pair of twin blades"),
    "whip sword": ("whip sword", "segmented whip sword", "whip sword in its coils"),
    "spear": ("spear", "long spear", "spear with a tassel"),
    "naginata": ("naginata", "long naginata", "naginata with its curved blade"),
    "staff": ("staff", "long staff", "wooden staff"),
    "scythe": ("scythe", "big scythe", "war scythe"),
    "axe": ("axe", "heavy axe", "battle axe"),
    "kanabo": ("kanabo", "spiked kanabo", "studded club, a kanabo"),
    "bow": ("bow", "longbow", "bow and arrow"),
    "chain flail": ("chain flail", "spiked ball on a chain, a chain flail", "heavy chain flail"),
    "kusarigama": ("kusarigama", "kusarigama, sickle and chain", "sickle and chain, a kusarigama"),
    "sai": ("sai", "pair of sai", "two sai"),
    "tonfa": ("tonfa", "pair of tonfa", "two tonfa"),
    "war fans": ("war fans", "pair of war fans", "open war fans"),
}

PLURAL = frozenset({"twin blades", "sai", "tonfa", "war fans"})

STYLE_WORDS = {
    "Water": ("ribbons of water", "flowing waves", "swirling water"),
    "Flame": ("flames", "roaring fire", "burning flames all around"),
    "Thunder": ("lightning", "zigzag lightning bolts", "crackling thunderbolts"),
    "Wind": ("gusts of wind", "swirling green wind", "crescents of wind"),
    "Stone": ("rocks", "flying boulders", "shattered stone"),
    "Mist": ("mist", "banks of fog", "drifting mist"),
    "Serpent": ("a purple serpent", "a coiling snake", "a great serpent"),
    "Love": ("hearts", "pink hearts and ribbons", "floating hearts"),
    "Insect": ("butterflies", "purple butterflies", "a swarm of butterflies"),
    "Flower": ("flowers", "blossoms and petals", "a wreath of flowers"),
    "Sound": ("rings of sound", "sound waves and notes", "ringing sound waves"),
    "Beast": ("claw marks", "slashing claws", "beast fangs and claws"),
    "Moon": ("moon crescents", "crescent moons", "crescent blades of moonlight"),
    "Sun": ("sun rays", "a blazing sun", "a burning sun disc"),
}

SCENE_WORDS = {
    "temple": (
        "at a temple",
        "in front of a temple",
        "at the old shrine",
        "by the temple gate",
        "in the temple yard",
        "at a dojo",
        "before a pagoda",
    ),
    "bamboo grove": ("in a bamboo grove", "in a bamboo forest", "among the bamboo", "in a forest", "in the woods"),
    "snow": (
        "in the snow",
        "on a snowy field",
        "in a snowy forest",
        "in winter snow",
        "in a snowstorm",
        "with snow",
        "on the ice",
        "in winter",
    ),
    "sunset": (
        "at sunset",
        "at dusk",
        "in the evening light",
        "against a red sunset",
        "at dawn",
        "at sunrise",
        "in the evening",
    ),
    "rain": (
        "in the rain",
        "in heavy rain",
        "with rain",
        "in a rainstorm",
        "in a storm",
        "with heavy rain",
        "in stormy weather",
    ),
    "full moon": (
        "under a full moon",
        "under the full moon",
        "in the moonlight",
        "under the moon",
        "in a moonlit night",
        "with a big moon",
    ),
    "waterfall": (
        "by a waterfall",
        "in front of a waterfall",
        "under a waterfall",
        "at a river",
        "by a lake",
        "by the water",
    ),
    "cherry blossoms": (
        "under cherry blossoms",
        "among cherry trees",
        "under sakura trees",
        "in spring",
        "in a garden",
        "with cherry blossoms",
    ),
    "village street": (
        "on a village street",
        "in a village",
        "in the town street",
        "between lantern-lit houses",
        "in the city",
        "in a market",
        "among old houses",
    ),
    "mountains": (
        "in the mountains",
        "on a mountain",
        "before snowy peaks",
        "in the hills",
        "on a cliff",
        "on a mountain top",
        "above a valley",
    ),
    "autumn maples": (
        "among autumn maples",
        "in autumn",
        "under red maple leaves",
        "in an autumn forest",
        "among falling leaves",
    ),
    "wisteria": ("under wisteria", "among wisteria flowers", "under hanging wisteria", "with purple wisteria"),
    "seashore": ("on the seashore", "by the sea", "on the beach", "by the ocean", "at the sea", "by the waves"),
    "plain backdrop": ("on a plain backdrop", "plain background", "on a plain wall"),
}

POSE_WORDS = {
    "standing calm": ("standing calm", "standing", "standing still"),
    "guard": ("in a guard stance", "on guard", "in a fighting stance"),
    "high strike": ("high strike", "striking from above", "weapon raised high"),
    "thrust": ("thrusting forward", "lunging", "in a deep lunge"),
    "sweep": ("a low sweep", "sweeping low", "in a wide sweep"),
    "leaping": ("leaping", "jumping", "in mid-air"),
    "kneeling": ("kneeling", "on one knee", "kneeling down"),
    "running": ("running", "charging", "dashing forward"),
}

CUT_WORDS = {
    "short": ("short {} hair", "{} hair"),
    "spiky": ("spiky {} hair", "wild {} hair"),
    "ponytail": ("{} hair in a ponytail", "a {} ponytail"),
    "long": ("long {} hair", "long flowing {} hair"),
    "bob": ("{} hair in a bob", "a {} bob"),
    "bun": ("{} hair in a bun", "a {} bun"),
    "braid": ("{} hair in a braid", "a long {} braid"),
}

PATTERN_WORDS = {
    "plain": ("a plain {} haori", "a {} haori"),
    "checks": ("a {} checked haori", "a {} haori with checks"),
    "waves": ("a {} haori with waves", "a {} wave-patterned haori"),
    "flames": ("a {} haori with flames", "a {} flame-patterned haori"),
    "triangles": ("a {} haori with triangles", "a {} triangle-patterned haori"),
    "stripes": ("a {} striped haori", "a {} haori with stripes"),
    "half-and-half": ("a half-and-half {} haori", "a half {} haori"),
}

NIGHT_WORDS = (
    "at night",
    "by night",
    "dark night",
    "in the dark",
    "late at night",
    "under the stars",
    "dark",
    "in a dark night",
    "at midnight",
)

DAY_WORDS = ("by day", "in daylight", "in the morning", "on a bright day", "at noon")

WHO = ("a demon slayer", "a slayer", "a demon slayer", "one slayer", "me", "the slayer")

NAMES = (
    "Kaede", "Ren", "Haruto", "Yuki", "Akira", "Sora", "Mika", "Hana", "Takeshi", "Aoi", "Kenji", "Sakura", "Nao", "Daichi",
    "Emi", "Ryo", "Alex", "Sam", "Maria", "Lena", "Tom", "Nina", "Omar", "Priya",
)  # fmt: skip

BLADE_NAMES = (
    "Tidebreaker", "Emberline", "Stormcall", "Heron", "Lantern", "Frost Lotus", "Night Bell", "Anvilfall", "Iron Maple",
    "Gale Crescent", "Dawnwheel", "Drizzle", "Harvest", "Kestrel", "Moonlit", "Quiet River", "Red Pine", "Silver Fang",
)  # fmt: skip
