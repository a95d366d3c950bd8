"""Archives, tables, feeds and the site map as bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from generator.app import inspection
from generator.base import disk
from generator.base.zip_archive import make_zip, read_zip
from generator.figures import Report, make_report
from generator.model.addresses import task_url
from generator.site.data.data_tables import DataColumn, DataTable, format_json, format_table_csv
from generator.site.data.workbook import format_xlsx
from generator.site.editions.offline_bundle import edition_urls
from generator.site.feeds import make_feeds, make_subject_feeds
from generator.site.rendering import Renderer
from generator.site.sitemap import make_sitemap_files
from generator.site.views import find_report_places, make_pages
from generator.wording import Words
from tests.builders import words_of
from tests.paths import SAMPLE

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://www.ceshi.example/taizhang"
TABLE = DataTable(
    name="x",
    columns=(
        DataColumn(name="text", kind="string", title="文字"),
        DataColumn(name="sum", kind="number", title="数"),
        DataColumn(name="day", kind="date", title="日"),
    ),
    rows=(
        {"text": '=1+1,"引号"\n换行', "sum": Decimal("1.95"), "day": dt.date(2025, 6, 30)},
        {"text": "-4", "sum": Decimal("13000000000"), "day": None},
    ),
)


@pytest.fixture(scope="module")
def words() -> Words:
    """The Chinese catalogue."""
    return words_of()


@pytest.fixture(scope="module")
def renderer(words: Words) -> Renderer:
    """The program's own templates."""
    return Renderer(disk.read_program_templates(), words)


@pytest.fixture(scope="module")
def report() -> Report:
    """The invented district."""
    return make_report(inspection.read_site(SAMPLE)[0])


def with_base(report: Report, base: str | None) -> Report:
    """The report of a site with an address."""
    site = replace(report.site, config=replace(report.site.config, base_url=base))
    return replace(report, site=site)


def test_an_archive_keeps_order_and_has_no_times() -> None:
    files = {"b.txt": b"1", "a.txt": b"2", "打开说明.txt": b"3"}
    assert list(read_zip(make_zip(files))) == list(files)
    assert make_zip(files) == make_zip(dict(files))
    with zipfile.ZipFile(io.BytesIO(make_zip(files))) as archive:
        assert archive.testzip() is None


def test_csv_quotes_and_never_computes() -> None:
    lines = format_table_csv(TABLE).decode("utf-8-sig").split("\r\n")
    assert lines[0] == "text,sum,day"
    assert lines[1] == '"\'=1+1,""引号""\n换行",1.95,2025-06-30'
    assert lines[2] == "'-4,13000000000.0,"


def test_json_keeps_whole_numbers_whole() -> None:
    assert format_json({"a": Decimal("2"), "b": Decimal("1.95"), "c": dt.date(2025, 6, 30)}) == (
        b'{\n "a": 2,\n "b": 1.95,\n "c": "2025-06-30"\n}\n'
    )


def test_excel_is_typed_and_the_same_every_time() -> None:
    one, two = (make_xlsx(TABLE) for _ in range(2))
    assert one == two
    rows = list(load_workbook(io.BytesIO(one)).worksheets[0].iter_rows(min_row=2))
    assert str(rows[0][0].value).startswith("=1+1")
    assert rows[0][0].data_type == "s"
    assert rows[0][1].value == 1.95
    assert rows[0][2].value == dt.datetime(2025, 6, 30)


def make_xlsx(table: DataTable) -> bytes:
    return format_xlsx(table, title="题", author="台账", date=dt.date(2025, 7, 20), cut="……（不全）")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\rb\x0bc\x00", "a_x000D_b_x000B_c_x0000_"),
        ("_x000D_", "_x005F_x000D_"),
        (" 甲\n乙\t", " 甲\n乙\t"),
        ("x" * 32_768, "x" * 32_761 + "……（不全）"),
    ],
)
def test_excel_keeps_every_character_and_says_when_a_text_is_cut(text: str, read: str) -> None:
    table = replace(TABLE, rows=({"text": text, "sum": None, "day": None},))
    row = load_workbook(io.BytesIO(make_xlsx(table))).worksheets[0][2]
    assert row[0].value == read


def test_feeds_need_an_address(report: Report, words: Words, renderer: Renderer) -> None:
    assert make_feeds(with_base(report, None), words, renderer) == {}
    files = make_feeds(with_base(report, BASE), words, renderer)
    assert set(files) == {"feed.xml", "ceshi/feed.xml", "kong/feed.xml"}
    feed = ElementTree.fromstring(files["ceshi/feed.xml"])
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)) >= 2
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)
    links = [link.get("href") or "" for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith(f"{BASE}/") for link in links)
    assert f"{BASE}/ceshi/2025Q2.html" in links
    assert not ElementTree.fromstring(files["kong/feed.xml"]).findall(f"{ATOM}entry")


def test_tasks_and_departments_have_feeds_in_words_for_readers(
    report: Report, words: Words, renderer: Renderer
) -> None:
    places = find_report_places(report)
    assert make_subject_feeds(with_base(report, None), places, words, renderer) == {}
    files = make_subject_feeds(with_base(report, BASE), places, words, renderer)
    found = report.districts[0]
    tasks = {f"{task_url(key).removesuffix('.html')}.xml" for key, t in found.tracks.items() if t.reported}
    departments = {f"ceshi/departments/{slug}.xml" for slug in found.busy_departments}
    assert tasks | departments <= set(files)
    assert "ceshi/departments/xian-ban.xml" not in files
    everything = "".join(
        ElementTree.fromstring(data).findtext(f"{ATOM}title") or "" for data in files.values()
    )
    for data in files.values():
        for entry in ElementTree.fromstring(data).findall(f"{ATOM}entry"):
            everything += (entry.findtext(f"{ATOM}title") or "") + (entry.findtext(f"{ATOM}summary") or "")
    assert "2025年第二季度" in everything
    for key in ("ceshi-2025", "2025Q2", "behind", "actuals", "t1"):
        assert key not in everything, key


def test_each_page_names_its_feeds_and_each_feed_is_there(
    report: Report, words: Words, renderer: Renderer
) -> None:
    based = with_base(report, BASE)
    files = make_subject_feeds(based, find_report_places(based), words, renderer)
    files |= make_feeds(based, words, renderer)
    named = {str(feed.url) for page in make_pages(based, {}, words) for feed in page.view.head.feeds}
    assert named == set(files)


def test_the_site_map_lists_pages_and_not_404(report: Report, renderer: Renderer) -> None:
    pages = ["index.html", "404.html", "ceshi/index.html", "data/tasks.csv"]
    assert set(make_sitemap_files(with_base(report, None), pages, renderer)) == {"robots.txt"}
    files = make_sitemap_files(with_base(report, f"{BASE}/"), pages, renderer)
    text = files["sitemap.xml"].decode()
    assert f"<loc>{BASE}/ceshi/index.html</loc><lastmod>2025-06-30</lastmod>" in text
    assert "404" not in text
    assert f"Sitemap: {BASE}/sitemap.xml" in files["robots.txt"].decode()


def test_a_district_without_a_table_has_no_edition(report: Report) -> None:
    names = {name for _, name, _ in edition_urls(report)}
    assert names == {"all", "ceshi"}


def test_signs_of_xml_in_a_title_stay_text(report: Report, words: Words, renderer: Renderer) -> None:
    config = replace(report.site.config, base_url=BASE, title='台账 <甲> & “乙” "丙"')
    files = make_feeds(replace(report, site=replace(report.site, config=config)), words, renderer)
    title = ElementTree.fromstring(files["feed.xml"]).findtext(f"{ATOM}title")
    assert title == '台账 <甲> & “乙” "丙"'
