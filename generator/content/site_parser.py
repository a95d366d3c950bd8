"""YAML files → ``Site``: every file is read, every problem collected, then all is raised at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from generator.base.errors import ContentError, Problem, Severity, raise_if_errors
from generator.base.places import Place
from generator.content import schema, yaml_nodes
from generator.content.schema import DepartmentEntry, DistrictFile, RecordSpec
from generator.content.slugs import make_slug, make_unique
from generator.content.yaml_nodes import Findings, Invalid
from generator.model import Correction, Department, District, Site, SiteConfig, Task

SITE_FILE = "site.yaml"
_DISTRICT_ID = re.compile(r"[a-z][a-z0-9-]*")
_TASK_PATH = re.compile(r"(?P<year>\d{4})/(?P<number>\d{3,})\.yaml")


@dataclass(frozen=True, slots=True)
class PlacedTask:
    """A decoded file and where it stands, so that later checks can name file and line."""

    path: str
    value: Any
    root: yaml.Node

    def place(self, name: str) -> Place:
        """A field (``updates[0].source.file``) with its line, or that of the nearest thing around it."""
        return Place(file=self.path, line=yaml_nodes.line_of(self.root, name), field=name)


def parse_site(files: Mapping[str, bytes]) -> Site:
    """The whole site from its files (paths relative to the site folder: site.yaml, content/…).

    Raises: ContentError with every problem of every file.
    """
    site, problems = check_site(files)
    if site is None:
        raise ContentError(problems)
    raise_if_errors(problems, ContentError)
    return site


def check_site(files: Mapping[str, bytes]) -> tuple[Site | None, tuple[Problem, ...]]:
    """The site as far as it can be read, and every problem (warnings too); None when errors leave none."""
    problems: list[Problem] = []
    config = read_config(files, problems)
    if config is None:
        return None, tuple(sorted(set(problems)))
    districts = []
    for district_id in config.districts:
        district = read_district(district_id, files, problems)
        if district is not None:
            districts.append(district)
    problems += _check_strays(files, config)
    site = Site(config=config, districts=tuple(districts))
    failed = any(p.level is Severity.ERROR for p in problems)
    return (None if failed else site), tuple(sorted(set(problems)))


def read_config(files: Mapping[str, bytes], problems: list[Problem]) -> SiteConfig | None:
    """site.yaml; None after writing down what is wrong."""
    if SITE_FILE not in files:
        hint = "最小的一份：title: 我的台账 和 districts: [tianqiao] 两行"
        problems.append(Problem(place=Place(file=SITE_FILE), what="没有这个文件", hint=hint))
        return None
    placed = decode_file(SITE_FILE, files[SITE_FILE], schema.SITE, problems)
    if placed is None:
        return None
    config: SiteConfig = placed.value
    before = len(problems)
    for district_id in config.districts:
        if not _DISTRICT_ID.fullmatch(district_id):
            what = f"“{district_id}”不能作区县代号"
            hint = "用小写拼音，如 tianqiao"
            problems.append(Problem(place=placed.place("districts"), what=what, hint=hint))
    if len(set(config.districts)) < len(config.districts):
        problems.append(Problem(place=placed.place("districts"), what="有区县写了两次", hint="留下一处"))
    problems += _check_config_words(placed)
    return config if len(problems) == before else None


def _check_config_words(placed: PlacedTask) -> Iterable[Problem]:
    config: SiteConfig = placed.value
    if config.language not in ("zh-CN", "en"):
        what = f"没有“{config.language}”的界面文字"
        yield Problem(place=placed.place("language"), what=what, hint="可以写：zh-CN、en")
    if config.base_url is not None and not re.fullmatch(r"https?://[^\s/]+(/[^\s?#]*)?", config.base_url):
        what = f"“{config.base_url}”不是网址"
        yield Problem(place=placed.place("base_url"), what=what, hint="写成 https://… 的样子")
    if config.accent is not None and not re.fullmatch(r"#[0-9a-fA-F]{6}", config.accent):
        what = f"“{config.accent}”不是颜色"
        yield Problem(place=placed.place("accent"), what=what, hint="写成 '#0b4f8a' 的样子（要加引号）")
    code = config.identity.site_code if config.identity else None
    if code is not None and not re.fullmatch(r"\d{10}|bm\d{8}|N\d{9}", code):
        what = f"“{code}”不是网站标识码"
        yield Problem(
            place=placed.place("identity.site_code"), what=what, hint="标识码共10个字符，照备案的写"
        )


def decode_file(path: str, data: bytes, record: RecordSpec, problems: list[Problem]) -> PlacedTask | None:
    """One file decoded by its record; None after writing down what is wrong."""
    report = Findings(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(
            Problem(place=Place(file=path, line=line), what="不是 UTF-8 文字", hint="另存为 UTF-8 编码")
        )
        return None
    try:
        node = yaml_nodes.compose(text, report)
        if node is None:
            raise report.fail(None, "", "文件是空的", f"至少写上：{_required(record)}")
        value = record.decode(node, "", report)
    except Invalid:
        return None
    finally:
        problems += report.problems
    return PlacedTask(path, value, node)


def _required(record: RecordSpec) -> str:
    return "、".join(f.key for f in record.fields if f.required)


def read_district(district_id: str, files: Mapping[str, bytes], problems: list[Problem]) -> District | None:
    """One district with its tasks and corrections; None when district.yaml is missing or wrong."""
    folder = f"content/{district_id}"
    path = f"{folder}/district.yaml"
    if path not in files:
        hint = f"建这个文件，至少写 name: 区县名；或者从 site.yaml 的 districts 里去掉 {district_id}"
        problems.append(Problem(place=Place(file=path), what="没有这个文件", hint=hint))
        return None
    placed = decode_file(path, files[path], schema.DISTRICT, problems)
    if placed is None:
        return None
    entry: DistrictFile = placed.value
    departments = make_departments(entry.departments)
    problems += _check_directory(placed, departments)
    tasks = _read_tasks(district_id, files, problems)
    problems += _check_tasks(district_id, tasks, departments, files)
    return District(
        id=district_id,
        name=entry.name,
        code=entry.code,
        publisher=entry.publisher,
        area_code=entry.area_code,
        departments=departments,
        sources=tuple(sorted(entry.sources, key=lambda s: s.period.order)),
        tasks=tuple(sorted((t.value for t in tasks), key=lambda t: (t.year, t.number))),
        corrections=_read_corrections(folder, files, problems),
    )


def read_district_file(data: bytes, path: str) -> DistrictFile:
    """district.yaml alone. Raises: ContentError."""
    problems: list[Problem] = []
    placed = decode_file(path, data, schema.DISTRICT, problems)
    if placed is None:
        raise ContentError(problems)
    value: DistrictFile = placed.value
    return value


def make_departments(entries: Iterable[DepartmentEntry]) -> tuple[Department, ...]:
    """Directory entries with every slug filled in, in the order of the file."""
    found = tuple(entries)
    taken = {e.slug for e in found if e.slug}
    departments = []
    for entry in found:
        slug = entry.slug or make_unique(make_slug(entry.name), taken)
        taken.add(slug)
        departments.append(
            Department(
                name=entry.name,
                slug=slug,
                kind=entry.kind,
                aliases=entry.aliases,
                former_slugs=entry.former_slugs,
                phones=entry.phones,
            )
        )
    return tuple(departments)


def _check_directory(placed: PlacedTask, departments: tuple[Department, ...]) -> Iterable[Problem]:
    place = placed.place("departments")
    names: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for department in departments:
        for name in (department.name, *department.aliases):
            if names.setdefault(name, department.name) != department.name or (
                name == department.name and sum(d.name == name for d in departments) > 1
            ):
                what = f"“{name}”写在了“{names[name]}”和“{department.name}”两处"
                yield Problem(place=place, what=what, hint="一个名称只能指一个单位")
        for slug in (department.slug, *department.former_slugs):
            if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug) or slug == "index":
                what = f"“{department.name}”的 slug “{slug}”不能作页面名"
                yield Problem(place=place, what=what, hint="用小写字母、数字和连字符，且不是 index")
            if slugs.setdefault(slug, department.name) != department.name:
                what = f"slug “{slug}”同时属于“{slugs[slug]}”和“{department.name}”"
                yield Problem(place=place, what=what, hint="每个单位要有自己的 slug")


def _read_tasks(district_id: str, files: Mapping[str, bytes], problems: list[Problem]) -> list[PlacedTask]:
    prefix = f"content/{district_id}/"
    found = []
    for path in sorted(p for p in files if p.startswith(prefix)):
        match = _TASK_PATH.fullmatch(path.removeprefix(prefix))
        if match is None:
            continue
        placed = decode_file(path, files[path], schema.TASK, problems)
        if placed is None:
            continue
        wanted = f"{district_id}-{match['year']}-{match['number']}"
        if placed.value.id != wanted:
            what = f"“{placed.value.id}”与文件位置不符"
            problems.append(Problem(place=placed.place("id"), what=what, hint=f"应为 {wanted}"))
        else:
            found.append(placed)
    problems += _check_numbers(found)
    return found


def _check_numbers(tasks: Iterable[PlacedTask]) -> Iterable[Problem]:
    """Numbers are unique within a year's newest table; a task that it renumbered keeps its id and file."""
    taken: dict[tuple[Any, ...], str] = {}
    for placed in tasks:
        task: Task = placed.value
        for period in (u.period for u in task.updates) if task.updates else (None,):
            key = (task.year, period, (task.at(period) if period else task).number)
            first = taken.setdefault(key, placed.path)
            if first != placed.path:
                what = f"{key[2]} 与 {first} 的重复" + (f"（{period}）" if period else "")
                yield Problem(place=placed.place("number"), what=what, hint="照原表改正其中一个")
                break


def _check_tasks(
    district_id: str, tasks: list[PlacedTask], departments: tuple[Department, ...], files: Mapping[str, bytes]
) -> Iterable[Problem]:
    names = {d.name for d in departments}
    ids = {t.value.id for t in tasks}
    checksums: dict[str, str] = {}
    for placed in tasks:
        task: Task = placed.value
        for index, assignment in enumerate(task.departments):
            if assignment.name not in names:
                what = f"“{assignment.name}”不在 district.yaml 的单位名录里"
                hint = yaml_nodes.suggest(assignment.name, names) if names else "先在名录里登记它"
                if not hint.startswith("你是想写"):
                    hint = "先在 district.yaml 的 departments 里登记它，或改用名录里的名称"
                yield Problem(place=placed.place(f"departments[{index}].name"), what=what, hint=hint)
        yield from _check_references(placed, ids)
        yield from _check_updates(placed, district_id, files, checksums)


def _check_references(placed: PlacedTask, ids: set[str]) -> Iterable[Problem]:
    task: Task = placed.value
    target_ids = [t.id for t in task.targets]
    if len(set(target_ids)) < len(target_ids):
        yield Problem(place=placed.place("targets"), what="有两个目标用了同一个 id", hint="各用各的 id")
    for key, others in (
        ("carried_over_from", task.carried_over_from),
        ("succeeded_by", task.succeeded_by),
    ):
        for other in others:
            if other not in ids:
                what = f"没有任务“{other}”"
                yield Problem(place=placed.place(key), what=what, hint="写同一区县里已有的任务 id")
    for index, update in enumerate(task.updates):
        name = f"updates[{index}]"
        if update.next_steps_from is not None and update.next_steps_from not in ids:
            what = f"没有任务“{update.next_steps_from}”"
            yield Problem(
                place=placed.place(f"{name}.next_steps_from"), what=what, hint="写同一区县里已有的任务 id"
            )
        answered = [a.target for a in update.actuals]
        target_ids = [t.id for t in task.at(update.period).targets]
        for number, target in enumerate(answered):
            if target not in target_ids:
                field = f"{name}.actuals[{number}].target"
                what = f"没有目标“{target}”"
                hint = f"可以写：{'、'.join(target_ids)}" if target_ids else "先在 targets 里写目标"
                yield Problem(place=placed.place(field), what=what, hint=hint)
        if len(set(answered)) < len(answered):
            what = "同一个目标有两个完成数"
            yield Problem(place=placed.place(f"{name}.actuals"), what=what, hint="一期一个目标只留一个")


def _check_updates(
    placed: PlacedTask, district_id: str, files: Mapping[str, bytes], checksums: dict[str, str]
) -> Iterable[Problem]:
    task: Task = placed.value
    orders = [u.period.order for u in task.updates]
    if orders != sorted(set(orders)):
        what = "各期没有按先后排列，或有一期写了两次"
        yield Problem(place=placed.place("updates"), what=what, hint="旧的在前，新的在后，每期一段")
    for index, update in enumerate(task.updates):
        path = f"content/{district_id}/{update.source.file}"
        name = f"updates[{index}].source"
        if path not in files:
            what = f"没有文件 {path}"
            yield Problem(place=placed.place(f"{name}.file"), what=what, hint="把收到的原表放回这个位置")
            continue
        if path not in checksums:
            checksums[path] = hashlib.sha256(files[path]).hexdigest()
        if checksums[path] != update.source.sha256:
            what = f"与 {path} 现在的内容不符，原表被改动过"
            yield Problem(
                place=placed.place(f"{name}.sha256"), what=what, hint="换回收到时的原表；更正请重新 ingest"
            )


def _read_corrections(
    folder: str, files: Mapping[str, bytes], problems: list[Problem]
) -> tuple[Correction, ...]:
    path = f"{folder}/corrections.yaml"
    if path not in files:
        return ()
    record = RecordSpec(
        "更正记录", _Corrections, (schema.FieldSpec("corrections", _CORRECTIONS, required=True),)
    )
    placed = decode_file(path, files[path], record, problems)
    return () if placed is None else placed.value.corrections


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corrections:
    corrections: tuple[Correction, ...]


_CORRECTIONS = schema.list_of(schema.nested(schema.CORRECTION))


def _check_strays(files: Mapping[str, bytes], config: SiteConfig) -> Iterable[Problem]:
    """Warn of content that no page will show: a folder not in site.yaml, a file with an odd name."""
    known = set(config.districts)
    for path in files:
        parts = path.split("/")
        if parts[0] != "content" or len(parts) < 3:
            continue
        rest = "/".join(parts[2:])
        if parts[1] not in known:
            if rest == "district.yaml":
                what = f"site.yaml 的 districts 里没有 {parts[1]}，这个区县不会出现在网站上"
                yield Problem(
                    place=Place(file=path),
                    what=what,
                    hint="加进 districts，或删去这个文件夹",
                    level=Severity.WARNING,
                )
        elif rest.endswith((".yaml", ".yml")) and not (
            _TASK_PATH.fullmatch(rest)
            or rest in ("district.yaml", "corrections.yaml", "review.yaml")
            or rest.startswith("sources/")
        ):
            hint = "任务文件应为 <年份>/<三位序号>.yaml，如 2025/093.yaml"
            yield Problem(
                place=Place(file=path), what="文件名不合约定，不会被读取", hint=hint, level=Severity.WARNING
            )


def with_tasks(district: District, tasks: Iterable[Task]) -> District:
    """The district with other tasks, sorted."""
    return replace(district, tasks=tuple(sorted(tasks, key=lambda t: (t.year, t.number))))
