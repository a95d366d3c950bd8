"""Bytes of one source file → ``Document``, whatever its format: ``read_document``.

A file is read by what it is, not by what its suffix says, and in a process of its own that may neither grow
beyond a gigabyte nor run longer than a minute, and that ends when this one does.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path, PurePath

from generator.base.errors import SourceError, make_os_problem
from generator.base.messages import Message
from generator.base.places import Place
from generator.sources.child import MEMORY, parse_answer
from generator.sources.document import MAX_FILE, MAX_TEXT, Document, refusal, require_size
from generator.sources.file_kind import sniff_kind
from generator.sources.readers import IN_PROCESS, find_reader

SUFFIXES: dict[str, frozenset[str]] = {
    ".txt": frozenset({"txt"}),
    ".md": frozenset({"md"}),
    ".csv": frozenset({"csv"}),
    ".tsv": frozenset({"csv"}),
    ".html": frozenset({"html"}),
    ".htm": frozenset({"html"}),
    ".mht": frozenset({"mhtml"}),
    ".mhtml": frozenset({"mhtml"}),
    ".docx": frozenset({"docx"}),
    ".docm": frozenset({"docx"}),
    ".doc": frozenset({"doc"}),
    ".wps": frozenset({"doc", "docx"}),
    ".rtf": frozenset({"rtf"}),
    ".odt": frozenset({"odt"}),
    ".xlsx": frozenset({"xlsx"}),
    ".xlsm": frozenset({"xlsx"}),
    ".xlsb": frozenset({"xlsb"}),
    ".xls": frozenset({"xls"}),
    ".et": frozenset({"xls", "xlsx"}),
    ".ods": frozenset({"ods"}),
    ".pdf": frozenset({"pdf"}),
}
"""Suffix → kinds of content that are to be expected under it."""
_TITLES = {
    "txt": Message("纯文本"),
    "md": "Markdown",
    "csv": Message("分隔符文本"),
    "html": Message("网页"),
    "mhtml": Message("网页归档"),
    "rtf": "RTF",
    "wordxml": "Word XML",
    "excelxml": "Excel XML",
}
_SMALL = 1 << 20
"""Bytes up to which plain text is read in this process: no library is driven by it."""
_SECONDS = 58
"""Longest that one file may take."""


def read_document(data: bytes, name: str) -> Document:
    """Blocks of the source file ``name`` (file name, for its suffix and for messages).

    Raises: SourceError, with one problem that names the file, the reason and the way out.
    """
    kind = find_kind(data, name)
    here = (kind in IN_PROCESS and len(data) <= _SMALL) or not sys.executable
    return add_kind_note(find_reader(kind)(data, name) if here else _apart(data, name, kind), kind)


def read_here(data: bytes, name: str) -> Document:
    """As ``read_document``, in this process: without limits on memory and time.

    Raises: SourceError as above.
    """
    kind = find_kind(data, name)
    return add_kind_note(find_reader(kind)(data, name), kind)


def find_kind(data: bytes, name: str) -> str:
    """Kind of content of a file: ``docx``, ``xlsx``, ``txt`` …

    Raises: SourceError for empty, too large, encrypted and unknown files.
    """
    suffix = PurePath(name).suffix.lower()
    require_size(data, name, limit=MAX_TEXT if suffix in {".txt", ".md", ".csv", ".tsv"} else MAX_FILE)
    kind = sniff_kind(data, name, suffix)
    if suffix not in SUFFIXES and kind in IN_PROCESS:
        known = tuple(key.removeprefix(".") for key in SUFFIXES)
        raise refusal(
            name,
            Message("不认识后缀“{suffix}”", suffix=suffix),
            Message("可以读的有 {suffixes}", suffixes=known),
        )
    return kind


def add_kind_note(document: Document, kind: str) -> Document:
    """Document with a note when the content is not what the suffix says."""
    suffix = PurePath(document.name).suffix.lower()
    if kind in SUFFIXES.get(suffix, frozenset()):
        return document
    title = _TITLES.get(kind, kind)
    note = Message("文件后缀是“{suffix}”，内容其实是{title}，按{title}读取", suffix=suffix, title=title)
    return replace(document, notes=(note, *document.notes))


def _apart(data: bytes, name: str, kind: str) -> Document:
    """Document read by a child process.

    Raises: SourceError; RuntimeError with the child's traceback when a reader has a bug.
    """
    try:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "generator.sources.child", kind, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
    except OSError as error:
        raise SourceError(make_os_problem(error, Place(file=name))) from error
    try:
        answer, errors = child.communicate(data, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise _too_slow(name) from error
    finally:
        _end(child)
    result = parse_answer(answer)
    if isinstance(result, Document):
        return result
    if isinstance(result, SourceError):
        raise result
    if child.returncode == -getattr(signal, "SIGXCPU", 0):
        raise _too_slow(name)
    if child.returncode == 1 and b"MemoryError" not in errors and not answer:
        raise RuntimeError(errors.decode("utf-8", "replace"))
    what = Message("读取时占用的内存超过上限 {limit} GB，已停止", limit=MEMORY >> 30)
    raise refusal(name, what, Message("请只留下任务表，另存为新文件后再导入"))


def _too_slow(name: str) -> SourceError:
    hint = Message("请只留下任务表，另存为新文件后再导入")
    return refusal(name, Message("读了 {seconds} 秒还没有读完，已停止", seconds=_SECONDS), hint)


def _environment() -> dict[str, str]:
    """Environment of the child: finds this package, starts no threads that would count as memory."""
    package = str(Path(__file__).parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _end(child: subprocess.Popen[bytes]) -> None:
    """Stop the child and whatever it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout, child.stderr):
        if pipe is not None:
            pipe.close()
