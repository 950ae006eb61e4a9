"""A whole run, from nothing to a checkpoint folder; one that was interrupted goes on where it was."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ml.artist.train import autoencoder, card, denoiser, folder, journal, samples, tokens
from ml.artist.train import judge as judging
from ml.artist.train.advise import advise
from ml.artist.train.clock import Clock, Span
from ml.artist.train.drawing import FIELDS, vocabularies
from ml.artist.train.pictures import Pictures, data_hash, drawing_pool
from ml.artist.train.settings import Settings

JUDGE_SEEDS = 50_000_000
"""The first seed of the judge's renders; those that the models learn from count from 0."""

_SHEET_SEEDS = 90_000_000
_STATE = "state.pt"
_LEARN_WORDS_FROM = 2_000  # pictures


class Run:
    """One run in its folder: ``model`` (the checkpoint), ``judge``, ``report``, and what a resumed run needs.

    Args:
        out: the folder.
        settings: sizes and times.
        device: where to compute.
        work: folder for the pixels, some 12 GB with the ``gpu`` preset; in ``out`` by default.
        texts: folders with Markdown files of ordinary words for the tokenizer.
        resume: whether to go on from a state that lies in ``out``.
    """

    def __init__(
        self,
        out: Path,
        settings: Settings,
        device: torch.device,
        *,
        work: Path | None = None,
        texts: Sequence[Path] = (),
        resume: bool = False,
    ) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self.out, self.settings, self.device = out, settings, device
        self._work = work or out / "work"
        self._texts = texts
        state = out / _STATE
        self._state: dict[str, Any] = {"spent": 0.0}
        if resume and state.exists():
            self._state = torch.load(state, map_location=device, weights_only=True)
        else:
            (out / "report" / "curves.csv").unlink(missing_ok=True)
        self.clock = Clock(self._state["spent"])
        self.journal = journal.Journal(out / "report" / "curves.csv", self.clock)
        self.figures: dict[str, Any] = {}
        self._compiled = settings.compile and device.type == "cuda"
        self._saved = time.monotonic()

    def go(self) -> Path:
        """Do all of it. An interruption (Ctrl-C) saves the state first; returns the checkpoint's folder."""
        settings, say = self.settings, self.journal.say
        torch.manual_seed(settings.seed)
        with drawing_pool() as pool:
            try:
                train = self._pictures(settings.images, 0, settings.captions)
                exam = self._pictures(settings.judge_images, JUDGE_SEEDS, 1)
                train.draw(pool)
                exam.draw(pool)
                warming = self._warm_up() if self._compiled else None
                _load_libraries()
                with ThreadPoolExecutor(1) as aside:
                    words = aside.submit(self._words, train)
                    vae, lessons = self._autoencoder(train)
                    train.wait()
                    say(f"{len(train)} pictures are drawn")
                    latents = self._latents(vae, train)
                    if warming:
                        say(_end(warming))
                    tokenizer, told = words.result()
                course = self._denoiser(vae, tokenizer, latents, told, train.labels.to(self.device), lessons)
                exam.wait()
                self._finish(vae, tokenizer, course, exam)
            except KeyboardInterrupt:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return self.out / "model"

    def _warm_up(self) -> subprocess.Popen[bytes]:
        """Compile the denoiser in another process while the autoencoder learns."""
        changes = json.dumps(dataclasses.asdict(dataclasses.replace(self.settings, least_steps=2)))
        return subprocess.Popen([sys.executable, "-m", "ml.artist.train.warm", changes])

    def _pictures(self, rows: int, first_seed: int, captions: int) -> Pictures:
        return Pictures(
            self._work,
            rows=rows,
            first_seed=first_seed,
            size=self.settings.size,
            captions=captions,
            device=self.device,
        )

    def _words(self, train: Pictures) -> tuple[Any, Tensor]:
        """The tokenizer and the captions as tokens (n, captions, 77); made while the autoencoder learns."""
        place = self.out / "tokenizer"
        if not (place / "tokenizer_config.json").exists():
            prose = [path.read_text(encoding="utf-8") for one in self._texts for path in sorted(one.rglob("*.md"))]
            some = [caption for captions in train.told(_LEARN_WORDS_FROM) for caption in captions]
            tokens.learn(some, prose, self.settings.vocabulary, place)
        tokenizer = tokens.load(place)
        captions = [caption for captions in train.told() for caption in captions]
        captions = [tokens.named(caption, number) for number, caption in enumerate(captions)]
        told = tokens.encode(tokenizer, captions).view(len(train), -1, tokens.WINDOW)
        return tokenizer, told.to(self.device)

    def _autoencoder(self, train: Pictures) -> tuple[Any, dict[str, Any]]:
        """The trained autoencoder, its latents standardised, and its state for saving."""
        settings, state = self.settings, self._state.get("vae")
        vae = autoencoder.build(settings).to(self.device).to(memory_format=torch.channels_last)
        lessons = autoencoder.Lessons(vae, settings, self.device, compiled=self._compiled)
        if state:
            vae.load_state_dict(state["weights"])
            lessons.steps = state["steps"]
            if state["done"]:
                return vae, state
            lessons.optimizer.load_state_dict(state["optimizer"])
        begin = state["begin"] if state else self.clock.elapsed()
        end = settings.vae_share * settings.minutes * 60
        try:
            lessons.train(train, Span(self.clock, begin, end), self.journal.log)
        except KeyboardInterrupt:
            unfinished = {"weights": vae.state_dict(), "optimizer": lessons.optimizer.state_dict()}
            self._store(vae={**unfinished, "steps": lessons.steps, "begin": begin, "done": False})
            raise
        ready = min(train.ready, 2_000)
        autoencoder.standardise(vae, autoencoder.encode(vae, train.pixels[:ready]))
        vae.eval().requires_grad_(requires_grad=False)
        self.journal.say(
            f"autoencoder: {lessons.steps} steps, the first took {lessons.first_step:.1f} s{_memory(self.device)}"
        )
        state = {"weights": vae.state_dict(), "steps": lessons.steps, "done": True}
        self._store(vae=state)
        return vae, state

    def _latents(self, vae: Any, train: Pictures) -> Tensor:
        began = time.monotonic()
        latents = autoencoder.encode(vae, train.pixels)
        mean, deviation = float(latents[:2000].float().mean()), float(latents[:2000].float().std())
        pace = len(latents) / (time.monotonic() - began)
        self.journal.say(f"latents: {pace:.0f}/s, mean {mean:.3f}, deviation {deviation:.3f}")
        vae.register_to_config(scaling_factor=1.0)
        return latents

    def _denoiser(
        self, vae: Any, tokenizer: Any, latents: Tensor, told: Tensor, labels: Tensor, vae_state: dict[str, Any]
    ) -> denoiser.Course:
        settings, state = self.settings, self._state.get("denoiser")
        values = tuple(len(known) for known in vocabularies().values())
        silent = denoiser.silence(tokenizer)
        course = denoiser.Course(settings, silent, values, self.device, compiled=self._compiled)
        begin = self.clock.elapsed()
        if state:
            course.load_state_dict(state)
            begin = state["begin"]
        span = Span(self.clock, begin, (settings.minutes - settings.reserve) * 60)
        painted = 0

        def store() -> None:
            self._store(vae=vae_state, denoiser={**course.state_dict(), "begin": begin})

        def rest() -> None:
            nonlocal painted
            due = int(span.done() * (settings.sheets + 1))
            if painted < due <= settings.sheets:
                painted = due
                self._sheet(vae, tokenizer, course, f"after-{span.done():.0%}".replace("%", ""))
            if time.monotonic() - self._saved > settings.save_every:
                self._save(vae, tokenizer, course)
                store()

        try:
            course.train(latents, told, labels, span, self.journal.log, rest)
        except KeyboardInterrupt:
            store()
            raise
        self.journal.say(
            f"denoiser: {course.steps} steps, the first took {course.first_step:.1f} s{_memory(self.device)}"
        )
        if settings.save_every < 1e8:
            store()
        return course

    def _finish(self, vae: Any, tokenizer: Any, course: denoiser.Course, exam: Pictures) -> None:
        """Save, judge, paint the sheets, write the card."""
        settings, say = self.settings, self.journal.say
        self._save(vae, tokenizer, course)
        known = vocabularies()
        test = len(exam) // 5
        truth = exam.labels[:, [FIELDS.index("weapon"), FIELDS.index("style")]]
        judge = judging.Judge(known["weapon"], known["style"]).to(self.device)
        begin = self.clock.elapsed()
        span = Span(self.clock, begin, begin + settings.judge_minutes * 60)
        judging.train(judge, exam.pixels[test:], truth[test:], span, settings.judge_batch, self.journal.log)
        judge.save(self.out / "judge")
        held_out = judging.verdict(judge, exam.pixels[:test], truth[:test])
        say(f"judge on renders it never saw: weapon {held_out.weapon:.3f}, style {held_out.style:.3f}")
        fidelity = autoencoder.fidelity(vae, exam.pixels[:128])
        say(f"autoencoder on renders it never saw: {fidelity:.1f} dB")
        self.figures |= {"renders": held_out.as_dict(), "psnr": fidelity}
        self._write()
        self._sheet_of_autoencoder(vae, exam)
        prompts, asked = samples.every_pair(_SHEET_SEEDS, settings.exam)
        pictures = samples.paint(self._pipeline(vae, tokenizer, course), prompts, range(len(prompts)))
        painted = judging.verdict(judge, torch.from_numpy(pictures), torch.from_numpy(asked))
        say(f"judge on painted pictures: weapon {painted.weapon:.3f}, style {painted.style:.3f}")
        self.figures |= {"painted": painted.as_dict(), "steps": samples.STEPS, "guidance": samples.GUIDANCE}
        self._write()
        labels = _labels(asked)
        samples.sheet(self.out / "report" / "every-pair.jpg", pictures, labels, len(known["style"]), 2688)
        journal.plot(self.out / "report" / "curves.csv", self.out / "report" / "curves.png")
        card.write(
            self.out / "model" / "README.md", settings, self.figures, tuple(known["weapon"]), tuple(known["style"])
        )
        advise(self.out / "model", vae, exam.pixels[:128], settings.images)

    def _save(self, vae: Any, tokenizer: Any, course: denoiser.Course) -> None:
        best = course.average.model
        size = folder.save(self.out / "model", vae, best.text_encoder, tokenizer, best.unet, self.out / "tokenizer")
        self.figures |= {
            "bytes": size,
            "seconds": round(self.clock.elapsed(), 1),
            "autoencoder steps": self._state["vae"]["steps"],
            "denoiser steps": course.steps,
            "data": data_hash(),
            "device": torch.cuda.get_device_name() if self.device.type == "cuda" else "cpu",
            "torch": torch.__version__,
            "parameters": {
                name: sum(weight.numel() for weight in part.parameters())
                for name, part in {"vae": vae, "text_encoder": best.text_encoder, "unet": best.unet}.items()
            },
            "settings": dataclasses.asdict(self.settings),
        }
        self._write()
        self.journal.say(f"saved {size / 1e6:.1f} MB")
        self._saved = time.monotonic()

    def _write(self) -> None:
        text = json.dumps(self.figures, indent=2) + "\n"
        (self.out / "report" / "figures.json").write_text(text, encoding="utf-8")

    def _store(self, **parts: Any) -> None:
        self._state = {**self._state, **parts, "spent": self.clock.elapsed()}
        part = self.out / f"{_STATE}.part"
        torch.save(self._state, part)
        part.replace(self.out / _STATE)

    def _pipeline(self, vae: Any, tokenizer: Any, course: denoiser.Course) -> Any:
        best = course.average.model
        return folder.pipeline(vae, best.text_encoder, tokenizer, best.unet)

    def _sheet(self, vae: Any, tokenizer: Any, course: denoiser.Course, name: str) -> None:
        prompts, asked = samples.every_pair(_SHEET_SEEDS, min(32, self.settings.exam))
        pictures = samples.paint(self._pipeline(vae, tokenizer, course), prompts, range(len(prompts)))
        labels = _labels(asked)
        samples.sheet(self.out / "report" / f"{name}.jpg", pictures, labels, 8)
        self.journal.say(f"painted {name}.jpg")

    def _sheet_of_autoencoder(self, vae: Any, exam: Pictures) -> None:
        pixels = exam.pixels[:16].to(self.device)
        back = autoencoder.decode(vae, autoencoder.encode(vae, pixels))
        both = torch.stack([pixels, back], dim=1).flatten(0, 1).cpu().numpy()
        samples.sheet(self.out / "report" / "autoencoder.jpg", both, ["render", "back"] * len(pixels), 8)


def _labels(asked: NDArray[np.int64]) -> list[str]:
    known = vocabularies()
    return [f"{known['weapon'][weapon]} {known['style'][style]}" for weapon, style in asked]


def _end(helper: subprocess.Popen[bytes]) -> str:
    try:
        return f"the compiler's warm-up ended with {helper.wait(timeout=60)}"
    except subprocess.TimeoutExpired:
        helper.kill()
        return "the compiler's warm-up took too long and was stopped"


def _memory(device: torch.device) -> str:
    return f", {torch.cuda.max_memory_allocated() / 1e9:.1f} GB at most" if device.type == "cuda" else ""


def _load_libraries() -> None:
    """Here and not in two threads at once, which transformers does not bear."""
    import diffusers
    import transformers

    for library, names in (
        (diffusers, ("AutoencoderKL", "UNet2DConditionModel", "StableDiffusionPipeline")),
        (transformers, ("CLIPTextModel", "CLIPTokenizer")),
    ):
        for name in names:
            getattr(library, name)
    for logging in (diffusers.utils.logging, transformers.utils.logging):
        logging.set_verbosity_error()
        logging.disable_progress_bar()
