"""The offline bundle: a zip that opens by double click, of the whole site or of one district.

Its root holds ``index.html``, ``打开说明.txt`` and ``MANIFEST.txt`` beside one folder with the whole site.
The root's index.html is the home page, its links led into the folder, so that no other page has to know.
Source: docs/government-pages.md E-22, E-26, E-27, E-29.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.base.zip_archive import make_zip
from generator.figures import Report
from generator.model import Period, addresses
from generator.site.data.datasets import newest_date
from generator.site.editions.markup_copy import Attributes, copy_markup
from generator.wording import Words, format_date

FOLDER = "site"
MANIFEST = "MANIFEST.txt"
ALL = "all"
"""Name of the scope that holds every district."""
_ADDRESSES = ("href", "src", "action")
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What one bundle holds."""

    name: str
    """District id, or ``all``; part of the file's name."""
    report: Report
    """The report cut down to the scope."""
    period: Period
    """Newest period in it."""

    @property
    def url(self) -> str:
        """Site path of the zip."""
        return addresses.bundle_url(self.name, self.period)

    @property
    def is_all(self) -> bool:
        """Whether it is the bundle of all districts together."""
        return self.name == ALL


def plan_scopes(report: Report) -> tuple[Scope, ...]:
    """The bundles of a site: all districts, then each that has a table. With one district, that one alone."""
    own = tuple(
        Scope(name=each.district.id, report=cut_report(report, each.district.id), period=each.newest.period)
        for each in report.districts
        if each.newest is not None
    )
    if len(report.districts) == 1 or not own:
        return own
    newest = max((scope.period for scope in own), key=lambda period: period.order)
    return (Scope(name=ALL, report=report, period=newest), *own)


def cut_report(report: Report, district_id: str) -> Report:
    """The report with one district alone."""
    site = report.site
    config = replace(site.config, districts=(district_id,))
    districts = tuple(district for district in site.districts if district.id == district_id)
    own = tuple(each for each in report.districts if each.district.id == district_id)
    return replace(report, site=replace(site, config=config, districts=districts), districts=own)


def make_bundle_file(scope: Scope, words: Words, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The zip of a scope: site path → bytes.

    files: the scope's site in its offline profile.
    """
    packed = {
        "index.html": _make_root(files[addresses.HOME]),
        words("publish.bundle.readme_name"): _make_readme(scope, words),
    }
    packed |= {f"{FOLDER}/{path}": data for path, data in sorted(files.items())}
    manifest = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in packed.items())
    first = dict(list(packed.items())[:2])
    return {scope.url: make_zip({**first, MANIFEST: manifest.encode("utf-8"), **packed})}


def _make_root(home: bytes) -> bytes:
    """The home page for the root of the zip: its links lead into the folder."""
    return copy_markup(home.decode("utf-8"), _lead_into_folder).encode("utf-8")


def _lead_into_folder(_: str, found: Attributes) -> Attributes:
    return {
        name: f"{FOLDER}/{value}" if name in _ADDRESSES and value and not _ABSOLUTE.match(value) else value
        for name, value in found.items()
    }


def _make_readme(scope: Scope, words: Words) -> bytes:
    """打开说明.txt: UTF-8 with BOM, CRLF, as Windows' editor wants it."""
    config = scope.report.site.config
    dates = [each.newest.as_of for each in scope.report.districts if each.newest]
    title = config.title
    if not scope.is_all:
        title = f"{config.title} {scope.report.districts[0].district.name}"
    text = words(
        "publish.bundle.readme",
        title=title,
        as_of=format_date(max(dates), words),
        edition=format_date(newest_date(scope.report), words),
        folder=FOLDER,
        notice="" if config.identity else words("pages.unofficial"),
    )
    return b"\xef\xbb\xbf" + "\r\n".join(text.strip().split("\n")).encode("utf-8") + b"\r\n"


def edition_urls(report: Report) -> Iterator[tuple[str, str, str]]:
    """Every offline edition of a site: (zip or html, district id or all, site path)."""
    for scope in plan_scopes(report):
        yield "zip", scope.name, scope.url
        if not scope.is_all or len(report.districts) == 1:
            yield "html", scope.name, addresses.single_url(scope.name, scope.period)
