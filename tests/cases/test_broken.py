"""One fault each: the whole message that a clerk sees, in both languages.

A case holds what differs from tests/sample, the command in ``command.txt`` (without it the site is built),
and what the command prints in ``expected.zh.txt`` and ``expected.en.txt``. All data invented.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.app.cli import main
from tests.golden.golden_files import hold_golden
from tests.paths import SAMPLE, TESTS

CASES = sorted(p for p in (TESTS / "broken").iterdir() if p.is_dir())
_QUOTED = re.compile(r'"[^"]*"')
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_NOT_COPIED = shutil.ignore_patterns("command.txt", "expected.*.txt")


def _write_journal(site: Path) -> None:
    (site / ".taizhang-journal").mkdir()
    (site / ".taizhang-journal" / "journal.json").write_text('[{"path": "../escaped.txt"}]', encoding="utf-8")


def _make_empty_folder(site: Path) -> None:
    shutil.rmtree(site)
    site.mkdir()


PREPARED: dict[str, Callable[[Path], None]] = {
    "no-site": _make_empty_folder,
    "damaged-journal": _write_journal,
}
"""What a case needs that cannot lie in a folder of text files."""


def run_case(case: Path, site: Path, language: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Exit code, standard error and output of the case's command; the site's folder is called SITE."""
    shutil.copytree(SAMPLE, site)
    shutil.copytree(case, site, dirs_exist_ok=True, ignore=_NOT_COPIED)
    for prepare in filter(None, [PREPARED.get(case.name)]):
        prepare(site)
    command = case / "command.txt"
    words = command.read_text(encoding="utf-8").split() if command.exists() else ["build", "--no-bundle"]
    arguments = [word.replace("SITE", str(site)) for word in words]
    with pytest.raises(SystemExit) as left:
        main(["--root", str(site), "--lang", language, *arguments])
    shown = capsys.readouterr()
    told = f"exit {left.value.code}\n{shown.err}{shown.out}"
    return told.replace(str(site.resolve()), "SITE").replace(str(site), "SITE")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_the_whole_message(
    case: Path,
    language: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    found = run_case(case, tmp_path / "site", language, capsys)
    assert not found.startswith("exit 0")
    assert "Traceback" not in found
    hold_golden(case / f"expected.{language}.txt", found, update=request.config.getoption("--update"))
    if language == "en":
        assert _CHINESE.findall(_QUOTED.sub("", found)) == []


def test_there_are_cases_of_every_stage() -> None:
    commands = [path.read_text(encoding="utf-8").split()[0] for path in TESTS.glob("broken/*/command.txt")]
    assert len(CASES) >= 35
    assert commands.count("ingest") >= 8
