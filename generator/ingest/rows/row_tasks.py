"""A record → one task of the model, every text to the letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.paths import make_task_id
from generator.base.places import Place
from generator.ingest.layout.cell_features import is_status_word
from generator.ingest.layout.contacts import read_contacts
from generator.ingest.layout.department_names import (
    Body,
    is_person,
    looks_like_body,
    read_bodies,
    share_of_bodies,
)
from generator.ingest.layout.heading_roles import OFFICE_ROLES, ColumnRole, normal_heading
from generator.ingest.layout.row_numbers import Number
from generator.ingest.layout.row_records import Placement, RowRecord
from generator.ingest.layout.source_pieces import Passage, first_where, join, squeeze
from generator.ingest.rows.department_directory import Directory
from generator.ingest.rows.titles import make_title
from generator.model import Assignment, Contact, District, Period, Role, SourceRef, Task, Update

R = ColumnRole
FIELDS = {
    R.NUMBER: "number",
    R.GROUP: "section",
    R.TASK: "commitment",
    R.PLAN: "plan",
    R.DEPARTMENT: "departments",
    R.LEAD: "departments",
    R.JOINT: "departments",
    R.LEADER: "leaders",
    R.PROGRESS: "progress",
    R.STATUS: "reported_status",
    R.COMPLETION: "reported_completion",
    R.NEXT_STEPS: "next_steps",
    R.DEADLINE: "deadline",
    R.CONTACT: "contacts",
    R.REMARKS: "remarks",
}
"""Column role → key of the content contract."""
_IN_TEXT = re.compile(
    r"[（(【\[](?P<inside>[^（()）]*?(?:牵头|责任|主责|配合|承办|主办|落实)(?:单位|部门)?[：:](?:[^（()）]|[（(][^（()）]*[)）])*)[)）】\]]"
    r"|[（(](?P<led>[^（()）。]{2,60}?(?:牵头|负责)(?:[，,；;、][^（()）。]*?(?:配合|参与|协办|落实|负责))?)[)）]"
)
_HEADING_MARKS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、])"
    r"|[（(](?:共|计)?\d+(?:项|个|件)[)）]$|[：:]$"
)
_OFFICE = re.compile(
    r"(?:局|委|办|办公室|政府|委员会|管委会|中心|集团|公司|办事处|街道|镇|乡|专班|法院|检察院"
    r"|妇联|残联|工商联|团委|总工会|[大中支总]队|分局|银行|医院|学院)$"
)
"""Ends of headings that name a body and nothing else."""
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿"
)
_NAME = rf"(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]某{{1,2}})"
_PERSON = re.compile(rf"(?P<office>.+?)[（(](?P<person>{_NAME}(?:[、，,]{_NAME})*)[)）]")
_NONE = re.compile(r"[—–\-/／\\]+|无|暂无|[（(]无[)）]")
"""Signs for an empty cell."""
_DITTO = re.compile(r"[（(]?(?:[〃″”\"]|同上|同前|内容同上|见上|同上一?[条项行])[)）]?[。.]?")
_DITTO_NUMBER = re.compile(r"[（(]?(?:同|见)(?:序号|第)?\s*(\d{1,3})\s*(?:项|条|号)?[)）]?[。.]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText:
    """One record put into words: fields as text, nothing resolved across rows yet."""

    where: Place
    number: str
    """As printed; empty where there is none."""
    section: str | None
    subsection: str | None
    texts: dict[str, str]
    """Key of the content contract → text to the letter; keys without text are left out."""
    assignments: tuple[Assignment, ...]
    contacts: tuple[Contact, ...]
    leaders: tuple[str, ...]
    placements: tuple[Placement, ...]
    problems: tuple[Problem, ...]
    roles: frozenset[ColumnRole] = frozenset()
    """Roles of the columns of its table."""
    cell: tuple[int, int] = (0, 0)
    """Block and cell of the task in the document."""
    department_ditto: bool = False
    """The department cell prints 同上."""


def read_row(record: RowRecord, directory: Directory, *, lead_first: bool) -> RowText:
    """Texts, bodies and contacts of a record."""
    texts = {}
    for role in (R.TASK, R.PROGRESS, R.STATUS, R.COMPLETION, R.NEXT_STEPS, R.DEADLINE, R.PLAN):
        text = join(record.pieces(role)).text
        if text:
            texts[FIELDS[role]] = text
    status = next((w for piece in record.sections if (w := _status_heading(piece.text))), None)
    if status and "reported_status" not in texts:
        texts["reported_status"] = status
    remarks = _remarks(record)
    if remarks:
        texts["remarks"] = remarks
    named = squeeze(join(record.pieces(R.LEAD, R.DEPARTMENT)).text)
    ditto = _DITTO.fullmatch(named) is not None
    bodies, problems = ([], []) if ditto else _read_departments(record, lead_first=lead_first)
    persons = [b.name for b in bodies if record.persons and is_person(b.name)]
    bodies = [b for b in bodies if b.name not in persons]
    bodies, bracketed = _take_persons(bodies)
    persons += bracketed
    assignments: dict[str, Role] = {}
    for body in bodies:
        name = directory.take(body.name)
        if assignments.get(name) is not Role.LEAD:
            assignments[name] = body.role
    sections = [squeeze_heading(piece.text) for piece in record.sections]
    return RowText(
        where=record.where,
        number=squeeze(join(record.pieces(R.NUMBER)).text),
        section=sections[0] if sections else None,
        subsection=sections[1] if len(sections) > 1 else None,
        texts=texts,
        assignments=tuple(Assignment(name=n, role=r) for n, r in assignments.items()),
        contacts=read_contacts(join(record.pieces(R.CONTACT)).text),
        leaders=tuple(dict.fromkeys((*_leaders(join(record.pieces(R.LEADER)).text), *persons))),
        placements=_placements(record),
        problems=tuple(problems),
        roles=record.roles,
        cell=next(((p.block, p.cell) for p in record.pieces(R.TASK)), (0, 0)),
        department_ditto=ditto,
    )


def _take_persons(bodies: Sequence[Body]) -> tuple[list[Body], list[str]]:
    """Bodies without the person named in brackets behind them, 区民政局（王某某）, and the persons."""
    found, persons = [], []
    for body in bodies:
        match = _PERSON.fullmatch(body.name)
        if match and looks_like_body(match["office"]):
            persons += re.split(r"[、，,]", match["person"])
            body = replace(body, name=match["office"])
        found.append(body)
    return found, persons


def _status_heading(text: str) -> str | None:
    """The status word of a heading that is one: 一、已完成（24项） is 已完成; None for other headings."""
    plain = re.sub(
        r"^\s*(?:[一二三四五六七八九十\d]{1,3}\s*[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）])",
        "",
        squeeze(text),
    )
    plain = re.sub(r"[（(]?(?:共|计)?\d+(?:项|个|件)[)）]?$", "", plain)
    plain = re.sub(r"的?(?:任务|项目|事项|工作|重点任务|目标任务|部分)$", "", plain)
    return plain if len(plain) >= 2 and is_status_word(plain) else None


def squeeze_heading(text: str) -> str:
    """A section heading on one line, line breaks inside Chinese words closed, the rest to the letter."""
    return re.sub(r"\s*\n\s*", "", text.strip())


def _remarks(record: RowRecord) -> str:
    """备注 to the letter; cells of other kept columns behind their printed heading."""
    lines = []
    for heading, piece in record.extras:
        plain = normal_heading(heading.replace("\n", ""))
        text = piece.text.strip()
        lines.append(text if plain in ("备注", "") else f"{plain}：{text}")
    return "\n".join(lines)


def _placements(record: RowRecord) -> tuple[Placement, ...]:
    found = [Placement(piece=piece, field=FIELDS[role]) for role, piece in record.fields]
    found += [Placement(piece=piece, field="remarks") for _, piece in record.extras]
    return tuple(found)


def _leaders(text: str) -> tuple[str, ...]:
    """Names or offices, split at separators and line breaks; a name set wide (张 三) stays one."""
    parts = re.split(
        r"[、，,；;/／\n]+", re.sub(r"(?<=[\u4e00-\u9fff])[ 　]+(?=[\u4e00-\u9fff](?:$|[\s、，]))", "", text)
    )
    return tuple(dict.fromkeys(squeeze(part) for part in parts if part.strip()))


def _read_departments(record: RowRecord, *, lead_first: bool) -> tuple[list[Body], list[Problem]]:
    """Bodies of all department columns in printed order; without such columns, those named in the text."""
    problems: list[Problem] = []
    bodies: list[Body] = []
    for role, default in ((R.LEAD, Role.LEAD), (R.DEPARTMENT, Role.UNSTATED), (R.JOINT, Role.JOINT)):
        pieces = record.pieces(role)
        passage = join(pieces)
        if not passage.text.strip() or _NONE.fullmatch(squeeze(passage.text)):
            continue
        slash = re.search(r"[/／]", passage.text) if record.lead_before_slash else None
        if slash and role is R.DEPARTMENT:
            behind = read_bodies(Passage(text=passage.text[slash.end() :]), default=Role.JOINT)
            led = read_bodies(Passage(text=passage.text[: slash.start()]), default=Role.LEAD)
            bodies += [*led, *behind]
            problems += _doubts([*led, *behind], first_where(pieces))
            continue
        found = read_bodies(
            passage,
            default=default,
            lead_first=lead_first,
            bold_leads=record.bold_leads and role is R.DEPARTMENT,
        )
        bodies += found
        named = [b for b in found if not (record.persons and is_person(b.name))]
        problems += _doubts(named, first_where(pieces))
    if not bodies:
        bodies = list(_bodies_in_text(join(record.pieces(R.TASK)).text))
    if not bodies and not record.roles.intersection(OFFICE_ROLES):
        bodies = list(_bodies_behind(join(record.pieces(R.TASK)).text))
    if not bodies and not record.roles.intersection(OFFICE_ROLES):
        return _body_above(record)
    return bodies, problems


def _body_above(record: RowRecord) -> tuple[list[Body], list[Problem]]:
    """The body that the task stands under (一、区发展改革局) where no column names any; and the doubt."""
    for piece in reversed(record.sections):
        name = _HEADING_MARKS.sub("", squeeze(piece.text))
        if _OFFICE.search(name) and looks_like_body(name):
            what = Message("没有责任单位一列，把分组标题里的“{name}”当作责任单位", name=name)
            hint = Message("请核对；不对就在 YAML 里改")
            problem = Problem(place=piece.where, what=what, hint=hint, level=Severity.WARNING)
            return [Body(name=name, role=Role.UNSTATED)], [problem]
    return [], []


def _doubts(bodies: Sequence[Body], where: Place) -> list[Problem]:
    return [
        Problem(
            place=where,
            what=Message("责任单位里的“{name}”不像一个单位的名称", name=body.name[:30]),
            hint=Message("请核对原表这一格；写法没错就登记进 district.yaml 的 departments"),
            level=Severity.WARNING,
        )
        for body in bodies
        if not looks_like_body(body.name)
    ]


def _bodies_in_text(text: str) -> tuple[Body, ...]:
    """Bodies of the brackets that name who is responsible: （牵头单位：…）, （区发改局牵头）."""
    bodies: dict[str, Body] = {}
    for match in _IN_TEXT.finditer(text):
        found = read_bodies(Passage(text=match["inside"] or match["led"] or ""))
        if share_of_bodies("、".join(b.name for b in found)) >= 0.5:
            for body in found:
                if body.name not in bodies or body.role is Role.LEAD:
                    bodies[body.name] = body
    return tuple(bodies.values())


def _bodies_behind(text: str) -> tuple[Body, ...]:
    """Bodies of a bracket at the end of a task that names nothing else: 改造公厕（区城管局）."""
    match = re.search(r"[（(]([^（()）]{3,80})[)）][。.]?\s*$", text)
    return read_bodies(Passage(text=match[1])) if match and share_of_bodies(match[1]) >= 0.9 else ()


def make_task(
    row: RowText,
    number: Number,
    *,
    district: District,
    period: Period,
    source: SourceRef,
    with_update: bool,
) -> Task:
    """The task with its one update (none when the table tells no progress), figures not read yet."""
    texts = row.texts
    update = Update(
        period=period,
        as_of=period.end,
        progress=texts.get("progress"),
        next_steps=texts.get("next_steps"),
        plan=texts.get("plan"),
        reported_status=texts.get("reported_status"),
        reported_completion=texts.get("reported_completion"),
        remarks=texts.get("remarks"),
        source=source,
    )
    commitment = texts.get("commitment", "")
    return Task(
        id=make_task_id(district.id, period.year, number.value),
        number=number.value,
        number_inferred=number.inferred,
        number_printed=number.printed,
        section=row.section,
        subsection=row.subsection,
        title=make_title(commitment),
        commitment=commitment,
        departments=row.assignments,
        deadline=texts.get("deadline"),
        leaders=row.leaders,
        contacts=row.contacts,
        updates=(update,) if with_update else (),
    )


def resolve_dittos(tasks: Sequence[Task]) -> tuple[tuple[Task, ...], list[Problem]]:
    """Next steps that print 同上 (or 同第3项) point to the task that holds the words; the print stays.

    Problems: a 同上 with nothing above it. ``where`` is the task's number.
    """
    done: list[Task] = []
    problems = []
    for task in tasks:
        text = squeeze(task.updates[0].next_steps or "") if task.updates else ""
        other = _ditto_origin(text, done)
        if other is not None:
            update = replace(task.updates[0], next_steps_from=other.updates[0].next_steps_from or other.id)
            task = replace(task, updates=(update,))
        elif _DITTO.fullmatch(text) or _DITTO_NUMBER.fullmatch(text):
            what = Message("下一步计划写着“{text}”，找不到它指的是哪一项", text=text)
            problems.append(
                Problem(
                    place=Place(task=task.number),
                    what=what,
                    hint=Message("请对照原表核对"),
                    level=Severity.WARNING,
                )
            )
        done.append(task)
    return tuple(done), problems


def carry_dittos(rows: Sequence[RowText]) -> list[RowText]:
    """Rows whose bodies or contacts print 同上 with those of the row above; other fields keep the print.

    A progress or promise that prints 同上 gets a warning.
    """
    done: list[RowText] = []
    for row in rows:
        above = done[-1] if done else None
        if above and row.department_ditto:
            row = replace(row, assignments=above.assignments)
        if above and len(row.contacts) == 1 and _DITTO.fullmatch(row.contacts[0].office):
            row = replace(row, contacts=above.contacts)
        for key, name in (("progress", "进展"), ("commitment", "任务")):
            if _DITTO.fullmatch(squeeze(row.texts.get(key, ""))):
                what = Message("{name}写着“同上”，照原样保留", name=name)
                problem = Problem(
                    place=row.where, what=what, hint=Message("请对照原表核对"), level=Severity.WARNING
                )
                row = replace(row, problems=(*row.problems, problem))
        done.append(row)
    return done


def _ditto_origin(text: str, done: Sequence[Task]) -> Task | None:
    if _DITTO.fullmatch(text):
        return done[-1] if done and done[-1].updates[0].next_steps else None
    match = _DITTO_NUMBER.fullmatch(text)
    if match is None:
        return None
    return next((t for t in done if t.number == int(match[1]) and t.updates[0].next_steps), None)
