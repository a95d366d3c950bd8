"""Offices merged, split, abolished, a task handed over, through the command line. All data invented."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator import content
from generator.figures import make_report
from generator.ingest.update import change_office
from generator.model import OfficeChange, parse_period
from generator.site.data.datasets import make_tables
from tests.builders import words_of
from tests.printed_pages import print_pages
from tests.year import invented, three_years
from tests.year.test_year import run
from tests.year.three_years import CITY, HOUSES, PARKS, SAFETY, TRADE, Files

HOMES, BUILDING, GREEN_TRADE = "区虚构住房局", "区虚构建设局", "区虚构商务园林局"
SPLIT = (HOUSES, HOMES, BUILDING, "--how", "split")
MERGED = (TRADE, PARKS, GREEN_TRADE)
ABOLISHED = (SAFETY, "--how", "abolished")
OFFICES = "yi/departments/qu-xu-gou-"
FROZEN = re.compile(
    r"(?:jia|yi)/(?:(?:changes/)?20\d\dQ\d\.html|charts/20\d\dQ\d-(?:standing|targets|distribution)\.\w+)"
    r"|data/periods/.+"
)
NEW_OFFICES = (HOMES, GREEN_TRADE, GREEN_TRADE, BUILDING, CITY)
"""Whose the five tasks of 乙虚区 are from 2025Q3 on: the fourth and the fifth are handed over."""


def _write(root: Path, files: Files) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def _rename(root: Path, *arguments: str, since: str = "2025Q3") -> int:
    return run("--root", str(root), "rename", *arguments, "--district", "yi", "--from", since, "--apply")


def _ingest(root: Path, offices: tuple[str, ...], period: str = "2025Q3") -> int:
    table = next(t for t in three_years.received() if (t.district, t.period) == ("yi", period))
    rows = [(row[0], office, *row[2:]) for row, office in zip(table.rows, offices, strict=True)]
    path = root.parent / "next.txt"
    path.write_bytes(replace(table, rows=rows).data)
    return run("--root", str(root), "ingest", str(path), "--district", "yi", "--period", period, "--apply")


def _words(page: bytes) -> str:
    return re.sub(r"\s+|[\u2060\u00a0\u200b]", "", re.sub(r"<[^>]+>", "", page.decode()))


@pytest.fixture(scope="module")
def early() -> Files:
    """The content of both districts up to the first quarter of 2025."""
    files: Files = three_years.start()
    for table in three_years.received():
        if table.period <= "2025Q1":
            files = three_years.take_in(files, table)
    return files


@pytest.fixture(scope="module")
def stages(early: Files, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The pages before any change, behind the commands, and behind the next table."""
    root = _write(tmp_path_factory.mktemp("offices") / "site", early)
    found = [print_pages(root)]
    assert [_rename(root, *change) for change in (SPLIT, MERGED, ABOLISHED)] == [0, 0, 0]
    found.append(print_pages(root))
    assert _ingest(root, NEW_OFFICES) == 0
    found.append(print_pages(root))
    return found


def test_no_page_is_lost_and_closed_periods_stay_to_the_byte(stages: list[dict[str, bytes]]) -> None:
    before, changed, after = stages
    for later in (changed, after):
        assert sorted(url for url in before.keys() - later.keys() if url.endswith(".html")) == []
        frozen = [url for url in before if FROZEN.fullmatch(url)]
        assert {url.rpartition(".")[2] for url in frozen} == {"html", "svg", "csv", "json"}
        assert [url for url in frozen if later[url] != before[url]] == []


def test_an_office_that_will_end_goes_on_with_its_tasks_until_then(stages: list[dict[str, bytes]]) -> None:
    words = _words(stages[1][f"{OFFICES}shang-wu-ju.html"])
    assert "2025年第一季度承担1项任务" in words
    assert f"自2025年第三季度起并入{GREEN_TRADE}" in words
    assert "已经不在了" not in words


@pytest.mark.parametrize(
    ("slug", "sign", "words"),
    [
        ("shang-wu-ju", True, f"2025年第一季度及以前由{TRADE}承担，现在是{GREEN_TRADE}。"),
        ("shang-wu-ju", True, f"{TRADE}已经不在了"),
        (
            "shang-wu-yuan-lin-ju",
            True,
            f"按当时的单位：{PARKS}1项、{TRADE}1项；按现在的单位：2项。",
        ),
        ("zhu-jian-ju", True, f"自2025年第三季度起拆分为{HOMES}、{BUILDING}"),
        ("zhu-jian-ju", True, f"2025年第一季度及以前由{HOUSES}承担，现在是{HOMES}。"),
        ("zhu-fang-ju", True, f"自2025年第三季度起由{HOUSES}拆分而来"),
        ("zhu-fang-ju", False, "按现在的单位"),
        ("jian-she-ju", False, "新建虚构道路6条"),
        ("jian-she-ju", True, f"有一项任务到2025年第一季度为止由{CITY}承担，现在由本单位承担："),
        ("cheng-guan-ju", True, "2025年已转给其他单位的任务"),
        ("cheng-guan-ju", True, f"2025年第一季度及以前由{CITY}承担，现在是{BUILDING}。"),
        ("xiao-fang-da-dui", True, f"{SAFETY}自2025年第三季度起撤销"),
        ("xiao-fang-da-dui", True, f"2025年第一季度及以前由{SAFETY}承担，现在是{CITY}。"),
    ],
)
def test_the_page_of_each_office_says_what_became_of_it_and_its_tasks(
    stages: list[dict[str, bytes]], slug: str, sign: bool, words: str
) -> None:
    assert (words in _words(stages[2][f"{OFFICES}{slug}.html"])) == sign


def test_the_directory_leads_to_offices_that_are_no_more(stages: list[dict[str, bytes]]) -> None:
    page = stages[2]["yi/departments/index.html"].decode()
    assert "已不存在的单位" in page
    assert 'href="qu-xu-gou-xiao-fang-da-dui.html"' in page


def test_the_data_say_what_became_of_an_office(early: Files) -> None:
    path = "content/yi/district.yaml"
    district = three_years.district_of(early, "yi")
    merged = OfficeChange.MERGED
    changes = change_office(district, early, MERGED[:2], MERGED[2:], since=parse_period("2025Q3"), how=merged)
    assert path in changes
    report = make_report(content.parse_site({**early, **changes}))
    rows = next(table.rows for table in make_tables(report, words_of()) if table.name == "departments")
    told = {row["department"]: (row["ended_since"], row["became"]) for row in rows if row["district"] == "yi"}
    assert told[TRADE] == ("2025Q3", GREEN_TRADE)
    assert told[GREEN_TRADE] == (None, None)


def test_briefs_of_ended_offices_lead_on(stages: list[dict[str, bytes]]) -> None:
    page = stages[2]["yi/briefs/qu-xu-gou-shang-wu-ju.html"].decode()
    assert 'href="../departments/qu-xu-gou-shang-wu-yuan-lin-ju.html"' in page


@pytest.mark.parametrize(
    ("first", "second", "since", "words"),
    [
        (MERGED, (TRADE, "区虚构新局"), "2025Q4", f"“{TRADE}”自 2025Q3 起已经不在了"),
        (MERGED, (CITY, TRADE, "--how", "merged"), "2025Q4", "那时已经不在了"),
        (MERGED, (GREEN_TRADE, TRADE), "2025Q4", f"“{TRADE}”已经是“{TRADE}”的名称"),
        (ABOLISHED, (SAFETY, "--how", "abolished"), "2025Q3", "已经不在了"),
        (SPLIT, (CITY, HOMES), "2025Q4", f"“{HOMES}”已经是“{HOMES}”的名称"),
        (None, (CITY, HOMES, "--how", "split"), "2025Q3", "不能只写这些名称"),
        (None, (CITY, HOMES, HOMES, "--how", "split"), "2025Q3", "写了两次"),
        (None, (CITY, CITY, HOMES), "2025Q3", "写了两次"),
        (None, (CITY, "区虚构新局", "--how", "vanished"), "2025Q3", "不在可选值里"),
        (None, ("区没有局", "区虚构新局"), "2025Q3", "单位名录里没有“区没有局”"),
        (None, (CITY, "区虚构新局"), "2025第三季", "--from"),
    ],
)
def test_contradictory_changes_get_one_message_and_nothing_is_written(
    early: Files,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    first: tuple[str, ...] | None,
    second: tuple[str, ...],
    since: str,
    words: str,
) -> None:
    root = _write(tmp_path / "site", early)
    if first:
        assert _rename(root, *first) == 0
    before = invented.read_tree(root)
    capfd.readouterr()
    assert _rename(root, *second, since=since) in (1, 2)
    told = capfd.readouterr().err
    assert words in told
    assert told.count("错误：") == 1, told
    assert invented.read_tree(root) == before


@pytest.mark.parametrize("change", [ABOLISHED, SPLIT])
def test_a_table_that_names_an_office_that_is_no_more_is_refused(
    early: Files, tmp_path: Path, capfd: pytest.CaptureFixture[str], change: tuple[str, ...]
) -> None:
    root = _write(tmp_path / "site", early)
    assert _rename(root, *change) == 0
    before = invented.read_tree(root)
    capfd.readouterr()
    assert _ingest(root, (HOUSES, PARKS, TRADE, CITY, SAFETY)) == 1
    told = capfd.readouterr().err
    assert f"“{change[0]}”自 2025Q3 起已经不在了，表上还写着它" in told, told
    assert told.count("错误：") == 1, told
    assert invented.read_tree(root) == before


def test_a_new_name_that_came_with_a_table_can_be_said_to_be_a_new_name(early: Files, tmp_path: Path) -> None:
    root = _write(tmp_path / "site", early)
    assert _ingest(root, (HOUSES, PARKS, "区虚构商贸局", CITY, SAFETY)) == 0
    before = print_pages(root)
    assert _rename(root, TRADE, "区虚构商贸局") == 0
    after = print_pages(root)
    assert f"自2025年第三季度起由{TRADE}更名而来" in _words(after[f"{OFFICES}shang-mao-ju.html"])
    assert [u for u in before if FROZEN.fullmatch(u) and after[u] != before[u]] == []


def test_a_change_in_the_past_says_which_published_periods_it_rewrites(
    early: Files, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = _write(tmp_path / "site", early)
    assert _rename(root, TRADE, "区虚构商贸局", since="2024Q4") == 0
    told = capfd.readouterr().out
    assert "2024Q4、2025Q1 的表已经收过" in told
