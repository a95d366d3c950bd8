"""Open data: government-pages.md H-01 to H-09, each by its id, on invented and real content."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from generator.base.zip_archive import read_zip
from generator.figures import Standing, make_report
from generator.site.site_checks import check_site
from tests.audit.built import Built

NAMES = ("tasks", "updates", "measures", "departments", "corrections", "unreported", "steps", "unmeasured")


def read_csv(data: bytes) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes) -> list[dict[str, Any]]:
    """Rows of an Excel file."""
    header, *rows = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def read_json(data: bytes) -> Any:
    """JSON without NaN."""
    return json.loads(data, parse_float=Decimal, parse_constant=lambda name: pytest.fail(f"{name} in JSON"))


def typed(value: Any, kind: str) -> Any:
    """A cell of JSON or Excel by its type."""
    if value is None:
        return None
    if kind == "date":
        return value.date() if isinstance(value, dt.datetime) else dt.date.fromisoformat(value)
    if kind in ("integer", "number"):
        assert not isinstance(value, str | bool)
        return Decimal(str(value))
    if kind == "boolean":
        assert isinstance(value, bool)
        return value
    assert isinstance(value, str)
    assert value, "an empty text is no value"
    return value


def typed_csv(text: str, kind: str) -> Any:
    """A cell of CSV by its type; of a text that begins like a formula one apostrophe is taken away."""
    if not text:
        return None
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    if kind == "date":
        return dt.date.fromisoformat(text)
    if kind in ("integer", "number"):
        return Decimal(text)
    return text[1:] if re.match(r"'+\s*[=+\-@＝＋－＠]", text) else text


def typed_xlsx(value: Any, kind: str) -> Any:
    """A cell of Excel by its type; _x000D_ is how its XML writes a character."""
    if isinstance(value, str) and kind in ("string", "text"):
        return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), value)
    return typed(value, kind)


def fields_of(built: Built, name: str) -> dict[str, str]:
    """Column → type, from datapackage.json."""
    package = read_json(built.files["data/datapackage.json"])
    resource = next(each for each in package["resources"] if each["name"] == name)
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}


def flat_task(task: dict[str, Any]) -> dict[str, Any]:
    """What tasks.csv must say of a task, read from tasks.json alone."""
    newest = task["updates"][-1] if task["updates"] else {}
    source, derived = newest.get("source", {}), newest.get("derived", {})
    status = newest.get("status", {})
    district, year, _ = task["id"].rsplit("-", 2)
    names = [(each["name"], each["role"]) for each in task["departments"]]
    contacts = [" ".join([c["office"], *c.get("phones", [])]).strip() for c in task.get("contacts", [])]
    return {
        **{name: task.get(name) for name in ("number", "number_printed", "section", "subsection", "title")},
        **{name: task.get(name) for name in ("commitment", "deadline")},
        **{name: newest.get(name) for name in ("period", "as_of", "progress", "next_steps")},
        **{name: task["derived"][name] for name in ("standing", "completion", "schedule", "page")},
        **{name: derived.get(name) for name in ("source_url", "source_published")},
        "task": task["id"],
        "district": district,
        "district_name": task["derived"]["district_name"],
        "year": int(year),
        "number_inferred": task.get("number_inferred", False),
        "departments": "；".join(name for name, _ in names) or None,
        "leads": "；".join(name for name, role in names if role == "lead") or None,
        "leaders": "；".join(task.get("leaders", [])) or None,
        "contacts": "；".join(contacts) or None,
        "targets": len(task.get("targets", [])),
        "status": status.get("value"),
        "status_quote": status.get("quote"),
        "source_file": source.get("file"),
        "source_row": source.get("row"),
        "source_sha256": source.get("sha256"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_H_01_three_formats_have_the_same_cells_in_every_column(built: Built, name: str) -> None:
    kinds = fields_of(built, name)
    found = read_json(built.files[f"data/{name}.json"])
    records = [flat_task(task) for task in found] if name == "tasks" else found
    assert all(set(record) == set(kinds) for record in records)
    wanted = [{key: typed(record[key], kind) for key, kind in kinds.items()} for record in records]
    rows = read_csv(built.files[f"data/{name}.csv"])
    assert [{key: typed_csv(row[key], kind) for key, kind in kinds.items()} for row in rows] == wanted
    lines = read_xlsx(built.files[f"data/{name}.xlsx"])
    assert [{key: typed_xlsx(line[key], kind) for key, kind in kinds.items()} for line in lines] == wanted


def test_codes_and_numbers_are_never_guarded(built: Built) -> None:
    for name in NAMES:
        codes = [key for key, kind in fields_of(built, name).items() if kind not in ("string", "text")]
        codes += ["comparator"] if name == "measures" else []
        for row in read_csv(built.files[f"data/{name}.csv"]):
            assert [row[key] for key in codes if row[key].startswith("'")] == []


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
    files = {n: d for n, d in built.files.items() if n.endswith(".csv")}
    assert len([name for name in files if name.startswith("data/")]) == len(NAMES) + 1
    for name, data in files.items():
        assert data.startswith(b"\xef\xbb\xbf"), name
        text = data.decode("utf-8-sig")
        assert text.endswith("\r\n"), name
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                risky = re.match(r"\s*(?:[=+@＝＋－＠]|-(?!\d+(?:\.\d+)?$))", cell)
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
                    assert float(derived["completion"]) == pytest.approx(float(figure.completion), abs=1e-6)
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
