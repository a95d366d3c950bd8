"""The content contract: which keys each file may hold, of which type, in which order.

A ``Type`` turns a YAML node into a value and a value back into plain data. A ``RecordSpec`` is a mapping with
fixed keys that becomes one frozen dataclass of the model, and is derived from it: keys, order, types and what
must be there are those of the dataclass, only exceptions are written down here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import yaml

from generator import model
from generator.base import yaml_nodes
from generator.base.messages import Message, reason_of
from generator.base.yaml_nodes import Findings, Invalid
from generator.content.text_rules import explain_key, find_control, find_unseen, is_web_address


@dataclass(frozen=True, slots=True)
class Type:
    """How one sort of value is read and written."""

    words: Message
    """What it is, in words for the reference and for messages."""
    decode: Callable[[yaml.Node, str, Findings], Any]
    encode: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One key of a record."""

    key: str
    """Key in YAML."""
    name: str
    """Attribute of the dataclass."""
    type: Type
    required: bool
    """Whether the dataclass has no default for it."""
    nullable: bool
    """``null`` is allowed and means the same as leaving the key out."""
    keep_empty: bool
    """Written even when empty."""


@dataclass(frozen=True, slots=True)
class RecordSpec:
    """A mapping with fixed keys."""

    title: Message
    make: type[Any]
    """The dataclass."""
    fields: tuple[FieldSpec, ...]
    flow: bool = False
    """Written on one line: {name: 区民政局, role: lead}."""

    def decode(self, node: yaml.Node, name: str, report: Findings) -> Any:
        """The dataclass. Raises: Invalid after writing down every problem of the mapping."""
        found = yaml_nodes.mapping(node, name, report)
        good = self._check_keys(node, name, report, found)
        values: dict[str, Any] = {}
        for each in self.fields:
            value_node = found[each.key][1] if each.key in found else None
            if value_node is None or (each.nullable and yaml_nodes.is_null(value_node)):
                continue
            try:
                values[each.name] = each.type.decode(value_node, yaml_nodes.joined(name, each.key), report)
            except Invalid:
                good = False
        if not good:
            raise Invalid
        return self.make(**values)

    def _check_keys(
        self, node: yaml.Node, name: str, report: Findings, found: Mapping[str, tuple[yaml.Node, yaml.Node]]
    ) -> bool:
        """Whether every key is known and none is missing; a misspelt one counts as the one that is meant."""
        keys = {f.key: f for f in self.fields}
        missing = {f.key for f in self.fields if f.required and f.key not in found}
        good = not missing
        for key in found.keys() - keys.keys():
            meant = yaml_nodes.nearest(key, keys.keys() - found.keys())
            hint = Message("你是想写“{word}”吗？", word=meant) if meant else yaml_nodes.suggest(key, keys)
            report.add(found[key][0], yaml_nodes.joined(name, key), Message("没有这个键"), hint)
            missing.discard(meant or "")
            good = False
        for key in missing:
            hint = Message("补上：{words}", words=keys[key].type.words)
            report.add(node, yaml_nodes.joined(name, key), Message("缺这个键"), hint)
        return good

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


TEXT_WORDS, _INT_WORDS, _DECIMAL_WORDS = Message("文字"), Message("整数"), Message("数字")
_BOOL_WORDS = Message("true 或 false")
_INT = re.compile(r"[1-9]\d{0,5}")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,12})?")
"""A printed number; no office counts in trillions of trillions."""
_DATE = re.compile(r"20\d\d-\d\d-\d\d")


def _wrong(wanted: Message, node: yaml.Node) -> Message:
    return Message("这里应是{wanted}，现在是{found}", wanted=wanted, found=yaml_nodes.kind_of(node))


def _decode_text(node: yaml.Node, name: str, report: Findings) -> str:
    raw = yaml_nodes.scalar(node, name, TEXT_WORDS, report)
    if node.tag != "tag:yaml.org,2002:str" and not yaml_nodes.is_quoted(node):
        raise report.fail(node, name, _wrong(TEXT_WORDS, node), Message("加上引号：'{text}'", text=raw))
    if code := find_control(raw):
        what = Message("里面有网页和 Word 都不能写的控制字符（{code}）", code=code)
        raise report.fail(node, name, what, Message("删去该字符后重试"))
    if unseen := find_unseen(raw):
        report.warn(node, name, unseen, Message("与原表核对；不是原表有意写的就删去"))
    return raw


def _decode_name(node: yaml.Node, name: str, report: Findings) -> str:
    raw = _decode_text(node, name, report)
    if not raw.strip():
        raise report.fail(node, name, Message("不能空着"), Message("写上文字，或者删去这个键"))
    return raw


def _decode_address(node: yaml.Node, name: str, report: Findings) -> str:
    raw = _decode_name(node, name, report)
    if not is_web_address(raw):
        what, hint = Message("“{url}”不是网址", url=raw), Message("写成 https://… 的样子")
        raise report.fail(node, name, what, hint)
    return raw


def _decode_key(node: yaml.Node, name: str, report: Findings) -> str:
    raw = _decode_name(node, name, report)
    if reason := explain_key(raw):
        what = Message("“{text}”不能作代号：{reason}", text=raw, reason=reason)
        raise report.fail(node, name, what, Message("用小写拼音，如 tianqiao"))
    return raw


def _decode_int(node: yaml.Node, name: str, report: Findings) -> int:
    raw = yaml_nodes.scalar(node, name, _INT_WORDS, report)
    if yaml_nodes.is_quoted(node) or _INT.fullmatch(raw) is None or not raw.isascii():
        plain = not yaml_nodes.is_quoted(node) and raw.isdigit() and (raw == "0" or raw[0] != "0")
        hint = Message("写从1到999999的数") if plain else Message("写成不带引号和前导零的数字")
        raise report.fail(node, name, _wrong(_INT_WORDS, node), hint)
    return int(raw)


def _decode_decimal(node: yaml.Node, name: str, report: Findings) -> Decimal:
    raw = yaml_nodes.scalar(node, name, _DECIMAL_WORDS, report)
    if yaml_nodes.is_quoted(node) or _DECIMAL.fullmatch(raw) is None or not raw.isascii():
        hint = Message("只写数字和小数点，单位写在 unit")
        if not yaml_nodes.is_quoted(node) and set(raw) <= set("-.0123456789"):
            hint = Message("不带前导零，整数最多18位，小数最多12位")
        raise report.fail(node, name, _wrong(_DECIMAL_WORDS, node), hint)
    return Decimal(raw)


def _decode_bool(node: yaml.Node, name: str, report: Findings) -> bool:
    raw = yaml_nodes.scalar(node, name, _BOOL_WORDS, report)
    if yaml_nodes.is_quoted(node) or raw not in ("true", "false"):
        raise report.fail(node, name, _wrong(_BOOL_WORDS, node))
    return raw == "true"


def _decode_date(node: yaml.Node, name: str, report: Findings) -> dt.date:
    raw = yaml_nodes.scalar(node, name, Message("日期"), report)
    try:
        return dt.date.fromisoformat(raw if _DATE.fullmatch(raw) and raw.isascii() else "")
    except ValueError:
        what = Message("“{text}”不是日期", text=yaml_nodes.shorten(raw))
        hint = Message("写成 2025-06-30 的样子")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
            hint = Message("写2000至2099年里有的一天")
        raise report.fail(node, name, what, hint) from None


def _decode_period(node: yaml.Node, name: str, report: Findings) -> model.Period:
    raw = yaml_nodes.scalar(node, name, Message("报告期"), report)
    try:
        return model.parse_period(raw)
    except ValueError as error:
        raise report.fail(node, name, reason_of(error)) from None


def _period_data(period: model.Period) -> Any:
    return period.year if period.kind == "Y" else str(period)


TEXT = Type(TEXT_WORDS, _decode_text, str)
NAME = Type(TEXT_WORDS, _decode_name, str)
ADDRESS = Type(Message("网址（https://…）"), _decode_address, str)
KEY = Type(Message("代号（小写字母、数字、连字符）"), _decode_key, str)
INT = Type(_INT_WORDS, _decode_int, int)
DECIMAL = Type(_DECIMAL_WORDS, _decode_decimal, lambda value: value)
BOOL = Type(_BOOL_WORDS, _decode_bool, bool)
DATE = Type(Message("日期（2025-06-30）"), _decode_date, lambda value: value)
PERIOD = Type(Message("报告期（2025Q2、2025H1、2025M09、2025）"), _decode_period, _period_data)


def choice(kind: type[StrEnum]) -> Type:
    """One of the values of an enumeration."""
    allowed = [str(member) for member in kind]
    wanted = Message("{options}", options=tuple(allowed))

    def decode(node: yaml.Node, name: str, report: Findings) -> StrEnum:
        raw = yaml_nodes.scalar(node, name, wanted, report)
        try:
            return kind(raw)
        except ValueError:
            what = Message("“{text}”不在可选值里", text=raw)
            raise report.fail(node, name, what, yaml_nodes.suggest(raw, allowed)) from None

    return Type(Message("其中之一：{options}", options=tuple(allowed)), decode, str)


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
    words = Message("列表，每项是{item}", item=item.words)
    return Type(words, decode, lambda value: make(item.encode(v) for v in value))


def nested(record: RecordSpec) -> Type:
    """A mapping inside a mapping."""
    return Type(record.title, record.decode, record.encode)


def _decode_quotes(node: yaml.Node, name: str, report: Findings) -> tuple[str, ...]:
    if isinstance(node, yaml.SequenceNode):
        return tuple(list_of(NAME).decode(node, name, report))
    return (_decode_name(node, name, report),)


QUOTES = Type(
    Message("原文（合计时为列表）"),
    _decode_quotes,
    lambda value: value[0] if len(value) == 1 else list(value),
)


def _decode_texts(node: yaml.Node, name: str, report: Findings) -> tuple[tuple[str, str], ...]:
    found = yaml_nodes.mapping(node, name, report)
    return tuple(
        (key, _decode_text(value, yaml_nodes.joined(name, key), report)) for key, (_, value) in found.items()
    )


TEXTS = Type(Message("一组“键: 文字”"), _decode_texts, dict)

_SCALARS: dict[Any, Type] = {
    str: TEXT,
    model.Name: NAME,
    model.WebAddress: ADDRESS,
    model.PageKey: KEY,
    int: INT,
    Decimal: DECIMAL,
    bool: BOOL,
    dt.date: DATE,
    model.Period: PERIOD,
    tuple[tuple[str, str], ...]: TEXTS,
}
_DERIVED: dict[Any, RecordSpec] = {}
"""Dataclass → its record, for those that hold it."""


def derive(
    made: type[Any], title: Message, *, flow: bool = False, keep: tuple[str, ...] = (), quotes: str = ""
) -> RecordSpec:
    """The record of a dataclass: a key for each field, in their order.

    A field without a default is required; one that may be None may be ``null``. flow: written on one line.
    keep: fields that are written even when empty. quotes: the field of quoted words, whose key is ``quote``.
    """
    hints = get_type_hints(made, include_extras=True)
    specs = tuple(
        _derive_field(each, hints[each.name], keep_empty=each.name in keep, quotes=each.name == quotes)
        for each in dataclasses.fields(made)
    )
    _DERIVED[made] = RecordSpec(title, made, specs, flow)
    return _DERIVED[made]


def _derive_field(each: dataclasses.Field[Any], hint: Any, *, keep_empty: bool, quotes: bool) -> FieldSpec:
    inner, nullable = _without_none(hint)
    return FieldSpec(
        key="quote" if quotes else each.name,
        name=each.name,
        type=QUOTES if quotes else _type_of(inner),
        required=each.default is dataclasses.MISSING,
        nullable=nullable,
        keep_empty=keep_empty,
    )


def _without_none(hint: Any) -> tuple[Any, bool]:
    """``str | None`` is (str, True)."""
    if get_origin(hint) not in (types.UnionType, Union):
        return hint, False
    (inner,) = (part for part in get_args(hint) if part is not types.NoneType)
    return inner, True


def _type_of(hint: Any) -> Type:
    """How a value of an annotated type is read and written."""
    if hint in _SCALARS:
        return _SCALARS[hint]
    if hint in _DERIVED:
        return nested(_DERIVED[hint])
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return list_of(_type_of(item), flow=item in (str, model.Name))
    return choice(hint)


ASSIGNMENT = derive(model.Assignment, Message("责任单位"), flow=True)
CONTACT = derive(model.Contact, Message("监督科室"), flow=True, keep=("phones",))
TARGET = derive(model.Target, Message("目标"))
ACTUAL = derive(model.Actual, Message("完成数"), quotes="quotes")
STATUS = derive(model.Status, Message("状态"), flow=True, keep=("quote",))
SOURCE_REF = derive(model.SourceRef, Message("出处"), flow=True)
PART = derive(model.Part, Message("承诺的一部分"), flow=True)
PART_REPORT = derive(model.PartReport, Message("一部分的进展"), flow=True)
STEP_DECISION = derive(model.StepDecision, Message("一期里对以前打算的判定"), flow=True)
FORMER = derive(model.Former, Message("以前的说法"))
UPDATE = derive(model.Update, Message("一期进展"), keep=("progress",))
TASK = derive(model.Task, Message("任务"), keep=("section", "departments", "updates"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentEntry:
    """One department as district.yaml writes it; the slug may be left to the pinyin rule."""

    name: model.Name
    slug: model.Name | None = None
    kind: model.DepartmentKind
    aliases: tuple[model.Name, ...] = ()
    former_slugs: tuple[model.Name, ...] = ()
    phones: tuple[model.Name, ...] = ()
    ended: model.OfficeEnd | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingHints:
    """What a person said of one layout of tables, kept so that the next table of it needs no word."""

    heading: str = ""
    """Heading as printed, a bar between two cells; of a table without one its width: 6列."""
    source: str = ""
    """Kept copy for which it was said; rows and section_rows hold for this one alone."""
    columns: tuple[str, ...] = ()
    """Roles of the columns in order."""
    table: int | None = None
    """Which table of the file, from 1; None for all."""
    sheet: str | None = None
    """Name of the sheet."""
    rows: str | None = None
    """First and last row that are read: 5-40."""
    section_rows: tuple[str, ...] = ()
    """Rows that are headings: 3, 9-11."""
    lead_first: bool = False
    """The first named department leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How this district's tables are to be read, where the rules guess wrong."""

    columns: tuple[tuple[str, str], ...] = ()
    """Column (printed heading, or 1-based number) → role; the clerk's own decision outranks every rule."""
    lead_first: bool = False
    """The first named department leads (some offices say so in their notice)."""
    layouts: tuple[ReadingHints, ...] = ()
    """What was said of single layouts with --columns, --table, --sheet, --rows, --section-rows, --lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictFile:
    """district.yaml as written."""

    name: model.Name
    code: model.Name | None = None
    publisher: model.Name | None = None
    area_code: model.Name | None = None
    reading: Reading = Reading()
    terms: tuple[model.Term, ...] = ()
    next_expected: dt.date | None = None
    absent: tuple[model.AbsentTable, ...] = ()
    sources: tuple[model.SourceTable, ...] = ()
    departments: tuple[DepartmentEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsFile:
    """corrections.yaml as written."""

    corrections: tuple[model.Correction, ...]


derive(model.OfficeEnd, Message("单位的去向"), flow=True)
derive(model.Term, Message("任期"), flow=True)
derive(model.AbsentTable, Message("没有收到的表"), flow=True)
DEPARTMENT = derive(DepartmentEntry, Message("单位"))
SOURCE_TABLE = derive(model.SourceTable, Message("来源表"))
READING_HINTS = derive(ReadingHints, Message("一种表的读法"))
READING = derive(Reading, Message("读表规则"))
DISTRICT = derive(DistrictFile, Message("区县"))
CORRECTION = derive(model.Correction, Message("更正"), keep=("old", "new"))
CORRECTIONS = derive(CorrectionsFile, Message("更正记录"))
IDENTITY = derive(model.Identity, Message("政府网站标识"))
SITE = derive(model.SiteConfig, Message("站点"))
