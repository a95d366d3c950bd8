"""What a reader must know of a period's table before its counts: that it is a part, or a copy of the last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.figures import DistrictReport, Overview, find_original, previous_overview
from generator.wording import Words, format_date, format_period

_HALF_A_YEAR = dt.timedelta(days=184)


def make_period_notes(district: DistrictReport, overview: Overview, words: Words) -> tuple[str, ...]:
    """Plain sentences, none for a whole table of its own; they depend on the period and those before it."""
    notes = []
    before = previous_overview(district, overview.period)
    if overview.is_partial:
        note = words("years.period.partial", n=len(overview.tasks))
        if before is not None:
            period = format_period(before.period, words)
            note += words("years.period.partial_before", period=period, n=len(before.tasks))
        notes.append(note)
    original = find_original(district, overview)
    if original is not None:
        notes.append(
            words(
                "years.period.copied",
                before=format_period(original.period, words),
                date=format_date(original.as_of, words),
            )
        )
    return tuple(notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNote:
    """When a district's next table is due, and what a site says that nobody built again since."""

    text: str
    """Empty where no day is named."""
    day: dt.date | None
    """Behind this day the reader's own calendar shows ``late``; None where the text says so already."""
    late: str


def make_due_note(district: DistrictReport, made: dt.date | None, words: Words) -> DueNote | None:
    """None without a table. made: the edition's day.

    A day that the newest table has overtaken says nothing. Where none is named, figures of half a year ago
    are old: a quarter to come about, a quarter to be published. Where they were so on the day of the edition,
    the dates of the page tell how old already.
    """
    newest, expected = district.newest, district.district.next_expected
    if newest is None:
        return None
    date = format_date(newest.as_of, words)
    if expected is None or expected <= newest.as_of:
        if made is not None and made > newest.as_of + _HALF_A_YEAR:
            return None
        late = words("years.period.old", name=district.district.name, date=date)
        return DueNote(text="", day=newest.as_of + _HALF_A_YEAR, late=late)
    due = format_date(expected, words)
    if made is not None and made > expected:
        text = words("years.period.overdue", date=due, made=format_date(made, words))
        return DueNote(text=text, day=None, late="")
    late = words("years.period.late", name=district.district.name, date=due)
    return DueNote(text=words("years.period.expected", date=due), day=expected, late=late)
