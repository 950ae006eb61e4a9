"""The folder in which the shop trains its own models: a DVC workspace in the state folder, made from the installed code.

DVC wants the pipeline's definition, its parameters, and every file that a stage depends on below one root. In a checkout
that is the repository. Elsewhere the root is made: definition and parameters are copied, and the two packages whose files stages
depend on are symbolic links to wherever they are installed, a checkout, a wheel or the image. There is no git there.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hashiramart.config import Settings
from hashiramart.errors import SetupError, Unavailable
from ml import repro
from ml.layout import Layout
from ml.params import default_params_path, load_params
from ml.repro import Cancelled, never

_CODE = Path(__file__).resolve().parent.parent
_LINKED = ("ml", "hashiramart")
_CONFIG = """[core]
    no_scm = True
    analytics = false
    check_update = false
"""
_SNAPSHOT_PARTS = ("slayers.parquet", "weapons.parquet", "interactions", "impressions")


def default_root(settings: Settings) -> Path:
    """Where this installation trains."""
    return settings.home / "pipeline"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A root in which DVC can run the pipeline. ``ours`` tells a made one from a checkout, which belongs to its developer."""

    settings: Settings
    root: Path
    ours: bool

    def dvc(self, *arguments: str, on_line: Callable[[str], None] | None = None, cancelled: Cancelled = never) -> None:
        """Run a command of DVC.

        Raises:
            Unavailable: it failed; the message ends with what it said.
            ml.repro.Stopped: ``cancelled`` said so.
        """
        said: list[str] = []

        def hear(line: str) -> None:
            said.append(line)
            if on_line is not None:
                on_line(line)

        code = repro.run(self.root, arguments, self._environment(), hear, cancelled)
        if code != 0:
            last = next((line for line in reversed(said) if line.strip()), f"exit code {code}")
            raise Unavailable(f"dvc {arguments[0]} failed in {self.root}: {last.removeprefix('ERROR: ')}")

    def track(self) -> None:
        """Give what the snapshot holds to DVC, file by file: git keeps the manifest, so the folder as a whole cannot be added."""
        folder = Layout(self.root).snapshot
        found = [folder / part for part in _SNAPSHOT_PARTS if (folder / part).exists()]
        if found:
            self.dvc("add", "--quiet", *(path.relative_to(self.root).as_posix() for path in found))

    def tidy(self) -> None:
        """Forget what no current file needs: last night's tables, and with them what slayers who have left had fought."""
        if self.ours:
            self.dvc("gc", "--workspace", "--force", "--quiet")

    def unlock(self) -> None:
        """Forget locks of a DVC that was killed: its number may be another process's by now. Only while nobody else is in."""
        if self.ours:
            (self.root / ".dvc" / "tmp" / "rwlock").unlink(missing_ok=True)

    def _environment(self) -> dict[str, str]:
        """Our environment with these settings, which may come from elsewhere (a .env file that lies in another folder)."""
        settings = self.settings
        inherited = os.environ  # noqa: TID251 - handed on, not read
        environment = dict(inherited)
        for name, value in (
            ("HASHIRA_HOME", settings.home),
            ("MLFLOW_TRACKING_URI", settings.mlflow_tracking_uri),
            ("HASHIRA_DASK_SCHEDULER", settings.dask_scheduler),
        ):
            environment.pop(name, None)
            if value is not None:
                environment[name] = str(value)
        # "python" in a stage's command is this interpreter; DVC runs stages in the shell that SHELL names.
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', os.defpath)}"
        if self.ours:  # what DVC remembers of files goes with the state folder
            environment["DVC_SITE_CACHE_DIR"] = str(self.root / ".dvc" / "tmp" / "site")
        return environment | {"SHELL": "/bin/sh", "PYTHONUNBUFFERED": "1", "DVC_NO_ANALYTICS": "1"}


def open_workspace(settings: Settings, root: Path) -> Workspace:
    """The workspace at ``root``, made or brought up to date with the installed code; a checkout is taken as it is.

    Raises:
        SetupError: it cannot be written, or the parameters are wrong.
        Unavailable: DVC fails.
    """
    root = root.absolute()
    if (root / "ml").is_dir() and not (root / "ml").is_symlink():
        return _checkout(settings, root)
    params = settings.params_file or default_params_path()
    load_params(params)
    made = Workspace(settings, root, ours=True)
    try:
        for folder in (root, Layout(root).snapshot, Layout(root).champion):
            folder.mkdir(parents=True, exist_ok=True)
        for name in _LINKED:
            _link(root / name, _CODE / name)
        _copy(_definition(), root / "dvc.yaml")
        _copy(params, root / "params.yaml")
        _write(root / ".dvcignore", "**/__pycache__/\n")
        if not (root / ".dvc" / "config").is_file():
            made.dvc("init", "--no-scm", "--force", "--quiet")
        _write(root / ".dvc" / "config", _CONFIG)
    except OSError as error:
        raise SetupError(f"The pipeline's folder {root} cannot be made: {error.strerror}.") from error
    return made


def _checkout(settings: Settings, root: Path) -> Workspace:
    own = root / "params.yaml"
    if not (root / ".dvc").is_dir() or not (root / "dvc.yaml").is_file():
        raise SetupError(f"{root} has code of its own, but is no DVC workspace; name another root.")
    if settings.params_file is not None and settings.params_file.absolute() != own:
        raise SetupError(f"HASHIRA_PARAMS names {settings.params_file}, but a checkout is trained with its own {own}.")
    load_params(own)
    return Workspace(settings, root, ours=False)


def _definition() -> Path:
    """``dvc.yaml`` of the checkout, or the copy beside this module in an installed package."""
    packaged = Path(__file__).with_name("dvc.yaml")
    return packaged if packaged.is_file() else _CODE / "dvc.yaml"


def _link(link: Path, target: Path) -> None:
    if link.is_symlink() and link.readlink() == target:
        return
    link.unlink(missing_ok=True)
    link.symlink_to(target, target_is_directory=True)


def _copy(source: Path, target: Path) -> None:
    if not target.is_file() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)


def _write(path: Path, text: str) -> None:
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
