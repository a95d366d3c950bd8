"""Three years of two districts: what the pages say of change is what was written down beforehand."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from generator import content
from generator.app import conductors, inspection
from generator.base.errors import IngestError
from generator.figures import check_history, make_report
from generator.ingest.update import change_office
from generator.model import AbsentTable, OfficeChange, parse_period
from generator.site.views import Profile, make_pages, make_site_view
from tests.year import three_years
from tests.year.three_years import Files, Received, district_of, plan_of, take_in

EXPECTED = Path(__file__).with_name("expected_statements.md")
_LINE = re.compile(r"(?P<stage>end|2024Q1) \| (?P<page>\S+) \| (?P<sign>[+-]) \| (?P<words>.+)")
OPEN = Path(__file__).with_name("open_statements.md").read_text("utf-8").splitlines()
"""Those that do not hold yet; each must fail until its line is taken away."""
STAGES = {"2023": "2023Q4", "2024Q1": "2024Q1", "2024": "2024Q4", "end": "2025Q4"}
"""Stage → the quarter behind whose last table the site is looked at."""


def _render(files: Files) -> dict[str, bytes]:
    """Every page of the site, charts aside."""
    site = content.parse_site(files)
    report, words, renderer = conductors.compute(site, inspection.read_templates(Path("/nowhere"), site))
    view = make_site_view(report, words, profile=Profile.ONLINE)
    return renderer.render_pages(make_pages(report, {}, words), view)


@pytest.fixture(scope="module")
def story() -> dict[str, dict[str, bytes]]:
    """The content behind every table, by ``<district> <period>`` of the table (a correction by -2)."""
    files, found = three_years.start(), {}
    for table in three_years.received():
        files = take_in(files, table)
        key = f"{table.district} {table.period}"
        found[f"{key}-2" if key in found else key] = files
    return found


@pytest.fixture(scope="module")
def sites(story: dict[str, dict[str, bytes]]) -> dict[str, dict[str, bytes]]:
    """The pages at each stage."""
    return {stage: _render(story[f"yi {quarter}"]) for stage, quarter in STAGES.items()}


def _words(page: bytes) -> str:
    main = page.decode().partition("<main")[2].partition("</main>")[0]
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", "", main, flags=re.S)
    return re.sub(r"\s+|[\u2060\u00a0\u200b]", "", re.sub(r"<[^>]+>", "", text))


def _statements() -> Iterator[ParameterSet]:
    for match in filter(None, map(_LINE.fullmatch, EXPECTED.read_text("utf-8").splitlines())):
        marks = [pytest.mark.xfail(strict=True)] if match[0] in OPEN else []
        yield pytest.param(*match.groups(), marks=marks)


@pytest.mark.parametrize(("stage", "page", "sign", "words"), list(_statements()))
def test_every_statement_is_as_written_beforehand(
    sites: dict[str, dict[str, bytes]], stage: str, page: str, sign: str, words: str
) -> None:
    assert page in sites[stage], "no such page"
    stands = re.sub(r"\s+", "", words) in _words(sites[stage][page])
    assert stands == (sign == "+"), f"{page}: {words}"


def _frozen(site: Mapping[str, bytes]) -> dict[str, bytes]:
    name = re.compile(r"(?:jia|yi)/(?:changes/)?20\d\dQ\d\.html")
    return {url: page for url, page in site.items() if name.fullmatch(url)}


def test_pages_of_published_periods_are_byte_equal_behind_every_later_table(
    story: dict[str, dict[str, bytes]],
) -> None:
    """Renames, mergers, splits, new numbers included; a correction rewrites the period that it corrects."""
    before: dict[str, bytes] = {}
    for key, files in story.items():
        after = _frozen(_render(files))
        changed = {url for url, page in before.items() if after.get(url) != page}
        corrected = key.endswith("-2")
        assert changed == ({"jia/2024Q2.html", "jia/changes/2024Q2.html"} if corrected else set()), key
        before = after
    assert len(before) == 2 * (12 + 11)


def test_no_address_is_ever_lost(sites: dict[str, dict[str, bytes]]) -> None:
    stages = list(sites.values())
    for earlier, later in itertools.pairwise(stages):
        assert sorted(earlier.keys() - later.keys()) == []


def test_an_address_of_the_kept_list_points_on(story: dict[str, dict[str, bytes]]) -> None:
    listed = {"content/published.txt": b"jia/old/page.html\njia/index.html\n"}
    pages = _render({**story["yi 2025Q4"], **listed})
    assert 'href="../index.html"' in pages["jia/old/page.html"].decode()


def _table(district: str, period: str, *, correction: bool = False) -> Received:
    found = [t for t in three_years.received() if (t.district, t.period) == (district, period)]
    return found[-1 if correction else 0]


def test_a_table_far_shorter_than_the_last_stops_and_asks(story: dict[str, dict[str, bytes]]) -> None:
    files, table = story["yi 2023Q2"], replace(_table("yi", "2023Q3"), partial=False)
    told = [p for p in plan_of(files, table, partial=False).problems if p.level == "error"]
    assert "少了 4 项（80%）" in str(told[0])
    assert "--partial" in str(told[0].hint)


def test_a_task_carried_on_in_other_words_is_proposed_or_asked(story: dict[str, dict[str, bytes]]) -> None:
    told = {}
    for period, before in (("2024Q1", "jia 2023Q4"), ("2025Q1", "jia 2024Q4")):
        table = replace(_table("jia", period), decisions={})
        for entry in plan_of(story[before], table, asked=False).entries:
            told[period, entry.row] = (*entry.came_from, *(task for task, _ in entry.candidates))
    assert told["2024Q1", 4][0] == "jia-2023-004"
    assert told["2024Q1", 3] == ()
    assert told["2024Q1", 5] == ()
    assert told["2025Q1", 1][0] == "jia-2024-006"
    assert told["2025Q1", 3][0] == "jia-2024-007"


def test_a_withdrawn_row_and_the_row_that_got_its_number_are_both_kept(
    story: dict[str, dict[str, bytes]],
) -> None:
    district = district_of(story["jia 2024Q2-2"], "jia")
    tasks = {t.id: t for t in district.tasks}
    assert [str(u.period) for u in tasks["jia-2024-003"].updates] == ["2024Q1"]
    assert (tasks["jia-2024-007"].number, tasks["jia-2024-003"].number) == (3, 3)
    told = {(c.task[-3:], c.field, c.old, c.new) for c in district.corrections}
    assert ("003", "row", "购置虚构除雪设备6台。", None) in told
    assert ("003", "progress", "已购置虚构除雪设备2台。", None) in told
    assert ("007", "row", None, "改造提升虚构农贸市场5处。") in told
    assert ("004", "actuals.t1.value", "2处", None) in told


def test_check_keeps_its_doubts_until_somebody_answers(story: dict[str, dict[str, bytes]]) -> None:
    district = district_of(story["yi 2025Q4"], "yi")
    told = [str(p.what) for p in check_history(district, dt.date(2026, 1, 20))]
    assert sum("2024Q2" in words and "累计数比上期少" in words for words in told) == 1
    assert "没有 2025Q2 的表" in told
    fall = ("yi-2024-002", parse_period("2024Q2"), "t1")
    known = replace(district, absent=(AbsentTable(period=parse_period("2025Q2"), reason="机构调整，未印发"),))
    left = [str(p.what) for p in check_history(known, dt.date(2026, 1, 20), answered={fall})]
    assert not [words for words in left if "2024Q2" in words or "没有 2025Q2" in words]


def test_a_copied_quarter_is_judged_by_the_day_of_its_figures(story: dict[str, dict[str, bytes]]) -> None:
    report = make_report(content.parse_site(story["yi 2024Q4"]))
    overviews = {str(o.period): o for o in report.districts[1].overviews}
    half, copy = (
        {f.task.id: (f.standing, f.schedule) for f in overviews[period].tasks}
        for period in ("2024Q2", "2024Q3")
    )
    assert half == copy


def test_two_tasks_of_one_title_break_no_build(sites: dict[str, dict[str, bytes]]) -> None:
    titles = Counter(
        re.findall(r"<title>(.*?)</title>", page.decode())[0]
        for url, page in sites["end"].items()
        if url.endswith(".html")
    )
    assert [title for title, n in titles.items() if n > 1] == []


def test_offices_keep_the_name_of_then(story: dict[str, dict[str, bytes]]) -> None:
    district = district_of(story["jia 2025Q4"], "jia")
    names = {t.id: {a.name for a in t.departments} for t in district.tasks}
    assert names["jia-2023-001"] == {"区虚构园林局"}
    assert names["jia-2024-001"] == {"区虚构城市管理和园林局"}
    assert names["jia-2024-002"] == {"区虚构人社局"}
    assert names["jia-2025-002"] == {"区虚构人力资源和社会保障局"}


@pytest.mark.parametrize(
    ("olds", "news", "words"),
    [
        (("区虚构园林局",), ("区虚构新局",), "已经不在了"),
        (("区虚构没有局",), ("区虚构新局",), "没有“区虚构没有局”"),
        (("区虚构商务局",), ("区虚构民政局",), "已经是"),
    ],
)
def test_contradictory_renames_are_refused(
    story: dict[str, dict[str, bytes]], olds: tuple[str, ...], news: tuple[str, ...], words: str
) -> None:
    files = story["jia 2025Q4"]
    with pytest.raises(IngestError, match=words):
        change_office(
            district_of(files, "jia"),
            files,
            olds,
            news,
            since=parse_period("2025Q1"),
            how=OfficeChange.RENAMED,
        )


def test_offices_and_tasks_that_go_in_a_circle_are_refused(story: dict[str, dict[str, bytes]]) -> None:
    files = dict(story["jia 2025Q4"])
    path = "content/jia/2023/004.yaml"
    files[path] += b"carried_over_from: [jia-2024-004]\n"
    _, problems = content.parse_district("jia", files)
    assert [str(p.what) for p in problems if "绕成了一圈" in str(p.what)]
    files = dict(story["jia 2025Q4"])
    path = "content/jia/district.yaml"
    end = b"{since: 2024Q1, how: merged, into: ["
    assert end in files[path]
    files[path] = files[path].replace(end + "区虚构城市管理和园林局".encode(), end + "区虚构园林局".encode())
    _, problems = content.parse_district("jia", files)
    assert any("只能往后走" in str(p.hint) for p in problems)
