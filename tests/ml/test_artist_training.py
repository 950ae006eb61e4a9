"""The Artist's training: every part of it real and small, from renders to a checkpoint that paints."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from hashiramart.errors import SetupError
from ml.artist.engine import Engine
from ml.artist.painter import PaintRequest
from ml.artist.prompt import NEGATIVE_PROMPT
from ml.artist.train import autoencoder, denoiser, folder, journal, tokens
from ml.artist.train.clock import Clock, Span
from ml.artist.train.drawing import vocabularies
from ml.artist.train.judge import Judge
from ml.artist.train.norms import QuickGroupNorm, quicken
from ml.artist.train.optimizer import Muon, schedule
from ml.artist.train.recipe import Run
from ml.artist.train.settings import PRESETS, Settings, changed

CPU = torch.device("cpu")
PROMPT = "Kaede, Water Breathing, wielding a katana, the Tidebreaker Katana, anime style, cinematic, in the snow"


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Two threads that wait for each other are slower than one where other tests run beside them."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that was stopped by Ctrl-C while its UNet learned."""
    out = tmp_path_factory.mktemp("artist") / "run"
    run = Run(out, PRESETS["tiny"], CPU)
    log = run.journal.log

    def stop_there(part: str, step: int, done: float, figures: dict[str, float]) -> None:
        log(part, step, done, figures)
        if part == "denoiser":
            raise KeyboardInterrupt

    run.journal.log = stop_there  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        run.go()
    return out


@pytest.fixture(scope="module")
def trained(interrupted: Path) -> Path:
    """The same run, resumed to its end."""
    run = Run(interrupted, PRESETS["tiny"], CPU, resume=True)
    assert run.clock.elapsed() > 1, "the time before the interruption counts"
    run.go()
    return interrupted


def test_losses_fall(trained: Path) -> None:
    curves = journal.read(trained / "report" / "curves.csv")

    for part in ("autoencoder", "denoiser"):
        losses = [loss for _, _, loss in curves[part]]
        assert np.mean(losses[-2:]) < 0.9 * losses[0], part


def test_a_resumed_run_goes_on_where_it_was(trained: Path) -> None:
    curves = journal.read(trained / "report" / "curves.csv")

    seconds = [second for points in (curves["autoencoder"], curves["denoiser"]) for _, second, _ in points]
    assert seconds == sorted(seconds)
    steps = [step for step, _, _ in curves["denoiser"]]
    assert steps[0] == 1
    assert len(steps) == len(set(steps))
    assert [step for step, _, _ in curves["autoencoder"]].count(1) == 1, "the finished autoencoder is not trained again"


def test_the_product_paints_with_the_folder(trained: Path) -> None:
    engine = Engine.load(trained / "model", device="cpu")

    request = PaintRequest(PROMPT, NEGATIVE_PROMPT, seed=5, steps=4, guidance=3, width=64, height=64)
    picture, again = engine.paint(request), engine.paint(request)

    assert engine.size == (64, 64)
    assert picture.tobytes() == again.tobytes()
    assert np.asarray(picture).std() > 1


def test_the_checkpoint_says_how_it_is_painted_and_how_its_latents_look(trained: Path) -> None:
    from ml.artist.advice import read_advice

    advice = read_advice(trained / "model")
    assert (advice.words, advice.steps, advice.guidance, advice.renders) == (
        "renderer",
        18,
        4.0,
        PRESETS["tiny"].images,
    )
    assert advice.latent_rgb is not None
    assert [len(row) for row in advice.latent_rgb] == [3] * (PRESETS["tiny"].latents + 1)


def test_the_report_says_how_it_went(trained: Path) -> None:
    figures = json.loads((trained / "report" / "figures.json").read_text())
    card = (trained / "model" / "README.md").read_text()

    assert 0 <= figures["painted"]["weapon"] <= 1
    assert np.shape(figures["painted"]["weapons"]) == (17, 17)
    assert figures["data"] in card
    assert {path.name for path in (trained / "report").glob("*")} >= {"every-pair.jpg", "autoencoder.jpg", "curves.png"}
    judge = Judge.load(trained / "judge")
    assert judge.weapons == vocabularies()["weapon"]


def test_the_full_checkpoint_keeps_to_its_size() -> None:
    settings = Settings()
    with torch.device("meta"):
        parts = (
            autoencoder.build(settings),
            denoiser.build_text_encoder(settings, settings.vocabulary - 1),
            denoiser.build_unet(settings),
        )

    weights = 2 * sum(weight.numel() for part in parts for weight in part.parameters())
    assert weights < folder.MOST_BYTES - 300_000


def test_standardised_latents_decode_to_the_same_picture() -> None:
    torch.manual_seed(3)
    vae = autoencoder.build(PRESETS["tiny"]).eval()
    pictures = torch.rand(4, 3, 32, 32) * 2 - 1
    with torch.no_grad():
        before = vae.encode(pictures).latent_dist
        painted = vae.decode(before.mean).sample

        autoencoder.standardise(vae, before.mean)
        after = vae.encode(pictures).latent_dist

        assert torch.allclose(after.mean.mean(dim=(0, 2, 3)), torch.zeros(4), atol=1e-4)
        assert torch.allclose(after.mean.std(dim=(0, 2, 3)), torch.ones(4), atol=1e-3)
        assert torch.allclose(vae.decode(after.mean).sample, painted, atol=1e-3)
        assert torch.allclose(
            after.std / before.std, (after.mean.std((0, 2, 3)) / before.mean.std((0, 2, 3)))[:, None, None]
        )


def test_the_solver_follows_a_known_velocity_to_its_picture() -> None:
    solver = folder.scheduler()
    solver.set_timesteps(12)
    target, noise = torch.randn(1, 4, 8, 8), torch.randn(1, 4, 8, 8)

    mixed = noise * solver.init_noise_sigma
    for time in solver.timesteps:
        share = float(solver.sigmas[solver.step_index or 0])
        velocity = (mixed - target) / share  # of the straight path that ends at the target
        mixed = solver.step(velocity, time, mixed).prev_sample

    assert torch.allclose(mixed, target, atol=1e-3)


def test_the_tokenizer_is_clips_and_knows_the_trade(tmp_path: Path) -> None:
    place = tokens.learn([PROMPT, "a slayer with a katana, water breathing"] * 5, ["ordinary words"] * 3, 700, tmp_path)
    tokenizer: Any = tokens.load(place)

    told = tokens.encode(tokenizer, ["water breathing", "\u708e \u2603", "long " * 200])

    assert told.shape == (3, tokens.WINDOW)
    assert tokenizer.decode(told[0], skip_special_tokens=True) == "water breathing"
    assert len(tokenizer("water", add_special_tokens=False).input_ids) == 1
    assert (
        told.tolist()
        == tokenizer(["water breathing", "\u708e \u2603", "long " * 200], padding="max_length", truncation=True)[
            "input_ids"
        ]
    )
    assert len(tokenizer) <= 700


def test_names_stand_before_one_caption_in_three() -> None:
    captions = [tokens.named("a slayer with an axe", number) for number in range(300)]

    named = [caption for caption in captions if not caption.startswith("a slayer")]
    assert 60 < len(named) < 140
    assert all(caption.endswith(", a slayer with an axe") for caption in named)


def test_muon_solves_what_is_stretched_a_hundredfold() -> None:
    torch.manual_seed(0)
    weight = torch.nn.Parameter(torch.zeros(8, 8))
    wanted = torch.linalg.qr(torch.randn(8, 8)).Q
    stretch = torch.logspace(0, 2, 8)
    muon = Muon([weight], decay=0.0)

    for step in range(300):
        torch.autograd.backward((((weight - wanted) * stretch) ** 2).mean())
        muon.step(0.1 * (1 - step / 300))

    assert (weight - wanted).abs().max() < 0.05


def test_the_rate_rises_and_ends_low() -> None:
    rates = [schedule(done / 100) for done in range(101)]

    assert max(rates) == pytest.approx(1, abs=0.01)
    assert rates.index(max(rates)) < 6
    assert rates[-1] == pytest.approx(0.02)


def test_a_clock_counts_the_sittings_before() -> None:
    clock = Clock(spent=100)

    assert Span(clock, 50, 150).done() == pytest.approx(0.5, abs=0.01)
    assert Span(clock, 10, 20).done() == 1


def test_progress_is_told_in_words(tmp_path: Path) -> None:
    stream = io.StringIO()
    told = journal.Journal(tmp_path / "curves.csv", Clock(), stream)

    told.log("denoiser", 20, 0.25, {"loss": 0.5})

    assert "denoiser  25%, step 20: loss 0.5" in stream.getvalue()
    assert journal.read(tmp_path / "curves.csv")["denoiser"][0][2] == 0.5


def test_presets_differ_only_where_they_must() -> None:
    gpu, smoke = dataclasses.asdict(PRESETS["gpu"]), dataclasses.asdict(PRESETS["smoke"])

    same = {"size", "vae_channels", "unet_channels", "batch", "vae_batch", "crop", "text_layers"}
    assert {name for name in gpu if gpu[name] == smoke[name]} >= same, "what smoke measures is what gpu will do"


def test_settings_are_changed_by_name() -> None:
    settings = changed(PRESETS["gpu"], ["rate=0.5", "batch=64", "unet_channels=32,64", "compile=false"])

    assert (settings.rate, settings.batch, settings.unet_channels, settings.compile) == (0.5, 64, (32, 64), False)


@pytest.mark.parametrize("word", ["speed=9", "batch=many", "compile=perhaps", "rate"])
def test_a_setting_that_cannot_be_is_named(word: str) -> None:
    with pytest.raises(SetupError, match=word.partition("=")[0]):
        changed(PRESETS["gpu"], [word])


def test_quick_group_normalisation_gives_the_numbers_and_slopes_of_torchs_own() -> None:
    torch.manual_seed(0)
    plain = torch.nn.GroupNorm(4, 16)
    torch.nn.init.normal_(plain.weight)
    torch.nn.init.normal_(plain.bias)
    quick = copy.deepcopy(plain)
    quicken(quick, CPU)
    told = []
    for norm in (plain, quick):
        values = torch.randn(2, 16, 6, 5, generator=torch.Generator().manual_seed(1))
        values = values.contiguous(memory_format=torch.channels_last).requires_grad_()
        made = norm(values)
        made.backward(torch.linspace(-1, 1, made.numel()).view(made.shape))
        told.append((made.detach(), values.grad, norm.weight.grad, norm.bias.grad))
    assert type(quick) is QuickGroupNorm
    for one, other in zip(*told, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-4)
