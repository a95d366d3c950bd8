"""sitemap.xml and robots.txt: what a search engine is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from generator.figures import Report
from generator.model import addresses
from generator.site.data.datasets import newest_date
from generator.site.rendering import Renderer


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedPage:
    """A page as sitemap.xml lists it."""

    address: str
    """In full, with https://."""
    date: dt.date
    """Newest as_of date of its district; the edition's for pages of the whole site."""


def make_sitemap_files(report: Report, pages: Iterable[str], renderer: Renderer) -> dict[str, bytes]:
    """robots.txt, and with base_url sitemap.xml of every page but 404.

    pages: site paths.
    """
    base = (report.site.config.base_url or "").rstrip("/")
    if not base:
        return {"robots.txt": b"User-agent: *\nAllow: /\n"}
    dates = {each.district.id: each.newest.as_of for each in report.districts if each.newest}
    newest = newest_date(report)
    mapped = [
        MappedPage(address=f"{base}/{url}", date=dates.get(url.partition("/")[0], newest))
        for url in sorted(pages)
        if url.endswith(".html") and url != addresses.NOT_FOUND
    ]
    robots = f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode()
    return {"robots.txt": robots, **renderer.render_file("sitemap.xml", "sitemap.xml", pages=mapped)}
