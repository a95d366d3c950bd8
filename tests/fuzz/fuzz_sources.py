"""Damaged real files must end in a document or in our own error, never in another exception.

    python tests/fuzz/fuzz_sources.py --count 10000 --format docx

Inputs are read in child processes with the memory limit of the program and a limit on time for each. The seed
is fixed: the same command reads the same inputs. Inputs that fail are kept in the folder named by ``--keep``.

Formats that LibreOffice opens for us are read with what it once made of a whole file, damaged, in the place
of its answer: a start of LibreOffice takes seconds. One input in a hundred is really converted.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from unittest.mock import patch

from generator.base.errors import SourceError
from generator.sources import (
    libreoffice,
    read_here,
)
from generator.sources.child import limit_memory
from generator.sources.document import Cell, Document, Paragraph, Span, Table
from tests.formats.writers import WRITERS, convert, write_docx, write_pdf_by_chromium, write_pdf_by_office
from tests.fuzz.mutate import mutate
from tests.paths import ROOT

SECONDS = 30
"""Seconds of computing that one input may take; a machine that stands still does not count."""
CONVERTED = ("doc", "rtf", "odt")
"""Formats that are read by way of LibreOffice."""
REAL_EVERY = 100
"""One in so many of their inputs is really converted."""
FORMATS = ("docx", "xlsx", "xls", "ods", "html", "mhtml", "csv", "md", "txt", "pdf", *CONVERTED)
_MAIL_HEAD = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
_PDF_OPTIONS = (
    '{"RestrictPermissions":{"type":"boolean","value":"true"},"PermissionPassword":{"type":"string","value":"p"}}',
    '{"SelectPdfVersion":{"type":"long","value":"2"}}',
)
"""Encrypted but open to readers; archive form with tags."""
BATCH = 50
"""Inputs that one process reads in turn."""
TELL_EVERY = 500
"""Inputs after which the run says how far it is."""
OUTCOMES = ("document", "refused", "limit", "stopped", "bug")
"""Read; told with our own error; met the memory or depth limit; took too long; another exception.

``read_document`` tells limits and time with our own error too: it ends the process that reads."""


@cache
def seeds(kind: str) -> list[bytes]:
    """Real files of a format: the first rows of the received tables, plain and with merges and weights."""
    rows = 2 if kind == "pdf" else 7
    documents = [_first_rows(path, rows) for path in sorted(ROOT.glob("content/*/sources/*.txt"))]
    documents.append(_merged())
    texts = [path.read_bytes()[:6000] for path in sorted(ROOT.glob("content/*/sources/*.txt"))]
    makers: dict[str, Callable[[Document], bytes]] = {
        **WRITERS,
        "pdf": write_pdf_by_office,
        "doc": lambda document: convert(write_docx(document), ".docx", "doc"),
        "rtf": lambda document: convert(write_docx(document), ".docx", "rtf"),
        "odt": lambda document: convert(write_docx(document), ".docx", "odt"),
        "xls": lambda document: convert(WRITERS["xlsx"](document), ".xlsx", "xls"),
        "ods": lambda document: convert(WRITERS["xlsx"](document), ".xlsx", "ods"),
        "mhtml": lambda document: _MAIL_HEAD + WRITERS["html"](document),
    }
    if kind == "txt":
        return texts
    made = [makers[kind](document) for document in documents]
    if kind == "pdf":
        made.append(write_pdf_by_chromium(documents[0]))
        word = write_docx(documents[-1])
        made += [convert(word, ".docx", f"pdf:writer_pdf_Export:{option}") for option in _PDF_OPTIONS]
    if kind in {"docx", "xlsx", "html"}:
        made += [convert(data, f".{kind}", kind) for data in made[:1]]
    return made


def _first_rows(path: Path, rows: int) -> Document:
    """Document of the first rows of a received table."""
    read = read_here(path.read_bytes(), path.name)
    table = next(block for block in read.blocks if isinstance(block, Table))
    cells = tuple(cell for cell in table.cells if cell.row < rows)
    short = Table(cells=cells, rows=rows, columns=table.columns)
    return Document(name="", format="", blocks=(Paragraph(text="2025年重点任务推进情况"), short))


def _merged() -> Document:
    cells = (
        Cell(text="序号", row=0, column=0, row_span=2),
        Cell(text="任务", row=0, column=1, column_span=2),
        Cell(text="类别", row=1, column=1),
        Cell(text="内容", row=1, column=2),
        Cell(text="1", row=2, column=0),
        Cell(text="民生", row=2, column=1, row_span=2),
        Cell(text="新增就业2万人\n完成77%", row=2, column=2, bold=(Span(start=0, end=4),)),
        Cell(text="2", row=3, column=0),
        Cell(text="修路3公里", row=3, column=2),
    )
    return Document(name="", format="", blocks=(Table(cells=cells, rows=4, columns=3),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One damaged file."""

    data: bytes
    converted: bytes | None = None
    """What stands in for LibreOffice's answer; None where the file is read as it is."""


def inputs(kind: str, count: int, seed: int) -> Iterator[Input]:
    """Damaged files, the same ones for the same seed."""
    found = seeds(kind)
    answers = (
        [libreoffice.convert(data, "a", f".{kind}", "docx") for data in found] if kind in CONVERTED else []
    )
    for index in range(count):
        dice = random.Random(f"{kind}-{seed}-{index}")
        data = mutate(dice.choice(found), found, dice)
        recorded = bool(answers) and index % REAL_EVERY > 0
        yield Input(data=data, converted=mutate(dice.choice(answers), answers, dice) if recorded else None)


def outcome(one: Input, kind: str) -> str:
    """What becomes of one input, in this process."""
    try:
        if one.converted is None:
            read_here(one.data, f"a.{kind}")
        else:
            with patch.object(libreoffice, "convert", return_value=one.converted):
                read_here(one.data, f"a.{kind}")
    except SourceError as error:
        return "refused" if len(str(error)) > 5 else "bug"
    except (MemoryError, RecursionError):
        return "limit"
    except BaseException:
        traceback.print_exc()
        return "bug"
    return "document"


def outcomes_apart(batch: Sequence[Input], kind: str) -> list[str]:
    """What becomes of inputs that one child process reads in turn; shorter when the last of them ended it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        limit_memory()
        for one in batch:
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            os.write(writer, bytes([OUTCOMES.index(outcome(one, kind))]))
        os._exit(0)
    os.close(writer)
    found = []
    while byte := os.read(reader, 1):
        found.append(OUTCOMES[byte[0]])
    os.close(reader)
    _, status = os.waitpid(child, 0)
    if len(found) < len(batch):
        stopped = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF
        found.append("stopped" if stopped else "limit")
    return found


def keep_input(folder: Path, one: Input, title: str, kind: str) -> None:
    """Write an input that failed, and what stood in for LibreOffice's answer."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{title}.{kind}").write_bytes(one.data)
    if one.converted is not None:
        (folder / f"{title}.{kind}.docx").write_bytes(one.converted)


def run(kind: str, count: int, seed: int, keep: Path | None) -> Counter[str]:
    """Outcomes of ``count`` inputs of one format; those that fail are kept."""
    counts: Counter[str] = Counter()
    source = inputs(kind, count, seed)
    outcome(Input(data=seeds(kind)[0]), kind)  # loads the reader's libraries before the first child is made
    waiting = list(islice(source, BATCH))
    while waiting:
        found = outcomes_apart(waiting, kind)
        for one, result in zip(waiting, found, strict=False):
            if result in {"bug", "stopped", "limit"} and keep:
                keep_input(keep, one, f"{result}-{counts.total()}", kind)
            counts[result] += 1
            if counts.total() % TELL_EVERY == 0 and counts.total() < count:
                print(f"{kind}: {counts.total()} of {count}, {tell(counts)}", file=sys.stderr, flush=True)
        waiting = waiting[len(found) :] + list(islice(source, len(found)))
    return counts


def tell(counts: Counter[str]) -> str:
    """Outcomes with their numbers."""
    return ", ".join(f"{counts[name]} {name}" for name in OUTCOMES)


def main() -> int:
    """Run the command; exit code 1 when an input ended in another exception than ours."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--format", default="all", choices=["all", *FORMATS])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="folder for the inputs that fail")
    chosen = options.parse_args()
    failed = False
    for kind in FORMATS if chosen.format == "all" else (chosen.format,):
        started = time.monotonic()
        counts = run(kind, chosen.count, chosen.seed, chosen.keep)
        failed = failed or counts["bug"] > 0
        seconds = time.monotonic() - started
        print(f"{kind}: {counts.total()} inputs: {tell(counts)}; {seconds:.0f} s", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
