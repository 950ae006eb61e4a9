"""Which painter the settings name: the project's own checkpoint, another one, or a hosted images API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from hashiramart.config import Settings
from hashiramart.errors import NotConfigured, SetupError
from ml.artist.advice import Advice, read_advice
from ml.artist.fingerprint import fingerprint, of_words

if TYPE_CHECKING:
    from ml.artist.painter import Painter

OFF = (
    "The forge has no image model, so the Artist cannot paint: HASHIRA_IMAGE_MODEL is 'none'. Leave it unset for the project's "
    "own."
)
_UNKNOWN_SIZE = (512, 512)  # Stable Diffusion 1.x's, where a hub name's files are not here yet


@dataclass(frozen=True, slots=True)
class Description:
    """What a painter will be, told without loading it.

    Attributes:
        name: as it may be shown.
        fingerprint: as the painter's. A hub name that was never downloaded has a provisional one, of its name.
        size: width and height that it paints, in pixels.
        steps: that a picture takes.
        guidance: how strictly it follows the prompt.
        poses: whether it keeps a request's pose exactly.
        own: whether it knows only the words of the project's renderer.
    """

    name: str
    fingerprint: str
    size: tuple[int, int]
    steps: int
    guidance: float
    poses: bool = False
    own: bool = False


def own_checkpoint() -> Path:
    """The folder of the checkpoint that ships with the project."""
    return Path(str(resources.files("ml.artist"))) / "checkpoint"


def describe(settings: Settings) -> Description:
    """Tell what ``load_painter`` would load, without torch and without the network.

    Raises:
        NotConfigured: pictures are switched off.
        SetupError: the settings or the files are wrong; says what to do.
    """
    if not settings.paints:
        raise NotConfigured(OFF)
    if settings.image_base_url:
        from ml.artist.hosted import told

        return told(settings)
    return _with_settings(_of_checkpoint(settings), settings)


def load_painter(settings: Settings) -> Painter:
    """Load the painter; every call loads anew, so keep it.

    Raises:
        NotConfigured: pictures are switched off.
        SetupError: the settings or the files are wrong; says what to do.
    """
    if not settings.paints:
        raise NotConfigured(OFF)
    if settings.image_base_url:
        from ml.artist.hosted import HostedPainter

        return HostedPainter(settings)
    from ml.artist.engine import Engine

    engine = Engine.load(
        settings.image_model or own_checkpoint(),
        threads=settings.image_threads,
        controlnet=settings.image_controlnet,
        keep=_sums(settings),
    )
    engine.steps = settings.image_steps or engine.steps
    engine.guidance = engine.guidance if settings.image_guidance is None else settings.image_guidance
    return engine


def learnt_from(settings: Settings) -> range:
    """The seeds of the renders that the painter learnt from; none for a hosted API or a checkpoint that is not of ours.

    Raises:
        SetupError: the settings or the files are wrong.
    """
    if settings.image_base_url:
        return range(0)
    from ml.artist.loading import cached_folder, local_folder

    model = settings.image_model or own_checkpoint()
    folder = local_folder(model) or cached_folder(str(model))
    advice = read_advice(folder) if folder else Advice()
    return range(advice.first_seed, advice.first_seed + advice.renders)


def _sums(settings: Settings) -> Path:
    """Where fingerprints are kept."""
    return settings.home / "artist" / "fingerprints.json"


def _with_settings(described: Description, settings: Settings) -> Description:
    return replace(
        described,
        steps=settings.image_steps or described.steps,
        guidance=described.guidance if settings.image_guidance is None else settings.image_guidance,
    )


def _of_checkpoint(settings: Settings) -> Description:
    from ml.artist.loading import cached_folder, local_folder, native_size

    model = settings.image_model or own_checkpoint()
    controlnet = settings.image_controlnet
    folder = local_folder(model) or cached_folder(str(model))
    if folder is None:
        advice = Advice()
        return Description(
            str(model), of_words("hub", str(model)), _UNKNOWN_SIZE, advice.steps, advice.guidance, bool(controlnet)
        )
    advice = read_advice(folder)
    try:
        mark = fingerprint(folder, _sums(settings))
        if controlnet:
            place = Path(controlnet).expanduser()
            net = place if place.is_dir() else cached_folder(controlnet)
            mark = of_words(mark, fingerprint(net, _sums(settings)) if net else of_words("hub", controlnet))
    except OSError as error:
        raise SetupError(f"The image model {model} cannot be read: {error.strerror or error}.") from error
    name = advice.name or (folder.resolve().name if local_folder(model) else str(model))
    return Description(
        name, mark, native_size(folder), advice.steps, advice.guidance, bool(controlnet), advice.words == "renderer"
    )
