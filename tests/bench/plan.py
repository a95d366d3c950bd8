"""How long ingest and plan take: a table of 1,000 rows over 1,000 existing tasks. All data invented.

``python -m tests.bench.plan`` prints the seconds of each step; every row is reworded and has news.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time

from generator import content
from generator.ingest.draft import make_draft
from generator.ingest.update.plan_json import plan_data
from generator.ingest.update.update_plan import make_plan, plan_files
from generator.model import parse_period
from tests.year.invented import DISTRICT_FILE, SITE

_VERBS = (
    "新建",
    "改造",
    "整治",
    "建成",
    "提升",
    "完善",
    "举办",
    "引进",
    "培育",
    "开展",
)
_THINGS = (
    "口袋公园",
    "背街小巷",
    "老旧小区",
    "停车泊位",
    "公共充电桩",
    "幼儿园",
    "助餐点",
    "文化活动",
    "高新企业",
    "就业培训",
)
_PLACES = (
    "东湖",
    "西湖",
    "南山",
    "北园",
    "中心",
    "河畔",
    "新城",
    "老城",
    "高铁",
    "大学",
)
_BODIES = (
    "区园林局",
    "区城市管理局",
    "区住房城乡建设局",
    "区商务局",
    "区教育局",
    "区民政局",
    "区文化和旅游局",
    "区科技局",
)


def make_table(rows: int, period: str, *, seed: int, reworded: float) -> bytes:
    """Pipe table; ``reworded`` is the share of rows whose task text differs from that of another seed."""
    fixed, free = random.Random(1), random.Random(seed)
    lines = [
        f"测试区2025年重点任务推进情况（{period}）",
        "序号 | 重点任务 | 责任单位 | 推进情况 | 下一步计划 |",
    ]
    for number in range(1, rows + 1):
        place, verb, thing = (fixed.choice(words) for words in (_PLACES, _VERBS, _THINGS))
        amount = fixed.randint(2, 900)
        task = f"在{place}片区第{number}网格{verb}{thing}{amount}处，完善配套设施，让周边居民在家门口受益"
        if free.random() < reworded:
            task = task.replace("完善配套设施", "同步完善各类配套设施").replace(
                "受益", f"受益，惠及{amount}户"
            )
        done = free.randint(0, amount)
        progress = f"截至目前，已{verb}{thing}{done}处，其余正在施工，质量和安全总体受控。"
        steps = f"继续推进{place}片区的施工，争取早日完成全部{amount}处。"
        lines.append(f"{number} | {task}。 | {fixed.choice(_BODIES)} | {progress} | {steps} |")
    return ("\n".join(lines) + "\n").encode()


def main() -> None:
    """Prints the seconds of each step of the second ingest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    rows = parser.parse_args().rows
    files = {"site.yaml": SITE.encode(), "content/ceshi/district.yaml": DISTRICT_FILE.encode()}
    files |= _ingest(files, make_table(rows, "一季度", seed=2, reworded=0.0), "2025Q1", show=False)
    _ingest(files, make_table(rows, "上半年", seed=3, reworded=1.0), "2025H1", show=True)


def _ingest(files: dict[str, bytes], data: bytes, period: str, *, show: bool) -> dict[str, bytes]:
    start = time.process_time()
    district = content.parse_site(files).districts[0]
    read = time.process_time()
    draft = make_draft(data, "x.txt", district=district, period=parse_period(period))
    drafted = time.process_time()
    plan = make_plan(draft, data, district=district, files=files, today=dt.date(2025, 7, 1))
    plan_data(plan)
    planned = time.process_time()
    changes = plan_files(plan, files)
    end = time.process_time()
    if show:
        actions = sorted({str(entry.action) for entry in plan.entries})
        print(f"{len(plan.entries)} lines ({', '.join(actions)}), {len(changes)} files")
        print(f"read content {read - start:.2f} s, read table {drafted - read:.2f} s")
        print(f"plan {planned - drafted:.2f} s, write out the files {end - planned:.2f} s")
        print(f"ingest and plan together {planned - start:.2f} s, with the files {end - start:.2f} s")
    return changes


if __name__ == "__main__":
    main()
