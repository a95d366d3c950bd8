"""An office gets a new name: old links live, comments stay. All data invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import content
from generator.base.errors import IngestError
from generator.ingest.update import change_office
from generator.model import OfficeChange, OfficeEnd, parse_period
from tests.printed_pages import print_pages
from tests.year import invented
from tests.year.test_plan import ROWS, make_table, plan_of, start, take_in
from tests.year.test_year import run

H1 = parse_period("2025H1")


def test_the_directory_and_every_task_follow() -> None:
    files = take_in(start("ceshi"), make_table(ROWS), "2025Q1")
    path = "content/ceshi/2025/003.yaml"
    files[path] = files[path].replace(b"role: unstated}", "role: unstated}   # 牵头待定".encode())
    district = content.parse_site(files).districts[0]
    changes = change_office(district, files, ["区测试局"], ["区试验局"], since=H1, how=OfficeChange.RENAMED)
    assert len(changes) == 1 + len(ROWS)
    assert "  - {name: 区试验局, role: unstated}\n" in changes[path].decode()
    assert "# 牵头待定" in changes[path].decode()
    files = {**files, **changes}
    found = content.parse_site(files).districts[0]
    old, new = found.departments
    assert (new.name, new.slug) == ("区试验局", "qu-shi-yan-ju")
    assert (old.name, old.slug) == ("区测试局", "qu-ce-shi-ju")
    assert old.ended == OfficeEnd(since=H1, how=OfficeChange.RENAMED, into=("区试验局",))
    task = found.tasks[0]
    assert [a.name for a in task.departments] == ["区试验局"]
    assert [a.name for a in task.at(parse_period("2025Q1")).departments] == ["区测试局"]
    again = make_table([(t, p + "又前进一步。", s) for t, p, s in ROWS])
    plan = plan_of(files, again, "2025H1")
    assert {str(e.action) for e in plan.entries} == {"updated"}
    assert [c for e in plan.entries for c in e.fields if c.field == "departments"] == []


def test_a_name_that_is_not_there_or_is_taken_is_refused() -> None:
    files = take_in(start("ceshi"), make_table(ROWS), "2025Q1")
    district = content.parse_site(files).districts[0]
    with pytest.raises(IngestError, match="没有“区别的局”"):
        change_office(district, files, ["区别的局"], ["区试验局"], since=H1, how=OfficeChange.RENAMED)
    with pytest.raises(IngestError, match="已经是"):
        change_office(district, files, ["区测试局"], ["区测试局"], since=H1, how=OfficeChange.RENAMED)


def test_the_old_address_points_to_the_new_page(tmp_path: Path) -> None:
    root = tmp_path / "site"
    for name, data in take_in(start("ceshi"), make_table(ROWS), "2025Q1").items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    assert run("--root", str(root), "rename", "区测试局", "区试验局", "--district", "ceshi") == 0
    assert "区试验局" not in (root / "content/ceshi/district.yaml").read_text(encoding="utf-8")
    assert run("--root", str(root), "rename", "区测试局", "区试验局", "--district", "ceshi", "--apply") == 0
    pages = print_pages(root)
    assert 'href="qu-shi-yan-ju.html"' in pages["ceshi/departments/qu-ce-shi-ju.html"].decode()
    assert "ceshi/departments/qu-shi-yan-ju.html" in pages
    assert invented.DISTRICT == "ceshi"
