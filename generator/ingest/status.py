"""What a progress text says of its task as a whole, taken from its own words only."""

from __future__ import annotations

import re

from generator.model import Status, StatusValue
from generator.outline import PartKind, parse_outline, walk

_DONE = re.compile(
    r"(?:^|[，,。；;：:\s])[^，,。；;：:]{0,12}?"
    r"((?:已|已经|均已|全部|提前|超额|圆满|全面|已全部|已提前|已超额|已全面|已圆满){1,3}完成"
    r"(?:全年|年度|全部|既定|目标|任务|各项|工作|计划|本年度|今年)*(?:目标|任务|计划|工作)(?:任务)?)"
)
_DONE_WORD = re.compile(
    r"^\s*(已完成|已办结|已销号|提前完成|超额完成|全部完成|已全部完成|完成|已完结)\s*[。.]?\s*$"
)
_PARTLY = re.compile(
    r"[一1]?季度|上半年|月份?|阶段|前期|部分|基本|主体|招标|设计|审批|手续|方案|征求|预计|力争|将|确保"
    r"|年底前|其中"
)
_REMAINING = re.compile(r"正在|剩余|其余|尚未|未完成|待|推进中|在建|施工|另有|下一步|继续|还有|计划")
_NOT_STARTED = re.compile(
    r"((?:项目|工程|工作|任务|政策|建设)?[^，,。；;]{0,8}?(?:未开工|未启动|尚未启动|尚未开工|暂未启动|暂未开工|未出台|尚未开展|暂未开展|暂未实施|尚未实施|未开展))"
)
_NONE_YET = re.compile(
    r"((?:暂无|暂不|无|没有|未)(?:具备|符合|满足|可)[^，,。；;]{0,12}(?:条件|要求)[^，,。；;]{0,8})"
)
_BEGUN = re.compile(
    r"已(?!于|经|纳入)|完成|建成|正在|开展|组织|召开|推进|启动(?<!未启动)(?<!暂未启动)|施工|签约|举办"
)
_EMPTY = re.compile(
    r"^[\s　]*(?:无|暂无|/|—|-|——|－|\\|同上|按计划(?:有序)?推进中?|正常推进中?|有序推进中?"
    r"|持续推进中?|推进中|正在推进中?|进行中|已部署|常态化推进"
    r"|按(?:照)?计划(?:开展|进行)(?:相关)?工作|按序时(?:进度)?推进中?|序时推进|达序时进度"
    r"|正常)?[\s　]*[。.；;]?[\s　]*$"
)


def read_status(progress: str | None) -> Status:
    """Status of the whole task: completed, not_started or no_information only where the text says so.

    A text of one plain phrase (按计划推进中) holds no information; anything else is in_progress.
    """
    if progress is None or _EMPTY.match(progress):
        quote = progress.strip().rstrip("。.；;") if progress else ""
        return Status(value=StatusValue.NO_INFORMATION, quote=quote or None)
    if match := _DONE_WORD.match(progress):
        return Status(value=StatusValue.COMPLETED, quote=match[1])
    done = _completed(progress)
    if done is not None:
        return Status(value=StatusValue.COMPLETED, quote=done)
    waiting = _NOT_STARTED.search(progress) or _NONE_YET.search(progress)
    if waiting and _is_all(progress, waiting):
        return Status(value=StatusValue.NOT_STARTED, quote=waiting[1].strip())
    return Status(value=StatusValue.IN_PROGRESS)


def _completed(progress: str) -> str | None:
    """Words that say the year's task is done, when nothing else in the text says that work goes on."""
    match = _DONE.search(progress)
    if match is None or _PARTLY.search(match[0]) or _REMAINING.search(progress):
        return None
    parts = parse_outline(progress).parts
    if any(part.kind is not PartKind.SENTENCE for part in walk(parts)) or len(parts) > 3:
        return None
    return match[1]


def _is_all(progress: str, waiting: re.Match[str]) -> bool:
    """Whether the words that say 'not begun' are the whole news: plain sentences, nothing begun beside."""
    rest = progress[: waiting.start()] + progress[waiting.end() :]
    parts = parse_outline(progress).parts
    return all(part.kind is PartKind.SENTENCE for part in walk(parts)) and not _BEGUN.search(rest)
