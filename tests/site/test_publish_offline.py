"""What is carried away: zips, single files, briefs: government-pages.md E-20 to E-29 and C-07."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from generator.app.cli import app
from generator.app.conductors import Options, build_bundle, build_site
from generator.app.inspection import read_site
from generator.base.zip_archive import read_zip
from generator.figures import Report, Standing, TargetFigure, make_report
from generator.site.editions.offline_bundle import FOLDER, MANIFEST, edition_urls
from generator.site.site_checks import check_site
from generator.site.views.brief_page import sort_weakest
from tests.audit import links
from tests.audit.built import Built, build_once, read_output, real_root, sample_root
from tests.audit.documents import read_text
from tests.paths import ROOT

README = "打开说明.txt"
MOST_SINGLE = 5_000_000
DATA = re.compile(r'<data\b[^>]*\bvalue="([^"]*)"[^>]*\bdata-target="([^"]*)"')
EXTERNAL = re.compile(
    r"""(?:src|srcset|data|poster)=["'](?:https?:)?//|url\((?:["']?)(?:https?:)?//"""
    r"""|<link(?![^>]*rel=["']?canonical)[^>]+href=["'](?:https?:)?//"""
)
BLOCKED = (
    r"""type=["']module""",
    r"\bcrossorigin\b",
    r"\bintegrity=",
    r"\bfetch\(",
    r"XMLHttpRequest",
    r"\bimport\(",
    r"new Worker",
    r"""<use[^>]+href=["'][^#"']""",
)


@pytest.fixture(scope="session")
def carried(shared_folder: Path) -> Built:
    """The repository's own content with everything that can be carried away."""
    return build_once(shared_folder, "carried", real_root, bundle=True)


@pytest.fixture(params=["sample", "carried"])
def editions(request: pytest.FixtureRequest) -> Built:
    """Both sites with their offline editions."""
    found: Built = request.getfixturevalue(request.param)
    return found


def report_of(built: Built) -> Report:
    """What the site was computed from."""
    return make_report(read_site(built.root)[0])


def zips_of(built: Built) -> dict[str, dict[str, bytes]]:
    """Every zip below offline/, opened."""
    return {n: read_zip(d) for n, d in built.files.items() if n.startswith("offline/") and n.endswith(".zip")}


def singles_of(built: Built) -> dict[str, str]:
    """Every single file."""
    return {n: d.decode() for n, d in built.files.items() if n.startswith("offline/") and n.endswith(".html")}


def figures_in(text: str) -> set[tuple[str, str]]:
    """Every published figure of a page: target and value."""
    return {(target, value) for value, target in DATA.findall(text)}


def test_every_promised_edition_is_there(editions: Built) -> None:
    wanted = {url for _, _, url in edition_urls(report_of(editions))}
    assert {name for name in editions.files if name.startswith("offline/")} == wanted
    assert wanted


def test_D_02_E_20_E_22_E_23_nothing_breaks_a_rule(editions: Built) -> None:
    assert check_site(editions.files) == ()


def test_E_20_none_of_the_blocked_ways(editions: Built) -> None:
    texts = {f"{z}!{n}": d for z, files in zips_of(editions).items() for n, d in files.items()}
    texts |= {name: data.encode() for name, data in singles_of(editions).items()}
    for name, data in texts.items():
        if name.endswith((".html", ".js", ".css", ".svg")):
            text = data.decode("utf-8")
            found = [pattern for pattern in BLOCKED if re.search(pattern, text)]
            assert not found, (name, found)
            assert not EXTERNAL.search(text), name


def test_E_21_the_index_is_classic_scripts(editions: Built) -> None:
    for name, files in zips_of(editions).items():
        parts = [n for n in files if n.startswith(f"{FOLDER}/search/")]
        assert any(n.endswith("core.js") for n in parts), name
        assert all(files[n].startswith(b"window.taizhangSearch(") for n in parts), name


def test_every_file_in_a_zip_is_reached_from_its_first_page(editions: Built) -> None:
    for name, files in zips_of(editions).items():
        assert list(links.check_reached(files)) == [], name


def test_E_23_names_in_the_zip_are_short_plain_and_marked(editions: Built) -> None:
    for name, data in editions.files.items():
        if not name.endswith(".zip"):
            continue
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                assert len(entry.filename) <= 100, entry.filename
                assert entry.date_time == (1980, 1, 1, 0, 0, 0), entry.filename
                if entry.filename == README:
                    assert entry.flag_bits & 0x800
                else:
                    assert entry.filename.isascii(), entry.filename


def test_E_25_a_single_file_stands_alone(editions: Built) -> None:
    report = report_of(editions)
    for name, text in singles_of(editions).items():
        assert len(text.encode()) <= MOST_SINGLE, name
        district = name.removeprefix("offline/").rsplit("-", 1)[0]
        each = next(d for d in report.districts if d.district.id == district)
        assert each.newest
        shown = "".join(read_text(text.encode()).split())
        for figures in each.newest.tasks:
            assert f'id="{figures.task.id}"' in text, (name, figures.task.id)
            assert "".join(figures.task.commitment.split()) in shown, (name, figures.task.id)
        for load in each.newest.departments:
            assert f'id="{load.department.slug}"' in text, (name, load.department.slug)
        assert "<svg" in text
        markup = re.sub(r"<script>.*?</script>", "", text, flags=re.S)
        assert "src=" not in markup, name
        hrefs = set(re.findall(r'<a\b[^>]*\shref="([^"]*)"', markup))
        assert {h for h in hrefs if not h.startswith(("#", "tel:", "http"))} == set(), name


def policy_of(page: str) -> str:
    """The content security policy of a page; empty without one."""
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    return unescape(found[1]) if found else ""


def test_every_page_has_a_policy_that_names_exactly_what_it_carries(editions: Built) -> None:
    pages = {
        f"{name}!{path}": data for name, files in zips_of(editions).items() for path, data in files.items()
    }
    for name, data in {**pages, **editions.files}.items():
        if not name.endswith(".html") or name in singles_of(editions):
            continue
        policy = policy_of(data.decode())
        assert "default-src 'none'" in policy, name
        assert not re.search("unsafe|sha256", policy), name
        assert not re.search(
            rb"<script(?! type=\"application/json\")(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=", data
        ), name
    for name, page in singles_of(editions).items():
        inline = [
            *re.findall(r"<script>(.*?)</script>", page, re.S),
            *re.findall(r"<style>(.*?)</style>", page, re.S),
        ]
        sums = [hashlib.sha256(text.encode()).digest() for text in inline]
        named = re.findall(r"'sha256-([^']+)'", policy_of(page))
        assert [base64.b64decode(text) for text in named] == sums, name
        assert policy_of(page).startswith("default-src 'none'"), name
        assert "unsafe" not in policy_of(page), name


def test_E_25_ids_are_unique(editions: Built) -> None:
    for name, text in singles_of(editions).items():
        ids = re.findall(r'\sid="([^"]*)"', re.sub(r"<script>.*?</script>", "", text, flags=re.S))
        assert len(ids) == len(set(ids)), (name, sorted({i for i in ids if ids.count(i) > 1})[:5])


def test_E_26_the_root_holds_the_start_beside_one_folder(editions: Built) -> None:
    for name, files in zips_of(editions).items():
        top = {n.split("/")[0] for n in files}
        assert top == {"index.html", README, MANIFEST, FOLDER}, name
        readme = files[README]
        assert readme.startswith(b"\xef\xbb\xbf"), name
        assert b"\n" not in readme.replace(b"\r\n", b""), name
        assert "解压" in readme.decode("utf-8-sig"), name
        home = files["index.html"].decode()
        assert 'class="css-missing"' in home, name
        assert ".css-missing { display: none" in files[f"{FOLDER}/static/site.css"].decode(), name


def test_E_26_the_manifest_lists_every_file(editions: Built) -> None:
    for name, files in zips_of(editions).items():
        lines = [line.split("  ", 1) for line in files[MANIFEST].decode().splitlines()]
        listed = {path: checksum for checksum, path in lines}
        assert set(listed) == set(files) - {MANIFEST}, name
        for path, checksum in listed.items():
            assert hashlib.sha256(files[path]).hexdigest() == checksum, (name, path)


def test_E_27_no_online_parts_and_outside_links_are_marked(editions: Built) -> None:
    for name, files in zips_of(editions).items():
        assert not [n for n in files if n.endswith(("feed.xml", "sitemap.xml", "robots.txt"))], name
        for path, data in files.items():
            if not path.endswith(".html"):
                continue
            text = data.decode()
            assert "离线版" in text, (name, path)
            assert "数据截至" in text, (name, path)
            for word in ('class="qr"', "feed.xml", "jiucuo", 'rel="canonical"'):
                assert word not in text, (name, path, word)
            for link in re.findall(r'<a\b[^>]*\shref="https?://.*?</a>', text, re.S):
                assert "需联网" in link, (name, path, link[:120])


def test_E_28_same_content_online_and_offline(editions: Built) -> None:
    """Normalised text, and every published figure, of each page."""
    name = next(n for n in editions.files if re.fullmatch(r"offline/all-.*\.zip|offline/ceshi-.*\.zip", n))
    offline = read_zip(editions.files[name])
    whole = name.startswith("offline/all-")
    compared = 0
    for path, data in editions.files.items():
        inside = offline.get(f"{FOLDER}/{path}")
        if not path.endswith(".html") or inside is None or path == "data/index.html":
            continue
        assert figures_in(data.decode()) == figures_in(inside.decode()), path
        if whole or "/tasks/" in path:
            assert main_text(data) == main_text(inside), path
        compared += 1
    assert compared > 10


def main_text(page: bytes) -> str:
    """What is read in the main part, marks of outside links aside."""
    text = page.decode()
    main = text[text.index("<main") : text.index("</main>")]
    main = re.sub(r'<span class="outside-mark">.*?</span>', "", main)
    return read_text(main.encode())


def _numbers_of(figure: TargetFigure) -> set[Decimal | Fraction]:
    reported = {figure.actual.value} if figure.actual else set()
    return {*reported, *({figure.completion} if figure.completion is not None else set())}


def test_figures_are_the_same_in_site_zip_single_brief_and_data(editions: Built) -> None:
    report = report_of(editions)
    tasks = {t.task.id: t for d in report.districts for t in (d.newest.tasks if d.newest else ())}
    figures = {f"{f.task_id}#{f.target.id}": f for t in tasks.values() for f in t.targets}
    earlier: dict[str, list[TargetFigure]] = defaultdict(list)
    for task in (t for d in report.districts for o in d.overviews for t in o.tasks):
        for figure in task.targets:
            earlier[f"{figure.task_id}#{figure.target.id}"].append(figure)
    pages = {n: d.decode() for n, d in editions.files.items() if n.endswith(".html")}
    for files in zips_of(editions).values():
        pages |= {f"zip!{n}": d.decode() for n, d in files.items() if n.endswith(".html")}
    seen: set[str] = set()
    for name, text in pages.items():
        if re.search(r"/20\d\d[QHM]?\d*\.html|/changes/", name):
            continue
        for target, value in figures_in(text):
            told = earlier[target] if "/tasks/" in name or "/offline/" in f"/{name}" else [figures[target]]
            exact = [float(number) for figure in told for number in _numbers_of(figure)]
            assert any(abs(float(value) - number) < 1e-5 for number in exact), (name, target, value)
            seen.add(target)
    assert seen >= {key for key, figure in figures.items() if figure.standing is not None}
    assert all(figures[key].actual for key in seen)


def test_the_word_brief_says_what_the_page_says(editions: Built) -> None:
    briefs = [n for n in editions.files if n.endswith("brief.html") and n.count("/") == 1]
    briefs += [n for n in editions.files if "/briefs/" in n and n.endswith(".html")]
    briefs = [n for n in briefs if '"ColumnName" content="旧地址' not in editions.files[n].decode()]
    assert len(briefs) > 2
    for name in briefs:
        document = Document(io.BytesIO(editions.files[name.replace(".html", ".docx")]))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        words = "".join("".join(p.text for p in document.paragraphs).split())
        text = editions.files[name].decode()
        page = "".join(read_text(text[text.index("<main") :].encode()).split())
        for percent in re.findall(r"\d+\.\d%", "".join(cells)):
            assert percent in page, (name, percent)
        percents = re.findall(r'<data class="percent"[^>]*>([^<]*)<', text)
        shown = [p for cell in cells for p in re.findall(r"^(\d+\.\d%)（(?!目标)", cell)]
        assert sorted(percents) == sorted(shown), name
        lead = re.search(r'class="brief-lead">(.*?)</p>', text, re.S)
        assert lead, name
        assert "".join(read_text(lead[1].encode()).split()) in words, name
        note = re.search(r'class="brief-note">(.*?)</p>', text, re.S)
        assert note, name
        assert "".join(read_text(note[1].encode()).split()) in words, name
        assert "非政府网站" in words, name


def test_the_brief_lists_what_is_behind(editions: Built) -> None:
    for each in report_of(editions).districts:
        if each.newest is None:
            continue
        text = editions.files[f"{each.district.id}/brief.html"].decode()
        weak = [t for t in sort_weakest(each.newest.tasks) if t.standing is Standing.BEHIND]
        listed = [t.task.id for t in weak if f'data-task="{t.task.id}"' in text]
        assert listed == [t.task.id for t in weak][: len(listed)]
        assert len(listed) == len(weak) or "其余" in text


OTHER_DAY = """
import datetime, sys, time, types
import docx, openpyxl, generator.app.conductors
import generator.site.data.workbook, generator.site.editions.word_briefs

class Moved(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return datetime.datetime(2031, 2, 3, 4, 5, 6, tzinfo=tz)
    today = utcnow = now

real, moved = time.localtime, types.SimpleNamespace(**{**vars(datetime), "datetime": Moved})
time.time, time.localtime = lambda: 1927857906.0, lambda seconds=1927857906.0: real(seconds)
for name, module in list(sys.modules.items()):
    if name.split(".")[0] in ("docx", "openpyxl", "generator", "zipfile"):
        for key in [key for key, value in vars(module).items() if value is datetime]:
            setattr(module, key, moved)
"""
"""Another clock for all code that writes files; one moved for all of Python breaks compiled packages."""


def build_elsewhere(folder: Path, environment: Mapping[str, str], before: str = "") -> dict[str, str]:
    """Checksums of the editions of the invented district, built in a process of its own.

    before: what the process does first, such as setting its clock.
    """
    code = before + (
        "import sys; from pathlib import Path; from generator.app import conductors;"
        "conductors.build_bundle(Path(sys.argv[1]), Path(sys.argv[2]), jobs=1)"
    )
    output = folder / "output"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(sample_root(folder / "root")), str(output)],
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    found = sorted(path for path in output.rglob("*") if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_E_29_same_bytes_on_another_day_place_and_machine_setting(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "第 二"
    first.mkdir()
    second.mkdir()
    plain = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "0"}
    other = {"LC_ALL": "C", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "1"}
    found = build_elsewhere(first, plain)
    assert any(name.endswith(".zip") for name in found)
    assert found == build_elsewhere(second, other, OTHER_DAY)


def test_the_bundle_command_writes_the_editions_and_nothing_else(tmp_path: Path) -> None:
    output = tmp_path / "output"
    arguments = ["--root", str(sample_root(tmp_path / "root")), "bundle", "--output", str(output)]
    result = CliRunner().invoke(app, arguments, standalone_mode=False)
    assert result.exception is None
    assert set(read_output(output)) == {
        "offline/all-2025Q2.zip",
        "offline/ceshi-2025Q2.zip",
        "offline/ceshi-2025Q2.html",
    }
    assert "offline/ceshi-2025Q2.zip" in result.output


def test_a_site_without_any_table_has_nothing_to_bundle(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "content" / "tianqiao").mkdir(parents=True)
    (root / "site.yaml").write_text("title: 最小站点\ndistricts: [tianqiao]\n", encoding="utf-8")
    (root / "content" / "tianqiao" / "district.yaml").write_text("name: 天桥区\n", encoding="utf-8")
    result = build_site(root, Options(output=tmp_path / "output", jobs=1))
    assert result.files > 10
    assert not (tmp_path / "output" / "offline").exists()
    assert build_bundle(root, tmp_path / "alone", jobs=1) == ()
