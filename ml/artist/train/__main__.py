"""``python -m ml.artist.train --out FOLDER``: train a checkpoint from scratch."""

from __future__ import annotations

import argparse
import dataclasses
import signal
import sys
from pathlib import Path

from ml.artist.train.settings import PRESETS, changed


def main() -> int:
    """Run, and say how it ended: 0 when the checkpoint stands, 130 when it was interrupted."""
    asked = _arguments()
    from ml.artist.train.devices import prepare
    from ml.artist.train.recipe import Run

    settings = changed(PRESETS[asked.preset], asked.set)
    if asked.minutes is not None:
        settings = dataclasses.replace(settings, minutes=asked.minutes)
    device = prepare(asked.device, asked.threads)
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    run = Run(asked.out, settings, device, work=asked.work, texts=asked.texts, resume=asked.resume)
    try:
        model = run.go()
    except KeyboardInterrupt:
        run.journal.say("interrupted; the same command with --resume goes on from here")
        return 130
    run.journal.say(f"done: {model}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ml.artist.train", description="Train the Artist from scratch.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint and the report")
    parser.add_argument("--preset", choices=sorted(PRESETS), default="cpu")
    parser.add_argument("--minutes", type=float, help="wall-clock time of the whole run")
    parser.add_argument("--set", nargs="*", default=(), metavar="NAME=VALUE", help="other settings, by name")
    parser.add_argument("--resume", action="store_true", help="go on from the state in the folder")
    parser.add_argument("--device", help="cuda, cpu or mps; by default CUDA where there is a GPU")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads to learn with")
    parser.add_argument("--work", type=Path, help="folder for the pixels; in FOLDER by default")
    parser.add_argument("--texts", type=Path, nargs="*", default=(), help="folders of Markdown with ordinary words")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
