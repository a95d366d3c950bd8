"""The same bytes whoever builds a site, with how many processes, in whatever order files are listed.

Day, folder, locale and time zone are tried in tests/site/test_publish_offline.py. All data invented.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.paths import ROOT, SAMPLE

pytestmark = pytest.mark.slow
_BUILD = """
from generator.app.cli import main
main(["--root", sys.argv[1], "build", "--quiet", "--jobs", sys.argv[2]])
"""
_BACKWARDS = """
listdir, scandir = os.listdir, os.scandir
class Backwards:
    def __init__(self, *given):
        with scandir(*given) as found: self.found = iter(sorted(found, key=lambda e: e.name, reverse=True))
    def __iter__(self): return self.found
    def __next__(self): return next(self.found)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
os.listdir = lambda *given: sorted(listdir(*given), reverse=True)
os.scandir = Backwards
"""


def build(folder: Path, before: str, jobs: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Checksums of the built invented site. before: what the process does first."""
    shutil.copytree(SAMPLE, folder / "site")
    code = f"import os, sys\n{before}\n{_BUILD}"
    command = [sys.executable, "-c", code, str(folder / "site"), jobs]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT), **environment})
    output = folder / "site" / "output"
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in output.rglob("*")
        if path.is_file()
    }


def test_who_builds_it_with_what_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "乙").mkdir()
    one = {"USER": "li", "LOGNAME": "li", "HOME": str(tmp_path / "a"), "PYTHONHASHSEED": "0"}
    other = {"USER": "root", "LOGNAME": "root", "HOME": "/nowhere", "PYTHONHASHSEED": "99"}
    first = build(tmp_path / "a", "os.umask(0o077)", "1", one)
    second = build(tmp_path / "乙", f"os.umask(0o002)\n{_BACKWARDS}", "3", other)
    assert len(first) > 100
    assert first == second
