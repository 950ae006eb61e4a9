"""Files that are made to do harm are refused with the reason, in bounded time and memory, and stop no other file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.corpus import Document
from knowledge.reading import Refused, find_files, read_files
from tests.unit.knowledge.hostile import GOOD, HOSTILE

SECONDS = 10
MEMORY = 512_000_000  # bytes


def read_all(folder: Path) -> list[Document | Refused]:
    found, refused = find_files([folder])
    return [*refused, *read_files(found, folder)]


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_the_reason_and_a_good_one_beside_it_is_read(tmp_path: Path, case: str) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    build, says = HOSTILE[case]
    build(folder)
    (folder / "good.md").write_text(GOOD, encoding="utf-8")
    started = time.monotonic()
    answers = read_all(folder)
    assert time.monotonic() - started < SECONDS
    good = [answer for answer in answers if isinstance(answer, Document)]
    bad = [answer for answer in answers if isinstance(answer, Refused)]
    assert [document.source for document in good] == ["good.md"]
    assert len(bad) == 1
    assert re.search(says, bad[0].reason), bad[0].reason
    assert "\n" not in bad[0].reason + bad[0].source


_MEASURED = """
import json, resource, sys
from pathlib import Path
from knowledge.corpus import Document
from knowledge.reading import find_files, read_files

folder = Path(sys.argv[1])
found, refused = find_files([folder])
read = [answer.source for answer in read_files(found, folder) if isinstance(answer, Document)]
unit = 1 if sys.platform == "darwin" else 1024
peaks = [resource.getrusage(who).ru_maxrss * unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
if sys.platform == "linux":  # where a process is born with the peak of the one that started it, the test's own
    lines = Path("/proc/self/status").read_text().splitlines()
    peaks[0] = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
print(json.dumps({"read": read, "peaks": peaks, "refused": len(refused) + len(found) - len(read)}))
"""


def test_of_all_hostile_files_and_a_good_one_exactly_the_good_one_is_read_within_half_a_gigabyte(
    tmp_path: Path,
) -> None:
    for number, (build, _) in enumerate(HOSTILE.values()):
        folder = tmp_path / "library" / f"{number:02d}"
        folder.mkdir(parents=True)
        build(folder)
    (tmp_path / "library" / "good.md").write_text(GOOD, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(tmp_path / "library")], capture_output=True, text=True, check=True
    )
    measured = json.loads(done.stdout)
    assert measured["read"] == ["good.md"]
    assert measured["refused"] == len(HOSTILE)
    assert max(measured["peaks"]) < MEMORY, measured
