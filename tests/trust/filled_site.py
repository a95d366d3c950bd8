"""A site whose every text field holds what a test puts there. All data invented."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Take = Callable[[str], str]
"""Field → the text for it: ``updates.progress`` → ``<script>…``."""

_UNSEEN = re.compile("[\x7f-\xa0\xad\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff]")
_COMMITMENT, _PROGRESS = "新增城镇就业2万人", "新增城镇就业5200人"


def write_site(
    root: Path, takes: Sequence[Take], *, settings: Mapping[str, Any], district: Mapping[str, str]
) -> None:
    """One district with a task for each of ``takes``; texts of site.yaml and of the district given apart."""
    folder = root / "content" / "ceshi"
    (folder / "sources").mkdir(parents=True)
    source = b"invented"
    (folder / "sources" / "2025Q1.txt").write_bytes(source)
    places = {"file": "sources/2025Q1.txt", "sha256": hashlib.sha256(source).hexdigest()}
    _write(root / "site.yaml", {"title": "测试台账", **settings, "districts": ["ceshi"]})
    departments = [_department(number, take) for number, take in enumerate(takes, 1)]
    _write(
        folder / "district.yaml",
        {
            "name": "测试区",
            **district,
            "sources": [
                {"period": "2025Q1", "file": "sources/2025Q1.txt", "title": takes[0]("sources.title")},
                {"period": "2025Q2", "file": "sources/2025Q1.txt", "title": takes[-1]("sources.title")},
            ],
            "departments": departments,
        },
    )
    for number, (take, department) in enumerate(zip(takes, departments, strict=True), 1):
        task = _task(number, take, str(department["name"]), places)
        _write(folder / "2025" / f"{number:03d}.yaml", task)
    corrections = [_correction(number, take) for number, take in enumerate(takes, 1)]
    _write(folder / "corrections.yaml", {"corrections": corrections})


def _write(path: Path, value: object) -> None:
    """JSON is YAML; signs that nobody sees are written by their number, so that every one comes through."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, indent=1, ensure_ascii=False)
    path.write_text(_UNSEEN.sub(lambda m: f"\\u{ord(m[0]):04x}", text), encoding="utf-8")


def _department(number: int, take: Take) -> dict[str, Any]:
    return {
        "name": take("departments.name") or f"区测试局{number}",
        "slug": f"bureau-{number}",
        "kind": "bureau",
        "aliases": [take("departments.aliases") or f"测{number}局"],
    }


def _task(number: int, take: Take, department: str, places: Mapping[str, str]) -> dict[str, Any]:
    promise = f"{take('commitment')}。{_COMMITMENT}"
    return {
        "id": f"ceshi-2025-{number:03d}",
        "number": number,
        "number_printed": take("number_printed"),
        "section": take("section"),
        "subsection": take("subsection"),
        "title": take("title"),
        "commitment": promise,
        "deadline": take("deadline"),
        "leaders": [take("leaders")],
        "departments": [{"name": department, "role": "unstated"}],
        "contacts": [{"office": take("contacts.office"), "phones": [take("contacts.phones")]}],
        "targets": [
            {
                "id": "t1",
                "metric": f"新增城镇就业{take('targets.metric')}",
                "value": 2,
                "unit": "万人",
                "comparator": "=",
                "kind": "count",
                "quote": promise,
            }
        ],
        "updates": [
            _update(period, day, take, {**places, "row": number}, former=period == "2025Q1")
            for period, day in (("2025Q1", "2025-03-31"), ("2025Q2", "2025-06-30"))
        ],
    }


def _update(
    period: str, day: str, take: Take, source: Mapping[str, object], *, former: bool
) -> dict[str, Any]:
    progress = f"{take('updates.progress')}。{_PROGRESS}"
    was = {name: take(f"former.{name}") for name in ("section", "title", "commitment", "deadline")}
    return {
        "period": period,
        "as_of": day,
        "progress": progress,
        "next_steps": take("updates.next_steps"),
        "plan": take("updates.plan"),
        "reported_status": take("updates.reported_status"),
        "reported_completion": take("updates.reported_completion"),
        "remarks": take("updates.remarks"),
        "actuals": [
            {
                "target": "t1",
                "value": 5200,
                "unit": "人",
                "basis": "year_to_date",
                "quote": progress,
                "note": take("actuals.note"),
            }
        ],
        "status": {"value": "under_way", "quote": progress},
        "source": dict(source),
        **({"former": was} if former else {}),
    }


def _correction(number: int, take: Take) -> dict[str, str]:
    texts = {name: take(f"corrections.{name}") for name in ("old", "new", "reason")}
    task = f"ceshi-2025-{number:03d}"
    return {"task": task, "period": "2025Q1", "date": "2025-05-01", "field": "progress", **texts}


def unpack(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and all that it packs: zips, Word files, workbooks, to any depth."""
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for inner in package.namelist():
                yield from unpack(f"{name}/{inner}", package.read(inner))


def read_output(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the built site, unpacked."""
    for path in sorted((root / "output").rglob("*")):
        if path.is_file():
            yield from unpack(path.relative_to(root / "output").as_posix(), path.read_bytes())
