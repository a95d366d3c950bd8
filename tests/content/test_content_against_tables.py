"""The real content: it parses, round-trips, comes out of the received tables again byte for byte, and says
what they say to the letter.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator import content
from generator.app.cli import app
from generator.base import disk
from generator.model import District, Site, Task
from tests.paths import ROOT

_TABLES = {"huaiyin": ("2025H1", 32), "shizhong": ("2025Q2", 108)}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return disk.read_tree(ROOT, ["site.yaml", "content"])


@pytest.fixture(scope="module")
def site(files: dict[str, bytes]) -> Site:
    return content.parse_site(files)


def _district(site: Site, district: str) -> District:
    return next(d for d in site.districts if d.id == district)


def _first(site: Site, district: str) -> tuple[Task, ...]:
    """Tasks that the first received table told of, in its order."""
    period = _TABLES[district][0]
    tasks = [t for t in _district(site, district).tasks if any(str(u.period) == period for u in t.updates)]
    return tuple(sorted(tasks, key=lambda t: t.updates[0].source.row))


def _plain(text: str | None) -> str:
    return "".join((text or "").split())


@pytest.mark.parametrize("district", _TABLES)
def test_every_row_is_a_task(site: Site, district: str) -> None:
    tasks = _first(site, district)
    assert [t.number for t in tasks] == list(range(1, _TABLES[district][1] + 1))
    assert [t.updates[0].source.row for t in tasks] == [t.number for t in tasks]


@pytest.mark.parametrize("district", _TABLES)
def test_files_say_again_what_was_read_from_them(files: dict[str, bytes], site: Site, district: str) -> None:
    tasks = _district(site, district).tasks
    paths = {t.id: f"content/{district}/{t.year}/{t.number:03d}.yaml" for t in tasks}
    assert set(paths.values()) <= set(files)
    again = files | {paths[t.id]: content.format_task(t).encode() for t in tasks}
    assert _district(content.parse_site(again), district).tasks == tasks


def _ingest(folder: Path, files: dict[str, bytes], district: str) -> dict[str, bytes]:
    """Content after the received table was ingested into a site folder that holds the given files."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / "site.yaml").write_text(f"title: x\ndistricts: [{district}]\n", encoding="utf-8")
    period = _TABLES[district][0]
    source = ROOT / f"content/{district}/sources/{period}.txt"
    arguments = ["--root", str(folder), "ingest", str(source), "--district", district, "--period", period]
    result = CliRunner().invoke(app, [*arguments, "--apply"], standalone_mode=False)
    assert result.exception is None
    assert result.return_value == 0
    return disk.read_tree(folder, ["content"])


@pytest.mark.parametrize("district", _TABLES)
def test_reading_again_changes_no_byte(files: dict[str, bytes], tmp_path: Path, district: str) -> None:
    standing = {path: data for path, data in files.items() if path.startswith(f"content/{district}/")}
    assert _ingest(tmp_path, standing, district) == standing


@pytest.mark.parametrize("district", _TABLES)
def test_reading_from_nothing_gives_the_same_files(
    files: dict[str, bytes], tmp_path: Path, district: str
) -> None:
    directory = f"content/{district}/district.yaml"
    written = _ingest(tmp_path, {directory: files[directory]}, district)
    decided = files.get(f"content/{district}/review.yaml", b"").decode()
    tasks = [path for path in written if re.fullmatch(rf"content/{district}/2025/\d{{3}}\.yaml", path)]
    edited = [path for path in tasks if _title(written[path]) != _title(files[path])]
    assert len(edited) <= 3, "titles are read by rule; a person names only a few"
    assert len(tasks) == _TABLES[district][1]
    for path, data in written.items():
        if path in edited:
            data = data.replace(_title(data), _title(files[path]), 1)
        task_id = f"{district}-2025-{path[-8:-5]}"
        if b"by: editor" in files[path] or b"\nparts:" in files[path] or task_id in decided:
            assert _without_figures(data) == _without_figures(files[path]), path
        else:
            assert data == files[path], path


def _title(data: bytes) -> bytes:
    return next(line for line in data.splitlines() if line.startswith(b"title: "))


def _without_figures(data: bytes) -> dict[str, Any]:
    """A task file without the numbers that a person may have decided."""
    task: dict[str, Any] = yaml.safe_load(data)
    task.pop("targets", None)
    task.pop("parts", None)
    for update in task["updates"]:
        update.pop("actuals", None)
        update.pop("status", None)
        update.pop("parts", None)
    return task


def test_texts_are_the_cells_of_the_piped_table(files: dict[str, bytes], site: Site) -> None:
    raw = files["content/shizhong/sources/2025Q2.txt"].decode()
    cells = [_plain(cell) for cell in raw.split("|")]
    position = 0
    for task in _first(site, "shizhong"):
        update = task.updates[0]
        wanted = [_plain(task.commitment), _plain(update.progress), _plain(update.next_steps)]
        position = cells.index(wanted[0], position)
        assert cells[position : position + 3] == wanted
        bodies, offices = cells[position + 3 : position + 5]
        assert _plain("".join(c.office + "".join(c.phones) for c in task.contacts)) == offices
        assert len(re.split("、", bodies)) == len(task.departments)


def test_texts_are_the_cells_of_the_tabbed_table(files: dict[str, bytes], site: Site) -> None:
    raw = files["content/huaiyin/sources/2025H1.txt"].decode()
    cells = [_plain(cell) for cell in raw.split("\t")]
    headings = {t.section for t in _first(site, "huaiyin")}
    position = 0
    for task in _first(site, "huaiyin"):
        update = task.updates[0]
        position = cells.index(_plain(task.commitment), position)
        assert cells[position + 2] == _plain(update.progress)
        last, steps = cells[position + 3], _plain(update.next_steps)
        assert last.startswith(steps)
        assert last[len(steps) :] in headings | {""}


def test_headings_stand_over_their_rows(site: Site) -> None:
    sections = [(t.number, t.section) for t in _first(site, "huaiyin")]
    starts = [(n, s) for i, (n, s) in enumerate(sections) if i == 0 or sections[i - 1][1] != s]
    assert starts == [
        (1, None),
        (8, "扩大有效投资"),
        (12, "提振消费市场"),
        (16, "发展新质生产力"),
        (22, "全面深化改革"),
        (27, "保障和改善民生"),
    ]
    assert {t.section for t in _first(site, "shizhong")} == {None}


def test_only_lost_numbers_are_inferred(site: Site) -> None:
    lost = {d: [t.number for t in _first(site, d) if t.number_inferred] for d in _TABLES}
    assert lost == {"huaiyin": [8, 12, 16, 20, *range(22, 33)], "shizhong": [15]}


def test_glued_contacts_come_apart(site: Site) -> None:
    task = _first(site, "shizhong")[1]
    assert [(c.office, c.phones) for c in task.contacts] == [
        ("区发展改革局产业发展科", ("51806562",)),
        ("区工业和信息化局信息技术与数字经济科", ("51806702",)),
    ]


def test_dittos_point_to_the_words(site: Site) -> None:
    tasks = {t.number: t for t in _first(site, "shizhong")}
    found = {n: t.updates[0].next_steps_from for n, t in tasks.items() if t.updates[0].next_steps_from}
    assert found == {
        21: "shizhong-2025-020",
        22: "shizhong-2025-020",
        37: "shizhong-2025-036",
        38: "shizhong-2025-036",
        39: "shizhong-2025-036",
    }
    assert all(tasks[n].updates[0].next_steps == "同上" for n in found)


def test_every_body_has_one_entry(site: Site) -> None:
    for district in _TABLES:
        named = {a.name for t in _first(site, district) for a in t.departments}
        assert named <= {d.name for d in _district(site, district).departments}
    shizhong = {alias: d.name for d in _district(site, "shizhong").departments for alias in d.aliases}
    assert shizhong["区发改局"] == "区发展改革局"
    assert shizhong["区工信局"] == "区工业和信息化局"
    assert shizhong["区住建局"] == "区住房城乡建设局"
