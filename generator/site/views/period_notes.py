"""What a reader must know of a period's table before its counts: that it is a part, or a copy of the last."""

from __future__ import annotations

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
