"""Three years of two districts: 24 tables, what a clerk decides between them. ALL IS INVENTED.

甲虚区: a split in mid-year (2023Q3), a target raised (2023Q3) and one lowered (2023Q4), a task suspended and
cancelled, new numbers (2023Q2), offices merged from 2024Q1 and one renamed from 2025Q1, a correction whose
withdrawn row gives its number to a new row (2024Q2), tasks carried into the next year in other words, another
layout from 2025Q1. 乙虚区: a partial table (2023Q3), a copied quarter (2024Q3), a quarter that never came
(2025Q2), a figure that shrinks (2024Q2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator import content
from generator.base.paths import district_file
from generator.ingest.update import ReceivedTable, change_office, plan_files, plan_table
from generator.ingest.update.update_plan import UpdatePlan
from generator.model import District, OfficeChange, parse_period

Files = Mapping[str, bytes]
Row = tuple[str, str, str, str, str]
"""Task, departments, leader in charge, progress, next steps."""

SITE = "title: 虚构三年台账\ndistricts: [jia, yi]\n"
NAMES = {"jia": "甲虚区", "yi": "乙虚区"}
FIRST_LAYOUT = ("序号", "重点任务", "责任单位", "分管领导", "推进情况", "下一步计划")
LATER_LAYOUT = ("编号", "工作任务", "工作进展", "下步打算", "牵头领导", "承办单位")
"""The columns from 2025Q1 on, in another order under other words."""
_ORDER = (0, 1, 4, 5, 3, 2)
"""Place of each column of ``LATER_LAYOUT`` in ``FIRST_LAYOUT``."""

PARKS, JOBS = "区虚构园林局", "区虚构人社局"
CITY, PARKS_CITY = "区虚构城管局", "区虚构城市管理和园林局"
JOBS_LATER = "区虚构人力资源和社会保障局"
HOUSES, PEOPLE, CULTURE, TRADE, SAFETY = (
    "区虚构住建局",
    "区虚构民政局",
    "区虚构文旅局",
    "区虚构商务局",
    "区虚构消防大队",
)
ZHAO, QIAN, SUN = "赵虚一", "钱虚二", "孙虚三"


def _series(task: str, department: str, leader: str, *told: tuple[str, str]) -> Iterator[Row]:
    """The same task over periods: progress and next steps of each."""
    return ((task, department, leader, progress, steps) for progress, steps in told)


def _columns(*series: Iterator[Row]) -> list[list[Row]]:
    return [list(rows) for rows in zip(*series, strict=True)]


# -- 甲虚区 2023

_PARK, _JOB = "新建口袋公园10处，方便群众休闲。", "新增城镇就业8000人，帮扶困难群体再就业。"
_PARKING = "建设智慧停车场4个，新增停车泊位1200个，建成公共充电桩300个。"
_LOTS, _PILES = "建设智慧停车场4个，新增停车泊位1200个。", "建成公共充电桩300个。"
_MEALS = "办好老年助餐点12处，方便老年人就近用餐。"
_THEATRE = "开工建设区文化中心虚构剧场，完善公共文化设施。"
_ESTATES, _ESTATES_MORE = "改造老旧小区20个，完善配套设施。", "改造老旧小区26个，完善配套设施。"
_LANES, _LANES_LESS = "整治背街小巷30条，提升环境面貌。", "整治背街小巷24条，提升环境面貌。"
_FIRMS, _FIRE = "引进虚构重点企业12家。", "开展消防安全宣传进社区活动，提升居民防火意识。"

_park = _series(
    _PARK,
    PARKS,
    ZHAO,
    ("已建成口袋公园2处。", "6月底前建成5处。"),
    ("已建成口袋公园5处。", "9月30日前建成8处。"),
    ("已建成口袋公园7处。", "年底前全部建成。"),
    ("已建成口袋公园10处，全部开放。", "做好管护。"),
)
_job = _series(
    _JOB,
    JOBS,
    ZHAO,
    ("新增城镇就业2100人。", "办好春风行动招聘会。"),
    ("新增城镇就业4300人。", "上半年工作基础上继续抓好帮扶。"),
    ("新增城镇就业6500人。", "办好秋季招聘会。"),
    ("新增城镇就业8200人。", "巩固成果。"),
)
_parking = _series(
    _PARKING, HOUSES, QIAN, ("4个停车场均已开工。", "加快主体施工。"), ("已建成智慧停车场1个。", "加快施工。")
)
_lots = _series(
    _LOTS,
    HOUSES,
    QIAN,
    ("已建成智慧停车场3个。", "12月底前全部建成。"),
    ("智慧停车场4个全部建成。", "做好运营。"),
)
_piles = _series(
    _PILES, HOUSES, QIAN, ("已建成公共充电桩180个。", "加快布点。"), ("已建成公共充电桩310个。", "做好运维。")
)
_meals = _series(
    _MEALS,
    PEOPLE,
    SUN,
    ("已建成老年助餐点3处。", "5月底前完成招标。"),
    ("已完成招标，已建成老年助餐点5处。", "9月底前建成8处。"),
    ("已建成老年助餐点7处。", "年底前全部建成。"),
    ("已建成老年助餐点9处，其余3处因选址调整未完成。", "明年继续建设。"),
)
_theatre = _series(
    _THEATRE,
    CULTURE,
    SUN,
    ("正在办理前期手续。", "6月30日前完成基坑支护。"),
    ("已完成基坑支护。", "9月30日前主体封顶。"),
    ("因资金安排调整，本项任务暂停实施。", "视资金情况恢复。"),
    ("经区政府研究，本项任务取消，不再列入年度考核。", ""),
)
_estates = _series(
    _ESTATES, HOUSES, QIAN, ("已改造老旧小区4个。", "加快施工。"), ("已改造老旧小区10个。", "加快施工。")
)
_estates_more = _series(
    _ESTATES_MORE,
    HOUSES,
    QIAN,
    ("已改造老旧小区15个。", "加快施工。"),
    ("已改造老旧小区26个。", "做好验收。"),
)
_lanes = _series(
    _LANES,
    CITY,
    ZHAO,
    ("已整治背街小巷5条。", "加快整治。"),
    ("已整治背街小巷12条。", "加快整治。"),
    ("已整治背街小巷18条。", "加快整治。"),
)
_lanes_less = _series(_LANES_LESS, CITY, ZHAO, ("已整治背街小巷24条。", "做好管护。"))
_firms = _series(
    _FIRMS,
    TRADE,
    QIAN,
    ("已引进虚构重点企业2家。", "二季度引进企业4家。"),
    ("二季度引进企业4家，累计引进虚构重点企业6家。", "三季度引进企业3家。"),
    ("三季度引进企业1家，累计引进虚构重点企业7家。", "加大招商力度。"),
    ("累计引进虚构重点企业12家。", "做好服务。"),
)
_fire = _series(
    _FIRE,
    SAFETY,
    SUN,
    ("组织宣传12场。", "继续开展宣传。"),
    ("组织宣传25场。", "继续开展宣传。"),
    ("组织宣传38场。", "继续开展宣传。"),
    ("全年组织宣传50场，工作已全部完成。", "做好总结。"),
)

_q1, _q2 = _columns(
    *(
        iter([next(s), next(s)])
        for s in (_park, _job, _parking, _meals, _theatre, _estates, _lanes, _firms, _fire)
    )
)
_q3 = [next(s) for s in (_estates_more, _park, _job, _lots, _piles, _meals, _theatre, _lanes, _firms, _fire)]
_q4 = [
    next(s) for s in (_estates_more, _park, _job, _lots, _piles, _meals, _theatre, _lanes_less, _firms, _fire)
]
JIA_2023 = (_q1, [_q2[5], *_q2[:5], *_q2[6:]], _q3, _q4)
"""From the second quarter on the estates stand first: every number before them moves."""

# -- 甲虚区 2024: the offices of parks and of the city are one

_MEALS_2024 = "继续办好老年助餐点，年内新增助餐点6处，让老年人在家门口就近用餐。"
_PARK_2024 = "新建口袋公园8处，方便群众休闲。"
_JOB_2024 = "新增城镇就业8500人，帮扶困难群体再就业。"
_LANES_2024 = "整治背街小巷18条，提升环境面貌。"
_SCHOOL, _SNOW, _MARKET = "新建虚构小学2所。", "购置虚构除雪设备6台。", "改造提升虚构农贸市场5处。"

JIA_2024 = _columns(
    _series(
        _PARK_2024,
        PARKS_CITY,
        ZHAO,
        ("已建成口袋公园1处。", "6月底前建成4处。"),
        ("已建成口袋公园4处。", "9月底前建成6处。"),
        ("已建成口袋公园6处。", "年底前全部建成。"),
        ("已建成口袋公园8处。", "做好管护。"),
    ),
    _series(
        _JOB_2024,
        JOBS,
        ZHAO,
        ("新增城镇就业2000人。", "办好招聘会。"),
        ("新增城镇就业4500人。", "办好招聘会。"),
        ("新增城镇就业6600人。", "办好招聘会。"),
        ("新增城镇就业8600人。", "巩固成果。"),
    ),
    _series(
        _SNOW,
        PARKS_CITY,
        ZHAO,
        ("正在比选设备。", "8月完成采购。"),
        ("已购置虚构除雪设备2台。", "8月完成采购。"),
        ("已购置虚构除雪设备6台，采购完成。", "做好培训。"),
        ("已购置虚构除雪设备6台。", "做好保养。"),
    ),
    _series(
        _MEALS_2024,
        PEOPLE,
        SUN,
        ("正在选址。", "6月底前建成2处。"),
        ("已新增助餐点2处。", "9月底前建成4处。"),
        ("已新增助餐点4处。", "年底前全部建成。"),
        ("已新增助餐点6处。", "做好运营。"),
    ),
    _series(
        _SCHOOL,
        HOUSES,
        QIAN,
        ("2所小学均已开工。", "8月底前主体完工。"),
        ("主体施工中。", "10月底前主体完工。"),
        ("2所小学主体已完工。", "做好开学准备。"),
        ("已建成虚构小学2所。", "做好运行。"),
    ),
    _series(
        _LANES_2024,
        PARKS_CITY,
        ZHAO,
        ("已整治背街小巷3条。", "加快整治。"),
        ("已整治背街小巷8条。", "加快整治。"),
        ("已整治背街小巷12条。", "加快整治。"),
        ("已整治背街小巷15条。", "明年继续。"),
    ),
)
JIA_2024_Q2_CORRECTED: list[Row] = [
    *JIA_2024[1][:2],
    (_MARKET, TRADE, QIAN, "已改造提升虚构农贸市场1处。", "9月底前改造3处。"),
    (
        "继续办好老年助餐点，年内新增助餐点6处，让老年人在家门口就近用餐。",
        PEOPLE,
        SUN,
        "正在施工。",
        "9月底前建成4处。",
    ),
    *JIA_2024[1][4:],
]
"""The third row is withdrawn; its number goes to a new row. The fourth loses its figure."""

# -- 甲虚区 2025: another layout, one office has a new name

_LANES_2025 = "完成背街小巷整治扫尾，改造3条，并落实长效管护机制。"
_MARKET_2025 = "持续推进改造提升工作，年内完成虚构农贸市场改造4处。"
JIA_2025 = _columns(
    _series(
        _LANES_2025,
        PARKS_CITY,
        ZHAO,
        ("已完成改造1条。", "6月底前全部完成。"),
        ("已完成改造3条，背街小巷整治任务已全部完成。", "落实管护。"),
        ("已完成改造3条，管护到位，任务已全部完成。", "落实管护。"),
        ("任务已全部完成，管护机制已建立。", "落实管护。"),
    ),
    _series(
        "新增城镇就业9000人，帮扶困难群体再就业。",
        JOBS_LATER,
        ZHAO,
        ("新增城镇就业2300人。", "办好招聘会。"),
        ("新增城镇就业4800人。", "办好招聘会。"),
        ("新增城镇就业7000人。", "办好招聘会。"),
        ("新增城镇就业9100人。", "巩固成果。"),
    ),
    _series(
        _MARKET_2025,
        TRADE,
        QIAN,
        ("已完成虚构农贸市场改造1处。", "9月30日前完成改造3处。"),
        ("已完成虚构农贸市场改造2处。", "9月30日前完成改造3处。"),
        ("已完成虚构农贸市场改造3处。", "12月底前全部完成。"),
        ("已完成虚构农贸市场改造4处。", "做好管理。"),
    ),
)

# -- 乙虚区

_ROADS, _TREES, _WIFI, _BUS = (
    "新建虚构道路6条，打通断头路。",
    "植树造林900亩。",
    "建设虚构通信基站80座。",
    "开通虚构公交线路5条。",
)


def _yi(year: str, *figures: tuple[int, int, int, int]) -> list[list[Row]]:
    tasks = (
        (_ROADS, HOUSES, "已建成虚构道路{n}条。"),
        (_TREES, PARKS, "已植树造林{n}亩。"),
        (_WIFI, TRADE, "已建成虚构通信基站{n}座。"),
        (_BUS, CITY, "已开通虚构公交线路{n}条。"),
        (_FIRE, SAFETY, f"{year}已组织宣传{{n}}场。"),
    )
    return _columns(
        *(
            _series(task, office, SUN, *((text.format(n=n), "继续推进。") for n in numbers))
            for (task, office, text), numbers in zip(tasks, figures, strict=True)
        )
    )


YI_2023 = _yi("2023年", (1, 3, 4, 6), (200, 450, 700, 900), (20, 40, 60, 80), (1, 2, 4, 5), (5, 10, 15, 20))
YI_2023[2] = YI_2023[2][:1]
"""Only one row of five came for the third quarter."""
YI_2024 = _yi("2024年", (2, 3, 5, 6), (300, 250, 600, 880), (15, 38, 62, 80), (1, 3, 4, 5), (6, 11, 16, 21))
YI_2024[2] = YI_2024[1]
"""The third quarter's table is that of the second."""
YI_2025 = _yi("2025年", (1, 2, 5, 6), (220, 450, 690, 910), (22, 41, 61, 82), (1, 2, 3, 5), (7, 12, 17, 22))


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One table as it came, with what the clerk had to say of it."""

    district: str
    period: str
    rows: list[Row]
    partial: bool = False
    decisions: Mapping[int, str] = field(default_factory=dict)
    """Row → task id or "new", where the program has to ask."""
    renames: tuple[tuple[tuple[str, ...], str, str], ...] = ()
    """Old names, new name, period from which it holds; made before the table is taken in."""

    @property
    def data(self) -> bytes:
        """The table as a text with pipes."""
        later = self.period.startswith("2025") and self.district == "jia"
        title = f"{NAMES[self.district]}{self.period[:4]}年重点任务推进情况"
        heads = LATER_LAYOUT if later else FIRST_LAYOUT
        lines = [title, " | ".join(heads) + " |"]
        for number, row in enumerate(self.rows, 1):
            cells = (str(number), *row)
            lines.append(" | ".join(cells[i] for i in _ORDER) + " |" if later else " | ".join(cells) + " |")
        return ("\n".join(lines) + "\n").encode()


def _quarters(district: str, year: str, tables: list[list[Row]] | tuple[list[Row], ...]) -> list[Received]:
    return [Received(district=district, period=f"{year}Q{n}", rows=rows) for n, rows in enumerate(tables, 1)]


def received() -> list[Received]:
    """Every table in the order in which it came: district after district within a quarter."""
    jia = [*_quarters("jia", "2023", JIA_2023), *_quarters("jia", "2024", JIA_2024)]
    jia += _quarters("jia", "2025", JIA_2025)
    yi = [*_quarters("yi", "2023", YI_2023), *_quarters("yi", "2024", YI_2024)]
    yi += [each for each in _quarters("yi", "2025", YI_2025) if each.period != "2025Q2"]
    yi[2] = replace(yi[2], partial=True)
    jia[4] = replace(
        jia[4],
        renames=(((PARKS, CITY), PARKS_CITY, "2024Q1"),),
        decisions={4: "jia-2023-004"},
    )
    jia[8] = replace(
        jia[8], renames=(((JOBS,), JOBS_LATER, "2025Q1"),), decisions={1: "jia-2024-006", 3: "jia-2024-007"}
    )
    correction = Received(district="jia", period="2024Q2", rows=JIA_2024_Q2_CORRECTED, decisions={3: "new"})
    after = [correction] + [replace(each, rows=_third(each)) for each in jia[6:8]]
    ordered = sorted([*jia[:6], *jia[8:], *yi], key=lambda each: (each.period, each.district))
    at = next(i for i, each in enumerate(ordered) if each.period == "2024Q3")
    early, late = ordered[:at], ordered[at:]
    return [*early, correction, *sorted([*after[1:], *late], key=lambda each: (each.period, each.district))]


def _third(each: Received) -> list[Row]:
    """The later tables of 2024 with the market in the place of the snow machines."""
    done = {
        "2024Q3": ("已改造提升虚构农贸市场3处。", "年底前全部完成。"),
        "2024Q4": ("已改造提升虚构农贸市场3处，其余2处延期。", "明年继续。"),
    }
    return [*each.rows[:2], (_MARKET, TRADE, QIAN, *done[each.period]), *each.rows[3:]]


def start() -> dict[str, bytes]:
    """The site before the first table."""
    files = {"site.yaml": SITE.encode()}
    about = "terms:\n- {first: 2022, last: 2026}\n"
    return files | {district_file(d): f"name: {name}\n{about}".encode() for d, name in NAMES.items()}


def district_of(files: Files, name: str) -> District:
    """One district of the content."""
    return next(d for d in content.parse_site(files).districts if d.id == name)


def plan_of(files: Files, table: Received, *, partial: bool | None = None, asked: bool = True) -> UpdatePlan:
    """The plan of one table; ``asked``: with the clerk's decisions."""
    received = ReceivedTable(
        name="x.txt",
        data=table.data,
        district=table.district,
        period=parse_period(table.period),
        columns={},
        partial=table.partial if partial is None else partial,
    )
    return plan_table(files, received, table.decisions if asked else {}, dt.date(2026, 1, 20))[1]


def take_in(files: Files, table: Received) -> dict[str, bytes]:
    """The content after one table, the offices renamed first."""
    for olds, new, since in table.renames:
        found = district_of(files, table.district)
        files = {
            **files,
            **change_office(
                found,
                files,
                olds,
                (new,),
                since=parse_period(since),
                how=OfficeChange.MERGED if len(olds) > 1 else OfficeChange.RENAMED,
            ),
        }
    return {**files, **plan_files(plan_of(files, table), files)}
