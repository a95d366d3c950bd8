"""Open data: GOV-CN.md H-01 to H-09, each by its number, on the invented district and on the real content."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from generator.base.zip_archive import read_zip
from generator.figures import Standing, make_report
from generator.site.site_checks import check_site
from tests.audit.built import Built

NAMES = ("tasks", "updates", "measures", "departments", "corrections")


def read_csv(data: bytes) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes) -> list[dict[str, Any]]:
    """Rows of an Excel file."""
    header, *rows = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def read_json(data: bytes) -> Any:
    """JSON without NaN."""
    return json.loads(data, parse_constant=lambda name: pytest.fail(f"{name} in JSON"))


def typed(value: Any, kind: str) -> Any:
    """A cell of any format as one value that can be compared."""
    if value in (None, ""):
        return None
    if kind == "date":
        return value.date() if isinstance(value, dt.datetime) else dt.date.fromisoformat(str(value))
    if kind in ("integer", "number"):
        return round(float(value), 9)
    if kind == "boolean":
        return str(value).lower() == "true"
    return " ".join(str(value).removeprefix("'").split())


def fields_of(built: Built, name: str) -> dict[str, str]:
    """Column → type, from datapackage.json."""
    package = read_json(built.files["data/datapackage.json"])
    resource = next(each for each in package["resources"] if each["name"] == name)
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}


def flat_task(task: dict[str, Any]) -> dict[str, Any]:
    """What tasks.csv must say of a task, read from tasks.json alone."""
    newest = task["updates"][-1] if task["updates"] else {}
    source, derived = newest.get("source", {}), newest.get("derived", {})
    contacts = [" ".join([c["office"], *c.get("phones", [])]).strip() for c in task.get("contacts", [])]
    return {
        "task": task["id"],
        "number": task["number"],
        "title": task["title"],
        "section": task["section"],
        "commitment": task["commitment"],
        "departments": "；".join(d["name"] for d in task["departments"]) or None,
        "contacts": "；".join(contacts) or None,
        "targets": len(task.get("targets", [])),
        "period": newest.get("period"),
        "as_of": newest.get("as_of"),
        "progress": newest.get("progress"),
        "next_steps": newest.get("next_steps"),
        "standing": task["derived"]["standing"],
        "completion": task["derived"]["completion"],
        "schedule": task["derived"]["schedule"],
        "source_file": source.get("file"),
        "source_row": source.get("row"),
        "source_url": derived.get("source_url"),
    }


@pytest.mark.parametrize("name", NAMES[1:])
def test_H_01_three_formats_have_the_same_cells(built: Built, name: str) -> None:
    kinds = fields_of(built, name)
    tables = [
        read_csv(built.files[f"data/{name}.csv"]),
        read_json(built.files[f"data/{name}.json"]),
        read_xlsx(built.files[f"data/{name}.xlsx"]),
    ]
    plain = [[{k: typed(row[k], kind) for k, kind in kinds.items()} for row in rows] for rows in tables]
    assert plain[0] == plain[1]
    assert plain[0] == plain[2]


def test_H_01_tasks_have_the_same_cells(built: Built) -> None:
    kinds = fields_of(built, "tasks")
    flat = [flat_task(task) for task in read_json(built.files["data/tasks.json"])]
    rows = read_csv(built.files["data/tasks.csv"])
    sheet = read_xlsx(built.files["data/tasks.xlsx"])
    assert len(flat) == len(rows) == len(sheet) > 0
    for task, row, line in zip(flat, rows, sheet, strict=True):
        for key, value in task.items():
            wanted = typed(value, kinds[key])
            assert typed(row[key], kinds[key]) == wanted, (task["task"], key)
            assert typed(line[key], kinds[key]) == wanted, (task["task"], key)


def test_H_02_every_data_set_is_described(built: Built) -> None:
    catalogue = read_json(built.files["data/catalogue.json"])
    assert [each["name"] for each in catalogue["datasets"]] == list(NAMES)
    for each in catalogue["datasets"]:
        rows = read_csv(built.files[f"data/{each['name']}.csv"])
        assert each["dataCount"] == len(rows)
        assert each["fields"]
        assert all(each[key] for key in ("title", "abstract", "updated", "提供单位", "更新频率", "开放属性"))
        for file in each["files"]:
            data = built.files[f"data/{file['path']}"]
            assert (file["fileSize"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_C_11_the_catalogue_has_nine_headings(built: Built) -> None:
    about = read_json(built.files["data/catalogue.json"])["about"]
    headings = [
        "公开事项",
        "公开内容",
        "公开依据",
        "公开时限",
        "提供单位",
        "公开渠道和载体",
        "公开对象",
        "公开方式",
        "公开层级",
    ]
    assert all(about[heading] for heading in headings)


def test_H_03_csv_is_for_spreadsheets(built: Built) -> None:
    files = {n: d for n, d in built.files.items() if n.startswith("data/") and n.endswith(".csv")}
    assert len(files) == len(NAMES) + 1
    for name, data in files.items():
        assert data.startswith(b"\xef\xbb\xbf"), name
        text = data.decode("utf-8-sig")
        assert text.endswith("\r\n"), name
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                risky = cell.startswith(("=", "+", "@", "\t", "\r")) or re.match(r"-(?!\d+(?:\.\d+)?$)", cell)
                assert not risky, (name, cell)


def test_H_04_json_is_strict(built: Built) -> None:
    for name, data in built.files.items():
        if name.startswith("data/") and name.endswith(".json"):
            assert not data.startswith(b"\xef\xbb\xbf"), name
            read_json(data)


def test_H_05_excel_has_typed_cells_and_nothing_else(built: Built) -> None:
    book = load_workbook(io.BytesIO(built.files["data/updates.xlsx"]))
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2"
    header = [cell.value for cell in sheet[1]]
    row = dict(zip(header, sheet[2], strict=True))
    assert isinstance(row["as_of"].value, dt.datetime)
    assert isinstance(row["number"].value, int)
    assert isinstance(row["schedule"].value, int | float)
    parts = read_zip(built.files["data/updates.xlsx"])
    assert not [name for name in parts if "vba" in name or "externalLink" in name]


def test_H_06_the_quality_report_has_six_classes(built: Built) -> None:
    checks = {c["key"]: c for c in read_json(built.files["data/quality.json"])["checks"]}
    assert set(checks) == {"normative", "complete", "accurate", "consistent", "timely", "accessible"}
    for key in ("normative", "accurate", "consistent", "accessible"):
        assert checks[key]["value"] == "100.0%", checks[key]
    assert all(c["note"] for c in checks.values())
    page = built.pages["data/index.html"].text
    assert all(c["title"] in page for c in checks.values())


def test_H_07_privacy_holds_inside_the_archives(built: Built) -> None:
    data = {n: d for n, d in built.files.items() if n.endswith((".xlsx", ".docx"))}
    assert len(data) > len(NAMES)
    assert [problem for problem in check_site(data) if "个人号码" in problem.what] == []


def test_H_08_every_row_can_be_checked_against_its_source(built: Built) -> None:
    tasks = {task["id"]: task for task in read_json(built.files["data/tasks.json"])}
    rows = read_json(built.files["data/measures.json"])
    assert rows
    for row in rows:
        task = tasks[row["task"]]
        assert row["source_file"]
        assert row["source_row"]
        assert len(row["source_sha256"]) == 64
        assert row["target_quote"] in task["commitment"]
        progress = next(u["progress"] for u in task["updates"] if u["period"] == row["period"])
        for quote in (row["actual_quote"] or "").split("\n"):
            assert quote in (progress or "")


def test_H_09_terms_change_log_and_stable_ids(built: Built) -> None:
    page = built.pages["data/index.html"].text
    assert "使用条件" in page
    periods = [str(o.period) for each in make_report(built.site).districts for o in each.overviews]
    links = re.findall(r'href="\.\./([^"#]+)"', built.files["data/index.html"].decode())
    assert all(any(link.endswith(f"/{period}.html") for link in links) for period in periods)
    ids = [task["id"] for task in read_json(built.files["data/tasks.json"])]
    assert ids == [task.id for district in built.site.districts for task in district.tasks]
    assert len(set(ids)) == len(ids)


def test_tasks_json_holds_what_the_figures_say(built: Built) -> None:
    report = make_report(built.site)
    tasks = {task["id"]: task for task in read_json(built.files["data/tasks.json"])}
    seen = 0
    for each in report.districts:
        for figures in each.newest.tasks if each.newest else ():
            found = tasks[figures.task.id]
            if found["derived"]["period"] != str(each.newest.period if each.newest else ""):
                continue
            assert found["derived"]["standing"] == figures.standing
            for target, figure in zip(found.get("targets", []), figures.targets, strict=True):
                derived = target["derived"]
                assert set(derived) >= {"completion", "schedule", "standing"}
                assert derived["standing"] == figure.standing
                assert (derived["completion"] is None) == (figure.completion is None)
                if figure.completion is not None:
                    assert derived["completion"] == pytest.approx(float(figure.completion), abs=1e-6)
                    seen += 1
    assert seen


def test_department_rows_add_up(built: Built) -> None:
    rows = read_json(built.files["data/departments.json"])
    for row in rows:
        assert sum(row[standing] for standing in Standing) == row["tasks"]
        assert row["led"] + row["joined"] + row["unstated"] == row["tasks"]


def test_D_12_nothing_of_the_making_machine(built: Built) -> None:
    for name, data in built.files.items():
        if name.endswith((".xlsx", ".docx")):
            core = read_zip(data)["docProps/core.xml"].decode()
            creator = re.search(r"<dc:creator[^>]*>([^<]*)<", core)
            assert creator, name
            assert creator[1] == built.site.config.title, name
            assert "python" not in core.lower(), name
