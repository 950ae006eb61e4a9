"""Where a model comes from: hashes of files, data and DVC's lock, and the commit of the code."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

_CODE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Commit:
    """The commit of this code; ``sha`` is None outside git or before the first commit."""

    sha: str | None
    dirty: bool


def sha256_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_data(folder: Path) -> str:
    """One SHA-256 over the names and contents of all Parquet files of a folder, in hex."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.parquet")):
        digest.update(f"{path.relative_to(folder).as_posix()} {sha256_file(path)}\n".encode())
    return digest.hexdigest()


def dvc_lock(root: Path) -> str | None:
    """SHA-256 of ``dvc.lock`` in a pipeline's root, in hex; None where DVC does not run the pipeline.

    While a stage runs, the file already names the outputs of all stages before it.
    """
    lock = root / "dvc.lock"
    return sha256_file(lock) if lock.is_file() else None


def code_commit() -> Commit:
    """The commit that ``ml`` was checked out from, and whether the package has been edited since."""
    # An untracked copy (an installed package inside some other repository) has no commit of its own.
    if _git("ls-files", "--error-unmatch", Path(__file__).name) is None:
        return Commit(None, dirty=True)
    sha = _git("rev-parse", "--verify", "--quiet", "HEAD")
    if sha is None:
        return Commit(None, dirty=True)
    return Commit(sha, dirty=_git("diff", "--quiet", "HEAD", "--", ".") is None)


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=_CODE, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
