"""``python -m ml.artist.train.rejudge JUDGE --minutes N``: teach a judge on, with renders of its own, on any machine."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from ml.artist.train import judge as judging
from ml.artist.train.autoencoder import Log
from ml.artist.train.clock import Clock, Span
from ml.artist.train.devices import prepare
from ml.artist.train.journal import say
from ml.artist.train.pictures import Pictures, drawing_pool
from ml.artist.train.recipe import JUDGE_SEEDS

_SAY_EVERY = 60.0
_LABELS = [0, 1]  # weapon and style come first in drawing.FIELDS


def main() -> int:
    """Draw, learn, write the judge back; Ctrl-C ends it without writing."""
    asked = _arguments()
    device = prepare(asked.device, asked.threads)
    judge = judging.Judge.load(asked.judge).to(device)
    with TemporaryDirectory() as folder:
        pictures = Pictures(
            Path(folder), rows=asked.images, first_seed=JUDGE_SEEDS, size=asked.size, captions=1, device=device
        )
        with drawing_pool(asked.threads) as pool:
            pictures.draw(pool)
            pictures.wait()
        truth, test = pictures.labels[:, _LABELS], asked.images // 5
        say(f"{asked.images} renders drawn, of which {test} are for the test")
        span = Span(clock := Clock(), clock.elapsed(), clock.elapsed() + 60 * asked.minutes)
        judging.train(judge, pictures.pixels[test:], truth[test:], span, asked.batch, _teller())
        verdict = judging.verdict(judge, pictures.pixels[:test], truth[:test])
    judge.save(asked.judge)
    say(f"on renders that it never saw: weapon {verdict.weapon:.3f}, style {verdict.style:.3f}")
    return 0


def _teller() -> Log:
    told = -_SAY_EVERY

    def tell(part: str, step: int, done: float, figures: dict[str, float]) -> None:
        nonlocal told
        if monotonic() - told > _SAY_EVERY:
            told = monotonic()
            say(
                f"{part} {done:.0%}, step {step}: "
                + ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
            )

    return tell


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ml.artist.train.rejudge", description=(__doc__ or "").strip())
    parser.add_argument("judge", type=Path, help="the judge's folder; its weights are replaced")
    parser.add_argument("--minutes", type=float, required=True, help="wall-clock time of the training")
    parser.add_argument("--images", type=int, default=4000, help="renders; a fifth of them are for the test")
    parser.add_argument("--size", type=int, default=256, help="width and height of the renders")
    parser.add_argument("--batch", type=int, default=32, help="pictures in a step")
    parser.add_argument("--device", help="cuda, cpu or mps; by default CUDA where there is a GPU")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
