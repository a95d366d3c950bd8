"""Invented tasks, targets and reports: what a test does not name has a harmless value.

``make_task(1, "新建公园10处。", targets=(make_target(10, "处"),))`` is a task of 测试区 in 2025.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from generator.content import format_data, schema
from generator.content.schema import DistrictFile
from generator.figures import Report, make_report
from generator.model import (
    Actual,
    Assignment,
    Basis,
    Comparator,
    Contact,
    DecidedBy,
    Department,
    DepartmentKind,
    District,
    Former,
    Role,
    Site,
    SiteConfig,
    SourceRef,
    Status,
    StatusValue,
    Target,
    TargetKind,
    Task,
    Update,
    parse_period,
)
from generator.wording import Words, make_words
from tests.paths import CATALOGUES

Number = str | int | Decimal
SOURCE = SourceRef(file="sources/2025Q2.txt", sha256="0" * 64, row=1)
UNDECIDED = Status(value=StatusValue.UNDECIDED)
DEPARTMENT = "区测试局"


@cache
def words_of(language: str = "zh-CN") -> Words:
    """The catalogue of the interface in one language."""
    paths = sorted((CATALOGUES / language).iterdir())
    return make_words({f"{language}/{p.name}": p.read_bytes() for p in paths}, language=language)


def format_district(district: DistrictFile) -> str:
    """district.yaml as a person would write it."""
    data = schema.DISTRICT.encode(district)
    return format_data({key: value for key, value in data.items() if value != {}})


def make_target(
    value: Number = 10,
    unit: str = "个",
    kind: TargetKind = TargetKind.COUNT,
    *,
    name: str = "t1",
    quote: str | None = None,
    metric: str | None = None,
    comparator: Comparator = Comparator.EQUAL,
    value_max: Number | None = None,
    by: DecidedBy | None = None,
) -> Target:
    """A target; its quote says metric, value and unit, and its metric is the quote, if they are not given."""
    words = quote or f"{metric or '新建公园'}{value}{unit}"
    return Target(
        id=name,
        metric=metric or words,
        value=Decimal(value),
        unit=unit,
        comparator=comparator,
        kind=kind,
        quote=words,
        value_max=None if value_max is None else Decimal(value_max),
        by=by,
    )


def make_actual(
    value: Number = 3,
    unit: str = "个",
    *quotes: str,
    target: str = "t1",
    basis: Basis = Basis.YEAR_TO_DATE,
    stated: Number | None = None,
    by: DecidedBy | None = None,
) -> Actual:
    """A reported number."""
    return Actual(
        target=target,
        value=Decimal(value),
        unit=unit,
        basis=basis,
        quotes=quotes,
        stated_completion=None if stated is None else Decimal(stated),
        by=by,
    )


def make_update(
    period: str = "2025Q2",
    progress: str | None = "已建成。",
    next_steps: str | None = None,
    *,
    actuals: Sequence[Actual] = (),
    as_of: dt.date | None = None,
    status: Status | StatusValue = UNDECIDED,
    source: SourceRef = SOURCE,
    former: Former | None = None,
) -> Update:
    """What a period says of a task; its figures reach to the end of the period."""
    found = parse_period(period)
    return Update(
        period=found,
        as_of=as_of or found.end,
        progress=progress,
        source=source,
        next_steps=next_steps,
        actuals=tuple(actuals),
        status=Status(value=status) if isinstance(status, StatusValue) else status,
        former=former,
    )


def make_task(
    number: int = 1,
    commitment: str = "新建公园。",
    *,
    district: str = "ceshi",
    title: str | None = None,
    departments: Sequence[str] | Mapping[str, Role] = (DEPARTMENT,),
    contacts: Sequence[Contact] = (),
    targets: Sequence[Target] = (),
    updates: Sequence[Update] = (),
    section: str | None = None,
    deadline: str | None = None,
    leaders: Sequence[str] = (),
    succeeded_by: Sequence[str] = (),
) -> Task:
    """A task of 2025; departments given without roles have none stated."""
    roles = departments if isinstance(departments, Mapping) else dict.fromkeys(departments, Role.UNSTATED)
    return Task(
        id=f"{district}-2025-{number:03d}",
        number=number,
        title=title or commitment.rstrip("。"),
        commitment=commitment,
        departments=tuple(Assignment(name=name, role=role) for name, role in roles.items()),
        contacts=tuple(contacts),
        targets=tuple(targets),
        updates=tuple(updates),
        section=section,
        deadline=deadline,
        leaders=tuple(leaders),
        succeeded_by=tuple(succeeded_by),
    )


def make_department(
    name: str = DEPARTMENT, slug: str | None = None, *, aliases: Sequence[str] = ()
) -> Department:
    """A bureau; its slug is its name where none is given."""
    return Department(name=name, slug=slug or name, kind=DepartmentKind.BUREAU, aliases=tuple(aliases))


def make_district(
    *tasks: Task,
    name: str = "ceshi",
    departments: Sequence[Department] = (),
    area_code: str | None = None,
) -> District:
    """测试区 with these tasks."""
    return District(id=name, name="测试区", departments=tuple(departments), tasks=tasks, area_code=area_code)


def make_site(*districts: District, title: str = "测试台账") -> Site:
    """A site of these districts."""
    return Site(config=SiteConfig(title=title, districts=tuple(d.id for d in districts)), districts=districts)


def report_of(*districts: District) -> Report:
    """Everything computed of these districts."""
    return make_report(make_site(*districts))
