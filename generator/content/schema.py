"""The content contract as data: which keys each file may hold, of which type, in which order.

A ``Type`` turns a YAML node into a value and a value back into plain data; a ``Record`` is a mapping with
fixed keys that becomes one frozen dataclass of the model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

import yaml

from generator import model
from generator.content import nodes
from generator.content.nodes import Invalid, Report


@dataclass(frozen=True, slots=True)
class Type:
    """How one sort of value is read and written."""

    words: str
    """What it is, in words for the reference and for messages."""
    decode: Callable[[yaml.Node, str, Report], Any]
    encode: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record."""

    key: str
    type: Type
    required: bool = False
    attribute: str = ""
    """Name in the dataclass where it differs from the key."""
    keep_empty: bool = False
    """Written even when empty."""
    nullable: bool = False
    """``null`` is allowed and means the same as leaving the key out."""

    @property
    def name(self) -> str:
        """Attribute of the dataclass."""
        return self.attribute or self.key


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with fixed keys."""

    title: str
    make: Callable[..., Any]
    fields: tuple[Field, ...]
    flow: bool = False
    """Written on one line: {name: 区民政局, role: lead}."""

    def decode(self, node: yaml.Node, name: str, report: Report) -> Any:
        """The dataclass. Raises: Invalid after writing down every problem of the mapping."""
        found = nodes.mapping(node, name, report)
        keys = {f.key: f for f in self.fields}
        absent = {f.key for f in self.fields if f.required and f.key not in found}
        good = True
        for key, (key_node, _) in found.items():
            if key not in keys:
                meant = nodes.nearest(key, keys.keys() - found)
                hint = f"你是想写“{meant}”吗？" if meant else nodes.suggest(key, keys)
                report.add(key_node, nodes.joined(name, key), "没有这个键", hint)
                absent -= {meant}
                good = False
        values: dict[str, Any] = {}
        for each in self.fields:
            value_node = found[each.key][1] if each.key in found else None
            if value_node is None or (each.nullable and nodes.is_null(value_node)):
                if each.required:
                    good = False
                if each.required and (value_node is not None or each.key in absent):
                    report.add(node, nodes.joined(name, each.key), "缺这个键", f"补上：{each.type.words}")
                continue
            try:
                values[each.name] = each.type.decode(value_node, nodes.joined(name, each.key), report)
            except Invalid:
                good = False
        if not good:
            raise Invalid
        return self.make(**values)

    def encode(self, value: Any) -> dict[str, Any]:
        """Plain data in the order of the schema; what is empty is left out."""
        data: dict[str, Any] = FlowDict() if self.flow else {}
        for each in self.fields:
            part = getattr(value, each.name)
            if part is None or part == () or part is False:
                if each.keep_empty:
                    data[each.key] = [] if part == () else None
                continue
            data[each.key] = each.type.encode(part)
        return data


class FlowDict(dict[str, Any]):
    """A mapping that is written on one line."""


class FlowList(list[Any]):
    """A list that is written on one line."""


def _decode_text(node: yaml.Node, name: str, report: Report) -> str:
    raw = nodes.scalar(node, name, "文字", report)
    if node.tag != "tag:yaml.org,2002:str" and not nodes.is_quoted(node):
        raise report.fail(node, name, f"这里应是文字，现在是{nodes.kind_of(node)}", f"加上引号：'{raw}'")
    return raw


def _decode_int(node: yaml.Node, name: str, report: Report) -> int:
    raw = nodes.scalar(node, name, "整数", report)
    if nodes.is_quoted(node) or not raw.isascii() or not raw.isdigit() or (raw != "0" and raw[0] == "0"):
        raise report.fail(
            node, name, f"这里应是整数，现在是{nodes.kind_of(node)}", "写成不带引号和前导零的数字"
        )
    return int(raw)


def _decode_decimal(node: yaml.Node, name: str, report: Report) -> Decimal:
    raw = nodes.scalar(node, name, "数字", report)
    try:
        if nodes.is_quoted(node) or not set(raw) <= set("-.0123456789"):
            raise InvalidOperation
        return Decimal(raw)
    except InvalidOperation:
        raise report.fail(
            node, name, f"这里应是数字，现在是{nodes.kind_of(node)}", "只写数字和小数点，单位写在 unit"
        ) from None


def _decode_bool(node: yaml.Node, name: str, report: Report) -> bool:
    raw = nodes.scalar(node, name, "true 或 false", report)
    if nodes.is_quoted(node) or raw not in ("true", "false"):
        raise report.fail(node, name, f"这里应是 true 或 false，现在是{nodes.kind_of(node)}")
    return raw == "true"


def _decode_date(node: yaml.Node, name: str, report: Report) -> dt.date:
    raw = nodes.scalar(node, name, "日期", report)
    try:
        return dt.date.fromisoformat(raw) if len(raw) == 10 else dt.date.fromisoformat("")
    except ValueError:
        raise report.fail(node, name, f"“{raw}”不是日期", "写成 2025-06-30 的样子") from None


def _decode_period(node: yaml.Node, name: str, report: Report) -> model.Period:
    raw = nodes.scalar(node, name, "报告期", report)
    try:
        return model.parse_period(raw)
    except ValueError as error:
        raise report.fail(node, name, str(error)) from None


def _period_data(period: model.Period) -> Any:
    return period.year if period.kind == "Y" else str(period)


TEXT = Type("文字", _decode_text, str)
INT = Type("整数", _decode_int, int)
DECIMAL = Type("数字", _decode_decimal, lambda value: value)
BOOL = Type("true 或 false", _decode_bool, bool)
DATE = Type("日期（2025-06-30）", _decode_date, lambda value: value)
PERIOD = Type("报告期（2025Q2、2025H1、2025M09、2025）", _decode_period, _period_data)


def choice(kind: type[StrEnum]) -> Type:
    """One of the values of an enumeration."""
    allowed = [str(member) for member in kind]

    def decode(node: yaml.Node, name: str, report: Report) -> StrEnum:
        raw = nodes.scalar(node, name, "、".join(allowed), report)
        if raw not in allowed:
            raise report.fail(node, name, f"“{raw}”不在可选值里", nodes.suggest(raw, allowed))
        return kind(raw)

    return Type(f"其中之一：{'、'.join(allowed)}", decode, str)


def list_of(item: Type, *, flow: bool = False) -> Type:
    """A list of one type, read as a tuple."""

    def decode(node: yaml.Node, name: str, report: Report) -> tuple[Any, ...]:
        values, good = [], True
        for index, each in enumerate(nodes.items(node, name, report)):
            try:
                values.append(item.decode(each, f"{name}[{index}]", report))
            except Invalid:
                good = False
        if not good:
            raise Invalid
        return tuple(values)

    make = FlowList if flow else list
    return Type(f"列表，每项是{item.words}", decode, lambda value: make(item.encode(v) for v in value))


def nested(record: Record) -> Type:
    """A mapping inside a mapping."""
    return Type(record.title, record.decode, record.encode)


def _decode_quotes(node: yaml.Node, name: str, report: Report) -> tuple[str, ...]:
    if isinstance(node, yaml.SequenceNode):
        return tuple(list_of(TEXT).decode(node, name, report))
    return (_decode_text(node, name, report),)


QUOTES = Type(
    "原文（合计时为列表）", _decode_quotes, lambda value: value[0] if len(value) == 1 else list(value)
)


def _decode_texts(node: yaml.Node, name: str, report: Report) -> tuple[tuple[str, str], ...]:
    found = nodes.mapping(node, name, report)
    return tuple(
        (key, _decode_text(value, nodes.joined(name, key), report)) for key, (_, value) in found.items()
    )


TEXTS = Type("一组“键: 文字”", _decode_texts, dict)

ASSIGNMENT = Record(
    "责任单位",
    model.Assignment,
    (Field("name", TEXT, required=True), Field("role", choice(model.Role), required=True)),
    flow=True,
)
CONTACT = Record(
    "监督科室",
    model.Contact,
    (Field("office", TEXT, required=True), Field("phones", list_of(TEXT, flow=True), keep_empty=True)),
    flow=True,
)
TARGET = Record(
    "目标",
    model.Target,
    (
        Field("id", TEXT, required=True),
        Field("metric", TEXT, required=True),
        Field("value", DECIMAL, required=True),
        Field("value_max", DECIMAL),
        Field("unit", TEXT, required=True),
        Field("comparator", choice(model.Comparator), required=True),
        Field("kind", choice(model.TargetKind), required=True),
        Field("quote", TEXT, required=True),
        Field("by", TEXT),
    ),
)
ACTUAL = Record(
    "完成数",
    model.Actual,
    (
        Field("target", TEXT, required=True),
        Field("value", DECIMAL, required=True),
        Field("unit", TEXT, required=True),
        Field("basis", choice(model.Basis), required=True),
        Field("quote", QUOTES, required=True, attribute="quotes"),
        Field("stated_completion", DECIMAL),
        Field("by", TEXT),
    ),
)
STATUS = Record(
    "状态",
    model.Status,
    (
        Field("value", choice(model.StatusValue), required=True),
        Field("quote", TEXT, nullable=True, keep_empty=True),
        Field("by", TEXT),
    ),
    flow=True,
)
SOURCE_REF = Record(
    "出处",
    model.SourceRef,
    (
        Field("file", TEXT, required=True),
        Field("sha256", TEXT, required=True),
        Field("row", INT, required=True),
    ),
    flow=True,
)


FORMER = Record(
    "以前的说法",
    model.Former,
    (
        Field("number", INT),
        Field("number_inferred", BOOL),
        Field("number_printed", TEXT),
        Field("section", TEXT),
        Field("subsection", TEXT),
        Field("title", TEXT),
        Field("commitment", TEXT),
        Field("deadline", TEXT),
        Field("departments", list_of(nested(ASSIGNMENT))),
        Field("targets", list_of(nested(TARGET))),
        Field("absent", list_of(TEXT, flow=True)),
    ),
)


def _make_update(**values: Any) -> model.Update:
    return model.Update(**{"progress": None} | values)


UPDATE = Record(
    "一期进展",
    _make_update,
    (
        Field("period", PERIOD, required=True),
        Field("as_of", DATE, required=True),
        Field("progress", TEXT, nullable=True, keep_empty=True),
        Field("next_steps", TEXT, nullable=True),
        Field("next_steps_from", TEXT, nullable=True),
        Field("plan", TEXT, nullable=True),
        Field("reported_status", TEXT, nullable=True),
        Field("reported_completion", TEXT, nullable=True),
        Field("remarks", TEXT, nullable=True),
        Field("actuals", list_of(nested(ACTUAL))),
        Field("status", nested(STATUS)),
        Field("source", nested(SOURCE_REF), required=True),
        Field("former", nested(FORMER)),
    ),
)

TASK = Record(
    "任务",
    model.Task,
    (
        Field("id", TEXT, required=True),
        Field("number", INT, required=True),
        Field("number_inferred", BOOL),
        Field("number_printed", TEXT, nullable=True),
        Field("section", TEXT, nullable=True, keep_empty=True),
        Field("subsection", TEXT, nullable=True),
        Field("title", TEXT, required=True),
        Field("commitment", TEXT, required=True),
        Field("deadline", TEXT, nullable=True),
        Field("leaders", list_of(TEXT, flow=True)),
        Field("departments", list_of(nested(ASSIGNMENT)), required=True, keep_empty=True),
        Field("contacts", list_of(nested(CONTACT))),
        Field("carried_over_from", list_of(TEXT, flow=True)),
        Field("succeeded_by", list_of(TEXT, flow=True)),
        Field("targets", list_of(nested(TARGET))),
        Field("updates", list_of(nested(UPDATE)), keep_empty=True),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentEntry:
    """One body as district.yaml writes it; the slug may be left to the pinyin rule."""

    name: str
    kind: model.DepartmentKind
    slug: str | None = None
    aliases: tuple[str, ...] = ()
    former_slugs: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How this district's tables are to be read, where the rules guess wrong."""

    columns: tuple[tuple[str, str], ...] = ()
    """Column (printed heading, or 1-based number) → role; the clerk's own decision outranks every rule."""
    lead_first: bool = False
    """The first named body leads (some offices say so in their notice)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictFile:
    """district.yaml as written."""

    name: str
    code: str | None = None
    publisher: str | None = None
    area_code: str | None = None
    departments: tuple[DepartmentEntry, ...] = ()
    sources: tuple[model.SourceTable, ...] = ()
    reading: Reading = Reading()


DEPARTMENT = Record(
    "单位",
    DepartmentEntry,
    (
        Field("name", TEXT, required=True),
        Field("slug", TEXT),
        Field("kind", choice(model.DepartmentKind), required=True),
        Field("aliases", list_of(TEXT, flow=True)),
        Field("former_slugs", list_of(TEXT, flow=True)),
        Field("phones", list_of(TEXT, flow=True)),
    ),
)
SOURCE_TABLE = Record(
    "来源表",
    model.SourceTable,
    (
        Field("period", PERIOD, required=True),
        Field("file", TEXT, required=True),
        Field("title", TEXT, nullable=True),
        Field("url", TEXT, nullable=True),
        Field("published", DATE, nullable=True),
        Field("publisher", TEXT, nullable=True),
    ),
)
READING = Record("读表规则", Reading, (Field("columns", TEXTS), Field("lead_first", BOOL)))
DISTRICT = Record(
    "区县",
    DistrictFile,
    (
        Field("name", TEXT, required=True),
        Field("code", TEXT, nullable=True),
        Field("publisher", TEXT, nullable=True),
        Field("area_code", TEXT, nullable=True),
        Field("reading", nested(READING)),
        Field("sources", list_of(nested(SOURCE_TABLE))),
        Field("departments", list_of(nested(DEPARTMENT))),
    ),
)


def _make_correction(**values: Any) -> model.Correction:
    return model.Correction(**{"old": None, "new": None} | values)


CORRECTION = Record(
    "更正",
    _make_correction,
    (
        Field("task", TEXT, required=True),
        Field("period", PERIOD, required=True),
        Field("date", DATE, required=True),
        Field("field", TEXT, required=True),
        Field("old", TEXT, nullable=True, keep_empty=True),
        Field("new", TEXT, nullable=True, keep_empty=True),
        Field("reason", TEXT, nullable=True),
    ),
)

IDENTITY = Record(
    "政府网站标识",
    model.Identity,
    (
        Field("site_domain", TEXT, required=True),
        Field("site_code", TEXT, required=True),
        Field("organiser", TEXT, required=True),
        Field("contact", TEXT, required=True),
        Field("icp", TEXT, required=True),
        Field("police_record", TEXT, required=True),
        Field("undertaker", TEXT),
        Field("badge_url", TEXT),
    ),
)
SITE = Record(
    "站点",
    model.SiteConfig,
    (
        Field("title", TEXT, required=True),
        Field("districts", list_of(TEXT, flow=True), required=True),
        Field("language", TEXT),
        Field("base_url", TEXT, nullable=True),
        Field("description", TEXT, nullable=True),
        Field("publisher", TEXT, nullable=True),
        Field("edition", DATE, nullable=True),
        Field("identity", nested(IDENTITY), nullable=True),
        Field("theme", TEXT, nullable=True),
        Field("accent", TEXT, nullable=True),
        Field("breadcrumb", list_of(TEXT, flow=True)),
        Field("on_schedule_points", DECIMAL),
        Field("texts", TEXTS),
        Field("mask_names", BOOL),
    ),
)
