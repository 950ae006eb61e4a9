"""The corpus itself: every weapon has a manual of its own that parses, agrees with the catalogue and copies nobody."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from hashiramart.seed import SeedWeapon, style_names, weapons
from knowledge import parts
from knowledge.corpus import Document, corpus_root, read_document
from knowledge.split import Passage, split
from knowledge.words import sentences, words

SECTIONS = ["Overview", "Handling", "Drills", "Maintenance", "Safety", "Troubleshooting", "Accessories"]
GUIDES = {
    "breathing-warmups",
    "conditioning",
    "etiquette",
    "footwork",
    "injuries-and-rest",
    "mindset",
    "quotes",
    "storage-and-transport",
}
SHARED_AT_MOST = 0.05

SLUGS = [weapon.slug for weapon in weapons()]
CATALOGUE = {weapon.slug: weapon for weapon in weapons()}


def manual(slug: str) -> Document:
    return read_document(corpus_root() / "manuals" / f"{slug}.md", corpus_root())


def under(slug: str, section: str, part: str | None = None) -> list[Passage]:
    return [p for p in split(manual(slug)) if p.section == section and (part is None or p.name == part)]


def drills(passages: list[Passage]) -> list[parts.Drill]:
    read = [parts.drill(passage) for passage in passages]
    assert all(read), [passage.heading for passage, drill in zip(passages, read, strict=True) if drill is None]
    return [drill for drill in read if drill]


def test_every_weapon_has_a_manual_and_every_manual_a_weapon() -> None:
    assert {path.stem for path in (corpus_root() / "manuals").glob("*.md")} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_front_matter_agrees_with_the_catalogue(slug: str) -> None:
    weapon: SeedWeapon = CATALOGUE[slug]
    assert manual(slug).front == {
        "weapon": slug,
        "name": weapon.name,
        "type": weapon.type,
        "weight_kg": weapon.weight,
        "rarity": weapon.rarity,
        "styles": list(weapon.styles),
    }
    assert manual(slug).text.startswith(f"# {weapon.name}\n")


@pytest.mark.parametrize("slug", SLUGS)
def test_it_has_the_seven_sections_in_order(slug: str) -> None:
    assert re.findall(r"^## (.+)$", manual(slug).text, re.MULTILINE) == SECTIONS


@pytest.mark.parametrize("slug", SLUGS)
def test_every_weight_in_kilograms_of_the_arm_is_the_catalogues(slug: str) -> None:
    text = manual(slug).text
    own = f"{CATALOGUE[slug].weight:.2f}"
    assert f"{own} kg" in text, "the weight is not mentioned"
    named = {float(figure) for figure in re.findall(r"(\d+(?:\.\d+)?) ?(?:kg\b|kilogram)", text)}
    assert named == {CATALOGUE[slug].weight}


@pytest.mark.parametrize("slug", SLUGS)
def test_its_drills_parse_last_different_times_and_serve_its_styles(slug: str) -> None:
    found = drills(under(slug, "Drills"))
    minutes = [drill.minutes for drill in found]
    assert len(found) >= 4
    assert min(minutes) <= 5
    assert 10 in minutes
    assert {15, 20} & set(minutes)
    assert len({drill.name for drill in found}) == len(found)
    assert all(3 <= len(drill.steps) <= 6 for drill in found)
    styles = {style for drill in found for style in drill.styles}
    assert styles <= set(style_names())
    assert set(CATALOGUE[slug].styles) <= styles


@pytest.mark.parametrize("slug", SLUGS)
def test_its_care_has_intervals_materials_and_steps(slug: str) -> None:
    assert [passage.name for passage in under(slug, "Maintenance")] == ["Intervals", "Materials", "Steps"]
    intervals = [line for passage in under(slug, "Maintenance", "Intervals") for line in parts.intervals(passage)]
    materials = [item for passage in under(slug, "Maintenance", "Materials") for item in parts.bullets(passage.text)]
    steps = [step for passage in under(slug, "Maintenance", "Steps") for step in parts.steps(passage.text)]
    assert len(intervals) >= 4
    assert all(line.do.endswith(".") for line in intervals)
    assert len(materials) >= 4
    assert 5 <= len(steps) <= 8


@pytest.mark.parametrize("slug", SLUGS)
def test_its_problems_have_a_cause_and_a_fix(slug: str) -> None:
    passages = under(slug, "Troubleshooting")
    assert len(passages) >= 4
    assert all(parts.problem(passage) for passage in passages)


@pytest.mark.parametrize("slug", SLUGS)
def test_its_safety_rules_and_accessories_parse(slug: str) -> None:
    rules = [rule for passage in under(slug, "Safety") for rule in parts.bullets(passage.text)]
    things = [thing for passage in under(slug, "Accessories") for thing in parts.accessories(passage)]
    assert 4 <= len(rules) <= 7
    assert 3 <= len(things) <= 5


@pytest.mark.parametrize("slug", SLUGS)
def test_its_handling_speaks_to_beginners_and_to_each_of_its_styles(slug: str) -> None:
    passages = under(slug, "Handling")
    said = [sentence for passage in passages for sentence in sentences(passage.text)]
    assert len(passages) >= 2
    assert any(parts.for_beginners(sentence) for sentence in said)
    missing = [style for style in CATALOGUE[slug].styles if not any(f"{style} " in sentence for sentence in said)]
    assert not missing


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_a_manual_and_not_a_note_and_plain_text(slug: str) -> None:
    text = manual(slug).text
    assert 700 <= len(text.split()) <= 1400
    assert not re.search(r"[\u2013\u2014]|<[a-z/]+>|\]\(|!\[|^\|", text, re.MULTILINE)


def test_no_two_manuals_share_more_than_a_twentieth_of_their_sentences() -> None:
    said = {slug: _sentences(manual(slug)) for slug in SLUGS}
    shares = sorted(
        (
            (
                len(said[one] & said[two]) / min(len(said[one]), len(said[two])),
                one,
                two,
                sorted(said[one] & said[two])[:3],
            )
            for one, two in combinations(SLUGS, 2)
        ),
        reverse=True,
    )
    worst = shares[0]
    over = [f"{share:.1%} {one} and {two}: {same}" for share, one, two, same in shares if share > SHARED_AT_MOST]
    assert not over, f"{len(over)} pairs share over {SHARED_AT_MOST:.0%}; the worst is {worst[0]:.1%}:\n" + "\n".join(
        over
    )


def test_a_manual_copied_with_the_name_changed_would_be_caught() -> None:
    """The measure above must not be blind: the same text under another weapon's name counts as shared."""
    one = manual(SLUGS[0])
    copied = one.text.replace(CATALOGUE[SLUGS[0]].name, "Other Katana")
    original = _sentences(one)
    copy = {" ".join(words(sentence)) for sentence in sentences(copied)}
    assert len(original & copy) / len(original) > 0.8


@pytest.mark.parametrize("guide", sorted(GUIDES))
def test_a_guide_parses(guide: str) -> None:
    document = read_document(corpus_root() / "guides" / f"{guide}.md", corpus_root())
    passages = split(document)
    assert document.front["guide"] == guide
    assert document.title == document.front["title"]
    assert document.weapon is None
    assert len({passage.section for passage in passages}) >= 4
    found = drills([passage for passage in passages if "**Minutes:**" in passage.text])
    assert {style for drill in found for style in drill.styles} <= set(style_names())


def test_the_guides_are_these() -> None:
    assert {path.stem for path in (corpus_root() / "guides").glob("*.md")} == GUIDES


def test_there_is_a_warm_up_for_every_style() -> None:
    document = read_document(corpus_root() / "guides" / "breathing-warmups.md", corpus_root())
    found = drills([passage for passage in split(document) if "**Minutes:**" in passage.text])
    assert set(style_names()) <= {style for drill in found for style in drill.styles}


def test_there_are_quotes_for_several_moods_each_said_by_someone() -> None:
    passages = split(read_document(corpus_root() / "guides" / "quotes.md", corpus_root()))
    found = [quote for passage in passages for quote in parts.quotes(passage)]
    lines = sum(len(parts.bullets(passage.text)) for passage in passages)
    assert len(found) == lines >= 24
    assert len({quote.text for quote in found}) == len(found)
    assert len({quote.mood for quote in found}) >= 4
    assert all(quote.author for quote in found)


def _sentences(document: Document) -> set[str]:
    """What a manual says, without case, punctuation and the lines that every drill has."""
    plain = {" ".join(words(sentence)) for sentence in sentences(document.text) if not sentence.startswith("Minutes:")}
    headings = {" ".join(words(heading)) for heading in re.findall(r"^#+ (.+)$", document.text, re.MULTILINE)}
    return {sentence for sentence in plain - headings if len(sentence.split()) >= 3}
