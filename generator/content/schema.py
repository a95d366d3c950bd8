"""The content contract as data: which keys each file may hold, of which type, in which order.

A ``Type`` turns a YAML node into a value and a value back into plain data; a ``RecordSpec`` is a mapping with
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
from generator.content import yaml_nodes
from generator.content.yaml_nodes import Findings, Invalid


@dataclass(frozen=True, slots=True)
class Type:
    """How one sort of value is read and written."""

    words: str
    """What it is, in words for the reference and for messages."""
    decode: Callable[[yaml.Node, str, Findings], Any]
    encode: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class FieldSpec:
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
class RecordSpec:
    """A mapping with fixed keys."""

    title: str
    make: Callable[..., Any]
    fields: tuple[FieldSpec, ...]
    flow: bool = False
    """Written on one line: {name: 区民政局, role: lead}."""

    def decode(self, node: yaml.Node, name: str, report: Findings) -> Any:
        """The dataclass. Raises: Invalid after writing down every problem of the mapping."""
        found = yaml_nodes.mapping(node, name, report)
        keys = {f.key: f for f in self.fields}
        absent = {f.key for f in self.fields if f.required and f.key not in found}
        good = True
        for key, (key_node, _) in found.items():
            if key not in keys:
                meant = yaml_nodes.nearest(key, keys.keys() - found)
                hint = f"你是想写“{meant}”吗？" if meant else yaml_nodes.suggest(key, keys)
                report.add(key_node, yaml_nodes.joined(name, key), "没有这个键", hint)
                absent -= {meant}
                good = False
        values: dict[str, Any] = {}
        for each in self.fields:
            value_node = found[each.key][1] if each.key in found else None
            if value_node is None or (each.nullable and yaml_nodes.is_null(value_node)):
                if each.required:
                    good = False
                if each.required and (value_node is not None or each.key in absent):
                    report.add(
                        node, yaml_nodes.joined(name, each.key), "缺这个键", f"补上：{each.type.words}"
                    )
                continue
            try:
                values[each.name] = each.type.decode(value_node, yaml_nodes.joined(name, each.key), report)
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


def _decode_text(node: yaml.Node, name: str, report: Findings) -> str:
    raw = yaml_nodes.scalar(node, name, "文字", report)
    if node.tag != "tag:yaml.org,2002:str" and not yaml_nodes.is_quoted(node):
        raise report.fail(node, name, f"这里应是文字，现在是{yaml_nodes.kind_of(node)}", f"加上引号：'{raw}'")
    return raw


def _decode_int(node: yaml.Node, name: str, report: Findings) -> int:
    raw = yaml_nodes.scalar(node, name, "整数", report)
    if yaml_nodes.is_quoted(node) or not raw.isascii() or not raw.isdigit() or (raw != "0" and raw[0] == "0"):
        raise report.fail(
            node, name, f"这里应是整数，现在是{yaml_nodes.kind_of(node)}", "写成不带引号和前导零的数字"
        )
    return int(raw)


def _decode_decimal(node: yaml.Node, name: str, report: Findings) -> Decimal:
    raw = yaml_nodes.scalar(node, name, "数字", report)
    try:
        if yaml_nodes.is_quoted(node) or not set(raw) <= set("-.0123456789"):
            raise InvalidOperation
        return Decimal(raw)
    except InvalidOperation:
        raise report.fail(
            node, name, f"这里应是数字，现在是{yaml_nodes.kind_of(node)}", "只写数字和小数点，单位写在 unit"
        ) from None


def _decode_bool(node: yaml.Node, name: str, report: Findings) -> bool:
    raw = yaml_nodes.scalar(node, name, "true 或 false", report)
    if yaml_nodes.is_quoted(node) or raw not in ("true", "false"):
        raise report.fail(node, name, f"这里应是 true 或 false，现在是{yaml_nodes.kind_of(node)}")
    return raw == "true"


def _decode_date(node: yaml.Node, name: str, report: Findings) -> dt.date:
    raw = yaml_nodes.scalar(node, name, "日期", report)
    try:
        return dt.date.fromisoformat(raw) if len(raw) == 10 else dt.date.fromisoformat("")
    except ValueError:
        raise report.fail(node, name, f"“{raw}”不是日期", "写成 2025-06-30 的样子") from None


def _decode_period(node: yaml.Node, name: str, report: Findings) -> model.Period:
    raw = yaml_nodes.scalar(node, name, "报告期", report)
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

    def decode(node: yaml.Node, name: str, report: Findings) -> StrEnum:
        raw = yaml_nodes.scalar(node, name, "、".join(allowed), report)
        if raw not in allowed:
            raise report.fail(node, name, f"“{raw}”不在可选值里", yaml_nodes.suggest(raw, allowed))
        return kind(raw)

    return Type(f"其中之一：{'、'.join(allowed)}", decode, str)


def list_of(item: Type, *, flow: bool = False) -> Type:
    """A list of one type, read as a tuple."""

    def decode(node: yaml.Node, name: str, report: Findings) -> tuple[Any, ...]:
        values, good = [], True
        for index, each in enumerate(yaml_nodes.items(node, name, report)):
            try:
                values.append(item.decode(each, f"{name}[{index}]", report))
            except Invalid:
                good = False
        if not good:
            raise Invalid
        return tuple(values)

    make = FlowList if flow else list
    return Type(f"列表，每项是{item.words}", decode, lambda value: make(item.encode(v) for v in value))


def nested(record: RecordSpec) -> Type:
    """A mapping inside a mapping."""
    return Type(record.title, record.decode, record.encode)


def _decode_quotes(node: yaml.Node, name: str, report: Findings) -> tuple[str, ...]:
    if isinstance(node, yaml.SequenceNode):
        return tuple(list_of(TEXT).decode(node, name, report))
    return (_decode_text(node, name, report),)


QUOTES = Type(
    "原文（合计时为列表）", _decode_quotes, lambda value: value[0] if len(value) == 1 else list(value)
)


def _decode_texts(node: yaml.Node, name: str, report: Findings) -> tuple[tuple[str, str], ...]:
    found = yaml_nodes.mapping(node, name, report)
    return tuple(
        (key, _decode_text(value, yaml_nodes.joined(name, key), report)) for key, (_, value) in found.items()
    )


TEXTS = Type("一组“键: 文字”", _decode_texts, dict)

ASSIGNMENT = RecordSpec(
    "责任单位",
    model.Assignment,
    (FieldSpec("name", TEXT, required=True), FieldSpec("role", choice(model.Role), required=True)),
    flow=True,
)
CONTACT = RecordSpec(
    "监督科室",
    model.Contact,
    (
        FieldSpec("office", TEXT, required=True),
        FieldSpec("phones", list_of(TEXT, flow=True), keep_empty=True),
    ),
    flow=True,
)
TARGET = RecordSpec(
    "目标",
    model.Target,
    (
        FieldSpec("id", TEXT, required=True),
        FieldSpec("metric", TEXT, required=True),
        FieldSpec("value", DECIMAL, required=True),
        FieldSpec("value_max", DECIMAL),
        FieldSpec("unit", TEXT, required=True),
        FieldSpec("comparator", choice(model.Comparator), required=True),
        FieldSpec("kind", choice(model.TargetKind), required=True),
        FieldSpec("quote", TEXT, required=True),
        FieldSpec("by", TEXT),
    ),
)
ACTUAL = RecordSpec(
    "完成数",
    model.Actual,
    (
        FieldSpec("target", TEXT, required=True),
        FieldSpec("value", DECIMAL, required=True),
        FieldSpec("unit", TEXT, required=True),
        FieldSpec("basis", choice(model.Basis), required=True),
        FieldSpec("quote", QUOTES, required=True, attribute="quotes"),
        FieldSpec("stated_completion", DECIMAL),
        FieldSpec("by", TEXT),
    ),
)
STATUS = RecordSpec(
    "状态",
    model.Status,
    (
        FieldSpec("value", choice(model.StatusValue), required=True),
        FieldSpec("quote", TEXT, nullable=True, keep_empty=True),
        FieldSpec("by", TEXT),
    ),
    flow=True,
)
SOURCE_REF = RecordSpec(
    "出处",
    model.SourceRef,
    (
        FieldSpec("file", TEXT, required=True),
        FieldSpec("sha256", TEXT, required=True),
        FieldSpec("row", INT, required=True),
    ),
    flow=True,
)


FORMER = RecordSpec(
    "以前的说法",
    model.Former,
    (
        FieldSpec("number", INT),
        FieldSpec("number_inferred", BOOL),
        FieldSpec("number_printed", TEXT),
        FieldSpec("section", TEXT),
        FieldSpec("subsection", TEXT),
        FieldSpec("title", TEXT),
        FieldSpec("commitment", TEXT),
        FieldSpec("deadline", TEXT),
        FieldSpec("departments", list_of(nested(ASSIGNMENT))),
        FieldSpec("targets", list_of(nested(TARGET))),
        FieldSpec("absent", list_of(TEXT, flow=True)),
    ),
)


def _make_update(**values: Any) -> model.Update:
    return model.Update(**{"progress": None} | values)


UPDATE = RecordSpec(
    "一期进展",
    _make_update,
    (
        FieldSpec("period", PERIOD, required=True),
        FieldSpec("as_of", DATE, required=True),
        FieldSpec("progress", TEXT, nullable=True, keep_empty=True),
        FieldSpec("next_steps", TEXT, nullable=True),
        FieldSpec("next_steps_from", TEXT, nullable=True),
        FieldSpec("plan", TEXT, nullable=True),
        FieldSpec("reported_status", TEXT, nullable=True),
        FieldSpec("reported_completion", TEXT, nullable=True),
        FieldSpec("remarks", TEXT, nullable=True),
        FieldSpec("actuals", list_of(nested(ACTUAL))),
        FieldSpec("status", nested(STATUS)),
        FieldSpec("source", nested(SOURCE_REF), required=True),
        FieldSpec("former", nested(FORMER)),
    ),
)

TASK = RecordSpec(
    "任务",
    model.Task,
    (
        FieldSpec("id", TEXT, required=True),
        FieldSpec("number", INT, required=True),
        FieldSpec("number_inferred", BOOL),
        FieldSpec("number_printed", TEXT, nullable=True),
        FieldSpec("section", TEXT, nullable=True, keep_empty=True),
        FieldSpec("subsection", TEXT, nullable=True),
        FieldSpec("title", TEXT, required=True),
        FieldSpec("commitment", TEXT, required=True),
        FieldSpec("deadline", TEXT, nullable=True),
        FieldSpec("leaders", list_of(TEXT, flow=True)),
        FieldSpec("departments", list_of(nested(ASSIGNMENT)), required=True, keep_empty=True),
        FieldSpec("contacts", list_of(nested(CONTACT))),
        FieldSpec("carried_over_from", list_of(TEXT, flow=True)),
        FieldSpec("succeeded_by", list_of(TEXT, flow=True)),
        FieldSpec("targets", list_of(nested(TARGET))),
        FieldSpec("updates", list_of(nested(UPDATE)), keep_empty=True),
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


DEPARTMENT = RecordSpec(
    "单位",
    DepartmentEntry,
    (
        FieldSpec("name", TEXT, required=True),
        FieldSpec("slug", TEXT),
        FieldSpec("kind", choice(model.DepartmentKind), required=True),
        FieldSpec("aliases", list_of(TEXT, flow=True)),
        FieldSpec("former_slugs", list_of(TEXT, flow=True)),
        FieldSpec("phones", list_of(TEXT, flow=True)),
    ),
)
SOURCE_TABLE = RecordSpec(
    "来源表",
    model.SourceTable,
    (
        FieldSpec("period", PERIOD, required=True),
        FieldSpec("file", TEXT, required=True),
        FieldSpec("title", TEXT, nullable=True),
        FieldSpec("url", TEXT, nullable=True),
        FieldSpec("published", DATE, nullable=True),
        FieldSpec("publisher", TEXT, nullable=True),
    ),
)
READING = RecordSpec("读表规则", Reading, (FieldSpec("columns", TEXTS), FieldSpec("lead_first", BOOL)))
DISTRICT = RecordSpec(
    "区县",
    DistrictFile,
    (
        FieldSpec("name", TEXT, required=True),
        FieldSpec("code", TEXT, nullable=True),
        FieldSpec("publisher", TEXT, nullable=True),
        FieldSpec("area_code", TEXT, nullable=True),
        FieldSpec("reading", nested(READING)),
        FieldSpec("sources", list_of(nested(SOURCE_TABLE))),
        FieldSpec("departments", list_of(nested(DEPARTMENT))),
    ),
)


def _make_correction(**values: Any) -> model.Correction:
    return model.Correction(**{"old": None, "new": None} | values)


CORRECTION = RecordSpec(
    "更正",
    _make_correction,
    (
        FieldSpec("task", TEXT, required=True),
        FieldSpec("period", PERIOD, required=True),
        FieldSpec("date", DATE, required=True),
        FieldSpec("field", TEXT, required=True),
        FieldSpec("old", TEXT, nullable=True, keep_empty=True),
        FieldSpec("new", TEXT, nullable=True, keep_empty=True),
        FieldSpec("reason", TEXT, nullable=True),
    ),
)

IDENTITY = RecordSpec(
    "政府网站标识",
    model.Identity,
    (
        FieldSpec("site_domain", TEXT, required=True),
        FieldSpec("site_code", TEXT, required=True),
        FieldSpec("organiser", TEXT, required=True),
        FieldSpec("contact", TEXT, required=True),
        FieldSpec("icp", TEXT, required=True),
        FieldSpec("police_record", TEXT, required=True),
        FieldSpec("undertaker", TEXT),
        FieldSpec("badge_url", TEXT),
    ),
)
SITE = RecordSpec(
    "站点",
    model.SiteConfig,
    (
        FieldSpec("title", TEXT, required=True),
        FieldSpec("districts", list_of(TEXT, flow=True), required=True),
        FieldSpec("language", TEXT),
        FieldSpec("base_url", TEXT, nullable=True),
        FieldSpec("description", TEXT, nullable=True),
        FieldSpec("publisher", TEXT, nullable=True),
        FieldSpec("edition", DATE, nullable=True),
        FieldSpec("identity", nested(IDENTITY), nullable=True),
        FieldSpec("theme", TEXT, nullable=True),
        FieldSpec("accent", TEXT, nullable=True),
        FieldSpec("breadcrumb", list_of(TEXT, flow=True)),
        FieldSpec("on_schedule_points", DECIMAL),
        FieldSpec("texts", TEXTS),
        FieldSpec("mask_names", BOOL),
    ),
)
