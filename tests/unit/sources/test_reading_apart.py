"""What the system refuses to the process that reads a file ends in one message that names the file."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.base.errors import SourceError
from generator.sources import read_document
from tests.formats.writers import write_docx
from tests.paths import ROOT

_RTF = rb"{\rtf1\ansi hello}"
_LIMITED = """
import resource, sys
from generator.base.errors import SourceError, format_problem
from generator.sources import read_document
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    read_document(sys.stdin.buffer.read(), "a.rtf")
except SourceError as error:
    print(*map(format_problem, error.problems), file=sys.stderr)
    raise SystemExit(7)
"""


@pytest.mark.parametrize("code", [errno.EAGAIN, errno.EMFILE, errno.ENOMEM])
def test_a_process_that_cannot_begin(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    from generator.sources.document import Document, Paragraph

    data = write_docx(Document(name="", format="", blocks=(Paragraph(text="测试"),)))
    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(SourceError) as found:
        read_document(data, "表.docx")
    assert [problem.place.file for problem in found.value.problems] == ["表.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of the system")
def test_a_process_that_may_not_write(tmp_path: Path) -> None:
    office = tmp_path / "soffice"
    office.write_text("#!/bin/sh\n", encoding="utf-8")
    office.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        [sys.executable, "-c", _LIMITED],
        input=_RTF,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PATH": path, "TMPDIR": str(tmp_path)},
        check=False,
    )
    told = ended.stderr.decode("utf-8")
    assert ended.returncode == 7, told
    assert "系统拒绝了" in told
    assert "Traceback" not in told
