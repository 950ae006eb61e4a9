"""Stage ``gate``: may this challenger replace the champion? "Best of the night" alone is noise; this asks for evidence.

Both models rank the frozen battles (``ml.split``), which neither was trained on, and are compared slayer by slayer
(``ml.paired``). A challenger is released when all of these hold, and held otherwise; ``reports/gate`` says why.

- **AUC** (per slayer): not inferior. The one-sided lower bound, at ``confidence``, of the difference lies above ``-auc_margin``.
- **regret@k**: not worse. The upper bound of the difference lies below ``regret_margin``. Only of synthetic slayers is it known,
  and their world is a guess at the real one: beyond ``truth_until`` battles of the shop it is told, but decides nothing.
- **slices** (style, tenth of the levels, new weapons, the shop's own battles): in none does the AUC over the pairs that touch
  it fall by more than ``slice_margin``, unless chance explains it. Of some twenty slices a small one is always far down by
  chance, so a fall counts when it is also significant at 5 % over all slices (Bonferroni).
- **calibration**: ECE at most ``max_ece`` in bins of ``rows_per_bin`` battles: even the truth shows 0.008 in bins of
  2,000, and 0.036 in bins of 100.
- **parity** and **latency** of serving: see ``ml.readiness``.
- **baselines**: each beaten or tied. Tied means that the bootstrap's upper bound (97.5 %) does not lie below the baseline's AUC.

The comparison is called *better* only when 97.5 % of the draws say so; a challenger that passes without that is *not worse*.
``confidence`` sets the price of a mistake: at 0.8 a challenger that truly is worse by the margin passes one time in five. Asking
for more would hold back, night after night, challengers that are as good: a model trained on 5 % fewer battles differs from its
twin on 22,000 frozen battles with a standard error of 0.0008, nearly the margin itself.
"""

from __future__ import annotations

import logging
from pathlib import Path

from hashiramart.config import Settings
from hashiramart.errors import Unavailable
from ml import exam as examination
from ml import tracking
from ml.layout import Layout, Progress, silent
from ml.lineage import sha256_file
from ml.params import Params
from ml.readiness import serving
from ml.release import MANIFEST_FILE, MODEL_FILE, read_record, verify, write_json
from ml.split import read_note
from ml.tables import read_table
from ml.verdict import Scores, Verdict, decide

_log = logging.getLogger(__name__)


def run(
    root: Path, params: Params, settings: Settings, on_progress: Progress = silent, *, champion: Path | None = None
) -> None:
    """Write ``reports/gate/{gate.json,gate.md}`` and tell the training's run.

    Args:
        root: of the pipeline.
        params: sections ``gate``, ``evaluate`` (k), ``generate_data`` (upset rate) and ``train_recommender`` (threads).
        settings: where MLflow is.
        on_progress: told of the progress.
        champion: folder of the release that would be replaced; by default ``data/champion``. Without a manifest in it the
            challenger is judged as a first release.

    Raises:
        Unavailable: an earlier stage is missing, or the champion's folder is damaged.
    """
    layout = Layout(root)
    on_progress(0.0, "reading the frozen battles")
    train, frozen = (read_table(layout.split / f"{part}.parquet", "split") for part in ("train", "frozen"))
    weapons = read_table(layout.split / "weapons.parquet", "split")
    record = read_record(layout.model)
    exam = examination.set_exam(
        frozen,
        weapons,
        examination.seen_in(train, weapons),
        slayers=params.gate.slayers,
        upset_rate=params.generate_data.upset_rate,
    )

    on_progress(0.3, "scoring")
    threads = params.train_recommender.num_threads

    def scored(path: Path) -> Scores:
        return Scores.of(examination.booster_model(path, threads), exam)

    reigning = layout.champion if champion is None else champion
    rival, rival_sha = None, None
    if (reigning / MANIFEST_FILE).is_file():
        rival_sha = verify(reigning).files[MODEL_FILE]
        rival = scored(reigning / MODEL_FILE)
    rivals = {name: Scores.of(model, exam) for name, model in examination.baselines(train, weapons)}
    challenger = scored(layout.model / MODEL_FILE)

    on_progress(0.7, "comparing")
    young = read_note(layout).real_battles <= params.gate.truth_until
    verdict = decide(
        params.gate,
        exam,
        challenger,
        rival,
        rivals,
        params.evaluate.top_k,
        regret_decides=young,
        serving=serving(layout.model / MODEL_FILE, frozen, weapons, params.gate, params.evaluate.top_k),
    )
    files = {"model_sha256": sha256_file(layout.model / MODEL_FILE), "champion_sha256": rival_sha}
    verdict = verdict.model_copy(update=files)
    write_json(layout.verdict, verdict)
    report = layout.verdict.with_suffix(".md")
    report.write_text(_markdown(verdict, len(frozen)), encoding="utf-8")
    try:
        tracking.log_evaluation(
            settings,
            record=record,
            metrics={f"gate_{check.name}": check.value for check in verdict.checks},
            files=(layout.verdict, report),
            folder="gate",
            tags={"gate_decision": verdict.decision, "gate_comparison": verdict.comparison},
        )
    except Unavailable as error:
        _log.warning("The decision was not logged: %s", error)
    on_progress(1.0, f"{verdict.decision}: {verdict.reason}")


def _markdown(verdict: Verdict, battles: int) -> str:
    champion = f"champion {verdict.champion_sha256[:8]}" if verdict.champion_sha256 else "no champion yet"
    lines = [
        f"# {verdict.decision.capitalize()}: {verdict.comparison}",
        "",
        f"Challenger {verdict.model_sha256[:8]}, {champion}, on {battles:,} frozen battles.",
        "",
        "| condition | | what was found |",
        "|---|---|---|",
    ]
    marks = {True: "kept", False: "**missed**"}
    lines += [f"| {c.name.replace('_', ' ')} | {marks[c.passed]} | {c.text} |" for c in verdict.checks]
    if verdict.slices:
        lines += ["", "| slice | AUC less the champion's | standard error |", "|---|---|---|"]
    lines += [f"| {n} | {s['difference']:+.4f} | {s['standard_error']:.4f} |" for n, s in verdict.slices.items()]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    from ml.stage import main

    main(run)
