"""Splitting documents into passages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.corpus import Document, corpus_paths, corpus_root, read_document
from knowledge.embed import Embedder
from knowledge.reading import find_files
from knowledge.split import Passage, estimate_tokens, split
from knowledge.words import words


def document(text: str) -> Document:
    return Document("manuals/a.md", "A", "a", "axe", text, "0" * 64)


def test_each_heading_gives_a_passage_with_its_path_in_document_order(corpus: Path) -> None:
    passages = split(read_document(corpus / "manuals" / "ash-spear.md", corpus))
    assert [passage.heading for passage in passages] == [
        "Overview",
        "Drills > Reed count",
        "Maintenance > Intervals",
        "Maintenance > Steps",
    ]
    assert [passage.section for passage in passages] == ["Overview", "Drills", "Maintenance", "Maintenance"]
    assert [passage.position for passage in passages] == [0, 1, 2, 3]
    assert len({passage.id for passage in passages}) == 4


def test_the_embedded_text_says_which_weapon_and_section_it_is_from(corpus: Path) -> None:
    steps = split(read_document(corpus / "manuals" / "ash-spear.md", corpus))[-1]
    assert steps.embedded_text.startswith("Ash Spear (spear): Maintenance > Steps\n")
    assert "linseed" in steps.embedded_text


def test_long_prose_is_cut_between_paragraphs_first() -> None:
    first, second = "One two three. " * 20, "Four five six. " * 20
    passages = split(document(f"# A\n\n## S\n{first.strip()}\n\n{second.strip()}\n"), limit=110)
    assert [passage.text for passage in passages] == [first.strip(), second.strip()]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    passages = split(document("# A\n\n## S\n" + "Seven words stand in this short sentence. " * 40), limit=80)
    assert len(passages) > 3
    assert all(passage.text.endswith("sentence.") for passage in passages)
    assert all(estimate_tokens(passage.embedded_text) <= 100 for passage in passages)


@pytest.mark.parametrize(
    "item", ["- A line of a list that is rather long.\n", "1. A step that is rather long.\n", "| a | b |\n", "> said\n"]
)
def test_a_list_a_table_and_a_quotation_are_never_cut(item: str) -> None:
    whole = (item * 60).strip()
    passages = split(document(f"# A\n\n## S\nBefore it.\n\n{whole}\n\nAfter it.\n"), limit=64)
    assert sum(whole in passage.text for passage in passages) == 1


def test_a_list_with_blank_lines_between_its_items_stays_whole() -> None:
    passages = split(
        document("# A\n\n## S\n" + "\n\n".join(f"{n}. Step number {n} of many." for n in range(1, 40))), limit=64
    )
    assert len(passages) == 1


def test_everything_under_a_drill_or_a_problem_stays_whole() -> None:
    body = "**Cause:** " + "Long words. " * 100 + "\n\n**Fix:** " + "Longer words. " * 100
    assert len(split(document(f"# A\n\n## Troubleshooting\n### It rattles\n{body}\n"), limit=64)) == 1
    drill = "**Minutes:** 5 · **Focus:** x · **Styles:** any\n\n" + "Prose. " * 200
    assert len(split(document(f"# A\n\n## Calm routines\n### Cup\n{drill}\n"), limit=64)) == 1


def test_a_hash_inside_a_code_fence_is_no_heading() -> None:
    passages = split(document("# A\n\n## S\n```\n# not a heading\n```\n"))
    assert [passage.heading for passage in passages] == ["S"]


def test_text_before_any_section_belongs_to_the_title() -> None:
    assert [(p.section, p.text) for p in split(document("# A\n\nHello there.\n"))] == [("A", "Hello there.")]


@given(
    st.lists(
        st.sampled_from(
            [
                "## One",
                "### Two",
                "- an item of a list",
                "3. a step",
                "Some prose here. And more.",
                "",
                "> quoted",
                "| a |",
            ]
        ),
        max_size=40,
    )
)
def test_no_word_is_lost_or_doubled(lines: list[str]) -> None:
    text = "# A\n" + "\n".join(lines)
    kept = [word for passage in split(document(text), limit=48) for word in words(passage.text)]
    assert kept == words("\n".join(line for line in lines if not line.startswith("#")))


def test_a_list_that_follows_prose_without_a_blank_line_stays_whole() -> None:
    body = "Some prose here. And more.\n" + "- an item of a list\n" * 4 + "3. a step"
    assert [passage.text for passage in split(document(f"# A\n{body}"), limit=48)] == [body]


@pytest.fixture(scope="module")
def passages(embedder: Embedder) -> list[Passage]:
    documents = [read_document(file, corpus_root()) for file in find_files(corpus_paths())[0]]
    return [
        passage for one in documents for passage in split(one, count=embedder.count_tokens, limit=embedder.max_tokens)
    ]


def test_every_passage_of_the_corpus_fits_the_embedding_model(passages: list[Passage], embedder: Embedder) -> None:
    over = {p.id: size for p in passages if (size := embedder.count_tokens(p.embedded_text)) > embedder.max_tokens}
    assert not over
