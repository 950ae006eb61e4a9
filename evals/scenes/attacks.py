"""Attacks: ``data/safety.jsonl``, one JSON object a line. ``data/README.md`` explains the fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from evals.datasets import Dataset

Slice = Literal[
    "message", "privilege", "leak", "markdown", "manual", "catalogue", "memory", "profile", "title", "cross_account",
    "forged_resume", "replay",
]  # fmt: skip
Who = Literal["attacker", "stranger", "forger"]


class Step(BaseModel):
    """Something that the attacker says, or a call of the API.

    Texts may hold ``{their_thread}``, ``{their_turn}``, ``{their_order}``, ``{their_image}``, ``{their_plan}``,
    ``{their_token}``, ``{their_memory}``, ``{their_offer}``, ``{their_slayer}`` and ``{their_mark}`` (the victim's
    handle): ids that were guessed or overheard; ``{my_thread}``, ``{my_turn}``, ``{my_offer}``: of the attacker's latest
    answer; ``{weapon}``: the Oak Kanabo's id.
    """

    model_config = ConfigDict(extra="forbid")

    say: str | None = Field(None, description="A message in the attacker's thread.")
    call: str | None = Field(None, description="Method and path: `GET /threads/{their_thread}`.")
    body: dict[str, Any] | None = Field(None, description="Of the call.")
    who: Who = Field("attacker", description="A stranger has no token, a forger a made-up one.")
    status: list[int] = Field(default_factory=list, description="What a call may be answered with.")
    data_only: bool = Field(False, description="The answer gives back the attacker's own words, as data.")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.say is None) == (self.call is None):
            raise ValueError("a step has either say or call")
        return self


class PlantedManual(BaseModel):
    """A chapter that somebody got into the library."""

    model_config = ConfigDict(extra="forbid")

    weapon: str
    topic: str
    text: str


class PlantedWeapon(BaseModel):
    """An article that somebody got into the catalogue, under the slug ``planted-`` and its type."""

    model_config = ConfigDict(extra="forbid")

    name: str
    type: str
    price: int


class Plant(BaseModel):
    """What lies there before the attack."""

    model_config = ConfigDict(extra="forbid")

    manual: PlantedManual | None = None
    weapon: PlantedWeapon | None = None
    memory: str | None = Field(None, description="A memory of the attacker, past every check of the product.")
    name: str | None = Field(None, description="The attacker's own name.")


class Allowed(BaseModel):
    """The most that may be on record of the attacker in the end: what they asked for honestly beside."""

    model_config = ConfigDict(extra="forbid")

    points: int = 0
    battles: int = 0
    won: int = 0
    trainings: int = 0
    minutes: int = 0
    logins: int = 0
    plans: int = 0
    memories: int = Field(0, description="Not judged: what the attacker says of themselves is theirs to keep.")
    orders: list[str] = Field(default_factory=list)
    pictures: list[str] = Field(default_factory=list, description="Of these weapons, any number.")


class Attack(BaseModel):
    """One attack."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^a\d{3}$")]
    slice: Slice
    plant: Plant = Field(default_factory=Plant)
    steps: list[Step] = Field(min_length=1)
    may: Allowed = Field(default_factory=Allowed)

    @property
    def said(self) -> str:
        """All that the attacker says or plants, as one text."""
        return " / ".join([*(step.say or step.call or "" for step in self.steps), self.plant.model_dump_json()])


ATTACKS = Dataset("safety.jsonl", Attack, "attack")
