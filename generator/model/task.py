"""One commitment of the table: its texts, departments, targets, and what each period reported.

Numbers are ``Decimal`` exactly as printed; dates are ``datetime.date``; texts are to the letter.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from generator.base.paths import parse_task_id
from generator.model.kinds import (
    Basis,
    Comparator,
    DecidedBy,
    Name,
    PageKey,
    Role,
    StatusValue,
    StepOutcome,
    TargetKind,
)
from generator.model.period import Period


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

    name: Name
    """Canonical name from the district's directory."""
    role: Role
    """unstated for all when the table marks no lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An office that answers for a task."""

    office: str
    """As printed, white space aside; empty when only numbers are printed."""
    phones: tuple[Name, ...] = ()
    """Digits as printed, as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One number that the commitment promises."""

    id: PageKey
    """t1, t2 … unique within the task; never reused."""
    metric: Name
    """What is counted, in the text's own words."""
    value: Decimal
    """As printed."""
    value_max: Decimal | None = None
    """Upper end of a range; None otherwise."""
    unit: str
    """As printed, scale word included."""
    comparator: Comparator
    """>= 以上/不少于/不低于, <= 不超过/以内, = otherwise."""
    kind: TargetKind
    """count, amount, growth, level, stock or scope."""
    quote: Name
    """The words of the commitment that it was read from, verbatim."""
    by: DecidedBy | None = None
    """``editor`` when a person decided it; None when read by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """One reported number that answers a target."""

    target: Name
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
    note: str | None = None
    """What the figure counts where that is not quite what was promised, in an editor's words; None for
    the same thing."""
    by: DecidedBy | None = None
    """``editor`` when a person decided it; None when read by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the progress text says of the task as a whole."""

    value: StatusValue
    """The rung of the ladder; undecided where neither a rule nor a person put it on one."""
    quote: Name | None = None
    """Verbatim words that put it there; None where there are none (intent, no_information, undecided)."""
    by: DecidedBy | None = None
    """``editor`` when a person decided it; None when read by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDecision:
    """What a person found in this table of a step that the last table announced."""

    step: Name
    """Verbatim words of the last table's next steps."""
    outcome: StepOutcome
    """What became of it."""
    quote: Name | None = None
    """Verbatim words of this table that say so; None where it does not speak of it."""
    by: DecidedBy | None = None
    """``editor``: only a person's decision is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One named thing of a promise that names several."""

    id: str
    """p1, p2 … unique within the task; never reused."""
    name: str
    """As the commitment or a progress text names it, verbatim."""
    quote: str
    """The words of the commitment that promise it, verbatim."""
    by: DecidedBy | None = None
    """``editor`` when a person decided that it is a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReport:
    """What a period says of one part."""

    part: str
    """Id of the part within the same task."""
    status: StatusValue
    """The part's own rung."""
    quote: str | None = None
    """Verbatim words of the progress text that put it there."""
    actuals: tuple[Actual, ...] = ()
    """Reported numbers of the part alone; they answer no target of the task and are added to none."""
    by: DecidedBy | None = None
    """``editor`` when a person decided it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Where an update was read."""

    file: Name
    """Path below the district's folder: sources/2025Q2.txt."""
    sha256: Name
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
    title: Name | None = None
    """As in ``Task``."""
    commitment: Name | None = None
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
    progress: str | None = None
    """推进情况 to the letter; None when the cell was empty."""
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
    status: Status = Status(value=StatusValue.UNDECIDED)
    """What the text says of the whole task."""
    parts: tuple[PartReport, ...] = ()
    """What it says of the parts of the promise, in their order."""
    outcomes: tuple[StepDecision, ...] = ()
    """What a person found it to say of steps that the last table announced."""
    source: SourceRef
    """Where it was read."""
    former: Former | None = None
    """What the task said up to this period and no longer says; None when nothing changed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One commitment of a district in one year."""

    id: Name
    """<district>-<year>-<number, three digits>; stable for ever."""
    number: int
    """As printed; inferred where the source lost it. Unique within the year."""
    number_inferred: bool = False
    """True where the source lost the number."""
    number_printed: str | None = None
    """The printed number where it is not ``number`` itself (restarted or composed numbering)."""
    section: str | None = None
    """Heading of the group the row stands under."""
    subsection: str | None = None
    """Second-level heading."""
    title: Name
    """Short, for cards and charts; derived by rule, free to edit."""
    commitment: Name
    """The row's task text, to the letter."""
    deadline: str | None = None
    """完成时限 as printed."""
    leaders: tuple[Name, ...] = ()
    """分管领导 as printed (offices or names)."""
    departments: tuple[Assignment, ...]
    """In printed order."""
    contacts: tuple[Contact, ...] = ()
    """Offices and phones, in printed order."""
    carried_over_from: tuple[Name, ...] = ()
    """Ids of tasks this one came from."""
    succeeded_by: tuple[Name, ...] = ()
    """Ids of tasks this one became (merged, split, carried over)."""
    targets: tuple[Target, ...] = ()
    """Every number the commitment promises, in order of the text."""
    parts: tuple[Part, ...] = ()
    """Named things of the promise that stand differently; empty where it is one."""
    updates: tuple[Update, ...] = ()
    """One entry a period, oldest first."""

    @property
    def year(self) -> int:
        """Year of the government work report."""
        return parse_task_id(self.id).year

    def update_of(self, period: Period) -> Update | None:
        """What the table of ``period`` says of the task; None where it does not name it."""
        return next((update for update in self.updates if update.period == period), None)

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
