"""The closed lists of the content contract: roles, kinds of target, bases, comparators, status words."""

from __future__ import annotations

from enum import StrEnum


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


class DecidedBy(StrEnum):
    """Who decided a target, a number or a status that no rule read."""

    EDITOR = "editor"


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
