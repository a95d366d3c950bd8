"""The frozen types that every room shares: what a district promised and what became of it.

Nothing here computes: derived values (completion, schedule, standing) are functions in ``figures``.
Numbers are ``Decimal`` exactly as printed; dates are ``datetime.date``; texts are to the letter.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """Part of a department in a task."""

    LEAD = "lead"
    JOINT = "joint"
    UNSTATED = "unstated"


class TargetKind(StrEnum):
    """What sort of number a target is (content contract, section Kinds)."""

    COUNT = "count"
    AMOUNT = "amount"
    GROWTH = "growth"
    LEVEL = "level"
    STOCK = "stock"
    SCOPE = "scope"


class Basis(StrEnum):
    """What a reported figure covers."""

    YEAR_TO_DATE = "year_to_date"
    QUARTER = "quarter"
    GROWTH = "growth"
    LEVEL = "level"
    STOCK = "stock"
    STATED_RATIO = "stated_ratio"
    SUM = "sum"


class Comparator(StrEnum):
    """How a target wants to be met."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="


class StatusValue(StrEnum):
    """What the progress text itself says of a task."""

    COMPLETED = "completed"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    NO_INFORMATION = "no_information"


class DepartmentKind(StrEnum):
    """What sort of body a department is."""

    BUREAU = "bureau"
    SUBDISTRICT = "subdistrict"
    COMPANY = "company"
    INSTITUTION = "public_institution"
    COLLECTIVE = "collective"


_PERIOD = re.compile(r"(?P<year>20\d\d)(?:(?P<kind>[QHM])(?P<index>\d{1,2}))?")
_LAST_INDEX = {"Q": 4, "H": 2, "M": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A reporting period: a quarter, half, month or the year, always cumulative to its last day."""

    year: int
    kind: str
    """Q quarter, H half, M month, Y year."""
    index: int
    """1-based number within the year; 1 for a whole year."""

    def __str__(self) -> str:
        if self.kind == "Y":
            return str(self.year)
        return f"{self.year}M{self.index:02d}" if self.kind == "M" else f"{self.year}{self.kind}{self.index}"

    @property
    def last_month(self) -> int:
        """Month (1-12) in which the period ends."""
        return {"Q": 3, "H": 6, "M": 1, "Y": 12}[self.kind] * self.index

    @property
    def end(self) -> dt.date:
        """Last day of the period."""
        year, month = (self.year, self.last_month + 1) if self.last_month < 12 else (self.year + 1, 1)
        return dt.date(year, month, 1) - dt.timedelta(days=1)

    @property
    def order(self) -> tuple[int, int, str]:
        """Sort key: by the end of the period; of two that end together the shorter one first."""
        return (self.year, self.last_month, {"M": "0", "Q": "1", "H": "2", "Y": "3"}[self.kind])


def parse_period(text: str) -> Period:
    """Period of ``2025Q1…Q4``, ``2025H1/H2``, ``2025M01…M12`` or ``2025``.

    Raises: ValueError with the reason in Chinese.
    """
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}”不是报告期，应写成 2025Q1…Q4、2025H1/H2、2025M01…M12 或 2025")
    kind, index = match["kind"] or "Y", int(match["index"] or 1)
    if not 1 <= index <= _LAST_INDEX.get(kind, 1):
        raise ValueError(f"“{text}”不是报告期：{kind} 后面应是 1 至 {_LAST_INDEX[kind]}")
    period = Period(year=int(match["year"]), kind=kind, index=index)
    if str(period) != text:
        raise ValueError(f"“{text}”不是报告期，应写成 {period}")
    return period


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit, as printed, and where it stood."""

    value: Decimal
    """As printed: 1.95 for 1.95万人."""
    unit: str
    """As printed, scale word included: 万人, 亿元, %, 个百分点, 个; empty when none is printed."""
    value_max: Decimal | None = None
    """Upper end of a range (1—2个); None otherwise."""
    start: int = 0
    """Offset of the first character in the text."""
    end: int = 0
    """Offset behind the last character (unit included)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A department's part in a task."""

    name: str
    """Canonical name from the district's directory."""
    role: Role
    """unstated for all when the table marks no lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An office that answers for a task."""

    office: str
    """As printed, white space aside; empty when only numbers are printed."""
    phones: tuple[str, ...] = ()
    """Digits as printed, as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One number that the commitment promises."""

    id: str
    """t1, t2 … unique within the task; never reused."""
    metric: str
    """What is counted, in the text's own words."""
    value: Decimal
    """As printed."""
    unit: str
    """As printed, scale word included."""
    comparator: Comparator
    """>= 以上/不少于/不低于, <= 不超过/以内, = otherwise."""
    kind: TargetKind
    """count, amount, growth, level, stock or scope."""
    quote: str
    """The words of the commitment that it was read from, verbatim."""
    value_max: Decimal | None = None
    """Upper end of a range; None otherwise."""
    by: str | None = None
    """``editor`` when a person decided it; None when read by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """One reported number that answers a target."""

    target: str
    """Id of the target within the same task."""
    value: Decimal
    """As printed; the sum of the quoted numbers where basis is sum."""
    unit: str
    """As printed."""
    basis: Basis
    """What the figure covers."""
    quotes: tuple[str, ...]
    """Verbatim pieces of the progress text (YAML ``quote``: a string, or a list where basis is sum)."""
    stated_completion: Decimal | None = None
    """Share the text itself states, 0-1 (完成全年任务的77% is 0.77); None when it states none."""
    by: str | None = None
    """``editor`` when a person decided it; None when read by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the progress text says of the task as a whole."""

    value: StatusValue
    """completed, in_progress, not_started or no_information."""
    quote: str | None = None
    """Verbatim words that say so; None when in_progress is only the absence of others."""
    by: str | None = None
    """``editor`` when a person decided it; None when read by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Where an update was read."""

    file: str
    """Path below the district's folder: sources/2025Q2.txt."""
    sha256: str
    """Checksum of that file."""
    row: int
    """Number of the task row in the table, 1-based, in printed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """What a task said of itself up to a period, where a later table changed it; None for what stayed."""

    number: int | None = None
    """As in ``Task``."""
    number_inferred: bool | None = None
    """As in ``Task``."""
    number_printed: str | None = None
    """As in ``Task``."""
    section: str | None = None
    """As in ``Task``."""
    subsection: str | None = None
    """As in ``Task``."""
    title: str | None = None
    """As in ``Task``."""
    commitment: str | None = None
    """As in ``Task``."""
    deadline: str | None = None
    """As in ``Task``."""
    departments: tuple[Assignment, ...] = ()
    """As in ``Task``; empty for what stayed."""
    targets: tuple[Target, ...] = ()
    """As in ``Task``; empty for what stayed."""
    absent: tuple[str, ...] = ()
    """Keys of the above that the task did not have then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What one period's table says of a task."""

    period: Period
    """The reporting period."""
    as_of: dt.date
    """Day up to which the figures reach."""
    progress: str | None
    """推进情况 to the letter; None when the cell was empty."""
    source: SourceRef
    """Where it was read."""
    next_steps: str | None = None
    """下一步计划 to the letter; None when the table has none."""
    next_steps_from: str | None = None
    """Task id whose next steps a printed 同上 means; None otherwise."""
    plan: str | None = None
    """Plan to date as the table prints it (一季度目标, 节点目标); None when it has none."""
    reported_status: str | None = None
    """The office's own status word (正常推进); never mixed with the computed standing."""
    reported_completion: str | None = None
    """The office's own percentage as printed (77%); never mixed with the computed one."""
    remarks: str | None = None
    """备注 to the letter."""
    actuals: tuple[Actual, ...] = ()
    """Reported numbers, at most one a target."""
    status: Status = Status(value=StatusValue.IN_PROGRESS)
    """What the text says of the whole task."""
    former: Former | None = None
    """What the task said up to this period and no longer says; None when nothing changed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One commitment of a district in one year."""

    id: str
    """<district>-<year>-<number, three digits>; stable for ever."""
    number: int
    """As printed; inferred where the source lost it. Unique within the year."""
    title: str
    """Short, for cards and charts; derived by rule, free to edit."""
    commitment: str
    """The row's task text, to the letter."""
    departments: tuple[Assignment, ...]
    """In printed order."""
    number_inferred: bool = False
    """True where the source lost the number."""
    number_printed: str | None = None
    """The printed number where it is not ``number`` itself (restarted or composed numbering)."""
    section: str | None = None
    """Heading of the group the row stands under."""
    subsection: str | None = None
    """Second-level heading."""
    deadline: str | None = None
    """完成时限 as printed."""
    leaders: tuple[str, ...] = ()
    """分管领导 as printed (offices or names)."""
    contacts: tuple[Contact, ...] = ()
    """Offices and phones, in printed order."""
    targets: tuple[Target, ...] = ()
    """Every number the commitment promises, in order of the text."""
    updates: tuple[Update, ...] = ()
    """One entry a period, oldest first."""
    succeeded_by: tuple[str, ...] = ()
    """Ids of tasks this one became (merged, split, carried over)."""
    carried_over_from: tuple[str, ...] = ()
    """Ids of tasks this one came from."""

    @property
    def year(self) -> int:
        """Year of the government work report."""
        return int(self.id.rsplit("-", 2)[1])

    def at(self, period: Period) -> Task:
        """The task as it stood in ``period``: its words of then, no later update, no successor yet."""
        values: dict[str, Any] = {}
        for update in reversed(self.updates):
            if update.period.order < period.order:
                break
            if update.former is not None:
                values |= _said(update.former)
        updates = tuple(u for u in self.updates if u.period.order <= period.order)
        return replace(self, updates=updates, succeeded_by=(), **values)


FROZEN_FIELDS = tuple(field.name for field in fields(Former) if field.name != "absent")
"""Fields of a task that keep their former values, period by period."""

_ABSENT: dict[str, Any] = {"departments": (), "targets": (), "number_inferred": False}


def _said(former: Former) -> dict[str, Any]:
    """Field of a task → its former value."""
    found = {name: getattr(former, name) for name in FROZEN_FIELDS if getattr(former, name) not in (None, ())}
    return found | {name: _ABSENT.get(name) for name in former.absent}


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One body in a district's directory."""

    name: str
    """Canonical name."""
    slug: str
    """ASCII name of its page; stable for ever."""
    kind: DepartmentKind
    """bureau, subdistrict, company, public_institution or collective."""
    aliases: tuple[str, ...] = ()
    """Other names the texts use (区发改局)."""
    former_slugs: tuple[str, ...] = ()
    """Slugs of earlier names; their pages stay as pointers."""
    phones: tuple[str, ...] = ()
    """Public office numbers of the body itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """One received table of a district."""

    period: Period
    """The reporting period."""
    file: str
    """Path below the district's folder."""
    title: str | None = None
    """Title as printed above the table."""
    url: str | None = None
    """Where the office published it; None when not known."""
    published: dt.date | None = None
    """Day on which the office published it; None when not known."""
    publisher: str | None = None
    """Who published it, when other than the district's publisher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A later change to an already published period."""

    task: str
    """Task id."""
    period: Period
    """The published period that was changed."""
    date: dt.date
    """Day of the change."""
    field: str
    """Field in words of the content contract: progress, targets.t1.value …"""
    old: str | None
    """Words before; None when there were none."""
    new: str | None
    """Words after; None when they were taken away."""
    reason: str | None = None
    """Why, in the clerk's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One district: who publishes, its bodies, its tasks."""

    id: str
    """Pinyin id from site.yaml; folder name and address part."""
    name: str
    """槐荫区."""
    code: str | None = None
    """GB/T 2260 code."""
    publisher: str | None = None
    """Office that publishes the tables."""
    area_code: str | None = None
    """Telephone area code for tel: links, e.g. 0531."""
    departments: tuple[Department, ...] = ()
    """Directory, in order of the file."""
    sources: tuple[SourceTable, ...] = ()
    """Received tables, oldest first."""
    tasks: tuple[Task, ...] = ()
    """By year and number."""
    corrections: tuple[Correction, ...] = ()
    """Oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an official government site must show; all or nothing comes from site.yaml."""

    site_domain: str
    """Bare host."""
    site_code: str
    """网站标识码, 10 characters."""
    organiser: str
    """主办单位."""
    contact: str
    """联系方式."""
    icp: str
    """ICP备案编号."""
    police_record: str
    """公安机关备案号."""
    undertaker: str | None = None
    """承办单位."""
    badge_url: str | None = None
    """党政机关网站标识 page at bszs.conac.cn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """site.yaml."""

    title: str
    """Name of the site."""
    districts: tuple[str, ...]
    """District ids in the order of the site."""
    language: str = "zh-CN"
    """Language of the user interface: zh-CN or en."""
    base_url: str | None = None
    """https address under which the site is published; None for a folder or bundle only."""
    description: str | None = None
    """One sentence for search engines and the home page."""
    publisher: str | None = None
    """Who runs this site."""
    edition: dt.date | None = None
    """Day of this edition, printed as 本页生成时间; None takes the newest as_of date."""
    identity: Identity | None = None
    """Official identity; None builds the unofficial profile."""
    theme: str | None = None
    """Folder beside site.yaml whose templates and static files override the program's."""
    accent: str | None = None
    """Main colour as #rrggbb; None takes the theme's."""
    breadcrumb: tuple[str, ...] = ("执行公开", "政府重点工作")
    """Labels between the home page and the district in the breadcrumb."""
    on_schedule_points: Decimal = Decimal(5)
    """Points below the schedule that still count as 达序时."""
    texts: tuple[tuple[str, str], ...] = ()
    """User-interface words that replace the catalogue's, by key."""
    mask_names: bool = False
    """Mask personal names of contact staff (张*)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything a build needs, read and checked."""

    config: SiteConfig
    """site.yaml."""
    districts: tuple[District, ...]
    """In the order of site.yaml."""
