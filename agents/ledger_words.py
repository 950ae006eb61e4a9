"""The Quartermaster's words: what the ledger says, in sentences."""

from __future__ import annotations

from hashiramart.blocks import LedgerLine
from hashiramart.events import EventAnswer, Standing
from hashiramart.leaderboard import Board, Window
from tools.quartermaster import Account, Badges, Bought


def account(found: Account) -> str:
    """Standing, streak and the weapons in hand."""
    held = f" In your hands: {', '.join(found.owned)}." if found.owned else ""
    days = "day" if found.standing.streak == 1 else "days"
    return f"{standing(found.standing)} Your login streak is {found.standing.streak} {days}.{held}"


def history(lines: list[LedgerLine]) -> str:
    """The latest movements of points."""
    if not lines:
        return "Your ledger is empty yet: battles won, training and logins fill it."
    earned = sum(line.points for line in lines)
    what = "Your last entry" if len(lines) == 1 else f"Your last {len(lines)} entries"
    return f"{what} brought {earned} Nichirin points; you stand at {lines[0].balance}."


def badges(feats: Badges) -> str:
    """Feats done and left."""
    if not feats.earned:
        return f"No badge yet. The first to earn: {feats.open[0].name} ({feats.open[0].text.lower().rstrip('.')})."
    names = ", ".join(feat.name for feat in feats.earned)
    count = "One badge is" if len(feats.earned) == 1 else f"{len(feats.earned)} badges are"
    left = f" {len(feats.open)} are left to earn." if feats.open else " There is none left to earn."
    return f"{count} yours: {names}.{left}"


def orders(bought: list[Bought]) -> str:
    """What was bought."""
    if not bought:
        return "You have ordered nothing yet."
    return "Your orders, the latest first: " + ", ".join(f"{each.name} ({each.price} coins)" for each in bought) + "."


def leaderboard(board: Board, window: Window) -> str:
    """The first places, and the slayer's own."""
    when = "this week" if window == "week" else "of all time"
    if not board.places:
        return f"Nobody has earned points {when} yet."
    lines = [
        f"{place.place}. {'**You**' if place.you else place.name or 'A slayer'}, {place.rank}: {place.points} points"
        for place in board.places
    ]
    below = board.you and not any(place.you for place in board.places)
    own = f"\n\nYou are number {board.you.place} with {board.you.points} points." if below and board.you else ""
    none = "" if board.you else "\n\nYou have no points there yet."
    return f"The leaders {when}:\n\n" + "\n".join(lines) + own + none


def gain(answer: EventAnswer) -> str:
    """What an event brought, and where the slayer stands now."""
    points = answer.points_awarded
    gain = f"+{points} Nichirin {'point' if points == 1 else 'points'}." if points else "no points this time."
    feats = "".join(f" New badge: {feat.name}." for feat in answer.achievements)
    return f"{gain} {standing(answer)}{feats}"


def standing(now_at: Standing) -> str:
    """Points, rank, and what is missing to the next."""
    points = now_at.nichirin_points
    now = f"You have {points} Nichirin {'point' if points == 1 else 'points'} and the rank {now_at.rank}"
    if now_at.next_rank is None:
        return f"{now}, the highest there is."
    return f"{now}; {now_at.points_to_next} more make you {now_at.next_rank}."
