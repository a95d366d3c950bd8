"""Names of people in the field's texts: by a label before, a title beside, or a bracket around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMPOUND = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|宇文|长孙|轩辕|南宫|百里|呼延|澹台|淳于|"
    "单于|申屠|公羊|闻人|钟离|拓跋|独孤|完颜|赫连"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范"
    "彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜"
    "顾孟平黄穆萧尹姚邵汪祁毛禹狄米贝明臧计成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江"
    "童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉"
    "钮龚程嵇邢裴陆荣翁荀羊惠曲家封靳段富巫乌焦巴弓牧车侯宓蓬全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘"
    "景詹束龙叶幸司韶黎薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵"
    "冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居"
    "曾游涂岳晋敖覃衡步都耿满弘匡国文寇广禄阙东欧利师巩聂关荆肖闫付代佟仝隋逯亓苑綦税昝"
)
"""百家姓 and the surnames that have become common since."""
_FAMILY = rf"(?:{_COMPOUND}|[{_SURNAMES}])"
_GIVEN = r"[\u4e00-\u9fff]{1,2}"
_LABELS = (
    "联系人|经办人|负责人|填报人|责任人|联络员|审核人|报送人|制表人|包保领导|包联领导|分管领导|主管领导|牵头领导|责任领导|"
    "挂包领导|项目长|网格员|工作人员|科员|工程师|联络人|对接人|举报人|签发人"
)
_LABELS = "|".join(r"\s?".join(label) for label in _LABELS.split("|"))
"""What a name stands behind; forms are often set with blanks between the characters of a label."""
_LABEL_ENDS = "人|员|长|领导|干部|同志|经办|填报|填表|审核|审批|签发|制表|校对|专班"
"""What any label ends with that a name stands behind, once a colon or a bracket sets them apart."""
_GOES_ON = (
    "到|在|带|率|赴|已|每|亲|主持|牵头|调研|检查|督|出席|参加|前往|深入|召开|"
    "负责|包|批示|表示|指出|强调|要求|同志|与|和|及|等"
)
"""What a sentence goes on with behind the name of its subject."""
_TITLES = (
    "主任|副主任|科长|副科长|局长|副局长|书记|副书记|主席|副主席|区长|副区长|处长|副处长|所长|副所长|"
    "站长|副站长|部长|副部长|院长|副院长|"
    "校长|副校长|镇长|副镇长|股长|队长|经理|总经理|董事长|主管|专员|调研员|同志|先生|女士|老师|"
    "支书|组长|副组长|指挥长|总指挥|河长|林长|路长|网格长|楼长|常委|委员|医生|教授|律师|研究员|工程师|法定代表人|法人代表|法人"
)
_NEVER = re.compile(
    rf"^(?:{_TITLES}|办公|综合|主要|相关|有关|各|全|由|和|及|等|任务|同志|单位|部门|领导|"
    r"卫健|卫生|文旅|文广|司法|农业|水利|水务|计生|组织|党组|党校|施工|项目|安全|满意|万[人元户亩平]|国际|国家)"
    r"|(?:局|办|委|科|处|室|中心|公司|街道|镇|村|社区|学校|医院|园|所|站|部|队|会|院|厂|库|路|桥|区|市|县|校|方|组)$"
)
_NAME = rf"{_FAMILY}{_GIVEN}"
_AND = r"[、，,;；/\s和与及]{1,2}"
_LABELLED = re.compile(
    rf"(?:(?:{_LABELS})(?:[为是]|[：:\s【“「（(]{{1,2}})|(?:{_LABEL_ENDS})[：:】」）)]{{1,2}}\s?|(?:{_LABEL_ENDS})[【“「])"
    rf"(?P<names>{_NAME}(?:{_AND}{_NAME})*)(?![\u4e00-\u9fff·•])"
)
_JOINED = re.compile(
    rf"(?:{_LABEL_ENDS}|{_TITLES})[：:\s]{{0,2}}(?P<joined>[\u4e00-\u9fff]{{1,6}}(?:[·•][\u4e00-\u9fff]{{1,6}})+)"
)
"""A name of several parts with points between them."""
_BEFORE_TITLE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:由|请|与|和|及|市民|居民|村民|群众|业主|职工|学生)?"
    rf"(?P<name>{_NAME})(?=[（(]?(?:{_TITLES})(?![\u4e00-\u9fff]{{0,2}}(?:局|办|科|室)))"
)
_BY = re.compile(rf"[由请](?P<name>{_NAME})(?<![班人员企社])(?=牵头|负责|协调|包保|主持)")
_AFTER_TITLE = re.compile(
    rf"(?:{_TITLES}|{_LABELS})[：:\s]?(?P<name>{_NAME})(?=[，。；、,;（(\s\d]|$|{_GOES_ON})"
)
_BRACKETED = re.compile(rf"[（(]\s*(?P<name>{_NAME})\s*(?=[）)，,、：:\s]|\d{{7}})")
_BESIDE_PHONE = re.compile(
    rf"(?:^|(?<=[，,、；;。：:/\s（(]))(?P<name>{_NAME})(?=[\s：:，,（(/]*(?:1\d\d\*{{4}}|(?:0\d{{2,3}}-?)?\d{{7}}))"
    rf"|(?:(?<=\*{{4}}\d{{4}})[\s，,（(]?|(?<=\d{{7}})[\s，,（(]{{1,2}})(?P<behind>{_NAME})(?=[，。；、,;）)\s]|$)"
)
"""Mobile numbers are masked before names are."""
_BEHIND_OFFICE = r"(?:^|[\s，,、；;：:]|(?<=[局办委科处室心司道所站部队会院组]))"
_BEFORE_NUMBER = re.compile(rf"{_BEHIND_OFFICE}(?P<name>{_NAME})(?=[\s：:，,]*\d{{3}})")
_AT_END = re.compile(rf"{_BEHIND_OFFICE}(?P<name>{_NAME})\s*$")
_AT_START = re.compile(rf"^(?P<name>{_NAME})(?=\s+\S*[科室办股处局心]\b)")
_ANYWHERE = (_LABELLED, _JOINED, _BEFORE_TITLE, _BY, _AFTER_TITLE, _BRACKETED, _BESIDE_PHONE)
_LISTED = re.compile(rf"(?P<one>{_NAME})(?:{_AND}|$)")
_ONE = re.compile(rf"(?P<family>{_FAMILY})(?P<given>{_GIVEN})")


def is_name(text: str) -> bool:
    """Whether a whole cell or list item reads like a name: ``欧阳小明`` does, ``区财政局`` does not."""
    return _ONE.fullmatch(text.strip()) is not None and _NEVER.search(text.strip()) is None


def find_names(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of given names in running text: ``联系人：张三`` → ((5, 6),)."""
    return _given_names(text, _ANYWHERE)


def find_contact_names(text: str) -> tuple[tuple[int, int], ...]:
    """As ``find_names`` in the name of an office, where a person may stand without label: ``综合科 张三``."""
    beside_office = (_BEFORE_NUMBER, _AT_END, _AT_START)
    return _given_names(text, (*_ANYWHERE, *beside_office))


def _given_names(text: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[tuple[int, int], ...]:
    found = {span for pattern in patterns for match in pattern.finditer(text) for span in _spans(match)}
    return tuple(sorted(found))


def _spans(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    group = next(name for name in match.re.groupindex if match[name])
    start = match.start(group)
    if group == "joined":
        yield start + 1, match.end(group)
        return
    for each in _LISTED.finditer(match[group]):
        one = _ONE.match(each["one"])
        if one is not None and _NEVER.search(one[0]) is None:
            yield start + each.start() + one.start("given"), start + each.start() + one.end("given")
