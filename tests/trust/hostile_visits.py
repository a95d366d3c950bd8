"""Sites full of texts that try to run, opened in a Chromium: ``python -m tests.trust.hostile_visits``.

Every page of the site by file, with and without its policy, of the offline zip, and the single file. All
data invented.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from generator import content
from generator.app.cli import main as run_program
from generator.base.disk import read_program_templates, read_tree
from generator.base.paths import CONTENT
from generator.sources.document import Cell, Document, Paragraph, Table
from generator.wording import make_words
from tests.browser.visits import browsing, find_chromium
from tests.formats.writers import WRITERS
from tests.trust.filled_site import Take, write_site
from tests.trust.payloads import make_payloads
from tests.year.invented import write_txt

_HEADINGS = ("序号", "重点任务", "责任单位", "推进情况", "下一步计划", "监督科室 监督电话")
_WRITERS = {**WRITERS, "txt": write_txt}
KINDS = ("docx", "xlsx", "html", "csv", "txt")
_LONGEST_NAME = 70
"""A longer name of an office is refused."""
_TITLE = 60
"""Characters that a site's name may have."""
_FILES = {"publish.bundle.readme_name"}
"""Words that name a file: what is no name for one is refused."""
_RAN = "window.__hits = []; window.__ran = n => { window.__hits.push(n) }"
_LOOK = """() => {
  const bad = [...window.__hits.map(n => 'ran ' + n)];
  for (const element of document.querySelectorAll('*')) {
    for (const attribute of element.attributes) {
      if (/^on/i.test(attribute.name)) bad.push('handler ' + element.outerHTML.slice(0, 200));
      if (/^[\\s\\u0000-\\u0020]*(javascript|vbscript|data:text)/i.test(attribute.value)
          && ['href', 'src', 'action', 'data', 'xlink:href'].includes(attribute.name))
        bad.push('address ' + attribute.value.slice(0, 200));
      if (attribute.value.includes('evil.invalid')
          && ['href', 'src', 'action', 'data', 'style', 'xlink:href'].includes(attribute.name))
        bad.push('leads out ' + element.outerHTML.slice(0, 200));
    }
    if (/^(iframe|object|embed|base|form action|video|math|template)$/i.test(element.tagName))
      bad.push('element ' + element.outerHTML.slice(0, 200));
  }
  return bad;
}"""


def make_takes(payloads: Sequence[str]) -> list[Take]:
    """For every payload a task that holds it in every field."""

    def take_for(place: int, payload: str) -> Take:
        name = f"{place}{payload}" if len(payload) <= _LONGEST_NAME else ""
        return lambda field: name and f"{name} {field[12]}" if field.startswith("departments.") else payload

    return [take_for(place, payload) for place, payload in enumerate(payloads)]


def make_settings(payloads: Sequence[str]) -> dict[str, object]:
    """site.yaml with every word of the interface replaced that has no placeholder."""
    words = make_words(read_program_templates(), (), language="zh-CN")
    keys = sorted(
        key
        for key, text in words.entries.items()
        if key not in _FILES and isinstance(text, str) and "{" not in text
    )
    plain = [payload for payload in payloads if "{" not in payload and "}" not in payload]
    texts = {key: f"{plain[place % len(plain)]} {place}" for place, key in enumerate(keys)}
    fits = next(payload for payload in payloads if len(payload) <= _TITLE - 2)
    title = f"台账{fits}"  # no page may be called as another is
    return {"title": title, "description": payloads[-1], "publisher": payloads[1], "texts": texts}


def run_quietly(root: Path, *arguments: str) -> None:
    """A command that must go through."""
    with pytest.raises(SystemExit) as left:
        run_program(["--root", str(root), *arguments, "--quiet"])
    assert left.value.code == 0, f"{arguments[0]} fails"


def make_hostile_site(base: Path, payloads: Sequence[str]) -> Path:
    """The built site; nothing else is in the folder beside it."""
    root = base / "site"
    district = {"name": "<b>\"'&", "publisher": payloads[-1]}
    write_site(root, make_takes(payloads), settings=make_settings(payloads), district=district)
    run_quietly(root, "build")
    assert [path.name for path in base.iterdir()] == ["site"], "a file outside the site"
    allowed = {"content", "site.yaml", "output", ".cache", ".output.releases"}
    assert {path.name for path in root.iterdir()} <= allowed, "a file outside the built site"
    return root / "output"


def open_offline(output: Path, base: Path) -> list[Path]:
    """The unpacked offline zip and the single file."""
    found = [path for path in sorted((output / "offline").iterdir()) if path.suffix == ".html"]
    for path in sorted((output / "offline").glob("*.zip")):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
            target = base / "unzipped" / path.stem
            for name in package.namelist():
                assert target in (target / name).resolve().parents, f"a file outside: {name}"
            package.extractall(target)
        found += sorted(target.rglob("*.html"))
    return found


def visit_all(browser: Browser, pages: Sequence[Path], *, policy: bool) -> Iterator[str]:
    """What runs, is asked for, or stands in a page as more than text."""
    context = browser.new_context(bypass_csp=not policy, offline=False)
    context.add_init_script(_RAN)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: _note_dialog(dialog, asked))
    for path in pages:
        yield from _visit(page, path, asked)
    context.close()


def _note_dialog(dialog: Dialog, asked: list[str]) -> None:
    asked.append(f"dialog {dialog.message}")
    dialog.dismiss()


def _visit(page: Page, path: Path, asked: list[str]) -> Iterator[str]:
    asked.clear()
    page.goto(path.as_uri(), wait_until="load")
    page.mouse.move(200, 200)
    for found in page.evaluate(_LOOK):
        yield f"{path.name}: {found}"
    yield from (
        f"{path.name}: asks {url}" for url in asked if not url.startswith(("file:", "data:", "blob:"))
    )


def write_table(payloads: Sequence[str]) -> Document:
    """A received table with a payload in every column."""
    rows: list[Sequence[str]] = [_HEADINGS]
    for number, text in enumerate(payloads, 1):
        line = " ".join(text.split())
        rows.append((str(number), f"{line}新建公园{number}处。", "区测试局", line, line, f"{line}87650001"))
    cells = tuple(
        Cell(text=text, row=place, column=column)
        for place, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    title = Paragraph(text="测试区2025年重点任务推进情况（一季度）")
    return Document(name="", format="", blocks=(title, Table(cells=cells, rows=len(rows), columns=6)))


def ingest_table(root: Path, payloads: Sequence[str], kind: str) -> list[str]:
    """A site from a received table of one format; payloads that are not in the content to the letter."""
    (root / "content" / "ceshi").mkdir(parents=True)
    (root / "site.yaml").write_text("title: 台账\ndistricts: [ceshi]\n", encoding="utf-8")
    (root / "content" / "ceshi" / "district.yaml").write_text("name: 测试区\n", encoding="utf-8")
    received = root.parent / f"received.{kind}"
    received.write_bytes(_WRITERS[kind](write_table(payloads)))
    run_quietly(root, "ingest", str(received), "--district", "ceshi", "--period", "2025Q1", "--apply")
    updates = [task.updates[0] for task in content.parse_site(read_tree(root, CONTENT)).districts[0].tasks]
    read = {_squeeze(update.progress or "") for update in updates}
    return [text for text in payloads if _squeeze(text) not in read]


def _squeeze(text: str) -> str:
    """Without white space and the signs that nobody sees, which are no letters of a cell."""
    return "".join(sign for sign in text if not sign.isspace() and sign not in "\ufeff\u202e")


def spread(payloads: Sequence[str], at_once: int) -> list[Sequence[str]]:
    """Payloads by site, each with some of every kind."""
    count = max(1, round(len(payloads) / at_once))
    return [payloads[place::count] for place in range(count)]


def visit_site(browser: Browser, output: Path, base: Path, policies: Sequence[bool]) -> tuple[int, list[str]]:
    """How many pages were opened, and everything that was more than text."""
    pages = [*sorted(output.rglob("*.html")), *open_offline(output, base)]
    wrong = [each for policy in policies for each in visit_all(browser, pages, policy=policy)]
    return len(pages) * len(policies), wrong


def try_sources(browser: Browser, base: Path, payloads: Sequence[str]) -> tuple[int, list[str]]:
    """The same through received tables of every format; the site of one table is looked at too."""
    opened, wrong = 0, list[str]()
    for kind in KINDS:
        root = base / kind / "site"
        wrong += [f"{kind} loses {text}" for text in ingest_table(root, payloads, kind)]
        if kind == KINDS[0]:
            run_quietly(root, "build")
            opened, found = visit_site(browser, root / "output", base, [False])
            wrong += found
    return opened, wrong


def main() -> int:
    """Print the counts; exit code 1 when anything ran, was asked for or was more than text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at-once", type=int, default=60, help="payloads in one site")
    given = parser.parse_args()
    path, payloads = find_chromium(), make_payloads()
    assert path is not None, "no Chromium"
    started, opened = time.monotonic(), 0
    with browsing(path) as browser, tempfile.TemporaryDirectory() as folder:
        count, wrong = try_sources(browser, Path(folder) / "sources", payloads)
        opened += count
        print(f"sources {', '.join(KINDS)}: {len(wrong)} wrong", file=sys.stderr, flush=True)
        for place, some in enumerate(spread(payloads, given.at_once)):
            base = Path(folder) / str(place)
            output = make_hostile_site(base / "made", some)
            count, found = visit_site(browser, output, base, [True, False])
            opened, wrong = opened + count, wrong + found
            print(f"{opened} pages, {len(wrong)} wrong", file=sys.stderr, flush=True)
    print(*wrong[:50], sep="\n")
    seconds = time.monotonic() - started
    print(f"{len(payloads)} payloads, {opened} pages opened, {len(wrong)} wrong; {seconds:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
