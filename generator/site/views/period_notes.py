"""What a reader must know of a period's table before its counts: that it is a part, or a copy of the last."""

from __future__ import annotations

import datetime as dt

from generator.figures import DistrictReport, Overview, find_original, previous_overview
from generator.wording import Words, format_date, format_period


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


def make_expected_note(expected: dt.date | None, made: dt.date | None, words: Words) -> tuple[str, ...]:
    """When the next table is due, or that it is overdue on the day of the edition; none without a day.

    expected, made: the day by which it is to be published, the edition's day.
    """
    if expected is None:
        return ()
    date = format_date(expected, words)
    if made is not None and made > expected:
        return (words("years.period.overdue", date=date, made=format_date(made, words)),)
    return (words("years.period.expected", date=date),)
