"""What people type for what the tables print: everyday words for official ones, words for a standing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.figures import Standing

_EVERYDAY: Mapping[str, tuple[str, ...]] = {
    "车位": ("泊位", "停车场"),
    "停车位": ("泊位", "停车场"),
    "泊位": ("车位",),
    "停车": ("泊位", "车位"),
    "养老院": ("养老机构", "养老服务", "敬老院"),
    "敬老院": ("养老机构", "养老服务"),
    "老人": ("老年", "养老", "助餐"),
    "食堂": ("助餐",),
    "孩子": ("儿童", "未成年人", "托育"),
    "托儿所": ("托育", "托幼"),
    "幼儿园": ("学前教育", "托幼"),
    "上学": ("入学", "学位", "教育设施"),
    "找工作": ("就业", "招聘", "岗位"),
    "看病": ("就医", "医疗", "卫生室"),
    "社保": ("社会保险", "社会保障"),
    "医保": ("医疗保险", "医疗保障"),
    "买房": ("住房", "商品房"),
    "旧改": ("老旧小区改造",),
    "拆迁": ("征收", "征迁", "征拆"),
    "修路": ("道路建设", "道路工程", "市政道路"),
    "断头路": ("未贯通", "瓶颈路"),
    "地铁": ("轨道交通",),
    "公交": ("公共交通",),
    "充电桩": ("充电设施", "充电站", "充换电"),
    "暖气": ("供暖", "供热"),
    "菜市场": ("农贸市场",),
    "厕所": ("公厕",),
    "下水道": ("排水", "雨污"),
    "垃圾": ("环卫",),
    "健身": ("体育设施", "体育公园"),
    "残疾人": ("残障", "无障碍"),
    "当兵": ("退役军人",),
    "外资": ("外商投资",),
    "外贸": ("进出口",),
    "gdp": ("地区生产总值",),
    "财政收入": ("一般公共预算收入",),
    "固投": ("固定资产投资",),
    "高企": ("高新技术企业",),
    "治安": ("平安建设",),
}
"""What a reader types → official words, any of which answers it."""
_STANDINGS: Mapping[Standing, tuple[str, ...]] = {
    Standing.DONE: ("已完成", "完成", "办结", "办完"),
    Standing.AHEAD: ("超序时", "提前", "超前"),
    Standing.NEAR_SCHEDULE: ("接近序时", "略慢"),
    Standing.ON_SCHEDULE: ("达序时", "按期", "正常"),
    Standing.BEHIND: ("欠序时", "滞后", "落后", "未完成", "没完成", "进度慢"),
    Standing.PARTLY_DONE: ("部分完成", "完成一部分"),
    Standing.UNDER_WAY: ("实施中", "推进中", "进行中", "在办", "在建"),
    Standing.PREPARED: ("前期筹备", "前期", "筹备", "准备"),
    Standing.INTENT: ("只有表态", "表态", "空话"),
    Standing.BLOCKED: ("条件不具备", "受阻", "卡住"),
    Standing.NOT_STARTED: ("未启动", "没启动", "未开始", "没开始", "未开工"),
    Standing.SUSPENDED: ("已暂停", "暂停", "停工"),
    Standing.ENDED: ("已终止", "终止", "取消"),
    Standing.NO_INFORMATION: ("无实质信息", "没有进展", "无进展"),
    Standing.UNDECIDED: ("未判定",),
}


def find_synonyms(texts: Iterable[str]) -> Iterator[str]:
    """Everyday words that the texts answer although they do not hold them."""
    whole = "\n".join(texts).lower()
    for word, official in _EVERYDAY.items():
        if word not in whole and any(other in whole for other in official):
            yield word


def standing_words(standing: Standing) -> tuple[str, ...]:
    """What people call a standing."""
    return _STANDINGS[standing]
