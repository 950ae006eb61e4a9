"""The nightly report as Markdown: what to look at first, then what it rests on."""

from __future__ import annotations

import re

from ml.drift import Shift
from ml.night import Drift, OffPolicy
from ml.offpolicy import LOGGED, Estimate, Value
from ml.sources import SnapshotManifest
from ml.split import SplitNote

OFFPOLICY_PLOT, DRIFT_PLOT, CALIBRATION_PLOT = "offpolicy.png", "drift.png", "calibration.png"

_LIMITS = """\
What this can and cannot tell: only places that were fought with count, so it is about battles, not about who turned away. It
takes for granted that whether a place leads to a battle depends on the place and not on the weapon in it, and that a place
does not change how a battle ends. Models rank by success alone, so lists for which the slayer asked to mind the price are left
out. So is what the challenger was trained on: of slayers who are not frozen, all lists shown before the last battle that it
learned."""


def markdown(
    off_policy: OffPolicy, drift: Drift, *, gate: str | None, snapshot: SnapshotManifest, split: SplitNote | None
) -> str:
    """The report of a night.

    Args:
        off_policy: what the lists would have been worth.
        drift: what changed.
        gate: the gate's own report; None where it has not decided.
        snapshot: what was taken out of the database.
        split: what training and gate saw of it; None where nothing was split.
    """
    verdict, rest = _gate(gate)
    alerts = [*off_policy.alerts, *drift.alerts]
    parts = [
        f"# The night's report: {verdict}",
        "## Alerts\n\n" + ("\n".join(f"- **{each.level}** {each.reason}" for each in alerts) or "None."),
        _data(snapshot, split, off_policy),
        f"## Gate\n\n{rest}",
        _off_policy(off_policy),
        _drift(drift),
        _calibration(drift),
    ]
    return "\n\n".join(parts) + "\n"


def _gate(gate: str | None) -> tuple[str, str]:
    """The verdict in a few words, and the gate's report without its title."""
    if gate is None:
        return "no verdict", "The gate has not decided."
    title, _, rest = gate.strip().partition("\n")
    return title.lstrip("# ").lower(), re.sub(r"^#", "##", rest.strip(), flags=re.MULTILINE)


def _data(snapshot: SnapshotManifest, split: SplitNote | None, off_policy: OffPolicy) -> str:
    lines = [
        f"| watermark | {snapshot.watermark or 'none, no real battle yet'} |",
        f"| real battles in the snapshot | {snapshot.rows:,} |",
        f"| places of recommended lists | {snapshot.impressions:,} |",
        f"| of these settled | {off_policy.settled + off_policy.trained_on:,} |",
    ]
    if split is not None:
        lines += [f"| {name} battles | {rows:,} |" for name, rows in split.rows.items()]
    return "\n".join(["## Data\n", "| | |", "|---|---|", *lines])


def _off_policy(found: OffPolicy) -> str:
    lines = ["## What the challenger's lists would have been worth", "", found.text]
    if found.drawn is not None:
        lines += [
            "",
            f"Exploration: {found.drawn.explored:,} of {found.drawn.lists:,} lists, {found.drawn.expected:,.0f} expected.",
        ]
    if found.values:
        lines += [
            "",
            "| lists of | IPS | SNIPS | DR | model alone | effective rows | mean weight | clipped |",
            "|---|---|---|---|---|---|---|---|",
            *(_value(name, value) for name, value in found.values.items()),
            "",
            f"Success rate of battles ± standard error, on {found.settled:,} settled places of {found.slayers:,} slayers.",
            "Effective rows: of the weights that occurred / of all that could have.",
            "",
            f"![estimates]({OFFPOLICY_PLOT})",
            "",
            _LIMITS,
        ]
    return "\n".join(lines)


def _value(name: str, value: Value) -> str:
    def told(estimate: Estimate | None) -> str:
        if estimate is None:
            return "–"
        return f"{estimate.value:.3f} ± {max(estimate.standard_error, estimate.standard_error_by_design):.3f}"

    label = "the log, as shown" if name == LOGGED else f"the {name}"
    figures = (told(value.ips), told(value.snips), told(value.dr), f"{value.model_alone:.3f}")
    rows = f"{value.effective_rows:,.0f} / {value.effective_rows_by_design:,.0f}"
    return f"| {label} | {' | '.join(figures)} | {rows} | {value.mean_weight:.2f} | {value.clipped:.1%} |"


def _drift(found: Drift) -> str:
    lines = ["## Drift", "", found.text]
    if found.shifts:
        lines += [
            "",
            f"{found.current_rows:,} battles since {(found.since or '')[:10]} (worth {found.current_slayers:,.0f} slayers)",
            f"against {found.reference_rows:,} that the challenger learned from (worth {found.reference_slayers:,.0f}):",
            f"{found.reference}.",
            "",
            "| column | PSI | by chance | said from | Wasserstein | by chance | said from | |",
            "|---|---|---|---|---|---|---|---|",
            *map(_shift, found.shifts),
            "",
            f"![drift]({DRIFT_PLOT})",
        ]
    return "\n".join(lines)


def _shift(found: Shift) -> str:
    mark = "" if found.level == "none" else f"**{found.level}**"
    psi = f"{found.psi:.3f} | {found.psi_noise:.3f} | {found.psi_limit:.3f}"
    far = f"{found.wasserstein:.3f} | {found.wasserstein_noise:.3f} | {found.wasserstein_limit:.3f}"
    return f"| {found.name.replace('_', ' ')} | {psi} | {far} | {mark} |"


def _calibration(found: Drift) -> str:
    lines = ["## Did the scores come true?", "", found.calibration_text]
    if found.calibration is not None:
        each = found.calibration
        lines += [
            "",
            f"ECE {each.ece:.3f} in {len(each.bins)} bins; a model that is right would show {each.ece_noise:.3f},",
            f"an alert starts at {each.ece_limit:.3f}.",
            "",
            f"![calibration]({CALIBRATION_PLOT})",
        ]
    return "\n".join(lines)
