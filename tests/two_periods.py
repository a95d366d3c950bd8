"""An invented site of two districts whose every number is told apart from every other.

``bing`` has two periods: a target that changes between them, ranges, falls, limits, an expected figure, a
quarter's figure, every standing. ``ding`` has one period and shares two measures with it. The texts write
numbers otherwise than the site does (15.11%—30.22%, 减少), so that who copies them is found out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from generator.content.schema import DepartmentEntry, DistrictFile
from generator.content.yaml_writer import format_task
from generator.model import (
    Actual,
    Assignment,
    Basis,
    Comparator,
    Department,
    DepartmentKind,
    Former,
    Period,
    Role,
    SourceRef,
    SourceTable,
    Status,
    StatusValue,
    Target,
    TargetKind,
    Task,
    Update,
    parse_period,
)
from tests.builders import format_district

Q1, Q2 = parse_period("2025Q1"), parse_period("2025Q2")
NAMES = {"bing": "丙虚构区", "ding": "丁虚构区"}
TABLE_PUBLISHER = "丙虚构区统计办"
DISTRICT_PUBLISHER = "丙虚构区政府办"
BODIES = tuple(
    Department(name=name, slug=slug, kind=DepartmentKind.BUREAU)
    for name, slug in (
        ("区虚构财政局", "cai-zheng"),
        ("区虚构水务局", "shui-wu"),
        ("区虚构教育局", "jiao-yu"),
    )
)
LED = (
    Assignment(name="区虚构财政局", role=Role.JOINT),
    Assignment(name="区虚构水务局", role=Role.LEAD),
    Assignment(name="区虚构教育局", role=Role.JOINT),
)
ALONE = (Assignment(name="区虚构教育局", role=Role.UNSTATED),)
PAIR = tuple(Assignment(name=body.name, role=Role.UNSTATED) for body in BODIES[:2])
SITE = """title: 虚构台账
districts: [bing, ding]
edition: 2025-07-20
base_url: https://xugou.example/t
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What one period says of a task with one target."""

    value: str | None = None
    """Number, None where nothing answers the target."""
    quotes: tuple[str, ...] = ()
    basis: Basis = Basis.YEAR_TO_DATE


def _target(
    metric: str, quote: str, value: str, unit: str, kind: TargetKind, sign: str = "=", top: str | None = None
) -> Target:
    return Target(
        id="t1",
        metric=metric,
        value=Decimal(value),
        value_max=Decimal(top) if top else None,
        unit=unit,
        comparator=Comparator(sign),
        kind=kind,
        quote=quote,
    )


def _update(
    district: str, period: Period, number: int, unit: str, said: Reported, status: Status | None = None
) -> Update:
    progress = "；".join(said.quotes) + "。" if said.quotes else None
    actual = Actual(
        target="t1", value=Decimal(said.value or 0), unit=unit, basis=said.basis, quotes=said.quotes
    )
    file = f"sources/{period}.txt"
    return Update(
        period=period,
        as_of=period.end,
        progress=progress,
        next_steps="继续推进虚构工作。",
        source=SourceRef(file=file, sha256=_digest(district, period), row=number),
        actuals=(actual,) if said.value else (),
        status=status or Status(value=StatusValue.UNDECIDED),
    )


def _digest(district: str, period: Period) -> str:
    return hashlib.sha256(_source_text(district, period)).hexdigest()


def _source_text(district: str, period: Period) -> bytes:
    return f"{NAMES[district]}{period}，虚构。\n".encode()


def _task(
    district: str,
    number: int,
    target: Target,
    *said: Reported,
    who: tuple[Assignment, ...] = ALONE,
) -> Task:
    periods = (Q1, Q2) if district == "bing" else (Q2,)
    return Task(
        id=f"{district}-2025-{number:03d}",
        number=number,
        title=f"推进虚构事项{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'[number - 1]}",
        commitment=f"{target.quote}。",
        departments=who,
        targets=(target,),
        updates=tuple(
            _update(district, period, number, target.unit, each)
            for period, each in zip(periods, said, strict=True)
        ),
    )


def _said(value: str, quote: str, basis: Basis = Basis.YEAR_TO_DATE) -> Reported:
    return Reported(value=value, quotes=(quote,), basis=basis)


def _changed(task: Task) -> Task:
    """The first task: its target was another in the first period."""
    first, second = task.updates
    then = _target("修建虚构公园", "修建虚构公园不少于1013处", "1013", "处", TargetKind.COUNT, ">=")
    former = Former(commitment="修建虚构公园不少于1013处。", targets=(then,))
    return replace(task, number_printed="二（3）", updates=(replace(first, former=former), second))


def _measured() -> Iterator[Task]:
    count, amount, growth, level = TargetKind.COUNT, TargetKind.AMOUNT, TargetKind.GROWTH, TargetKind.LEVEL
    yield _changed(
        _task(
            "bing",
            1,
            _target("修建虚构公园", "修建虚构公园不少于2027处", "2027", "处", count, ">="),
            _said("607", "修建虚构公园607处"),
            _said("709", "修建虚构公园709处"),
            who=LED,
        )
    )
    yield _task(
        "bing",
        2,
        _target("虚构绿电占比", "虚构绿电占比15.11%—30.22%", "15.11", "%", level, top="30.22"),
        _said("9.47", "虚构绿电占比9.47%", Basis.LEVEL),
        _said("17.33", "虚构绿电占比17.33%", Basis.LEVEL),
        who=PAIR,
    )
    yield _task(
        "bing",
        3,
        _target("新建虚构泵站", "新建虚构泵站1103-2207座", "1103", "座", count, top="2207"),
        Reported(quotes=("正在选址",)),
        _said("1309", "新建虚构泵站1309座"),
    )
    yield _task(
        "bing",
        4,
        _target("虚构投资", "虚构投资增长4.19%", "4.19", "%", growth),
        _said("-3.271", "虚构投资减少3.271%", Basis.GROWTH),
        _said("5.863", "虚构投资增长5.863%", Basis.GROWTH),
    )
    yield _task(
        "bing",
        5,
        _target("虚构能耗", "虚构能耗下降5.37%以上", "5.37", "%", growth, ">="),
        _said("-1.219", "虚构能耗上升1.219%", Basis.GROWTH),
        _said("6.143", "虚构能耗降低6.143%", Basis.GROWTH),
    )
    yield _task(
        "bing",
        6,
        _target("虚构失业率", "虚构失业率控制在5.83%以内", "5.83", "%", level, "<="),
        _said("6.071", "虚构失业率6.071%", Basis.LEVEL),
        _said("5.417", "虚构失业率5.417%", Basis.LEVEL),
    )
    yield _task(
        "bing",
        7,
        _target("完成虚构进出口", "完成虚构进出口131.7亿元", "131.7", "亿元", amount),
        _said("30.43", "完成虚构进出口30.43亿元"),
        _said("72.81", "预计完成虚构进出口72.81亿元"),
    )
    yield _task(
        "bing",
        8,
        _target("招聘虚构教师", "招聘虚构教师4331人", "4331", "人", count),
        _said("881", "招聘虚构教师881人"),
        _said("973", "二季度招聘虚构教师973人", Basis.QUARTER),
    )
    yield _task(
        "bing",
        9,
        _target("开办虚构课堂", "开办虚构课堂317场", "317", "场", count),
        _said("151", "开办虚构课堂151场"),
        _said("329", "开办虚构课堂329场"),
    )
    yield _task(
        "bing",
        10,
        _target("种植虚构苗木", "种植虚构苗木9103株", "9103", "株", count),
        _said("2203", "种植虚构苗木2203株"),
        _said("4507", "种植虚构苗木4507株"),
    )
    yield _task(
        "bing",
        11,
        _target("救助虚构群众", "救助虚构群众5209人次", "5209", "人次", count),
        _said("1009", "救助虚构群众1009人次"),
        Reported(value="2808", quotes=("白天救助1511人次", "夜间救助1297人次"), basis=Basis.SUM),
    )
    yield _task(
        "bing",
        12,
        _target("虚构家庭", "走访2713户虚构家庭", "2713", "户", TargetKind.SCOPE),
        Reported(quotes=("正在走访",)),
        Reported(quotes=("正在继续走访",)),
    )
    yield _task(
        "ding",
        1,
        _target("修建虚构公园", "修建虚构公园3019处", "3019", "处", count),
        _said("1607", "修建虚构公园1607处"),
    )
    yield _task(
        "ding",
        2,
        _target("虚构投资", "虚构投资增长7.29%", "7.29", "%", growth),
        _said("7.913", "虚构投资增长7.913%", Basis.GROWTH),
    )


def _told() -> Iterator[Task]:
    """Tasks without a target: the text's own word decides."""
    for number, value, quote in (
        (13, StatusValue.COMPLETED, "虚构工作已全部完成"),
        (14, StatusValue.UNDECIDED, None),
        (15, StatusValue.NOT_STARTED, "虚构工作尚未启动"),
        (16, StatusValue.NO_INFORMATION, None),
    ):
        task = _task(
            "bing", number, _target("", "办好虚构工作", "1", "", TargetKind.SCOPE), Reported(), Reported()
        )
        said = Reported(quotes=(quote,) if quote else ("正在办理虚构手续",))
        silent = value is StatusValue.NO_INFORMATION
        status = Status(value=value, quote=quote)
        updates = tuple(
            _update("bing", u.period, number, "", Reported() if silent else said, status)
            for u in task.updates
        )
        yield replace(task, targets=(), updates=updates)


def make_tasks() -> tuple[Task, ...]:
    """Every task of the site."""
    return (*_measured(), *_told())


def write_two_periods(root: Path, language: str) -> Path:
    """The site as its clerk would have it on disk; returns ``root``."""
    files = {"site.yaml": f"{SITE}language: {language}\n".encode()}
    for district, name in NAMES.items():
        is_bing = district == "bing"
        periods = (Q1, Q2) if is_bing else (Q2,)
        tables = tuple(
            SourceTable(
                period=period,
                file=f"sources/{period}.txt",
                publisher=TABLE_PUBLISHER if is_bing else None,
            )
            for period in periods
        )
        about = DistrictFile(
            name=name,
            publisher=DISTRICT_PUBLISHER if is_bing else None,
            departments=tuple(DepartmentEntry(name=b.name, slug=b.slug, kind=b.kind) for b in BODIES),
            sources=tables,
        )
        files[f"content/{district}/district.yaml"] = format_district(about).encode()
        files |= {f"content/{district}/sources/{p}.txt": _source_text(district, p) for p in periods}
    for task in make_tasks():
        district, year, number = task.id.split("-")
        files[f"content/{district}/{year}/{number}.yaml"] = format_task(task).encode()
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root
