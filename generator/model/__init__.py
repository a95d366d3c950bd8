"""The frozen types that every room shares: what a district promised and what became of it.

Nothing here computes: completion, schedule and standing are functions in ``figures``.
"""

from generator.model.district import (
    AbsentTable,
    Correction,
    Department,
    District,
    OfficeEnd,
    SourceTable,
    Term,
    UnusedFigure,
)
from generator.model.kinds import (
    Basis,
    Comparator,
    DecidedBy,
    DepartmentKind,
    Name,
    OfficeChange,
    PageKey,
    Role,
    StatusValue,
    TargetKind,
    WebAddress,
)
from generator.model.period import Period, PeriodKind, parse_period
from generator.model.settings import Identity, Site, SiteConfig
from generator.model.site_texts import find_site_texts, find_texts
from generator.model.task import (
    FROZEN_FIELDS,
    Actual,
    Assignment,
    Contact,
    Former,
    Part,
    PartReport,
    Quantity,
    SourceRef,
    Status,
    Target,
    Task,
    Update,
)

__all__ = [
    "FROZEN_FIELDS",
    "AbsentTable",
    "Actual",
    "Assignment",
    "Basis",
    "Comparator",
    "Contact",
    "Correction",
    "DecidedBy",
    "Department",
    "DepartmentKind",
    "District",
    "Former",
    "Identity",
    "Name",
    "OfficeChange",
    "OfficeEnd",
    "PageKey",
    "Part",
    "PartReport",
    "Period",
    "PeriodKind",
    "Quantity",
    "Role",
    "Site",
    "SiteConfig",
    "SourceRef",
    "SourceTable",
    "Status",
    "StatusValue",
    "Target",
    "TargetKind",
    "Task",
    "Term",
    "UnusedFigure",
    "Update",
    "WebAddress",
    "find_site_texts",
    "find_texts",
    "parse_period",
]
