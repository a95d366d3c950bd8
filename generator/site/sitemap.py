"""sitemap.xml and robots.txt: what a search engine is told."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from generator.figures import Report
from generator.model import addresses
from generator.site.data.datasets import newest_date


def make_sitemap_files(report: Report, pages: Iterable[str]) -> dict[str, bytes]:
    """robots.txt, and with base_url sitemap.xml of every page but 404.

    pages: site paths.
    """
    base = (report.site.config.base_url or "").rstrip("/")
    if not base:
        return {"robots.txt": b"User-agent: *\nAllow: /\n"}
    dates = {each.district.id: each.newest.as_of for each in report.districts if each.newest}
    newest = newest_date(report)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for url in sorted(pages):
        if url.endswith(".html") and url != addresses.NOT_FOUND:
            date = dates.get(url.partition("/")[0], newest)
            lines.append(f"<url><loc>{escape(f'{base}/{url}')}</loc><lastmod>{date}</lastmod></url>")
    sitemap = "\n".join([*lines, "</urlset>", ""]).encode("utf-8")
    robots = f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode()
    return {"robots.txt": robots, "sitemap.xml": sitemap}
