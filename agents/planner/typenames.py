"""How slayers call weapon types: plurals, other words for a type, and families such as "sword" or "polearm".

Nothing here is a catalogue: a name counts only for the types that the shop really has (see ``Vocabulary``).
"""

from __future__ import annotations

# type -> other names, singular (plurals are derived)
SYNONYMS: dict[str, tuple[str, ...]] = {
    "katana": ("uchigatana",),
    "wakizashi": ("short sword", "shortsword", "kodachi"),
    "nodachi": ("odachi", "great sword", "greatsword", "long sword", "longsword", "two handed sword", "two-handed sword"),
    "twin blades": ("dual blades", "twin swords", "dual swords", "paired blades", "paired swords", "double blades",
                    "double swords", "pair of blades", "pair of swords", "two blades", "two swords"),
    "whip sword": ("whipsword", "whip-sword", "whip blade", "urumi", "sword whip"),
    "spear": ("yari", "lance", "pike"),
    "naginata": ("glaive", "halberd"),
    "scythe": ("reaper",),
    "war fans": ("war fan", "fans", "battle fans", "iron fans", "tessen", "fan"),
    "kusarigama": ("chain sickle", "sickle and chain", "chain and sickle", "kusari-gama"),
    "tonfa": ("tonfas",),
    "chain flail": ("flail", "ball and chain", "chain-flail", "spiked ball"),
    "axe": ("ax", "hatchet", "battle axe", "battleaxe", "war axe"),
    "bow": ("longbow", "shortbow", "yumi", "long bow"),
    "kanabo": ("club", "mace", "tetsubo", "war club", "iron club", "kanabō"),
    "staff": ("bo staff", "quarterstaff", "bo", "bō", "jo", "walking stick"),
    "sai": ("sais",),
}  # fmt: skip

# family name -> types, in the order in which they are listed
FAMILIES: dict[str, tuple[str, ...]] = {
    "blade": ("katana", "wakizashi", "nodachi", "twin blades", "whip sword"),
    "sword": ("katana", "wakizashi", "nodachi", "twin blades", "whip sword"),
    "polearm": ("spear", "naginata", "scythe"),
    "pole arm": ("spear", "naginata", "scythe"),
    "pole weapon": ("spear", "naginata", "scythe"),
    "chain weapon": ("kusarigama", "chain flail"),
    "chain": ("kusarigama", "chain flail"),
    "sickle": ("kusarigama", "scythe"),
    "blunt weapon": ("tonfa", "chain flail", "kanabo", "staff"),
    "something blunt": ("tonfa", "chain flail", "kanabo", "staff"),
    "ranged weapon": ("bow",),
    "long range weapon": ("bow",),
    "dagger": ("wakizashi", "sai"),
    "short blade": ("wakizashi", "sai"),
}

_IRREGULAR = {"staff": ("staffs", "staves"), "quarterstaff": ("quarterstaffs", "quarterstaves")}


def plurals(name: str) -> tuple[str, ...]:
    """Plural spellings of a type name: ``"axe"`` -> ``("axes",)``, ``"ax"`` -> ``("axes",)``."""
    head = name.rsplit(" ", 1)
    last = head[-1]
    if last in _IRREGULAR:
        forms: tuple[str, ...] = _IRREGULAR[last]
    elif last.endswith("s"):
        return ()
    elif last.endswith(("x", "ch", "sh")):
        forms = (last + "es",)
    else:
        forms = (last + "s",)
    return tuple(" ".join([*head[:-1], form]) for form in forms)


def singular_of(name: str) -> str | None:
    """The singular of a type that is named in the plural: ``"twin blades"`` -> ``"twin blade"``; None for others."""
    return name[:-1] if " " in name and name.endswith("s") and not name.endswith("ss") else None
