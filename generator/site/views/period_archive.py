"""What makes the overview of a period a record: its neighbours, how to cite it, its checksum."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from generator.figures import DistrictReport, Overview, period_record, previous_overview
from generator.model import addresses
from generator.site.views.page_view import Link
from generator.site.views.shown_charts import format_size
from generator.site.views.site_frame import Frame
from generator.wording import format_date, format_period, format_publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodArchive:
    """The foot of a period's overview."""

    previous: Link | None
    """The period before; None for the first."""
    latest: Link
    """The district's newest period, whichever that is: the page stays the same when another comes."""
    cite: str
    checksum: str
    """SHA-256 of the period's canonical data, in hexadecimal digits."""
    data_url: str
    """Site path of that data."""
    data_size: str
    """Its size in words: 12 KB."""
    corrections_url: str


def make_archive(frame: Frame, district: DistrictReport, overview: Overview) -> PeriodArchive:
    """The foot of one period's overview; it depends on the period and those before it alone."""
    words, found = frame.words, district.district
    address = addresses.period_url(found.id, overview.period)
    base = frame.config.base_url
    earlier = [o for o in district.overviews if o.period.order < overview.period.order]
    before = previous_overview(district, overview.period) or (earlier[-1] if earlier else None)
    record = period_record(overview)
    return PeriodArchive(
        previous=_link(frame, found.id, before),
        latest=Link(label=found.name, url=addresses.district_url(found.id)),
        cite=words(
            "history.cite",
            source=format_publisher(found, found.table_of(overview.period)),
            district=found.name,
            year=overview.period.year,
            period=format_period(overview.period, words),
            as_of=format_date(overview.as_of, words),
            site=frame.config.title,
            address=f"{base.rstrip('/')}/{address}" if base else address,
        ),
        checksum=hashlib.sha256(record).hexdigest(),
        data_url=addresses.period_data_url(found.id, overview.period),
        data_size=format_size(len(record)),
        corrections_url=addresses.corrections_url(found.id),
    )


def _link(frame: Frame, district: str, overview: Overview | None) -> Link | None:
    if overview is None:
        return None
    label = format_period(overview.period, frame.words)
    return Link(label=label, url=addresses.period_url(district, overview.period))
