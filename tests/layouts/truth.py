"""An invented table as it is meant: what every drawing of it is to be read as. All of it is invented."""

from __future__ import annotations

import random
from dataclasses import dataclass

_SECTIONS = (
    "一、稳定经济增长",
    "二、推进城市更新",
    "三、增进民生福祉",
    "四、加强生态保护",
    "五、深化改革开放",
)
_TASKS = (
    (
        "全年固定资产投资增长6%",
        "固定资产投资同比增长5.2%，其中工业投资增长9.1%。",
        "加强项目调度，确保完成全年目标。",
    ),
    ("新增规上工业企业18家以上", "截至目前，新增规上工业企业11家。", "继续做好企业培育和入库辅导。"),
    (
        "实施城南路、育才街等12条背街小巷改造，完善排水设施",
        "12条背街小巷已完工8条，其余4条正在施工。",
        "加快施工进度，力争11月底前完工。",
    ),
    ("新建口袋公园6处、绿道15公里", "已建成口袋公园4处、绿道11.5公里。", "推进剩余2处口袋公园建设。"),
    (
        "城镇新增就业9000人，失业人员再就业2200人",
        "1—9月，城镇新增就业7315人，失业人员再就业1904人。",
        "组织好秋季招聘活动。",
    ),
    (
        "新建幼儿园3所，新增学位1080个。",
        "3所幼儿园主体均已封顶，正在进行装饰装修。",
        "督促施工单位加快进度。",
    ),
    ("空气质量优良天数比例达到72%", "优良天数比例为70.4%，同比提高1.3个百分点。", "深化扬尘、餐饮油烟整治。"),
    (
        "深化“一件事”集成改革，政务服务事项网办率达到95%以上",
        "网办率达到93.6%。一是梳理事项1206项；二是上线“一件事”场景42个。",
        "继续拓展“一件事”场景。",
    ),
    (
        "引进亿元以上项目25个、到位资金60亿元",
        "已引进亿元以上项目19个，到位资金41.3亿元。",
        "持续开展产业链招商。",
    ),
    (
        "改造老旧小区14个、惠及居民5200户",
        "14个老旧小区全部开工，已完工5个。",
        "抓好质量安全监管，有序推进施工。",
    ),
    ("建设长者食堂8处", "已建成6处。", "年底前全部建成投用。"),
    (
        "治理河道9.5公里，新建污水管网20公里",
        "治理河道7公里，新建污水管网13.6公里。",
        "加快管网铺设，同步恢复路面。",
    ),
    ("举办文化惠民演出120场", "已举办文化惠民演出96场次，惠及群众3万余人次。", "继续组织送戏下乡活动。"),
    ("完成高标准农田建设1.6万亩", "已完成1.1万亩，其余地块正在平整土地。", "抢抓秋收后有利时机加快建设。"),
)
_BUREAUS = [
    "区发展改革局",
    "区工业和信息化局",
    "区住房城乡建设局",
    "区人力资源社会保障局",
    "区教育体育局",
    "区文化和旅游局",
    "区农业农村局",
    "区水务局",
    "区园林绿化中心",
    "区财政局",
    "区商务局",
    "区投资促进局",
    "区民政局",
    "区行政审批服务局",
    "市生态环境局城东分局",
    "城投集团",
    "各街道办事处",
    "各有关部门",
]
_DEADLINES = ("12月底前", "11月底前", "全年", "10月", "9月底前完成")
_LEADERS = ("陈某某", "林某某", "周某某")
_STATUSES = ("正常推进", "已完成", "超序时", "欠序时")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One task as it is meant."""

    number: int
    section: str
    commitment: str
    leads: tuple[str, ...]
    joints: tuple[str, ...]
    progress: str
    next_steps: str
    deadline: str
    leader: str
    status: str
    completion: str
    contact: str

    @property
    def bodies(self) -> tuple[str, ...]:
        """All bodies in printed order."""
        return (*self.leads, *self.joints)


def make_rows(seed: int) -> tuple[Row, ...]:
    """Between 6 and 12 rows in 2 to 4 sections, the same for the same seed."""
    rng = random.Random(seed)
    chosen = rng.sample(_TASKS, rng.randint(6, 12))
    count = rng.randint(2, 4)
    sections = sorted(rng.randrange(count) for _ in chosen)
    ranks = {value: i for i, value in enumerate(dict.fromkeys(sections))}
    rows = []
    for number, ((commitment, progress, next_steps), section) in enumerate(
        zip(chosen, sections, strict=True), 1
    ):
        bodies = rng.sample(_BUREAUS[:-2], rng.randint(1, 3))
        if rng.random() < 0.3:
            bodies.append(rng.choice(_BUREAUS[-2:]))
        rows.append(
            Row(
                number=number,
                section=_SECTIONS[ranks[section]],
                commitment=commitment,
                leads=(bodies[0],),
                joints=tuple(bodies[1:]),
                progress=progress,
                next_steps=next_steps,
                deadline=rng.choice(_DEADLINES),
                leader=rng.choice(_LEADERS),
                status=rng.choice(_STATUSES),
                completion=f"{rng.randint(20, 110)}%",
                contact=f"{bodies[0]}综合科{rng.randint(60000000, 69999999)}",
            )
        )
    return tuple(rows)
