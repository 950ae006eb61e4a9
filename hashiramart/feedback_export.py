"""Feedback taken out of the database, as files that training and the evaluation suites read.

``ratings.jsonl`` has every rated answer, ``preferences.jsonl`` pairs of a better and a worse answer to one question, and
``hard_questions.jsonl`` cases for ``hashira eval coach``. Personal data stays in the database: no line holds an id, a handle or
a name of a slayer. What they write of themselves in their own words cannot be told from a question; comments, which are the
likeliest place for it, come along only when asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlmodel import Session, col

from hashiramart.errors import InvalidInput, Unavailable
from hashiramart.feedback import rating_of
from hashiramart.models import Account, Feedback, Holding, Slayer, Turn, Weapon
from hashiramart.preferences import Asked, Hard, HardQuestions, Pairing, RatedAnswer, normal, rating_line, without_names

_AT_ONCE = 500  # rows in memory
_EARLIER = 4  # messages that a follow-up is taken along with


@dataclass(frozen=True)
class Exported:
    """How many lines each file has."""

    ratings: int
    preferences: int
    hard_questions: int


def export(session: Session, folder: Path, *, since: datetime | None = None, with_comments: bool = False) -> Exported:
    """Write the three files into a folder. Each takes its place when it is whole; the same rows give the same bytes.

    Args:
        session: a transaction of the service role.
        folder: made when it is missing; files of these names in it are replaced.
        since: only what was rated, or not answered, from then on.
        with_comments: write the slayers' comments too.

    Raises:
        InvalidInput: the folder is something else.
        Unavailable: it cannot be written.
    """
    pairing, hard = Pairing(), HardQuestions()

    def ratings() -> Iterator[dict[str, Any]]:
        for row in _rows(session, _rated(since)):
            answer = _answer(row)
            pairing.add(answer)
            if answer.rating == "down":
                for question in answer.questions:
                    hard.disliked(_case(session, row, question))
            yield rating_line(answer, with_comment=with_comments)

    def hard_questions() -> Iterator[dict[str, Any]]:
        for row in _rows(session, _unsaid(since)):
            for question in {each.key: each for each in _questions(row) if not each.found}.values():
                hard.unsaid(_case(session, row, question))
        yield from hard.lines()

    with _replacing(folder, ("ratings.jsonl", "preferences.jsonl", "hard_questions.jsonl")) as (rated, paired, tried):
        return Exported(
            ratings=_write(rated, ratings()),  # which collects what the other two hold
            preferences=_write(paired, pairing.pairs()),
            hard_questions=_write(tried, hard_questions()),
        )


@dataclass(frozen=True)
class Remarked:
    """A rating for somebody who wants a quick look."""

    answer: RatedAnswer
    given_at: datetime


def latest(session: Session, *, limit: int, only_down: bool = False) -> list[Remarked]:
    """The latest ratings, the newest first, without who gave them.

    Args:
        session: a transaction of the service role.
        limit: how many.
        only_down: leave out thumbs up.
    """
    newest = _rated(None).order_by(None).order_by(col(Feedback.given_at).desc(), col(Feedback.turn_id)).limit(limit)
    if only_down:
        newest = newest.where(col(Feedback.rating) < 0)
    return [Remarked(_answer(row), row.given_at) for row in _rows(session, newest)]


def _turns() -> Select[Any]:
    """Turns with what is needed of whoever had them: what to leave out of the texts, and a profile."""
    handles = select(func.array_agg(Account.handle)).where(col(Account.slayer_id) == col(Slayer.id)).scalar_subquery()
    owned = (
        select(func.array_agg(Weapon.slug))
        .join(Holding, col(Holding.weapon_id) == col(Weapon.id))
        .where(col(Holding.slayer_id) == col(Slayer.id))
        .scalar_subquery()
    )
    return select(
        *(col(Turn.thread_id), col(Turn.created_at), col(Turn.message), col(Turn.reply), col(Turn.route)),
        *(col(Turn.citations), col(Turn.engine), col(Turn.trace)),
        *(col(Slayer.name), col(Slayer.breathing_style), col(Slayer.level)),
        *(handles.label("handles"), owned.label("owned")),
    ).join(Slayer, col(Slayer.id) == col(Turn.slayer_id))


def _rated(since: datetime | None) -> Select[Any]:
    found = (
        _turns()
        .add_columns(col(Feedback.rating), col(Feedback.comment), col(Feedback.given_at))
        .join(Feedback, col(Feedback.turn_id) == col(Turn.id))
        .order_by(col(Feedback.given_at), col(Feedback.turn_id))
    )
    return found.where(col(Feedback.given_at) >= since) if since else found


def _unsaid(since: datetime | None) -> Select[Any]:
    found = _turns().where(col(Turn.trace).contains([{"found": False}])).order_by(col(Turn.created_at), col(Turn.id))
    return found.where(col(Turn.created_at) >= since) if since else found


def _rows(session: Session, found: Select[Any]) -> Iterable[Row[Any]]:
    return session.execute(found, execution_options={"yield_per": _AT_ONCE})


def _names(row: Row[Any]) -> list[str]:
    return [row.name, *(row.handles or [])]


def _questions(row: Row[Any]) -> tuple[Asked, ...]:
    """What the Coach was asked in a turn."""
    names = _names(row)
    return tuple(
        Asked(
            question=without_names(each["question"], names),
            asked=without_names(each["asked"], names),
            weapon=each["weapon"],
            intent=each["intent"] or "general",
            found=each["found"],
        )
        for each in row.trace
    )


def _answer(row: Row[Any]) -> RatedAnswer:
    names = _names(row)
    return RatedAnswer(
        rating=rating_of(row.rating),
        message=without_names(row.message, names),
        questions=_questions(row),
        reply=without_names(row.reply, names),
        route=tuple(row.route),
        engine=row.engine,
        passages=tuple({name: each[name] for name in ("source", "section", "text")} for each in row.citations),
        comment=row.comment and without_names(row.comment, names),
    )


def _case(session: Session, row: Row[Any], question: Asked) -> Hard:
    """A question as a case: a message that needs its conversation to be understood comes with what was said before it."""
    profile = {"style": row.breathing_style, "level": row.level, "owned": sorted(row.owned or [])}
    names = _names(row)
    understood_alone = normal(question.asked) == normal(question.question)
    if understood_alone or normal(question.asked) != normal(without_names(row.message, names)):
        return Hard(question, profile)
    before = select(col(Turn.message)).where(
        col(Turn.thread_id) == row.thread_id, col(Turn.created_at) < row.created_at
    )
    messages = session.execute(before.order_by(col(Turn.created_at).desc()).limit(_EARLIER)).scalars()
    return Hard(question, profile, tuple(without_names(each, names) for each in messages)[::-1])


@contextmanager
def _replacing(folder: Path, names: Iterable[str]) -> Iterator[list[Path]]:
    """Files to write beside those of these names, whose place they take when the block ends well."""
    drafts = [folder / f".{name}.part" for name in names]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield drafts
        for draft in drafts:
            draft.replace(folder / draft.name.removeprefix(".").removesuffix(".part"))
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise InvalidInput("out", f"{folder} is no folder that this can be written into.") from error
    except OSError as error:
        raise Unavailable(f"{folder} cannot be written: {error.strerror}.") from error
    finally:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _write(path: Path, lines: Iterable[dict[str, Any]]) -> int:
    """Write JSON lines; how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            text = json.dumps(line, ensure_ascii=False)
            # Inside a line of JSON these two are letters; to some readers of lines they are ends.
            file.write(text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n")
            count += 1
    return count
