"""What people type for what the tables print: everyday words and whom to ask, words for a standing."""

from __future__ import annotations

from collections.abc import Mapping

from generator.figures import Standing
from generator.language.lexicon import load

_STANDINGS: Mapping[Standing, tuple[str, ...]] = {
    Standing.DONE: ("已完成", "完成", "办结", "办完"),
    Standing.AHEAD: ("超序时", "提前", "超前"),
    Standing.ON_SCHEDULE: ("达序时", "按期", "正常"),
    Standing.NEAR_SCHEDULE: ("接近序时", "略慢"),
    Standing.BEHIND: ("欠序时", "滞后", "落后", "未完成", "没完成", "进度慢"),
    Standing.PARTLY_DONE: ("部分完成", "完成一部分"),
    Standing.UNDER_WAY: ("实施中", "推进中", "进行中", "在办", "在建"),
    Standing.PREPARED: ("前期筹备", "前期", "筹备", "准备"),
    Standing.INTENT: ("只有表态", "表态", "空话"),
    Standing.BLOCKED: ("条件不具备", "受阻", "卡住"),
    Standing.NOT_STARTED: ("未启动", "没启动", "未开始", "没开始", "未开工", "没开工", "没动工"),
    Standing.SUSPENDED: ("已暂停", "暂停", "停工"),
    Standing.ENDED: ("已终止", "终止", "取消"),
    Standing.NO_INFORMATION: ("无实质信息", "没有进展", "无进展"),
    Standing.UNDECIDED: ("未判定",),
}


def list_offices() -> tuple[str, ...]:
    """Short names of the offices that answer for everyday words."""
    return tuple(load("everyday"))


def list_everyday() -> list[list[str | int]]:
    """[everyday word, words of tables that answer it with blanks between, place of its office]."""
    return [
        [entry.word, entry.means, place]
        for place, entries in enumerate(load("everyday").values())
        for entry in entries
    ]


def standing_words(standing: Standing) -> tuple[str, ...]:
    """What people call a standing."""
    return _STANDINGS[standing]
