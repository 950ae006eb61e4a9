"""The warrant: a plan that writes must be borne out by the slayer's own words.

A language model may be talked into anything: by the message itself, by what an earlier turn left in the thread, by its own wish
to please. A plan of reading steps that goes astray costs a sentence; one that writes costs trust, for points and orders, and hours
of painting or of writing training plans, would be as easily had as words. So what a plan may write is not the model's to say. The embedded planner, which follows no instructions,
reads the same message, and each entry or order of the plan needs one of the same kind in that reading. Its numbers come from the
reading too: the words decide how many minutes, how many battles, won or lost, and which weapon.

A message that only the model understands is thereby not logged but asked about, which is the cheaper mistake.
"""

from __future__ import annotations

from agents.planner.plan import WRITING, Plan, Step

__all__ = ["WRITING", "warranted"]

_SAID = ("minutes", "weeks", "success", "count", "weapon", "refers_back", "ordinal", "scene", "pose", "seed", "again")
_QUESTION = (
    'What shall I write down? Say it in one plain sentence: "I trained 30 minutes", "I won 2 battles with the Heron '
    'Spear", "check me in", "buy the Heron Spear" or "paint me with it".'
)


def warranted(plan: Plan, reading: Plan) -> Plan:
    """``plan`` without the writing steps that the slayer's words do not bear out.

    Args:
        plan: the language model's plan of a message.
        reading: the embedded planner's plan of the same message.

    Returns:
        The steps that read, unchanged, and the steps that write with what the words say: each takes one step of the same
        action from ``reading``, and each of those serves once. When nothing is left, the refusal of the reading, or a
        question back.
    """
    unused = [] if reading.small_talk == "refused" else [step for step in reading.steps if _leaves_something(step)]
    steps: list[Step] = []
    for step in plan.steps:
        if not _leaves_something(step):
            steps.append(step)
        elif said := _nearest(step, unused):
            unused.remove(said)
            steps.append(step.model_copy(update={slot: getattr(said, slot) for slot in _SAID}))
    if steps or not plan.steps:
        return plan.model_copy(update={"steps": steps})
    if reading.small_talk == "refused":
        return Plan(small_talk="refused", confidence=reading.confidence)
    return Plan(small_talk="clarify", question=_QUESTION, confidence=reading.confidence)


def _leaves_something(step: Step) -> bool:
    """Whether a step leaves an entry, an order, or work for the worker: a picture, a training plan."""
    return step.action in WRITING or step.specialist == "artist" or step.intent == "plan"


def _nearest(step: Step, said: list[Step]) -> Step | None:
    """The step that was said of the same action; of several the one that agrees most, so that a loss is not taken for a win."""
    kind = (step.specialist, step.action, step.intent)
    fitting = [each for each in said if (each.specialist, each.action, each.intent) == kind]
    return max(
        fitting, key=lambda each: sum(getattr(each, slot) == getattr(step, slot) for slot in _SAID), default=None
    )
