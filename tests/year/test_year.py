"""A scripted year, through the command line. All data invented (see invented.py)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator import content
from generator.app import inspection
from generator.app.cli import main
from generator.figures import make_report, period_record
from generator.model import District, Task, parse_period
from generator.site.feeds import make_feeds
from generator.site.rendering import Renderer
from generator.wording import make_words
from tests.printed_pages import print_pages
from tests.year import invented
from tests.year.invented import DISTRICT, HAND_EDITS, PERIODS, TABLES


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


def ingest(root: Path, file: Path, period: str, *more: str) -> int:
    return run(
        "--root", str(root), "--quiet", "ingest", str(file), "--district", DISTRICT, "--period", period, *more
    )


def read_district(root: Path) -> District:
    return content.parse_site(invented.read_tree(root)).districts[0]


def update_of(task: Task, period: str) -> str | None:
    return next(u.progress for u in task.updates if u.period == parse_period(period))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site behind every ingest, behind the hand edits that follow it, and at the end."""
    base = tmp_path_factory.mktemp("year")
    root, states = base / "site", {}
    invented.make_site(root)
    for period in PERIODS:
        assert ingest(root, invented.put_table(base / "in", period), period, "--apply") == 0
        states[period] = base / f"after-{period}"
        copy_tree(root, states[period])
        invented.edit_by_hand(root, period)
        states[f"edited-{period}"] = base / f"edited-{period}"
        copy_tree(root, states[f"edited-{period}"])
    states["end"] = root
    return states


def copy_tree(root: Path, target: Path) -> None:
    for name, data in invented.read_tree(root).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)


def test_every_hand_edit_is_still_there(year: dict[str, Path]) -> None:
    for edit in HAND_EDITS:
        lines = [line.strip() for line in (year["end"] / edit.path).read_text(encoding="utf-8").splitlines()]
        for wanted in edit.stays:
            assert wanted in lines, f"{edit.path} lost {wanted}"


def test_every_text_of_every_period_is_there_to_the_letter(year: dict[str, Path]) -> None:
    district = read_district(year["end"])
    for period in PERIODS:
        found = parse_period(period)
        rows = {
            update.source.row: (task.at(found), update)
            for task in district.tasks
            for update in task.updates
            if update.period == found
        }
        assert sorted(rows) == list(range(1, len(TABLES[period]) + 1))
        for number, (commitment, _, progress, steps, _) in enumerate(TABLES[period], 1):
            task, update = rows[number]
            if period == "2025H1":
                progress = progress.replace("\n", " ")
            edited = progress.replace("公园已开放", "公园已经开放")
            assert task.number == number
            assert task.commitment == commitment
            assert (update.progress or "") in (progress, edited)
            assert update.next_steps == steps


def test_tasks_keep_their_ids_through_the_year(year: dict[str, Path]) -> None:
    tasks = {task.id: task for task in read_district(year["end"]).tasks}
    numbers = {name.rsplit("-", 1)[1]: task.number for name, task in tasks.items()}
    assert numbers == {
        "001": 2,
        "002": 3,
        "003": 4,
        "004": 6,
        "005": 6,
        "006": 1,
        "007": 8,
        "008": 9,
        "009": 8,
        "010": 9,
        "012": 10,
        "013": 5,
        "014": 7,
    }
    assert tasks["ceshi-2025-003"].succeeded_by == ("ceshi-2025-013",)
    assert tasks["ceshi-2025-013"].carried_over_from == ("ceshi-2025-003",)
    assert tasks["ceshi-2025-014"].carried_over_from == ("ceshi-2025-007", "ceshi-2025-008")
    assert tasks["ceshi-2025-007"].succeeded_by == ("ceshi-2025-014",)
    assert [str(u.period) for u in tasks["ceshi-2025-004"].updates] == ["2025Q1", "2025H1"]


def test_a_hand_edit_of_a_published_text_goes_on_record(year: dict[str, Path]) -> None:
    found = read_district(year["end"]).corrections
    assert [(c.task, str(c.period), c.field) for c in found] == [("ceshi-2025-001", "2025H1", "progress")]
    assert "公园已开放" in (found[0].old or "")
    assert "公园已经开放" in (found[0].new or "")


def test_a_second_run_of_every_table_changes_nothing(year: dict[str, Path], tmp_path: Path) -> None:
    before = invented.read_tree(year["end"])
    for period in reversed(PERIODS):
        assert ingest(year["end"], invented.put_table(tmp_path, period), period, "--apply") == 0
        assert invented.read_tree(year["end"]) == before


def test_the_content_has_no_error_and_the_clerk_is_told_of_repetition(year: dict[str, Path]) -> None:
    problems = inspection.check_content(year["2025Q3"], today=dt.date(2025, 10, 20), verbose=True)
    assert [p for p in problems if p.level == "error"] == []
    said = [f"{p.place} {p.what}" for p in problems]
    assert any("009.yaml" in s and "progress: 与 2025H1 的文字相同" in s for s in said)
    problems = inspection.check_content(year["2025H1"], today=dt.date(2025, 7, 20), verbose=True)
    said = [f"{p.place} {p.what}" for p in problems]
    assert any("010.yaml" in s and "没有实际内容" in s for s in said)
    assert any("004.yaml" in s and "5月底前" in s for s in said)


def test_a_conflict_is_told_and_left_to_the_person(
    year: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clerk's title of task 5 stands; the new table's wording is shown beside it, on every run."""
    file = invented.put_table(tmp_path, "2025")
    assert ingest(year["end"], file, "2025", "--explain") == 0
    plan = json.loads(capsys.readouterr().out)["plan"]
    title = next(e for e in plan if e["task"] == "ceshi-2025-005")["fields"]["title"]
    assert title["file"] == "文化惠民演出"
    assert title["wins"] == "file"
    assert title["conflict"] is True
    assert "160场" in title["new"]


def test_the_plan_names_every_action(
    tmp_path: Path, year: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "site"
    copy_tree(year["2025Q1"], root)
    before = invented.read_tree(root)
    assert ingest(root, invented.put_table(tmp_path / "in", "2025H1"), "2025H1", "--explain") == 0
    plan = json.loads(capsys.readouterr().out)["plan"]
    actions = {entry["task"].rsplit("-", 1)[1]: entry["action"] for entry in plan}
    assert actions == {
        "006": "renumbered",
        "001": "renumbered",
        "002": "renumbered",
        "003": "reworded",
        "013": "new",
        "004": "renumbered",
        "005": "reworded",
        "007": "renumbered",
        "008": "renumbered",
        "009": "renumbered",
        "010": "renumbered",
        "012": "new",
    }
    assert invented.read_tree(root) == before


@pytest.fixture(scope="module")
def pages(year: dict[str, Path]) -> dict[str, dict[str, bytes]]:
    return {period: print_pages(year[period]) for period in ("edited-2025H1", "2025Q3", "end")}


def test_a_later_table_leaves_the_pages_of_earlier_periods_alone(pages: dict[str, dict[str, bytes]]) -> None:
    for url in ("ceshi/2025Q1.html", "ceshi/2025H1.html", "ceshi/changes/2025H1.html"):
        assert pages["edited-2025H1"][url] == pages["2025Q3"][url], url


def words_of(page: bytes) -> str:
    return re.sub(r"<[^>]+>", "", page.decode("utf-8"))


def test_the_history_stands_on_the_pages(pages: dict[str, dict[str, bytes]]) -> None:
    end = pages["end"]
    task = words_of(pages["2025Q3"]["ceshi/tasks/2025-009.html"])
    assert "推进情况与上期文字相同" in task
    dropped = words_of(end["ceshi/tasks/2025-004.html"])
    assert "2025年1—9月的表里没有这一项" in dropped or "的表里没有这一项" in dropped
    parks = words_of(end["ceshi/tasks/2025-001.html"])
    assert "12月底前全部完成。" in parks
    assert "口袋公园6处、游园3处已全部完成。" in parks
    changes = words_of(end["ceshi/changes/2025Q3.html"])
    for title in ("新增的任务", "本期不再列出的任务", "推进情况与上期相同", "有新的完成数"):
        assert title in changes
    ledger = end["ceshi/ledger.html"].decode("utf-8")
    assert ledger.count('scope="col"') == 1 + len(PERIODS)
    assert 'data-reported="repeated"' in ledger
    corrections = words_of(end["ceshi/corrections.html"])
    assert "其中西湖路公园已经开放。" in corrections
    assert "其中西湖路公园已开放。" in corrections


def test_the_record_of_a_period_is_that_of_its_data(year: dict[str, Path]) -> None:
    site, _ = inspection.read_site(year["end"])
    report = make_report(site)
    for overview in report.districts[0].overviews:
        record = period_record(overview)
        later = dataclasses.replace(
            overview,
            tasks=tuple(dataclasses.replace(t, task=t.task.at(overview.period)) for t in overview.tasks),
        )
        assert period_record(later) == record
    records = {period_record(o) for o in report.districts[0].overviews}
    assert len(records) == len(PERIODS)


def test_the_feed_tells_what_each_period_changed_and_every_correction(year: dict[str, Path]) -> None:
    site, _ = inspection.read_site(year["end"], base_url="https://example.invalid/")
    templates = inspection.read_templates(year["end"], site)
    words = make_words(templates, language="zh-CN")
    feeds = make_feeds(make_report(site), words, Renderer(templates, words))
    for url in ("feed.xml", "ceshi/feed.xml"):
        entries = ElementTree.fromstring(feeds[url]).findall("{http://www.w3.org/2005/Atom}entry")
        texts = ["".join(entry.itertext()) for entry in entries]
        assert len(texts) == len(PERIODS) + 1
        assert sum("项有新内容" in text for text in texts) == len(PERIODS) - 1
        assert sum("更正" in text for text in texts) == 1
