"""The store of districts: the same key for equal values, and no entry that cannot be trusted."""

from __future__ import annotations

import zlib
from pathlib import Path

from generator.app.kept_districts import FOLDER, make_key, open_kept
from generator.base import disk
from generator.figures import narrow_report
from tests.builders import make_district, make_task, report_of


def test_equal_values_have_one_key_whatever_they_share() -> None:
    text = "".join(["新增", "座椅"])
    assert make_key([(text, text)]) == make_key([(text, "".join(["新", "增座椅"]))])
    assert make_key([make_task()]) == make_key([make_task()])
    assert make_key(["a", "b"]) != make_key(["ab"])


def test_an_entry_that_is_no_value_of_the_program_is_none(tmp_path: Path) -> None:
    kept = open_kept(tmp_path, "1")
    kept.put("a", make_task())
    assert kept.get("a") == make_task()
    cache = disk.FolderCache(tmp_path / FOLDER)
    for data in (b"", b"no zip", zlib.compress(b"no value"), zlib.compress(b"cos\nsystem\n(S'x'\ntR.")):
        cache.put("a", data)
        assert kept.get("a") is None


def test_old_entries_go(tmp_path: Path) -> None:
    kept = open_kept(tmp_path, "1")
    for number in range(30):
        kept.put(str(number), make_task())
    kept.forget_old(1)
    assert len(list((tmp_path / FOLDER).iterdir())) == 18


def test_a_district_sees_of_another_only_its_name() -> None:
    report = report_of(make_district(make_task(), name="jia"), make_district(make_task(), name="yi"))
    own = report.districts[0]
    seen = narrow_report(report, own)
    assert seen.districts[0] is own
    assert [len(each.tasks) for each in seen.site.districts] == [1, 0]
    assert seen.districts[1].tracks == {}
