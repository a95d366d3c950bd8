"""A received table against all content: read, planned, and the files that it would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator import content
from generator.base.errors import ContentError, IngestError, Problem, raise_if_errors
from generator.base.messages import Message
from generator.base.paths import district_file, find_districts
from generator.base.places import Place
from generator.ingest.draft import Draft, make_draft
from generator.ingest.update.update_plan import UpdatePlan, make_plan, plan_files
from generator.model import District, Period

_NO_HINTS = content.ReadingHints()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedTable:
    """A file as it came, and what the command line says of it."""

    name: str
    """Name of the file, for its suffix and for messages."""
    data: bytes
    district: str
    """Id of the district."""
    period: Period
    columns: Mapping[str, str]
    """Heading or number of a column → its role, as a person says."""
    hints: content.ReadingHints = _NO_HINTS
    """What it says of the layout."""
    partial: bool = False
    """It holds only some of the tasks."""
    force: bool = False
    """Take it in although it looks like another district's, or leaves far too much out."""


def plan_table(
    files: Mapping[str, bytes], received: ReceivedTable, matches: Mapping[int, str], today: dt.date
) -> tuple[Draft, UpdatePlan]:
    """What the table says, and what would become of each task.

    matches: row (1-based) → task id or ``new``, a person's word on ambiguous rows.
    Raises: SourceError, IngestError, ContentError.
    """
    district = find_district(files, received.district)
    path = district_file(district.id)
    draft = make_draft(
        received.data,
        received.name,
        district=district.at(received.period),
        period=received.period,
        reading=content.parse_district_file(files[path], path).reading,
        columns=received.columns,
        hints=received.hints,
    )
    draft = replace(draft, table=replace(draft.table, partial=received.partial))
    plan = make_plan(
        draft,
        received.data,
        district=district,
        files=files,
        today=today,
        others=_others(files, district.id),
        decisions=matches,
        columns=received.columns,
        force=received.force,
    )
    return draft, plan


def plan_changes(plan: UpdatePlan, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files that the plan changes. Raises: IngestError; ContentError for what could not be read again."""
    changes = plan_files(plan, files)
    _, problems = content.parse_district(plan.district, {**files, **changes})
    raise_if_errors(problems, ContentError)
    return changes


def find_district(files: Mapping[str, bytes], district_id: str) -> District:
    """The district as it stands. Raises: IngestError for an unknown one, ContentError for a wrong file."""
    path = district_file(district_id)
    if path not in files:
        known = find_districts(files)
        hint = Message("已有的区县：{districts}", districts=known)
        if not known:
            hint = Message("先建这个文件，至少写一行 name: 区县名")
        what = Message("没有“{district}”这个区县（{path}）", district=district_id, path=path)
        raise IngestError(Problem(place=Place(file="--district"), what=what, hint=hint))
    found, problems = content.parse_district(district_id, files)
    raise_if_errors(problems, ContentError)
    if found is None:
        raise ContentError(problems)
    return found


def _others(files: Mapping[str, bytes], district_id: str) -> tuple[District, ...]:
    """The site's other districts as far as they can be read: only to recognise a table of theirs."""
    found = (content.parse_district(name, files) for name in find_districts(files) if name != district_id)
    return tuple(each for each, _ in found if each is not None)
