"""Invented districts for chart tests: every kind of target, every standing, long names, several periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache as once

from generator.base.parallel import Workers
from generator.charts import ChartRequest, DrawnCharts, Palette, draw_charts, parse_palette, prepare_scripts
from generator.figures import Report, make_report
from generator.model import (
    Basis,
    Comparator,
    Department,
    DepartmentKind,
    District,
    Role,
    Site,
    SiteConfig,
    Status,
    StatusValue,
    Target,
    TargetKind,
    Task,
    Update,
)
from tests.builders import make_actual, make_target, make_task, make_update
from tests.paths import ROOT

PERIODS: tuple[str, ...] = ("2025Q1", "2025Q2", "2025Q3")
BASES = {TargetKind.GROWTH: Basis.GROWTH, TargetKind.STOCK: Basis.STOCK}
STATUSES = (
    StatusValue.UNDECIDED,
    StatusValue.NOT_STARTED,
    StatusValue.NO_INFORMATION,
    StatusValue.COMPLETED,
)
BODIES = (
    ("区虚构发展局", "fazhan", DepartmentKind.BUREAU),
    ("区虚构商务局", "shangwu", DepartmentKind.BUREAU),
    ("区虚构人力资源和社会保障与退役军人事务综合服务中心（公共就业服务局）", "renshe", DepartmentKind.BUREAU),
    ("各虚构街道办事处", "jiedao", DepartmentKind.COLLECTIVE),
)
AMOUNTS = (
    ("出让供地", "923", "亩", TargetKind.AMOUNT, ("100", "320", "500")),
    ("获批政策性资金", "60", "亿元", TargetKind.AMOUNT, ("8", "26.664", "41.2")),
    ("新增外贸企业", "70", "家", TargetKind.COUNT, ("15", "32", "52")),
    ("新增科创金融机构", "10", "家", TargetKind.COUNT, ("2", "5", "7")),
    ("进出口总额", "130", "亿元", TargetKind.AMOUNT, ("30", "72.8", "99")),
    ("城镇新增就业", "2", "万人", TargetKind.AMOUNT, ("0.7", "1.55", "1.8")),
    ("培育国家级专精特新“小巨人”企业和省级制造业单项冠军企业", "5", "家", TargetKind.COUNT, ("1", "6", "11")),
    ("完成老旧小区改造面积", "40", "万平方米", TargetKind.AMOUNT, ("0", "0", "3")),
    ("建成口袋公园", "8", "处", TargetKind.COUNT, ("1", "8", "8")),
    ("存量规上企业达到", "40", "家", TargetKind.STOCK, ("33", "34", "36")),
)
RATES = (
    ("地区生产总值", "5.7", "%", TargetKind.GROWTH, ("5.1", "5.3", "5.8")),
    ("一般公共预算收入增长", "4", "%", TargetKind.GROWTH, ("4.5", "4", "3.2")),
)


def make_invented_report(tasks: int = 24, *, districts: int = 2) -> Report:
    """Districts ``jia`` and ``yi`` with ``tasks`` tasks each; ``jia`` has three periods, ``yi`` one."""
    names = (("jia", "甲虚构区", PERIODS), ("yi", "乙虚构区", ("2025Q2",)))[:districts]
    made = tuple(_make_district(*name, tasks) for name in names)
    config = SiteConfig(title="虚构", districts=tuple(d.id for d in made))
    return make_report(Site(config=config, districts=made))


def make_report_of_years() -> Report:
    """District ``bing``: a task of two periods that goes on with one of the year before, of four."""
    target = make_target("8000", "人", TargetKind.AMOUNT, name="t1", metric="新增城镇就业")
    old = _make_year(2024, target, ("2100", "4300", "6500", "8200"), before=())
    new = _make_year(
        2025, replace(target, value=Decimal("0.85"), unit="万人"), ("0.2", "0.45"), before=(old.id,)
    )
    district = District(
        id="bing",
        name="丙虚构区",
        departments=tuple(Department(name=n, slug=s, kind=k) for n, s, k in BODIES),
        tasks=(replace(old, succeeded_by=(new.id,)), new),
    )
    return make_report(Site(config=SiteConfig(title="虚构", districts=("bing",)), districts=(district,)))


def _make_year(year: int, target: Target, reported: Sequence[str], *, before: tuple[str, ...]) -> Task:
    updates = [
        make_update(
            f"{year}Q{quarter}",
            "虚构",
            actuals=[
                make_actual(
                    number, target.unit, f"就业{number}{target.unit}", target="t1", basis=Basis.YEAR_TO_DATE
                )
            ],
            status=Status(value=StatusValue.UNDECIDED),
        )
        for quarter, number in enumerate(reported, 1)
    ]
    made = make_task(
        1,
        "虚构",
        district="bing",
        title="虚构任务：新增城镇就业",
        departments={BODIES[0][0]: Role.LEAD},
        targets=(target,),
        updates=updates,
    )
    return replace(made, id=f"bing-{year}-001", carried_over_from=before)


def _make_district(district: str, name: str, periods: tuple[str, ...], tasks: int) -> District:
    return District(
        id=district,
        name=name,
        publisher="区虚构政府办公室",
        departments=tuple(Department(name=n, slug=s, kind=k) for n, s, k in BODIES),
        tasks=tuple(_make_task(district, number, periods) for number in range(1, tasks + 1)),
    )


def _make_task(district: str, number: int, periods: tuple[str, ...]) -> Task:
    targets, values = _make_targets(number, shift=0 if district == "jia" else 1)
    return make_task(
        number,
        "虚构",
        district=district,
        title=f"虚构任务{number}：{targets[0].metric if targets else '推进有关工作'}",
        departments=_choose_departments(number, marked=district == "jia"),
        targets=targets,
        updates=[_make_update(number, period, targets, values, i) for i, period in enumerate(periods)],
    )


def _choose_departments(number: int, *, marked: bool) -> dict[str, Role]:
    chosen = [BODIES[number % 4][0], *([BODIES[(number + 1) % 4][0]] if number % 3 == 0 else [])]
    roles = (Role.LEAD, Role.JOINT) if marked else (Role.UNSTATED, Role.UNSTATED)
    return dict(zip(chosen, roles, strict=False))


def _make_targets(number: int, *, shift: int) -> tuple[tuple[Target, ...], tuple[tuple[str, ...], ...]]:
    """Every second task has one target of the list; the first two of them have a rate as well."""
    if number % 2 == 0:
        return (), ()
    made = [AMOUNTS[(number // 2) % len(AMOUNTS)]] if number > 3 else list(AMOUNTS[number - 1 : number])
    if number <= 2 * len(RATES):
        made.append(RATES[number // 2])
    targets = tuple(
        make_target(value, unit, kind, name=f"t{place}", metric=metric, comparator=Comparator.AT_LEAST)
        for place, (metric, value, unit, kind, _) in enumerate(made, 1)
    )
    return targets, tuple(reported[shift:] + reported[:shift] for *_, reported in made)


def _make_update(
    number: int, period: str, targets: tuple[Target, ...], values: tuple[tuple[str, ...], ...], place: int
) -> Update:
    status = StatusValue.UNDECIDED if number % 2 else STATUSES[(number // 2) % 4]
    return make_update(
        period,
        "虚构",
        actuals=[
            make_actual(
                reported[place],
                target.unit,
                f"{target.metric}完成{reported[place]}{target.unit}",
                target=target.id,
                basis=BASES.get(target.kind, Basis.YEAR_TO_DATE),
            )
            for target, reported in zip(targets, values, strict=True)
        ],
        status=Status(value=status, quote="虚构的原文"),
    )


class MemoryCache(dict[str, bytes]):
    """A cache that lives as long as the test."""

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``."""
        self[key] = data


def read_palette() -> Palette:
    """The style sheet's colours."""
    css = ROOT / "templates" / "static" / "css" / "10-tokens.css"
    return parse_palette(css.read_text(encoding="utf-8"))


@once
def _keep_scripts() -> MemoryCache:
    """A cache that has the scripts already."""
    kept = MemoryCache()
    prepare_scripts(kept)
    return kept


def draw_all(
    requests: Sequence[ChartRequest], cache: MemoryCache | None = None, workers: Workers | None = None
) -> DrawnCharts:
    """The charts, drawn in this process unless ``workers`` are given."""
    return draw_charts(
        requests,
        read_palette().light,
        cache=MemoryCache(_keep_scripts()) if cache is None else cache,
        workers=workers or Workers(1),
    )
