"""One page of each kind, as it is printed for the invented district; ``--update`` rewrites them.

A change of a template, a view or a word can be read here as a difference of lines. Drawings, scripts and
style sheets are left out: they have golden files or tests of their own.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.figures import make_report
from generator.site.views import make_pages
from tests.audit.built import Built
from tests.builders import words_of
from tests.golden.golden_files import hold_golden
from tests.paths import TEMPLATES

GOLDEN = Path(__file__).parent / "pages"
PAGES = {
    "home": "index.html",
    "overview": "ceshi/index.html",
    "empty": "kong/index.html",
    "task": "ceshi/tasks/2025-001.html",
    "directory": "ceshi/departments/index.html",
    "department": "ceshi/departments/qu-zhu-fang-cheng-xiang-jian-she-ju.html",
    "pointer": "ceshi/departments/qu-cai-zheng-he-shui-wu-ju.html",
    "department_brief": "ceshi/briefs/qu-zhu-fang-cheng-xiang-jian-she-ju.html",
    "brief": "ceshi/brief.html",
    "changes": "ceshi/changes/2025Q2.html",
    "ledger": "ceshi/ledger.html",
    "calendar": "ceshi/calendar/index.html",
    "groups": "ceshi/standings/index.html",
    "group": "ceshi/standings/behind.html",
    "year": "ceshi/years/2025.html",
    "term": "ceshi/terms/2022-2026.html",
    "corrections": "ceshi/corrections.html",
    "compare": "compare.html",
    "data": "data/index.html",
    "method": "method.html",
    "text": "accessibility.html",
    "source": "ceshi/sources/2025Q2.html",
    "search": "search.html",
    "sitemap": "sitemap.html",
    "catalogue": "ceshi/sitemap.html",
    "not_found": "404.html",
}
"""Template → page of the site that it prints."""
SINGLE = "single"
"""The template of the single-file edition, which holds the contents of other pages."""
APART = ("place", "places")
"""The invented district names no place: tests/unit/site/test_place_pages.py prints these."""


def readable(page: str) -> str:
    """A page without what no template says: drawings, data for scripts, scripts, styles, sizes of files."""
    page = re.sub(r"(<svg\b[^>]*>).*?(</svg>)", r"\1…\2", page, flags=re.S)
    page = re.sub(r"sha256-[\w+/=]{43,}", "sha256-…", page)
    page = re.sub(r"\b\d[\d.,]* (?=KB|MB|B\b)", "… ", page)
    return re.sub(r"(<(script|style)\b[^>]*>).+?(</\2>)", r"\1…\3", page, flags=re.S)


def without_frame(page: str) -> str:
    """A page without the head, navigation and foot that all pages share; the front page keeps them."""
    page = re.sub(r"(?s)<head>.*?(?=<title>)", "<head>…\n", page)
    page = re.sub(r'(?s)<link rel="icon".*?(?=</head>)', "…\n", page)
    page = re.sub(r'(?s)<header class="top">.*?</header>', "<header>…</header>\n", page)
    return re.sub(r"(?s)<footer\b.*</footer>", "<footer>…</footer>", page)


def frame(page: str) -> str:
    """The single-file edition without the contents of its chapters: their sections and headings alone."""
    head, mark, rest = page.partition('<section class="single-chapter"')
    return head + "\n".join(re.findall(r"<section\b.*|<h[1-3]\b.*", mark + rest)) + "\n"


@pytest.mark.parametrize("kind", PAGES)
def test_page_of_a_kind(kind: str, sample: Built, request: pytest.FixtureRequest) -> None:
    text = readable(sample.files[PAGES[kind]].decode("utf-8"))
    text = text if kind == "home" else without_frame(text)
    hold_golden(GOLDEN / f"{kind}.html", text, update=request.config.getoption("--update"))


def test_single_file(sample: Built, request: pytest.FixtureRequest) -> None:
    (url,) = (name for name in sample.files if re.fullmatch(r"offline/.*\.html", name))
    text = frame(readable(sample.files[url].decode("utf-8")))
    hold_golden(GOLDEN / f"{SINGLE}.html", text, update=request.config.getoption("--update"))


def test_head_and_foot_of_a_government_site(official: Built, request: pytest.FixtureRequest) -> None:
    page = readable(official.files[PAGES["task"]].decode("utf-8"))
    text = re.sub(r"<main\b.*</main>", "…", page, flags=re.S)
    hold_golden(GOLDEN / "task-official.html", text, update=request.config.getoption("--update"))


def test_every_template_of_a_page_has_its_golden(sample: Built) -> None:
    planned = {page.url: page.template for page in make_pages(make_report(sample.site), {}, words_of())}
    planned |= {"data/index.html": "pages/data.html"}  # made where the data are, after the others
    planned |= {"ceshi/sources/2025Q2.html": "pages/source.html"}  # made of the received files too
    assert {kind: planned[url] for kind, url in PAGES.items()} == {k: f"pages/{k}.html" for k in PAGES}
    assert {path.stem for path in (TEMPLATES / "pages").iterdir()} == {*PAGES, *APART, SINGLE}
    assert {path.stem for path in GOLDEN.iterdir()} == {*PAGES, SINGLE, "task-official"}
