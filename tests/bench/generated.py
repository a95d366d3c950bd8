"""Sites of any number of invented tasks, the same on every machine: districts of 100.

Every task has one to three departments, up to three targets and two periods; a third period is a table to
read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PER_DISTRICT = 100
_DAYS = {"2025Q1": "2025-03-31", "2025Q2": "2025-06-30"}
_NEW = "2025Q3"
_DEPARTMENTS = tuple(f"区虚构{name}局" for name in "甲乙丙丁戊己庚辛壬癸子丑")
_SECTIONS = ("经济发展", "城市建设", "民生保障", "生态环境")
_THINGS = (("口袋公园", "处"), ("社区食堂", "个"), ("老旧小区", "个"), ("停车泊位", "个"), ("充电桩", "台"))
_PLACES = tuple(f"{a}{b}街道" for a in "东西南北" for b in "安平和顺")


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedTask:
    """One task of a generated site."""

    number: int
    title: str
    commitment: str
    goals: tuple[tuple[str, str, int], ...]
    """Thing, unit and number of each target."""
    departments: tuple[str, ...]

    def progress(self, quarter: int) -> str:
        """What the table of a quarter says: a share of every goal, and words without a number."""
        said = [f"累计建成{thing}{goal * quarter // 4 + 1}{unit}" for thing, unit, goal in self.goals]
        return f"已完成第{quarter}轮现场踏勘，项目有序推进。" + "，".join(said) + ("。" if said else "")


def make_tasks(district: int, count: int) -> Iterator[InventedTask]:
    """The tasks of one district."""
    for number in range(1, count + 1):
        seed = district * 7 + number
        place = _PLACES[seed % len(_PLACES)]
        goals = tuple(
            (*_THINGS[(seed + i) % len(_THINGS)], 4 * (10 + (seed * 3 + 11 * i) % 90))
            for i in range(seed % 4)
        )
        promised = "，".join(f"建成{thing}{goal}{unit}" for thing, unit, goal in goals)
        title = f"改善{place}第{number}片区居住环境"
        yield InventedTask(
            number=number,
            title=title,
            commitment=f"{title}，完善配套设施，方便群众生活" + (f"，{promised}" if promised else "") + "。",
            goals=goals,
            departments=tuple(_DEPARTMENTS[(seed + 5 * i) % len(_DEPARTMENTS)] for i in range(1 + seed % 3)),
        )


def write_site(root: Path, count: int) -> None:
    """A site of ``count`` tasks."""
    numbers = [min(PER_DISTRICT, count - done) for done in range(0, count, PER_DISTRICT)]
    names = [f"d{index:04d}" for index in range(len(numbers))]
    _write(
        root / "site.yaml", f"title: 测速台账（虚构）\ndistricts: [{', '.join(names)}]\nedition: 2025-07-20\n"
    )
    for index, (name, size) in enumerate(zip(names, numbers, strict=True)):
        _write_district(root / "content" / name, name, index, tuple(make_tasks(index, size)))


def write_table(path: Path, district: int, count: int) -> None:
    """The table of the third period of a district."""
    rows = [
        f"{task.number},{task.commitment},{'、'.join(task.departments)},{task.progress(3)}"
        for task in make_tasks(district, count)
    ]
    _write(path, "\n".join(["序号,重点任务,责任单位,推进情况", *rows]) + "\n")


def _write_district(folder: Path, name: str, index: int, tasks: tuple[InventedTask, ...]) -> None:
    sums: dict[str, str] = {}
    sources = []
    for period in _DAYS:
        table = f"测速区{index}（虚构）{period}\n" + "".join(
            f"{t.progress(int(period[-1]))}\n" for t in tasks
        )
        _write(folder / "sources" / f"{period}.txt", table)
        sums[period] = hashlib.sha256(table.encode()).hexdigest()
        sources.append(
            f"  - {{period: {period}, file: sources/{period}.txt, title: 测速区{index}{period}}}\n"
        )
    departments = "".join(
        f"  - {{name: {each}, slug: bumen-{number}, kind: bureau}}\n"
        for number, each in enumerate(_DEPARTMENTS)
    )
    _write(
        folder / "district.yaml",
        f"name: 测速区{index}\nsources:\n{''.join(sources)}departments:\n{departments}",
    )
    for task in tasks:
        text = _format_task(name, task, sums)
        _write(folder / "2025" / f"{task.number:03d}.yaml", text)


def _format_task(district: str, task: InventedTask, sums: dict[str, str]) -> str:
    lines = [
        f"id: {district}-2025-{task.number:03d}",
        f"number: {task.number}",
        f"section: {_SECTIONS[task.number % len(_SECTIONS)]}",
        f"title: {task.title}",
        f"commitment: {task.commitment}",
        "departments:",
        *(f"  - {{name: {name}, role: unstated}}" for name in task.departments),
    ]
    if task.goals:
        lines.append("targets:")
    for number, (thing, unit, goal) in enumerate(task.goals, 1):
        lines += [
            f"  - {{id: t{number}, metric: 建成{thing}, value: {goal}, unit: {unit},",
            f"     comparator: '=', kind: count, quote: 建成{thing}{goal}{unit}}}",
        ]
    lines.append("updates:")
    for period, day in _DAYS.items():
        lines += _format_update(task, period, day, sums[period])
    return "\n".join(lines) + "\n"


def _format_update(task: InventedTask, period: str, day: str, checksum: str) -> list[str]:
    quarter = int(period[-1])
    lines = [f"  - period: {period}", f"    as_of: {day}", f"    progress: {task.progress(quarter)}"]
    if task.goals:
        lines.append("    actuals:")
    for number, (thing, unit, goal) in enumerate(task.goals, 1):
        done = goal * quarter // 4 + 1
        lines += [
            f"      - {{target: t{number}, value: {done}, unit: {unit}, basis: year_to_date,",
            f"         quote: 累计建成{thing}{done}{unit}}}",
        ]
    source = f"{{file: sources/{period}.txt, sha256: {checksum}, row: {task.number}}}"
    return [*lines, "    status: {value: undecided, quote: null}", f"    source: {source}"]


def write_hugo_site(root: Path, count: int) -> None:
    """The same tasks as pages of Hugo: a page a task, lists by district and department."""
    _write(
        root / "hugo.toml",
        'title = "bench"\nbaseURL = "http://example.invalid/"\n[taxonomies]\ndepartment = "departments"\n',
    )
    page = "<!doctype html><html><head><title>{{ .Title }}</title></head><body>"
    listed = "{{ range .Pages }}<li><a href='{{ .RelPermalink }}'>{{ .Title }}</a></li>{{ end }}"
    _write(
        root / "layouts/_default/single.html",
        f"{page}<h1>{{{{ .Title }}}}</h1>{{{{ .Content }}}}</body></html>",
    )
    _write(root / "layouts/_default/list.html", f"{page}<ul>{listed}</ul></body></html>")
    _write(root / "layouts/index.html", f"{page}<ul>{listed}</ul></body></html>")
    for index, done in enumerate(range(0, count, PER_DISTRICT)):
        for task in make_tasks(index, min(PER_DISTRICT, count - done)):
            head = f'---\ntitle: "{task.title}"\ndepartments: {list(task.departments)}\n---\n'
            body = f"{task.commitment}\n\n{task.progress(1)}\n\n{task.progress(2)}\n"
            _write(root / f"content/d{index:04d}/{task.number:03d}.md", head + body)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
