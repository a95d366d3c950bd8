"""Open data: every data set in three formats, what describes them, and the catalogue page."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from generator.figures import Report
from generator.model import SiteConfig, addresses
from generator.site.data.data_tables import DataTable, format_json, format_table_csv
from generator.site.data.datasets import make_tables, make_task_records, newest_date
from generator.site.data.quality import measure_quality
from generator.site.finished_page import FinishedPage
from generator.site.views import Link, Page, make_frame
from generator.site.views.data_page import (
    DataField,
    DataFile,
    DataSet,
    QualityLine,
    make_data_page,
    make_facts,
)
from generator.wording import Words

_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TYPES = {"string": "string", "text": "string"}


def make_data_files(report: Report, words: Words, workings: bytes | None = None) -> dict[str, bytes]:
    """Every data set as CSV, JSON and Excel: site path → bytes.

    workings: data/workings.csv, made elsewhere; None when there are none.
    """
    from generator.site.data.workbook import format_xlsx  # loads openpyxl

    config, edition = report.site.config, newest_date(report)
    files: dict[str, bytes] = {}
    for table in make_tables(report, words):
        title = words(f"publish.sets.{table.name}.title")
        rows: Any = make_task_records(report) if table.name == "tasks" else table.rows
        files[f"data/{table.name}.csv"] = format_table_csv(table)
        files[f"data/{table.name}.json"] = format_json(rows)
        files[f"data/{table.name}.xlsx"] = format_xlsx(
            table, title=title, author=config.title, date=edition, cut=words("publish.data.xlsx_cut")
        )
    if workings is not None:
        files["data/workings.csv"] = workings
    return files


def make_data_catalogue(
    report: Report,
    words: Words,
    files: Mapping[str, bytes],
    *,
    pages: Collection[FinishedPage],
    names: frozenset[str],
    editions: tuple[Link, ...] = (),
) -> tuple[dict[str, bytes], Page]:
    """datapackage.json, catalogue.json and quality.json, and the page that lists everything.

    files: the data files. pages: the finished pages, whose links are measured. names: every other site path.
    """
    edition = newest_date(report)
    describing = [f"data/{name}.json" for name in ("datapackage", "catalogue", "quality")]
    known = {*names, *files, *describing, addresses.DATA, *(link.url for link in editions if link.url)}
    quality = measure_quality(report, words, pages=pages, names=known, edition=edition)
    datasets = tuple(_make_dataset(table, words, files) for table in make_tables(report, words))
    frame = make_frame(report, words)
    made = {
        describing[0]: format_json(
            _make_datapackage(report.site.config, datasets, words, edition.isoformat())
        ),
        describing[1]: format_json(_make_catalogue(datasets, make_facts(frame), edition.isoformat())),
        describing[2]: format_json(_make_quality(quality, edition.isoformat())),
    }
    page = make_data_page(
        frame,
        datasets=datasets,
        workings=_describe("data/workings.csv", files),
        describing=tuple(_make_file(url, data) for url, data in made.items()),
        quality=quality,
        editions=editions,
    )
    return made, page


def _describe(url: str, files: Mapping[str, bytes]) -> DataFile | None:
    return _make_file(url, files[url]) if url in files else None


def _make_file(url: str, data: bytes) -> DataFile:
    checksum = hashlib.sha256(data).hexdigest()
    return DataFile(url=url, format=url.rpartition(".")[2].upper(), size=len(data), sha256=checksum)


def _make_dataset(table: DataTable, words: Words, files: Mapping[str, bytes]) -> DataSet:
    return DataSet(
        name=table.name,
        title=words(f"publish.sets.{table.name}.title"),
        description=words(f"publish.sets.{table.name}.description"),
        rows=len(table.rows),
        files=tuple(
            _make_file(f"data/{table.name}.{suffix}", files[f"data/{table.name}.{suffix}"])
            for suffix in _MEDIA
        ),
        fields=tuple(
            DataField(name=c.name, kind=words(f"publish.kinds.{c.kind}"), title=c.title)
            for c in table.columns
        ),
    )


def _make_datapackage(
    config: SiteConfig, datasets: tuple[DataSet, ...], words: Words, date: str
) -> dict[str, object]:
    """The Frictionless description: every CSV with its fields. Source: specs.frictionlessdata.io."""
    kinds = {words(f"publish.kinds.{kind}"): kind for kind in ("string", "text", "integer", "number", "date")}
    kinds[words("publish.kinds.boolean")] = "boolean"
    return {
        "profile": "tabular-data-package",
        "name": "taizhang",
        "title": config.title,
        "description": f"{words('publish.data.description', site=config.title)} {words('publish.data.csv')}",
        "version": date,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": each.name,
                "title": each.title,
                "description": each.description,
                "path": f"{each.name}.csv",
                "mediatype": _MEDIA["csv"],
                "encoding": "utf-8",
                "bytes": each.files[0].size,
                "hash": f"sha256:{each.files[0].sha256}",
                "schema": {
                    "fields": [
                        {
                            "name": field.name,
                            "type": _TYPES.get(kinds[field.kind], kinds[field.kind]),
                            "title": field.title,
                        }
                        for field in each.fields
                    ]
                },
            }
            for each in datasets
        ],
    }


def _make_catalogue(
    datasets: tuple[DataSet, ...], facts: tuple[tuple[str, str], ...], date: str
) -> dict[str, object]:
    """Source: docs/government-pages.md C-11 and H-02."""
    about = dict(facts)
    return {
        "about": about,
        "datasets": [
            {
                "name": each.name,
                "title": each.title,
                "abstract": each.description,
                **about,
                "updated": date,
                "dataCount": each.rows,
                "fields": [{"name": f.name, "type": f.kind, "title": f.title} for f in each.fields],
                "files": [
                    {
                        "path": file.url.removeprefix("data/"),
                        "format": file.format,
                        "mediatype": _MEDIA[file.format.lower()],
                        "fileSize": file.size,
                        "sha256": file.sha256,
                    }
                    for file in each.files
                ],
            }
            for each in datasets
        ],
    }


def _make_quality(lines: tuple[QualityLine, ...], date: str) -> dict[str, object]:
    return {
        "standard": "GB/T 36344-2018",
        "date": date,
        "checks": [{"key": q.key, "title": q.title, "value": q.value, "note": q.note} for q in lines],
    }
