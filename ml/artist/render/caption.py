"""What a portrait shows, in words: as the product's prompt maker puts it, and as slayers might."""

from __future__ import annotations

from random import Random

from ml.artist.render import words
from ml.artist.render.portrait import Portrait, at_night

_MOST_WORDS = 60


def canonical(portrait: Portrait) -> str:
    """The full form that the product's prompt maker writes: every attribute, the weapon and the style first."""
    return ", ".join(
        [
            "a demon slayer",
            f"{portrait.style} Breathing",
            f"wielding {_article(portrait.weapon, portrait.weapon)}",
            "anime style",
            "cinematic",
            _where(portrait),
            words.POSE_WORDS[portrait.pose][0],
            words.CUT_WORDS[portrait.cut][0].format(portrait.hair),
            words.PATTERN_WORDS[portrait.pattern][0].format(portrait.haori),
            f"{portrait.build} build",
        ]
    )


def caption(portrait: Portrait, seed: int) -> str:
    """A caption in varied words: the weapon always, the style nearly always, the rest as it comes.

    Args:
        portrait: what is drawn.
        seed: which of the many captions.

    Returns:
        One line of at most 60 words.
    """
    rng = Random(f"caption {portrait.seed} {seed}")
    kind = rng.random()
    if kind < 0.12:
        return canonical(portrait)
    if kind < 0.34:
        return _product_like(portrait, rng)
    if kind < 0.48:
        return _curt(portrait, rng)
    return _told(portrait, rng)


def _curt(portrait: Portrait, rng: Random) -> str:
    """Only the weapon and the style, and now and then the place."""
    who = rng.choice(words.WHO)
    style = f"{portrait.style} Breathing" if rng.random() < 0.5 else f"{portrait.style.lower()} breathing"
    text = rng.choice(
        (
            f"{who} with {_weapon(portrait, rng)}, {style}",
            f"{style}, {_weapon(portrait, rng)}",
            f"{who} wielding {_weapon(portrait, rng)}, {style}",
            f"{_weapon(portrait, rng)}, {style}, anime style",
        )
    )
    return f"{text}, {_where(portrait, rng)}" if rng.random() < 0.4 else text


def _product_like(portrait: Portrait, rng: Random) -> str:
    """The prompt maker's order, with a name, the weapon's own name, and some of the rest."""
    parts = [rng.choice(words.NAMES) if rng.random() < 0.5 else "a demon slayer", f"{portrait.style} Breathing"]
    parts.append(f"wielding {_article(portrait.weapon, portrait.weapon)}")
    if rng.random() < 0.5:
        parts.append(f"the {rng.choice(words.BLADE_NAMES)} {portrait.weapon.title()}")
    parts += ["anime style", "cinematic"]
    if rng.random() < 0.75:
        parts.append(_where(portrait, rng))
    if rng.random() < 0.6:
        parts.append(rng.choice(words.POSE_WORDS[portrait.pose]))
    parts += [look for look in _looks(portrait, rng) if rng.random() < 0.5]
    return _bounded(parts)


def _told(portrait: Portrait, rng: Random) -> str:
    """A slayer's own words, in any order."""
    style = rng.choice(words.STYLE_WORDS[portrait.style])
    styles = (
        f"{portrait.style} Breathing",
        f"{portrait.style.lower()} breathing",
        f"{portrait.style.lower()} breathing style",
        f"{portrait.style.lower()} breathing, {style}",
        f"{portrait.style} Breathing with {style}",
        f"surrounded by {style}",
    )
    verb = rng.choice(("with", "wielding", "holding", "swinging", "armed with"))
    parts = [f"{rng.choice(words.WHO)} {verb} {_weapon(portrait, rng)}"]
    if rng.random() < 0.94:
        parts.append(rng.choice(styles))
    rest = [look for look in _looks(portrait, rng) if rng.random() < 0.55]
    if rng.random() < 0.75:
        rest.append(_where(portrait, rng))
    if rng.random() < 0.6:
        rest.append(rng.choice(words.POSE_WORDS[portrait.pose]))
    if rng.random() < 0.3:
        rest.append(rng.choice(("anime style", "anime poster", "vector art", "cinematic")))
    rng.shuffle(rest)
    if rng.random() < 0.3:
        rng.shuffle(parts)
    cut = rng.randint(0, len(rest)) if rng.random() < 0.25 else 0
    return _bounded([*rest[:cut], *parts, *rest[cut:]])


def _looks(portrait: Portrait, rng: Random) -> list[str]:
    hair = rng.choice(words.CUT_WORDS[portrait.cut]).format(portrait.hair)
    haori = rng.choice(words.PATTERN_WORDS[portrait.pattern]).format(portrait.haori)
    return [
        f"with {hair}" if rng.random() < 0.4 else hair,
        f"wearing {haori}" if rng.random() < 0.4 else haori,
        rng.choice((f"{portrait.build} build", f"a {portrait.build} build")),
    ]


def _weapon(portrait: Portrait, rng: Random) -> str:
    choices = words.WEAPON_WORDS[portrait.weapon]
    chosen = choices[0] if rng.random() < 0.6 else rng.choice(choices)
    return _article(chosen, portrait.weapon)


def _article(named: str, weapon: str) -> str:
    """``a katana``, ``an axe``, ``a pair of sai``; no article for what is already many."""
    if weapon in words.PLURAL and not named.startswith("pair"):
        return named
    return f"{'an' if named[0] in 'aeiou' else 'a'} {named}"


def _where(portrait: Portrait, rng: Random | None = None) -> str:
    """The place and, where the scene has both, the time of day; the product's words without chance."""
    choices = words.SCENE_WORDS[portrait.scene]
    place = choices[0] if rng is None else rng.choice(choices)
    if portrait.scene in {"full moon", "sunset", "plain backdrop"}:
        return place
    if at_night(portrait):
        when = words.NIGHT_WORDS[0] if rng is None else rng.choice(words.NIGHT_WORDS)
        return (
            f"{when}, {place}"
            if rng is not None and rng.random() < 0.35
            else f"{place} {when}"
            if " " in when
            else place
        )
    if rng is not None and rng.random() < 0.3:
        return f"{place} {rng.choice(words.DAY_WORDS)}"
    return place


def _bounded(parts: list[str]) -> str:
    """The parts as one line that is not longer than a prompt may be: the last ones go first."""
    kept = list(parts)
    while len(kept) > 2 and len(" ".join(kept).split()) > _MOST_WORDS:
        kept.pop()
    return ", ".join(kept)
