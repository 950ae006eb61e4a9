"""What a page keeps from its readers: elements that show no words, and styles that make words invisible."""

from __future__ import annotations

import re

_HIDDEN_NAMES = """
    applet audio canvas datalist dialog embed frame frameset head iframe math noembed noframes noscript object script
    select style svg template textarea title video xmp
"""
_VOID_NAMES = "area base br col embed frame hr img input link meta param source track wbr"
HIDDEN_ELEMENTS = frozenset(_HIDDEN_NAMES.split())
VOID_ELEMENTS = frozenset(_VOID_NAMES.split())

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([a-z][a-z0-9:_-]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""", re.IGNORECASE)
_NUMBER = re.compile(r"(-?\d*\.?\d+)([a-z%]*)")
_WHITE = frozenset({"white", "#fff", "#ffffff", "#ffff", "#ffffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"})
_CLEAR = re.compile(r"transparent|rgba\(.*,0?\.?0+\)|#[0-9a-f]{3}0|#[0-9a-f]{6}00")
_OFFSETS = ("left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top", "margin")
_FAR = 500  # pixels (or em, or percent) outside the page


def hidden_attributes(attributes: str) -> bool:
    """Whether an HTML tag with these attributes ('class="a" hidden') shows nothing to a reader."""
    given = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)}
    return hidden_values(given)


def hidden_values(attributes: dict[str, str]) -> bool:
    """The same for attributes by name, an attribute without a value having an empty one."""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or hidden_style(attributes.get("style", ""))
    )


def hidden_style(style: str) -> bool:
    """Whether CSS declarations ("color: red; display: none") make what they apply to invisible."""
    rules = _rules(style)
    shift = f"{rules.get('transform', '')};{rules.get('translate', '')}"
    return (
        rules.get("display") == "none"
        or rules.get("visibility") in {"hidden", "collapse"}
        or rules.get("content-visibility") == "hidden"
        or _at_most(rules.get("opacity"), 0.05)
        or _at_most(rules.get("font-size"), 1, but=("em", "rem", "%"))
        or _at_most(rules.get("font-size"), 0.1)
        or any(_at_most(rules.get(name), -_FAR) for name in _OFFSETS)
        or any(float(size) <= -_FAR for size, _ in _NUMBER.findall(shift))
        or "scale(0" in shift.replace("scale(0.", "")
        or re.match(r"rect\((?:0|1px|0px|auto)[, ]", rules.get("clip", "")) is not None
        or re.match(r"inset\((?:50|100)%", rules.get("clip-path", "")) is not None
        or (rules.get("overflow") == "hidden" and any(_at_most(rules.get(side), 1) for side in ("width", "height")))
        or _same_colour(rules)
    )


def _rules(style: str) -> dict[str, str]:
    plain = _COMMENT.sub("", style).lower().replace("!important", "")
    pairs = (rule.split(":", 1) for rule in plain.split(";") if ":" in rule)
    return {name.strip(): re.sub(r"\s*,\s*", ",", " ".join(value.split())) for name, value in pairs}


def _at_most(value: str | None, most: float, but: tuple[str, ...] = ()) -> bool:
    match = _NUMBER.match(value or "")
    return match is not None and match.group(2) not in but and float(match.group(1)) <= most


def _same_colour(rules: dict[str, str]) -> bool:
    colour = rules.get("color")
    if colour is None:
        return False
    ground = rules.get("background-color") or rules.get("background") or ""
    if colour in _WHITE:
        return ground in _WHITE | {""}
    return bool(_CLEAR.fullmatch(colour)) or colour == ground
