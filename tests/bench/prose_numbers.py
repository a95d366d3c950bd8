"""Does reading numbers stay linear: 100,000 characters of the worst texts, each under one second.

Run: python -m tests.bench.prose_numbers
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from generator.ingest.numbers.promised_targets import parse_targets
from generator.ingest.numbers.reported_actuals import parse_actuals
from generator.ingest.numbers.status_words import propose_status
from generator.language.outline import parse_outline
from generator.language.quantities import find_mentions
from generator.model import parse_period

LENGTH = 100_000
LIMIT = 1.0
"""Seconds of processor time for the grammar and the outline; reading of targets and actuals may take four."""
PIECES = [
    *(
        "1",
        "一",
        "1个",
        "1万",
        "1,",
        "1,111",
        "1-6月",
        "1—2个",
        "“",
        "“1个",
        "百",
        "过千亿",
        "不超过5%，",
        "20年",
        "第1",
    ),
    *(
        "约",
        "新建公园1处",
        "新建公园1处，",
        "同比增长1%，",
        "一是",
        "二是，",
        "：",
        "（",
        "、",
        "。",
        " ",
        "每",
        "截至",
    ),
    *("完成", "等1亿元以上项目", "区发改局", "1.", "①", "A1", "．", "已"),
]
TARGETS = "新建公园3处，新增就业1.2万人，收入增长5%，可办率达到98%，改造10条街，签约亿元以上项目20个。"


def main() -> int:
    """Print the slowest text of each reader; 1 when one is over its limit."""
    targets, _ = parse_targets(TARGETS)
    period = parse_period("2025Q2")
    readers: dict[str, tuple[Callable[[str], object], float]] = {
        "quantities": (find_mentions, LIMIT),
        "outline": (parse_outline, LIMIT),
        "status": (lambda text: propose_status(text[:100], text), LIMIT),
        "targets": (parse_targets, 4 * LIMIT),
        "actuals": (lambda text: parse_actuals(targets, text, period=period), 4 * LIMIT),
    }
    failed = False
    for name, (reader, limit) in readers.items():
        seconds, piece = max(_measure(reader, piece) for piece in PIECES)
        failed |= seconds > limit
        print(f"{name}: {seconds:.2f} s at most, for {piece!r} (limit {limit:.0f} s)")
    return int(failed)


def _measure(reader: Callable[[str], object], piece: str) -> tuple[float, str]:
    text = (piece * LENGTH)[:LENGTH]
    start = time.process_time()
    reader(text)
    return time.process_time() - start, piece


if __name__ == "__main__":
    sys.exit(main())
