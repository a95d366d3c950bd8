"""Charts say what the numbers say: lengths and places recomputed from the SVG, words from the table."""

from __future__ import annotations

import csv
import io
import itertools
import os
import pickle
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pytest

from generator.base.errors import RenderError
from generator.base.parallel import Workers
from generator.charts import Chart, draw_charts, parse_palette, place_chart, place_spec, plan_charts
from generator.charts.chart_table import MeasuredCell, measured_table
from generator.charts.drawing import Drawings, drawing_key, run_engine
from generator.charts.kinds.bullet_rows import BARS
from generator.charts.kinds.distribution_chart import bin_of
from generator.charts.svg_writer import scale_path
from generator.charts.theme import SHAPES, TOKENS, contrast
from generator.charts.vega_scripts import seal_bundle
from generator.figures import WEAKEST_FIRST, Overview, Standing, TargetFigure, make_report
from generator.model import TargetKind
from generator.wording import format_number, format_percent
from tests.builders import words_of
from tests.chart_cases import (
    MemoryCache,
    draw_all,
    make_invented_report,
    make_report_of_years,
    read_palette,
)
from tests.paths import ROOT

PALETTE = read_palette()
REPORT = make_invented_report()
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@lru_cache(maxsize=4)
def drawn(language: str = "zh-CN") -> Mapping[str, Chart]:
    return draw_all(plan_charts(REPORT, words_of(language))).charts


def overview(district: str = "jia", period: str = "2025Q2") -> Overview:
    report = next(d for d in REPORT.districts if d.district.id == district)
    return next(o for o in report.overviews if str(o.period) == period)


def measured(shown: Overview) -> list[TargetFigure]:
    return [f for t in shown.tasks for f in t.targets if f.is_scheduled]


def variants(chart: Chart) -> dict[str, ET.Element]:
    """Variant → its SVG."""
    root = ET.fromstring(f"<all>{place_chart(chart, 'x.html')}</all>")
    return {svg.get("class", "").rsplit("-", 1)[1]: svg for svg in root}


def layer(svg: ET.Element, name: str) -> list[ET.Element]:
    return [child for group in svg.iter("g") if group.get("class") == name for child in group]


def texts(svg: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter("text")]


def span(path: ET.Element) -> tuple[float, float]:
    """Left end and width of a bar drawn as M x,y h width."""
    match = re.match(r"M(-?[\d.]+),-?[\d.]+h(-?[\d.]+)", path.get("d", ""))
    assert match is not None, path.get("d")
    return float(match[1]), float(match[2])


def place(element: ET.Element) -> tuple[float, float]:
    match = re.fullmatch(r"translate\((-?[\d.]+),(-?[\d.]+)\)", element.get("transform", ""))
    assert match is not None, element.get("transform")
    return float(match[1]), float(match[2])


def test_every_kind_has_its_key() -> None:
    keys = set(drawn())
    assert {
        "jia/charts/2025Q1-standing", "jia/charts/2025Q2-targets", "jia/charts/2025Q3-departments",
        "yi/charts/2025Q2-distribution", "jia/charts/2025Q3-department-jiedao", "jia/charts/2025-001-t1",
        "jia/charts/2025-001-t2",
    } <= keys  # fmt: skip
    assert {c.kind for c in drawn().values()} == {
        "standing", "targets", "departments", "distribution", "history", "compare", "rates"
    }  # fmt: skip


def test_nothing_is_drawn_where_nothing_was_reported() -> None:
    keys = set(drawn())
    assert not [k for k in keys if k.startswith("yi/charts/2025-")], "one period is no history"
    empty = make_invented_report(2)
    kinds = Counter(r.kind for r in plan_charts(empty, words_of()))
    assert kinds["distribution"] == 0, "one target is no distribution"


@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_bars_are_as_long_as_the_completion_and_capped_at_the_whole(variant: str) -> None:
    chart = drawn()["jia/charts/2025Q3-targets"]
    svg = variants(chart)[variant]
    left, right = BARS[variant]
    figures = sorted(measured(overview(period="2025Q3")), key=lambda f: f.completion or 0)
    groups = [
        Standing.BEHIND,
        Standing.NEAR_SCHEDULE,
        Standing.ON_SCHEDULE,
        Standing.AHEAD,
        Standing.DONE,
    ]
    figures.sort(key=lambda f: groups.index(f.standing or Standing.DONE))
    bars, tracks, ticks = (layer(svg, name) for name in ("bars", "tracks", "ticks"))
    assert len(bars) == len(tracks) == len(ticks) == len(figures)
    assert any((f.completion or 0) > 1 for f in figures), "the case of over-fulfilment is in the sample"
    for figure, bar, track, tick in zip(figures, bars, tracks, ticks, strict=True):
        assert figure.completion is not None
        assert span(track) == (left, right - left)
        assert span(bar) == pytest.approx((left, min(float(figure.completion), 1) * (right - left)), abs=0.02)
        start, width = span(tick)
        assert start + width / 2 == pytest.approx(left + float(figure.schedule) * (right - left), abs=0.02)
        assert bar.get("fill") == f"var(--{figure.standing})"
        assert format_percent(figure.completion) in texts(svg), "the true number is printed, above 100 % too"


@pytest.mark.parametrize("key", ["jia/charts/2025Q2-standing", "yi/charts/2025Q2-standing"])
@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_standing_has_one_mark_and_one_link_a_task(key: str, variant: str) -> None:
    shown = overview(*key.replace("/charts", "").removesuffix("-standing").split("/"))
    svg = variants(drawn()[key])[variant]
    present = [s for s in WEAKEST_FIRST if shown.totals.standings[s]]
    assert len(layer(svg, "marks")) == len(shown.tasks)
    assert len([e for e in layer(svg, "texts") if e.tag == "path"]) == len(present), "a shape in each heading"
    links = [a for a in svg.iter("a") if a.get("class") == "hit"]
    assert sorted(a.get("data-key", "") for a in links) == sorted(t.task.id for t in shown.tasks)
    order = [a.get("data-status") for a in links]
    assert [s for s, _ in itertools.groupby(order)] == [str(s) for s in present], "grouped, weakest first"
    for a in links:
        task = next(t for t in shown.tasks if t.task.id == a.get("data-key"))
        assert a.get("data-status") == task.standing
        assert a.get("href") == f"{shown.district.id}/tasks/2025-{task.task.number:03d}.html"
    counts = Counter(m.get("stroke") for m in layer(svg, "marks"))
    for standing in present:
        assert counts[f"var(--{standing})"] == shown.totals.standings[standing]


def test_department_rows_have_one_mark_a_task_and_role() -> None:
    shown = overview(period="2025Q3")
    for svg in variants(drawn()["jia/charts/2025Q3-departments"]).values():
        assert len(layer(svg, "marks")) == sum(load.totals.tasks for load in shown.departments)
        rows = [a for a in svg.iter("a") if a.get("class") == "hit"]
        assert [a.get("data-key") for a in rows] == [load.department.slug for load in shown.departments]
    chart = drawn()["jia/charts/2025Q3-departments"]
    for load, row in zip(shown.departments, chart.rows, strict=True):
        expected = [load.department.name, len(load.led), len(load.joined), load.totals.tasks]
        assert list(row[:4]) == [str(part) for part in expected]


@pytest.mark.parametrize(("variant", "width"), [("wide", 800), ("narrow", 340)])
def test_distribution_dots_stand_in_their_tenth(variant: str, width: int) -> None:
    figures = measured(overview(period="2025Q3"))
    chart = drawn()["jia/charts/2025Q3-distribution"]
    marks = layer(variants(chart)[variant], "marks")
    assert len(marks) == len(figures)
    bins = Counter(int(place(mark)[0] // (width / 11)) for mark in marks)
    assert bins == Counter(bin_of(Fraction(f.completion or 0)) for f in figures)
    assert [row[1] for row in chart.rows] == [*(str(bins[i]) for i in range(11)), str(len(figures))]


@pytest.mark.parametrize(("variant", "plot"), [("wide", (16, 704, 16, 200)), ("narrow", (14, 318, 16, 200))])
def test_history_points_stand_where_month_and_value_are(
    variant: str, plot: tuple[int, int, int, int]
) -> None:
    svg = variants(drawn()["jia/charts/2025-011-t1"])[variant]
    left, right, top, bottom = plot
    high = 2 * 1.12
    expected = [(3, 0.7), (6, 1.55), (9, 1.8)]
    for point, (month, value) in zip(layer(svg, "points"), expected, strict=True):
        x, y = place(point)
        assert x == pytest.approx(left + month / 12 * (right - left), abs=0.02)
        assert y == pytest.approx(bottom - value / high * (bottom - top), abs=0.02)
    plan = layer(svg, "plan")[0]
    numbers = [float(plan.get(name, "")) for name in ("x2", "y2", "x1", "y1")]
    assert numbers == pytest.approx([left, bottom, right, bottom - 2 / high * (bottom - top)], abs=0.02)
    hits = [rect for group in svg.iter("g") if group.get("class") == "hits" for rect in group.iter("rect")]
    centres = [(float(r.get("x", "")) + 22, float(r.get("y", "")) + 22) for r in hits]
    assert centres == [pytest.approx(place(point), abs=0.02) for point in layer(svg, "points")]


def test_last_years_figures_stand_in_the_same_months_in_this_years_unit() -> None:
    requests = [r for r in plan_charts(make_report_of_years(), words_of()) if r.kind == "years"]
    assert [request.key for request in requests] == ["bing/charts/2025-001-t1"]
    chart = draw_all(requests).charts["bing/charts/2025-001-t1"]
    assert chart.title == "新增城镇就业：2025年第二季度0.45万人，去年同期（2024年第二季度）4300人"
    assert [row[0] for row in chart.rows] == [
        *(f"2024年第{quarter}季度" for quarter in "一二三四"),
        "2025年第一季度",
        "2025年第二季度",
    ]
    svg = variants(chart)["wide"]
    rings, points = layer(svg, "earlier"), layer(svg, "points")
    assert [place(ring)[0] for ring in rings[:2]] == pytest.approx([place(point)[0] for point in points])
    high = 0.85 * 1.12
    heights = [200 - value / high * 184 for value in (0.21, 0.43, 0.65, 0.82)]
    assert [place(ring)[1] for ring in rings] == pytest.approx(heights, abs=0.02)
    written = set(texts(svg))
    assert {"2025年 0.45万人", "2024年 8200人", "3月末"} <= written


@pytest.mark.parametrize("measure", ["metric", "kind", "unit", "two"])
def test_another_measure_is_never_drawn_beside(measure: str) -> None:
    report = make_report_of_years()
    district = report.districts[0].district
    old, new = district.tasks
    target = old.targets[0]
    changed = {
        "metric": replace(target, metric="举办招聘会"),
        "kind": replace(target, kind=TargetKind.STOCK),
        "unit": replace(target, unit="户"),
        "two": target,
    }[measure]
    old = replace(old, targets=(changed,))
    again = replace(old, id="bing-2024-002", number=2)
    olds = (old, again) if measure == "two" else (old,)
    new = replace(new, carried_over_from=tuple(task.id for task in olds))
    site = replace(report.site, districts=(replace(district, tasks=(*olds, new)),))
    kinds = {r.key: r.kind for r in plan_charts(make_report(site), words_of())}
    assert kinds["bing/charts/2025-001-t1"] == "history"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_numbers_of_title_and_description_stand_in_the_table(language: str) -> None:
    for chart in drawn(language).values():
        table = set(NUMBER.findall(" ".join((*chart.columns, *itertools.chain(*chart.rows)))))
        missing = set(NUMBER.findall(chart.description)) - table
        assert not missing, (chart.key, chart.description, missing)
        assert all(len(row) == len(chart.columns) for row in chart.rows)


def test_every_picture_is_an_image_with_title_and_description_and_links_lie_outside() -> None:
    ids: list[str] = []
    for chart in drawn().values():
        for svg in variants(chart).values():
            image = svg[0]
            assert image.get("role") == "img"
            assert [child.tag for child in image][:2] == ["title", "desc"]
            assert image[0].text == chart.title
            assert image[1].text == chart.description
            assert not list(image.iter("a"))
            assert (image.get("aria-labelledby"), image.get("aria-describedby")) == (
                image[0].get("id"),
                image[1].get("id"),
            )
            ids += [image[0].get("id", ""), image[1].get("id", "")]
    assert len(ids) == len(set(ids)), "ids are unique, however many charts share a page"


def test_inline_svg_holds_under_a_strict_policy() -> None:
    for chart in drawn().values():
        text = place_chart(chart, "jia/departments/fazhan.html") + place_spec(chart)
        assert not re.search(r"\sstyle=|<style|<script|javascript:|\son\w+=|site:|https?:", text), chart.key


def test_links_are_relative_to_the_page_that_holds_the_chart() -> None:
    chart = drawn()["jia/charts/2025Q2-standing"]
    assert 'href="tasks/2025-001.html"' in place_chart(chart, "jia/index.html")
    assert 'href="../tasks/2025-001.html"' in place_chart(chart, "jia/departments/fazhan.html")
    assert 'href="jia/tasks/2025-001.html"' in place_chart(chart, "index.html")


def test_bytes_do_not_depend_on_order_or_company() -> None:
    requests = plan_charts(REPORT, words_of())
    alone = draw_all(requests[7:8]).charts
    assert alone[requests[7].key] == drawn()[requests[7].key]
    assert draw_all(tuple(reversed(requests))).charts == drawn()


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Drawings that the engine was started for, each time."""
    found: list[int] = []

    def run(missing: Drawings, scripts: Sequence[str]) -> list[tuple[str, bytes]]:
        found.append(len(missing))
        return run_engine(missing, scripts)

    monkeypatch.setattr("generator.charts.drawing.run_engine", run)
    return found


def test_the_engine_starts_once_and_only_if_something_must_be_drawn(starts: list[int]) -> None:
    requests = plan_charts(REPORT, words_of())[:6]
    cache, workers = MemoryCache(), Workers(2)
    first = draw_all(requests, cache, workers)
    assert starts == [12], "all drawings and both scripts, though two processes are free"
    kept = dict(cache)
    assert draw_all(requests, cache, workers) == first
    title = replace(requests[0], title="别的题目")
    assert draw_all([title], cache, workers).charts[title.key].svg != first.charts[title.key].svg
    assert (starts, cache) == ([12], kept), "words around a picture need no drawing"
    taller = replace(requests[0], drawings=tuple(replace(d, height=d.height + 1) for d in title.drawings))
    draw_all([taller], cache, workers)
    assert starts == [12, 2]


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b'["<svg", {"a": 1}]', b"\xff\xfe", b"null", b'["a", {"b": [1]}]']
)
def test_what_the_cache_lost_is_drawn_again(damage: bytes) -> None:
    request = next(r for r in plan_charts(REPORT, words_of()) if r.kind == "history")
    cache = MemoryCache()
    first = draw_all([request], cache)
    for key in [drawing_key(request.kind, drawing) for drawing in request.drawings]:
        cache[key] = damage
    assert draw_all([request], cache) == first


def test_a_drawing_is_the_same_in_every_colour(starts: list[int]) -> None:
    requests = plan_charts(REPORT, words_of())[:3]
    cache = MemoryCache()
    draw_all(requests, cache)
    colours = {**PALETTE.light, "ink": "#010203"}
    other = draw_charts(requests, colours, cache=cache, workers=Workers(1)).charts
    assert starts == [6]
    for chart in other.values():
        assert b"#010203" in chart.files[chart.svg_name]
        assert PALETTE.light["ink"].encode() not in chart.files[chart.svg_name]


def test_two_charts_of_one_key_are_refused() -> None:
    request = plan_charts(REPORT, words_of())[0]
    with pytest.raises(ValueError, match="given twice"):
        draw_all([request, request])


ELSEWHERE = """
import sys
sys.path[:0] = [{root!r}]
from generator.base.parallel import Workers
from generator.charts import drawing, plan_charts
from tests.builders import words_of
from tests.chart_cases import draw_all, make_invented_report
drawing._WORTH = 5
with Workers({jobs}) as workers:
    drawn = draw_all(plan_charts(make_invented_report(), words_of()), workers=workers)
sys.stdout.buffer.write(repr(list(drawn.charts.values())).encode())
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_bytes_are_the_same_without_fonts_and_on_several_processes(tmp_path: Path, jobs: int) -> None:
    """fontconfig finds no folder of fonts and the home has none: a bare server, or one with other fonts."""
    config = tmp_path / "fonts.conf"
    config.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    bare = {
        **os.environ,
        "FONTCONFIG_FILE": str(config),
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
    }
    code = ELSEWHERE.format(root=str(ROOT), jobs=jobs)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=bare, timeout=60)
    assert done.stdout.decode() == repr(list(drawn().values()))


PROBE = """
import sys
sys.path[:0] = [{root!r}]
import pickle
from generator.base.parallel import Workers
from tests.builders import words_of
from tests.chart_cases import MemoryCache, draw_all, make_invented_report
from generator.charts import plan_charts
cache = MemoryCache(pickle.load(open({cache!r}, "rb")))
draw_all(plan_charts(make_invented_report(), words_of()), cache, Workers(2))
print(sorted(name for name in ("pandas", "altair", "vl_convert", "numpy", "narwhals") if name in sys.modules))
"""


def test_a_build_that_draws_nothing_new_loads_no_drawing_library(tmp_path: Path) -> None:
    cache = MemoryCache()
    draw_all(plan_charts(REPORT, words_of()), cache)
    kept = tmp_path / "cache"
    kept.write_bytes(pickle.dumps(dict(cache)))
    code = PROBE.format(root=str(ROOT), cache=str(kept))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.parametrize("token", [*map(str, Standing), "ink", "muted", "main"])
def test_colours_can_be_read_on_white_and_on_dark(token: str) -> None:
    for colours in (PALETTE.light, PALETTE.dark):
        assert contrast(colours[token], colours["page"]) >= 4.5


def test_contrast_is_the_ratio_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#b3261e", "#ffffff") == pytest.approx(6.54, abs=0.01)


def test_every_standing_has_a_colour_and_a_shape_of_its_own() -> None:
    assert {str(s) for s in Standing} <= set(TOKENS)
    assert len({(shape.path, shape.hollow) for shape in SHAPES.values()}) == len(Standing)
    assert set(WEAKEST_FIRST) == set(Standing)


def test_a_drawing_names_only_colours_of_the_style_sheet() -> None:
    for chart in drawn().values():
        assert set(re.findall(r'(?:fill|stroke)="(.*?)"', chart.svg)) <= {f"var(--{t})" for t in TOKENS} | {
            "none"
        }
        assert not re.search(r"#[0-9a-f]{3,6}\b", chart.svg)


def test_a_theme_that_leaves_out_a_colour_is_told_which() -> None:
    css = (ROOT / "templates/static/css/10-tokens.css").read_text(encoding="utf-8")
    assert parse_palette(css).light["page"] == "#ffffff", "short colours are written out"
    with pytest.raises(RenderError) as caught:
        parse_palette(css.replace("--behind: #f2a654;", ""))
    assert str(caught.value) == (
        "static/css/10-tokens.css: 缺少图表要用的颜色：--behind。浅色和深色两处都要写，如 --main: #0b4f8a;"
    )


def test_a_shape_is_scaled_and_its_arcs_stay_arcs() -> None:
    assert scale_path("M0,-0.95L1,0.85L-1,0.85Z", 8) == "M0,-7.6L8,6.8L-8,6.8Z"
    assert scale_path("M0.95,0A0.95,0.95,0,1,1,-0.95,0Z", 10) == "M9.5,0A9.5,9.5,0,1,1,-9.5,0Z"


def test_table_file_opens_in_a_spreadsheet() -> None:
    chart = drawn()["jia/charts/2025Q2-targets"]
    data = chart.files[chart.csv_name]
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert len(lines) == len(chart.rows) + 2
    header = lines[0].split(",")
    assert [name for name in header if name in chart.columns] == list(chart.columns)


def test_each_quantity_has_its_number_and_its_unit_beside_the_printed_words() -> None:
    seen = 0
    for chart in drawn().values():
        rows = list(csv.DictReader(io.StringIO(chart.files[chart.csv_name].decode("utf-8-sig"), newline="")))
        for printed, row in zip(chart.rows, rows, strict=True):
            assert [row[name] for name in chart.columns] == list(printed)
            for name in chart.columns:
                if number := row.get(f"{name}（数值）"):
                    seen += 1
                    assert format_number(abs(Decimal(number))) in row[name] or row[name].endswith("%")
                    assert row[name].removesuffix("以上").endswith(row[f"{name}（单位）"])
    assert seen > 20


def test_a_fall_is_a_negative_number_and_a_range_is_none() -> None:
    fall = MeasuredCell(text="下降4.18%", number=Decimal("-4.18"), unit="%")
    several = MeasuredCell(text="1～2个", number=None, unit="个")
    table = measured_table(("actual", "target", "standing"), [(fall, several, "=1+1")], words_of())
    assert table.format_csv().decode("utf-8-sig").split("\r\n")[:2] == [
        "完成值,完成值（数值）,完成值（单位）,目标值,目标值（数值）,目标值（单位）,进展",
        "下降4.18%,-4.18,%,1～2个,,个,'=1+1",
    ]


def test_drawing_file_stands_alone() -> None:
    for chart in drawn().values():
        assert set(chart.files) == {chart.svg_name, chart.csv_name}
        text = chart.files[chart.svg_name].decode("utf-8")
        svg = ET.fromstring(text)
        words = "".join(svg.itertext())
        assert chart.title in words
        assert chart.description in words
        assert not list(svg.iter("{http://www.w3.org/2000/svg}a")), "a file of its own has no site around it"
        assert "var(" not in text, "nor a style sheet"
        assert re.fullmatch(r"[\w./-]+", chart.svg_name)


def test_live_spec_holds_every_row_that_was_drawn() -> None:
    requests = {r.key: r for r in plan_charts(REPORT, words_of())}
    for key, chart in drawn().items():
        assert chart.spec["kind"] == chart.kind
        for drawing in requests[key].drawings:
            variant = chart.spec["variants"][drawing.variant]
            assert variant["height"] == drawing.plot
            rebuilt = {
                name: [dict(zip(t["columns"], row, strict=True)) for row in t["rows"]]
                for name, t in variant["tables"].items()
            }
            assert rebuilt == {n: list(map(dict, rows)) for n, rows in drawing.tables.items()}


def test_sealed_bundle_has_no_way_to_the_network() -> None:
    sealed = seal_bundle("async function f(t){const i=await fetch(t);return i;}\n", "0")
    assert "fetch(" not in sealed
    assert sealed.rstrip().endswith("})();")
    for bundle in (
        "x",
        "await fetch(a);await fetch(b)",
        "await fetch(a);new Worker(b)",
        "await fetch(a);import('b')",
    ):
        with pytest.raises(ValueError, match="fetch cut"):
            seal_bundle(bundle, "0")


def test_scripts_out_of_the_installed_vega_hold_the_rules_of_the_bundle() -> None:
    files = draw_all([]).scripts
    assert set(files) == {"static/vega.js", "static/chart-kinds.js"}
    for data in files.values():
        text = data.decode("utf-8")
        for blocked in ("fetch(", "XMLHttpRequest", "import(", "new Worker", "sourceMappingURL"):
            assert blocked not in text
    assert files["static/vega.js"].startswith(b"/* Vega")
    assert files == draw_all([]).scripts, "the same bytes again"
