"""What no file can show alone: names, numbers and ids that files must agree on. Nothing here raises."""

from __future__ import annotations

import datetime as dt
import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from generator.base import yaml_nodes
from generator.base.errors import Problem, Severity
from generator.base.messages import Message
from generator.base.paths import (
    CONTENT_FOLDER,
    CORRECTIONS_FILE,
    DISTRICT_FILE,
    REVIEW_FILE,
    SOURCES_FOLDER,
    parse_task_path,
    source_file,
    split_content_path,
)
from generator.base.places import Place
from generator.content.decoded_files import DecodedFile
from generator.content.text_rules import explain_key, is_web_address
from generator.model import Correction, Department, OfficeChange, SiteConfig, Task, Update

LANGUAGES = ("zh-CN", "en")
_LONGEST_ID, _LONGEST_DISTRICT, _LONGEST_TITLE, _LONGEST_DEPARTMENT = 32, 40, 60, 80
_LONGEST_TASK_TITLE = 120
_OWN_FOLDERS = frozenset({"all", "charts", "data", "index", "offline", "search", "static"})
"""Folders and files that the site itself has beside those of the districts."""
_WHOLE = 100
_LATEST, _FAR = dt.timedelta(days=31), 400
"""How long after its period a table may still count; days from which a date is surely wrong."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SITE_CODE = re.compile(r"\d{10}|bm\d{8}|N\d{9}")


def is_district_id(text: str) -> bool:
    """Whether a text can be a folder and a part of addresses."""
    return explain_district_id(text) is None


def explain_district_id(text: str) -> Message | None:
    """Why a text cannot be a folder and a part of addresses; None when it can."""
    if text in _OWN_FOLDERS:
        return Message("网站自己有同名的文件夹")
    if text[:1].isdigit():
        return Message("要以字母开头")
    return explain_key(text, _LONGEST_ID)


def check_config(file: DecodedFile) -> Iterator[Problem]:
    """site.yaml: ids of districts, language, address, colour and code."""
    config: SiteConfig = file.value
    for district_id in config.districts:
        if reason := explain_district_id(district_id):
            what = Message("“{id}”不能作区县代号：{reason}", id=district_id, reason=reason)
            yield Problem(place=file.place("districts"), what=what, hint=Message("用小写拼音，如 tianqiao"))
    yield from _check_length(file, "title", config.title, _LONGEST_TITLE)
    for rule in _SITE_RULES:
        if not rule.holds(config):
            yield Problem(place=file.place(rule.field), what=rule.what(config), hint=rule.hint)


def is_base_url(text: str) -> bool:
    """Whether a site can be published under this address."""
    return is_web_address(text) and not set(text) & set("?#")


def _is_theme(path: str) -> bool:
    """Whether a path stays below the site folder and is not the place of content or of built sites."""
    parts = path.split("/")
    return (
        path == posixpath.normpath(path)
        and "\\" not in path
        and (
            parts[0] not in ("", ".", "..", CONTENT_FOLDER, "output", "templates")
            and not parts[0].startswith(".")
        )
    )


class SiteRule(NamedTuple):
    """What one field of site.yaml must be."""

    field: str
    holds: Callable[[SiteConfig], object]
    what: Callable[[SiteConfig], Message]
    hint: Message


_SITE_RULES = (
    SiteRule("districts", lambda c: c.districts, lambda _: Message("不能空着"), Message("至少写一个区县")),
    SiteRule(
        "districts",
        lambda c: len(set(c.districts)) == len(c.districts),
        lambda _: Message("有区县写了两次"),
        Message("留下一处"),
    ),
    SiteRule(
        "language",
        lambda c: c.language in LANGUAGES,
        lambda c: Message("没有“{language}”的界面文字", language=c.language),
        Message("可以写：{options}", options=LANGUAGES),
    ),
    SiteRule(
        "base_url",
        lambda c: c.base_url is None or is_base_url(c.base_url),
        lambda c: Message("“{url}”不是网址", url=c.base_url),
        Message("写成 https://… 的样子"),
    ),
    SiteRule(
        "on_schedule_points",
        lambda c: 0 <= c.on_schedule_points <= _WHOLE,
        lambda c: Message("{points} 不是百分点", points=c.on_schedule_points),
        Message("写从0到100的数"),
    ),
    SiteRule(
        "theme",
        lambda c: c.theme is None or _is_theme(c.theme),
        lambda c: Message("“{theme}”不能作主题文件夹", theme=c.theme),
        Message("写站点文件夹里的一个文件夹，如 themes/blue；不能是 content、output 或它们的上级"),
    ),
    SiteRule(
        "accent",
        lambda c: c.accent is None or _COLOUR.fullmatch(c.accent),
        lambda c: Message("“{colour}”不是颜色", colour=c.accent),
        Message("写成 '#0b4f8a' 的样子（要加引号）"),
    ),
    SiteRule(
        "identity.site_code",
        lambda c: not (c.identity and c.identity.site_code) or _SITE_CODE.fullmatch(c.identity.site_code),
        lambda c: Message("“{code}”不是网站标识码", code=c.identity and c.identity.site_code),
        Message("标识码共10个字符，照备案的写"),
    ),
)


def check_district_names(files: Mapping[str, DecodedFile]) -> Iterator[Problem]:
    """Path → district.yaml: no two districts have one name, so that every page has its own title."""
    taken: dict[str, str] = {}
    for path, file in files.items():
        first = taken.setdefault(file.value.name, path)
        if first != path:
            what = Message("名称与 {first} 的相同", first=first)
            yield Problem(place=file.place("name"), what=what, hint=Message("两个区县不能同名"))


def _check_length(file: DecodedFile, field: str, text: str, longest: int) -> Iterator[Problem]:
    if len(text) > longest:
        what = Message("有{length}个字，页面标题里放不下", length=len(text))
        hint = Message("最多{longest}个字", longest=longest)
        yield Problem(place=file.place(field), what=what, hint=hint)


def check_directory(file: DecodedFile, departments: tuple[Department, ...]) -> Iterator[Problem]:
    """district.yaml: every name and every slug belongs to one department."""
    yield from _check_length(file, "name", file.value.name, _LONGEST_DISTRICT)
    if file.value.code and not re.fullmatch(r"\d{6}(?:\d{3}|\d{6})?", file.value.code):
        what, hint = Message("“{code}”不是区划代码", code=file.value.code), Message("写六位数字")
        yield Problem(place=file.place("code"), what=what, hint=hint, level=Severity.WARNING)
    listed = [(source.period, source.file) for source in file.value.sources]
    for index, (period, path) in enumerate(listed):
        if (period, path) in listed[:index]:
            what, hint = Message("“{name}”写了两次", name=path), Message("留下一处")
            place = file.place(f"sources[{index}].file")
            yield Problem(place=place, what=what, hint=hint, level=Severity.WARNING)
    for index, department in enumerate(departments):
        yield from _check_length(file, f"departments[{index}].name", department.name, _LONGEST_DEPARTMENT)
    for place, name, values in _taken_twice(file, departments, lambda d: (d.name, *d.aliases)):
        what = Message("“{name}”写在了“{first}”和“{second}”两处", name=name, **values)
        yield Problem(place=place, what=what, hint=Message("一个名称只能指一个单位"))
    for place, slug, values in _taken_twice(file, departments, _slugs_of):
        what = Message("slug “{slug}”同时属于“{first}”和“{second}”", slug=slug, **values)
        yield Problem(place=place, what=what, hint=Message("每个单位要有自己的 slug"))
    hint = Message("用小写字母、数字和连字符，最多48个，且不是 index 或 con 一类")
    for index, department in enumerate(departments):
        for slug in _slugs_of(department):
            if slug == "index" or explain_key(slug):
                what = Message("“{name}”的 slug “{slug}”不能作页面名", name=department.name, slug=slug)
                yield Problem(place=file.place(f"departments[{index}]"), what=what, hint=hint)


def _slugs_of(department: Department) -> tuple[str, ...]:
    return (department.slug, *department.former_slugs)


def _taken_twice(
    file: DecodedFile,
    departments: tuple[Department, ...],
    names_of: Callable[[Department], tuple[str, ...]],
) -> Iterator[tuple[Place, str, dict[str, str]]]:
    """Each name that a department before has too: its place, the name, the first and the second one."""
    owners: dict[str, int] = {}
    for index, department in enumerate(departments):
        for name in dict.fromkeys(names_of(department)):
            first = owners.setdefault(name, index)
            if first != index:
                values = {"first": departments[first].name, "second": department.name}
                yield file.place(f"departments[{index}]"), name, values


def check_ended_offices(file: DecodedFile, departments: tuple[Department, ...]) -> Iterator[Problem]:
    """district.yaml: what became of an office can be followed, forwards in time and without a circle."""
    by_name = {d.name: d for d in departments}
    for index, department in enumerate(departments):
        for what, hint in _explain_end(department, by_name):
            yield Problem(place=file.place(f"departments[{index}]"), what=what, hint=hint)


def _explain_end(
    department: Department, by_name: Mapping[str, Department]
) -> Iterator[tuple[Message, Message]]:
    """What is wrong with the end of one office, and what to do."""
    name, ended = department.name, department.ended
    if ended is None:
        return
    if unknown := [heir for heir in ended.into if heir not in by_name]:
        what = Message("“{name}”去向里的“{other}”不在单位名录里", name=name, other=unknown[0])
        yield what, Message("先在名录里登记它")
    how, count, (least, most) = ended.how.value, len(ended.into), _HEIRS[ended.how]
    if not least <= count <= most:
        what = Message("“{name}”写的是 {how}，去向却有 {count} 个单位", name=name, how=how, count=count)
        yield what, Message("renamed、merged 写一个，split 写两个以上，abolished 不写或写接手的单位")
    for heir in (by_name[heir] for heir in ended.into if heir in by_name):
        if heir is department or (heir.ended and heir.ended.since.order <= ended.since.order):
            values = {"name": name, "since": str(ended.since), "heir": heir.name}
            what = Message("“{name}”自 {since} 起成为“{heir}”，可“{heir}”那时已经不在了", **values)
            yield what, Message("两处的 since 或 into 有一处写错了：单位的去向只能往后走，不能转回来")


_HEIRS = {
    OfficeChange.RENAMED: (1, 1),
    OfficeChange.MERGED: (1, 1),
    OfficeChange.SPLIT: (2, 99),
    OfficeChange.ABOLISHED: (0, 99),
}
"""How many offices may follow one, at least and at most."""


def check_origins(tasks: Iterable[DecodedFile]) -> Iterator[Problem]:
    """No task comes from itself, whatever the way round."""
    files = {file.value.id: file for file in tasks}
    try:
        TopologicalSorter({name: file.value.carried_over_from for name, file in files.items()}).prepare()
    except CycleError as error:
        circle = error.args[1]
        what = Message("这些任务绕成了一圈：{circle}", circle=" → ".join(circle))
        hint = Message("去掉其中一处 carried_over_from")
        yield Problem(place=files[circle[-1]].place("carried_over_from"), what=what, hint=hint)


def check_numbers(tasks: Iterable[DecodedFile]) -> Iterator[Problem]:
    """Numbers are unique within a year's newest table; a task that it renumbered keeps its id and file."""
    taken: dict[tuple[object, ...], str] = {}
    for file in tasks:
        task: Task = file.value
        for period in (u.period for u in task.updates) if task.updates else (None,):
            number = (task.at(period) if period else task).number
            first = taken.setdefault((task.year, period, number), file.path)
            if first != file.path:
                what = Message("{number} 与 {first} 的重复", number=number, first=first)
                if period:
                    what = Message("{what}（{period}）", what=what, period=str(period))
                yield Problem(place=file.place("number"), what=what, hint=Message("照原表改正其中一个"))
                break


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskContext:
    """What the files of one district's tasks refer to."""

    district: str
    """Id of the district."""
    departments: frozenset[str] | None
    """Names in the directory; None where it cannot be read."""
    tasks: frozenset[str]
    """Ids of all tasks."""
    files: Mapping[str, bytes]
    """All content."""
    checksums: dict[str, str]
    """Path of a received table → SHA-256, filled as they are asked for."""

    def checksum(self, path: str) -> str:
        """SHA-256 of a file of the content."""
        if path not in self.checksums:
            self.checksums[path] = hashlib.sha256(self.files[path]).hexdigest()
        return self.checksums[path]


def check_task(file: DecodedFile, context: TaskContext) -> Iterator[Problem]:
    """A task's departments, targets, tasks and received tables are there."""
    task: Task = file.value
    yield from _check_readable(file)
    yield from _check_departments(file, context)
    target_ids = [t.id for t in task.targets]
    if len(set(target_ids)) < len(target_ids):
        what = Message("有两个目标用了同一个 id")
        yield Problem(place=file.place("targets"), what=what, hint=Message("各用各的 id"))
    for key, others in (("carried_over_from", task.carried_over_from), ("succeeded_by", task.succeeded_by)):
        yield from _check_tasks(file, key, others, context)
    orders = [u.period.order for u in task.updates]
    if orders != sorted(set(orders)):
        what = Message("各期没有按先后排列，或有一期写了两次")
        hint = Message("旧的在前，新的在后，每期一段")
        yield Problem(place=file.place("updates"), what=what, hint=hint)
    for index, update in enumerate(task.updates):
        yield from _check_update(file, f"updates[{index}]", update, context)
        yield from _check_source(file, f"updates[{index}].source", update, context)


def _check_readable(file: DecodedFile) -> Iterator[Problem]:
    """Warnings of a title that is no title, and of a phone that nobody can call."""
    title, hint = file.value.title, Message("写成一行，说出办什么、多少、在哪里")
    if len(title) > _LONGEST_TASK_TITLE:
        what = Message("有{length}个字，卡片和列表里读不完", length=len(title))
        yield Problem(place=file.place("title"), what=what, hint=hint, level=Severity.WARNING)
    if "\n" in title:
        what = Message("标题里有换行")
        yield Problem(place=file.place("title"), what=what, hint=hint, level=Severity.WARNING)
    for at, contact in enumerate(file.value.contacts):
        for index, phone in enumerate(contact.phones):
            if not any(sign.isdigit() for sign in phone):
                what = Message("“{phone}”里没有数字，打不通", phone=phone)
                hint, field = Message("与原表核对"), f"contacts[{at}].phones[{index}]"
                yield Problem(place=file.place(field), what=what, hint=hint, level=Severity.WARNING)


def _check_departments(file: DecodedFile, context: TaskContext) -> Iterator[Problem]:
    names = [assignment.name for assignment in file.value.departments]
    for index, name in enumerate(names):
        field = f"departments[{index}].name"
        if name in names[:index]:
            what = Message("“{name}”写了两次", name=name)
            yield Problem(place=file.place(field), what=what, hint=Message("留下一处"))
        elif context.departments is not None and name not in context.departments:
            yield _unknown_department(file, field, name, context)


def _unknown_department(file: DecodedFile, field: str, name: str, context: TaskContext) -> Problem:
    what = Message("“{name}”不在 district.yaml 的单位名录里", name=name)
    meant = yaml_nodes.nearest(name, context.departments or ())
    if meant:
        hint = Message("你是想写“{word}”吗？", word=meant)
    elif context.departments:
        hint = Message("先在 district.yaml 的 departments 里登记它，或改用名录里的名称")
    else:
        hint = Message("先在名录里登记它")
    return Problem(place=file.place(field), what=what, hint=hint)


def _check_tasks(
    file: DecodedFile, key: str, others: Iterable[str], context: TaskContext
) -> Iterator[Problem]:
    for index, other in enumerate(others):
        if other not in context.tasks:
            yield _unknown_task(file, f"{key}[{index}]", other)
        elif other == file.value.id:
            what, hint = Message("任务不能指向自己"), Message("写另一项任务的 id，或者删去")
            yield Problem(place=file.place(f"{key}[{index}]"), what=what, hint=hint)


def check_corrections(file: DecodedFile, tasks: frozenset[str]) -> Iterator[Problem]:
    """corrections.yaml: every task is there."""
    corrections: tuple[Correction, ...] = file.value.corrections
    for index, each in enumerate(corrections):
        if each.task not in tasks:
            yield _unknown_task(file, f"corrections[{index}].task", each.task)


def check_decisions(file: DecodedFile, tasks: frozenset[str]) -> Iterator[Problem]:
    """review.yaml: a decision about a task that is not there has no effect. Warnings."""
    for index, each in enumerate(file.value.decisions):
        if each.task not in tasks:
            problem = _unknown_task(file, f"decisions[{index}].task", each.task)
            yield replace(problem, level=Severity.WARNING)


def _unknown_task(file: DecodedFile, field: str, other: str) -> Problem:
    what = Message("没有任务“{task}”", task=other)
    return Problem(place=file.place(field), what=what, hint=Message("写同一区县里已有的任务 id"))


def _check_update(file: DecodedFile, name: str, update: Update, context: TaskContext) -> Iterator[Problem]:
    task: Task = file.value
    yield from _check_period(file, name, update)
    if update.next_steps_from is not None and update.next_steps_from not in context.tasks:
        yield _unknown_task(file, f"{name}.next_steps_from", update.next_steps_from)
    answered = [a.target for a in update.actuals]
    target_ids = [t.id for t in task.at(update.period).targets]
    for number, target in enumerate(answered):
        if target not in target_ids:
            what = Message("没有目标“{target}”", target=target)
            hint = Message("可以写：{options}", options=tuple(target_ids))
            if not target_ids:
                hint = Message("先在 targets 里写目标")
            yield Problem(place=file.place(f"{name}.actuals[{number}].target"), what=what, hint=hint)
    if len(set(answered)) < len(answered):
        what = Message("同一个目标有两个完成数")
        yield Problem(place=file.place(f"{name}.actuals"), what=what, hint=Message("一期一个目标只留一个"))


def _check_period(file: DecodedFile, name: str, update: Update) -> Iterator[Problem]:
    """A period of the task's year or the next one, and a day that it could reach to."""
    year, period = file.value.year, update.period
    if not year <= period.year <= year + 1:
        what = Message("{year}年的任务不会有 {period} 的进展", year=year, period=str(period))
        yield Problem(place=file.place(f"{name}.period"), what=what, hint=Message("照原表改正报告期"))
    first = dt.date(period.year, period.last_month - period.kind.months + 1, 1)
    if not first <= update.as_of <= period.end + _LATEST:
        what = Message("{date} 不在 {period} 里", date=update.as_of, period=str(period))
        hint = Message("写数字截至哪一天，通常是 {date}", date=period.end)
        far = abs((update.as_of - period.end).days) > _FAR
        level = Severity.ERROR if far else Severity.WARNING
        yield Problem(place=file.place(f"{name}.as_of"), what=what, hint=hint, level=level)


def _check_source(file: DecodedFile, name: str, update: Update, context: TaskContext) -> Iterator[Problem]:
    path = source_file(context.district, update.source.file)
    if path not in context.files:
        what = Message("没有文件 {path}", path=path)
        yield Problem(place=file.place(f"{name}.file"), what=what, hint=Message("把收到的原表放回这个位置"))
    elif context.checksum(path) != update.source.sha256:
        what = Message("与 {path} 现在的内容不符，原表被改动过", path=path)
        hint = Message("换回收到时的原表；更正请重新 ingest")
        yield Problem(place=file.place(f"{name}.sha256"), what=what, hint=hint)


def check_strays(paths: Iterable[str], config: SiteConfig) -> Iterator[Problem]:
    """Content that no page will show: a folder not in site.yaml, a file with an odd name. Warnings.

    Two names that some systems take for one are an error.
    """
    folded: dict[str, str] = {}
    for path in paths:
        first = folded.setdefault(path.casefold(), path)
        if first != path:
            what = Message("和 {first} 只差大小写", first=first)
            yield Problem(place=Place(file=path), what=what, hint=Message("改名或删去其中一个"))
        if found := _explain_stray(path, config):
            what, hint = found
            yield Problem(place=Place(file=path), what=what, hint=hint, level=Severity.WARNING)


def _explain_stray(path: str, config: SiteConfig) -> tuple[Message, Message] | None:
    """Why no page will show a file, and what to do; None for one that is read."""
    district, name = split_content_path(path)
    if district and district in config.districts and not _is_known(path, name):
        hint = Message("任务文件应为 <年份>/<三位序号>.yaml，如 2025/093.yaml")
        return Message("文件名不合约定，不会被读取"), hint
    if district and district not in config.districts and name == DISTRICT_FILE:
        what = Message("site.yaml 的 districts 里没有 {id}，这个区县不会出现在网站上", id=district)
        return what, Message("加进 districts，或删去这个文件夹")
    return None


def _is_known(path: str, name: str) -> bool:
    return (
        not name.lower().endswith((".yaml", ".yml"))
        or name in (DISTRICT_FILE, CORRECTIONS_FILE, REVIEW_FILE)
        or name.startswith(f"{SOURCES_FOLDER}/")
        or parse_task_path(path) is not None
    )
