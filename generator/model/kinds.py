"""The closed lists of the content contract: roles, kinds of target, bases, comparators, status words."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

Name: TypeAlias = Annotated[str, "not blank"]
"""A title, a name, the words of a number: never empty or blank."""
WebAddress: TypeAlias = Annotated[str, "http or https"]
"""An address that a page may lead to: nothing that could run, load or lead elsewhere than it says."""
PageKey: TypeAlias = Annotated[str, "small letters, digits, hyphens"]
"""A name that addresses and files are made of."""


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


class StepOutcome(StrEnum):
    """What the next table says of something that next steps announced."""

    KEPT = "kept"
    """Done, or the number reached."""
    PARTLY = "partly"
    """Its time has come, and a part of it or of the number is reported."""
    UNMENTIONED = "unmentioned"
    """Its time has come, and the next table does not speak of it."""
    REWORDED = "reworded"
    """The next table announces it for a later day; other changes of the words a person may call so."""


class StatusValue(StrEnum):
    """How far the progress text says that the promise is, by what it reports on the promise."""

    COMPLETED = "completed"
    """The whole promise is fulfilled."""
    PARTLY_DONE = "partly_done"
    """A named part, or a share of the promised number, is finished; others are not."""
    UNDER_WAY = "under_way"
    """Concrete acts of carrying out; nothing promised is finished yet."""
    PREPARED = "prepared"
    """Only what comes before: plans, surveys, sites, approvals, meetings, bids."""
    INTENT = "intent"
    """Only words of intent, without an act that can be checked."""
    BLOCKED = "blocked"
    """A condition is missing, and no act is reported."""
    NOT_STARTED = "not_started"
    """The text says that it has not begun."""
    SUSPENDED = "suspended"
    """Stopped for a time."""
    ENDED = "ended"
    """Cancelled, stopped for good, or handed to another body."""
    NO_INFORMATION = "no_information"
    """Empty, or about something else."""
    UNDECIDED = "undecided"
    """Neither rule nor person has said."""

    @classmethod
    def _missing_(cls, value: object) -> StatusValue | None:
        """Files written before the ladder said in_progress of whatever no rule decided."""
        return cls.UNDECIDED if value == "in_progress" else None


class OfficeChange(StrEnum):
    """What ended an office."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    ABOLISHED = "abolished"


class DepartmentKind(StrEnum):
    """What sort of body a department is."""

    BUREAU = "bureau"
    SUBDISTRICT = "subdistrict"
    COMPANY = "company"
    INSTITUTION = "public_institution"
    COLLECTIVE = "collective"
