"""The plan: what the supervisor decides to do with one message. Both planners speak this schema."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ml.shortlist import Prefer

Specialist = Literal["coach", "recommender", "artist", "quartermaster"]
CoachIntent = Literal[
    "handling", "drills", "routine", "maintenance", "how_often", "troubleshooting",
    "safety", "accessories", "compare", "motivation", "overview", "general", "quiz", "plan",
    "remember", "forget", "memories",
]  # fmt: skip
QuartermasterAction = Literal[
    "log_training", "log_battle", "log_login", "status", "history", "badges", "orders", "leaderboard", "buy",
]  # fmt: skip
Pose = Literal[
    "standing calm", "guard", "high strike", "thrust", "sweep", "leaping", "kneeling", "running",
]  # fmt: skip
"""The poses of ``ml.artist.render``."""
Again = Literal["change", "new"]
MAX_STEPS = 6
WRITING: frozenset[QuartermasterAction] = frozenset({"log_training", "log_battle", "log_login", "buy"})
"""The actions that leave something behind: an entry in the ledger, or an order."""


class Step(BaseModel):
    """One specialist's part of a plan. Only the slots of that specialist are filled."""

    model_config = ConfigDict(extra="forbid")

    specialist: Specialist
    text: str = Field(description="The slayer's words for this part.", max_length=4000)

    weapon: str | None = Field(None, description="Slug of a catalogue weapon the slayer named.")
    refers_back: bool = Field(
        False, description="True for 'it', 'that', 'the first one': the weapon comes from an earlier step or turn."
    )

    ordinal: int | None = Field(
        None, description="With refers_back: which of the earlier results, 1 for the first, -1 for the last."
    )

    # coach
    intent: CoachIntent | None = None
    minutes: int | None = Field(
        None, ge=1, le=1440, description="Minutes of a routine asked for, or of training to log."
    )
    weeks: int | None = Field(None, ge=1, le=26, description="Length of a training plan in weeks.")
    other_weapon: str | None = Field(None, description="Slug of the second weapon of a comparison.")
    quote: bool = Field(False, description="Whether a motivational quote is wanted too.")

    # recommender
    top_k: int | None = Field(None, ge=1, le=50)
    budget_min: int | None = Field(None, ge=0, description="Lowest price in coins.")
    budget: int | None = Field(None, ge=0, description="Highest price in coins.")
    weapon_types: list[str] = Field(
        default_factory=list,
        description="Catalogue weapon types wanted; for the Coach and the Artist: the type asked about.",
    )
    exclude_types: list[str] = Field(default_factory=list, description="Catalogue weapon types not wanted.")
    prefer: Prefer | None = Field(
        None,
        description="value for 'cheap but good'; balance where the price counts too; power where it does not matter.",
    )
    explain: bool = Field(False, description="True for 'why the first?': reasons are asked for, not a new list.")

    # artist
    scene: str | None = Field(None, max_length=200, description="Place, weather, mood or looks on the picture.")
    pose: Pose | None = Field(None, description="How the slayer stands on the picture, where they say it.")
    seed: int | None = Field(None, ge=0, lt=2**32, description="The seed that the slayer names for the picture.")
    again: Again | None = Field(
        None,
        description="change: the last picture once more, only what is said changes ('again but at night'); "
        "new: another one of the same ('another one', 'draw three more').",
    )

    # quartermaster
    action: QuartermasterAction | None = None
    success: bool | None = Field(None, description="Battle won (true) or lost (false).")
    count: int | None = Field(None, ge=1, le=20, description="How many battles; for the artist, how many pictures.")


class Plan(BaseModel):
    """Ordered steps, or none with a reason (a greeting, off topic, refused, or a question back to the slayer)."""

    model_config = ConfigDict(extra="forbid")

    steps: list[Step] = Field(default_factory=list, max_length=MAX_STEPS)
    small_talk: Literal["greeting", "thanks", "off_topic", "help", "refused", "clarify"] | None = Field(
        None, description="Why there are no steps."
    )
    question: str | None = Field(None, description="With 'clarify': the one short question to ask.", max_length=300)
    confidence: float = Field(1.0, ge=0, le=1)
