"""The tables of 测试区, quarter by quarter, and what a clerk changes by hand in between. ALL IS INVENTED.

Q1 comes as docx, H1 as txt, Q3 as xlsx, Q4 as html. Over the year rows are renumbered, reworded, split,
merged, dropped and new; one office copies its last text, one says nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.sources.document import Cell, Document, Paragraph, Table
from tests.formats.writers import write_docx, write_html, write_xlsx

DISTRICT = "ceshi"
HEADINGS = ("序号", "重点任务", "责任单位", "推进情况", "下一步计划", "监督科室 监督电话")
PERIODS = ("2025Q1", "2025H1", "2025Q3", "2025")
SUFFIXES = {"2025Q1": "docx", "2025H1": "txt", "2025Q3": "xlsx", "2025": "html"}
TITLES = {
    "2025Q1": "测试区2025年重点任务推进情况（一季度）",
    "2025H1": "测试区2025年重点任务推进情况（上半年）",
    "2025Q3": "测试区2025年重点任务推进情况（第三季度）",
    "2025": "测试区2025年重点任务完成情况",
}
SITE = "title: 测试台账\ndistricts: [ceshi]\n"
DISTRICT_FILE = "# 虚构的区县，只用于测试\nname: 测试区\n"

Row = tuple[str, str, str, str, str]
"""Task, department, progress, next steps, contact."""

PARKS = "新建口袋公园6处，改造提升游园3处。"
JOBS = "新增城镇就业2万人。"
PARKING = "建设智慧停车场4个，新增停车泊位1200个，建成公共充电桩300个。"
MEALS = "办好老年助餐点10处，方便老年人就近用餐。"
SHOWS = "举办文化惠民演出120场。"
BUDGET = "一般公共预算收入增长5%。"
LANES = "整治背街小巷20条，完善照明和排水设施。"
HOUSES = "改造老旧小区8个，同步加装电梯30部。"
SAFETY = "开展道路交通安全宣传进校园活动，提升师生文明出行意识。"
ARCHIVE = "推进数字档案馆建设，完成馆藏档案数字化。"
SAME = "组织民警走进12所学校开展宣讲，发放宣传材料3000份，师生反响良好。"
PARK_OFFICE = "区园林局绿化科87654321"
JOB_OFFICE = "区人力资源社会保障局就业科87650001"
HOUSE_OFFICE = "区住房城乡建设局物业科87650002"
MONEY_OFFICE = "区财政局预算科87650003"

TABLES: dict[str, tuple[Row, ...]] = {
    "2025Q1": (
        (PARKS, "区园林局", "已完成口袋公园1处。", "6月底前再建成2处。", PARK_OFFICE),
        (JOBS, "区人力资源社会保障局", "1-3月，新增城镇就业5200人。", "办好春风行动。", JOB_OFFICE),
        (PARKING, "区住房城乡建设局", "4个停车场均已开工。", "加快主体施工。", HOUSE_OFFICE),
        (MEALS, "区民政局", "已选址6处。", "5月底前完成招标。", "区民政局养老科87650004"),
        (SHOWS, "区文化和旅游局", "已举办31场。", "安排夏季演出。", "区文化和旅游局艺术科87650005"),
        (BUDGET, "区财政局", "一般公共预算收入增长4.2%。", "加强税源管理。", MONEY_OFFICE),
        (LANES, "区城市管理局", "已整治背街小巷3条。", "6月底前完成10条。", "区城市管理局87650006"),
        (HOUSES, "区住房城乡建设局", "已改造老旧小区1个。", "加快外墙施工。", HOUSE_OFFICE),
        (SAFETY, "区教育局", SAME, "继续开展宣讲。", "区教育局安全科87650007"),
        (ARCHIVE, "区档案馆", "按计划推进中。", "抓紧推进。", "区档案馆87650008"),
    ),
    "2025H1": (
        (BUDGET, "区财政局", "一般公共预算收入增长4.8%。", "加强税源管理。", MONEY_OFFICE),
        (PARKS, "区园林局", "已完成口袋公园3处。\n其中西湖路公园已开放。", "9月底前再建成2处。", PARK_OFFICE),
        (JOBS, "区人力资源社会保障局", "1-6月，新增城镇就业1.1万人。", "办好招聘会。", JOB_OFFICE),
        (
            "建设智慧停车场4个，新增停车泊位1200个。",
            "区住房城乡建设局",
            "已建成智慧停车场1个。",
            "9月底前再建成2个。",
            HOUSE_OFFICE,
        ),
        ("建成公共充电桩300个。", "区住房城乡建设局", "已建成公共充电桩120个。", "加快布点。", HOUSE_OFFICE),
        (MEALS, "区民政局", "已建成老年助餐点4处。", "5月底前完成招标。", "区民政局养老科87650004"),
        (
            "举办各类文化惠民演出150场以上。",
            "区文化和旅游局",
            "已举办70场。",
            "安排秋季演出。",
            "区文化和旅游局艺术科87650005",
        ),
        (LANES, "区城市管理局", "已整治背街小巷9条。", "9月底前完成15条。", "区城市管理局87650006"),
        (HOUSES, "区住房城乡建设局", "已改造老旧小区3个。", "加快外墙施工。", HOUSE_OFFICE),
        (SAFETY, "区教育局", SAME, "继续开展宣讲。", "区教育局安全科87650007"),
        (ARCHIVE, "区档案馆", "正在有序推进。", "抓紧推进。", "区档案馆87650008"),
        (
            "新建普惠性幼儿园3所。",
            "区教育局",
            "3所幼儿园已全部开工。",
            "加快施工。",
            "区教育局基建科87650009",
        ),
    ),
    "2025Q3": (
        (BUDGET, "区财政局", "一般公共预算收入增长5.1%。", "加强税源管理。", MONEY_OFFICE),
        (PARKS, "区园林局", "已完成口袋公园5处。", "12月底前全部完成。", PARK_OFFICE),
        (JOBS, "区人力资源社会保障局", "1-9月，新增城镇就业1.6万人。", "办好秋招。", JOB_OFFICE),
        (
            "建设智慧停车场4个，新增停车泊位1200个。",
            "区住房城乡建设局",
            "已建成智慧停车场3个。",
            "12月底前全部建成。",
            HOUSE_OFFICE,
        ),
        ("建成公共充电桩300个。", "区住房城乡建设局", "已建成公共充电桩260个。", "加快布点。", HOUSE_OFFICE),
        (
            "举办各类文化惠民演出150场以上。",
            "区文化和旅游局",
            "已举办118场。",
            "安排冬季演出。",
            "区文化和旅游局艺术科87650005",
        ),
        (
            "整治背街小巷20条，完善照明和排水设施，改造老旧小区8个，同步加装电梯30部。",
            "区住房城乡建设局、区城市管理局",
            "已整治背街小巷16条，改造老旧小区6个。",
            "12月底前全部完成。",
            HOUSE_OFFICE,
        ),
        (SAFETY, "区教育局", SAME, "继续开展宣讲。", "区教育局安全科87650007"),
        (ARCHIVE, "区档案馆", "已完成馆藏档案数字化12万卷。", "12月底前验收。", "区档案馆87650008"),
        ("新建普惠性幼儿园3所。", "区教育局", "2所幼儿园已投用。", "加快装修。", "区教育局基建科87650009"),
    ),
    "2025": (
        (BUDGET, "区财政局", "一般公共预算收入增长5.3%。", "明年继续培植税源。", MONEY_OFFICE),
        (PARKS, "区园林局", "口袋公园6处、游园3处已全部完成。", "做好管护。", PARK_OFFICE),
        (JOBS, "区人力资源社会保障局", "全年新增城镇就业2.1万人。", "巩固成果。", JOB_OFFICE),
        (
            "建设智慧停车场4个，新增停车泊位1200个。",
            "区住房城乡建设局",
            "4个智慧停车场全部建成。",
            "做好运营。",
            HOUSE_OFFICE,
        ),
        ("建成公共充电桩300个。", "区住房城乡建设局", "已建成公共充电桩310个。", "做好运维。", HOUSE_OFFICE),
        (
            "全年举办各类文化惠民演出160场以上。",
            "区文化和旅游局",
            "已举办166场。",
            "谋划明年。",
            "区文化和旅游局艺术科87650005",
        ),
        (
            "整治背街小巷20条，完善照明和排水设施，改造老旧小区8个，同步加装电梯30部。",
            "区住房城乡建设局、区城市管理局",
            "已全部完成。",
            "做好管护。",
            HOUSE_OFFICE,
        ),
        (SAFETY, "区教育局", "全年走进30所学校开展宣讲。", "明年继续。", "区教育局安全科87650007"),
        (ARCHIVE, "区档案馆", "数字档案馆通过验收。", "推广使用。", "区档案馆87650008"),
        ("新建普惠性幼儿园3所。", "区教育局", "3所幼儿园全部投用。", "做好招生。", "区教育局基建科87650009"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandEdit:
    """One change by hand in a YAML file."""

    after: str
    """Period whose ingest it follows."""
    path: str
    old: str
    new: str
    stays: tuple[str, ...]
    """Lines (stripped) that must stand in the file for the rest of the year."""


TASKS = f"content/{DISTRICT}/2025"
HAND_EDITS = (
    HandEdit(
        after="2025Q1",
        path=f"{TASKS}/001.yaml",
        old="title: 新建口袋公园6处、改造提升游园3处\n",
        new="# 标题与园林局商定，2025-04-18\ntitle: 口袋公园与游园   # 改短\n",
        stays=("# 标题与园林局商定，2025-04-18", "title: 口袋公园与游园   # 改短"),
    ),
    HandEdit(
        after="2025Q1",
        path=f"{TASKS}/002.yaml",
        old="phones: ['87650001']",
        new="phones: ['87659999']",
        stays=("- {office: 区人力资源社会保障局就业科, phones: ['87659999']}",),
    ),
    HandEdit(
        after="2025Q1",
        path=f"{TASKS}/010.yaml",
        old="updates:\n",
        new=(
            "targets:\n  - id: t1   # 人工核定\n    metric: 数字档案馆\n    value: 1\n    unit: 座\n"
            "    comparator: '='\n    kind: count\n    quote: 推进数字档案馆建设\n    by: editor\nupdates:\n"
        ),
        stays=("- id: t1   # 人工核定", "metric: 数字档案馆", "by: editor"),
    ),
    HandEdit(
        after="2025H1",
        path=f"{TASKS}/001.yaml",
        old="其中西湖路公园已开放。",
        new="其中西湖路公园已经开放。",
        stays=("progress: 已完成口袋公园3处。 其中西湖路公园已经开放。",),
    ),
    HandEdit(
        after="2025H1",
        path=f"{TASKS}/006.yaml",
        old="id: ceshi-2025-006\n",
        new="# 财政局口径\nid: ceshi-2025-006\ndeadline: 12月底前\n",
        stays=("# 财政局口径", "deadline: 12月底前"),
    ),
    HandEdit(
        after="2025Q3",
        path=f"{TASKS}/005.yaml",
        old="title: 举办各类文化惠民演出150场以上\n",
        new="title: 文化惠民演出\n",
        stays=("title: 文化惠民演出",),
    ),
)


def make_document(period: str) -> Document:
    """A title above a table."""
    rows = [HEADINGS, *((str(n), *row) for n, row in enumerate(TABLES[period], 1))]
    cells = tuple(
        Cell(text=text, row=r, column=c) for r, row in enumerate(rows) for c, text in enumerate(row)
    )
    table = Table(cells=cells, rows=len(rows), columns=len(HEADINGS))
    return Document(name=period, format="", blocks=(Paragraph(text=TITLES[period]), table))


def write_txt(document: Document) -> bytes:
    """Cells between pipes, a line break inside a cell is a space, as saved from a page."""
    lines = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    table = next(b for b in document.blocks if isinstance(b, Table))
    for row in range(table.rows):
        texts = [c.text.replace("\n", " ") for c in table.cells if c.row == row]
        lines.append(" | ".join(texts) + " |")
    return ("\n".join(lines) + "\n").encode()


WRITERS: dict[str, Callable[[Document], bytes]] = {
    "docx": write_docx,
    "txt": write_txt,
    "xlsx": write_xlsx,
    "html": write_html,
}


@functools.cache
def table_bytes(period: str) -> bytes:
    """The period's table in its format; made once, for some writers put the time of day into the file."""
    return WRITERS[SUFFIXES[period]](make_document(period))


def make_site(root: Path) -> None:
    """The smallest site, without a table yet."""
    (root / "content" / DISTRICT).mkdir(parents=True)
    (root / "site.yaml").write_text(SITE, encoding="utf-8")
    (root / "content" / DISTRICT / "district.yaml").write_text(DISTRICT_FILE, encoding="utf-8")


def put_table(folder: Path, period: str) -> Path:
    """The received file in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"received-{period}.{SUFFIXES[period]}"
    path.write_bytes(table_bytes(period))
    return path


def edit_by_hand(root: Path, after: str) -> None:
    """What the clerk changes behind the ingest of a period."""
    for edit in HAND_EDITS:
        if edit.after == after:
            path = root / edit.path
            text = path.read_text(encoding="utf-8")
            assert text.count(edit.old) == 1, f"{edit.path}: {edit.old!r}\n{text}"
            path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


def read_tree(root: Path) -> dict[str, bytes]:
    """Path → bytes of the whole site folder."""
    return {
        str(p.relative_to(root)): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and not p.relative_to(root).parts[0].startswith(".")
    }
