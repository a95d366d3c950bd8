"""A page with one chart of each kind, as the site would hold it, for tests in a browser."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.charts import Chart, place_chart, place_spec, plan_charts
from tests.builders import words_of
from tests.chart_cases import draw_all, make_invented_report
from tests.paths import ROOT

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'none'"
PAGE = "jia/index.html"
STYLES = ("10-tokens.css", "45-charts.css")


def one_of_each(tasks: int = 24) -> list[Chart]:
    """The last chart of each kind, in the order of the kinds; the standing of all tasks first."""
    planned = plan_charts(make_invented_report(tasks), words_of())
    last = {request.kind: request for request in planned}
    long = next(r for r in planned if r.key == "jia/charts/2025Q3-targets")
    chosen = {r.key: r for r in (*last.values(), long)}
    return list(draw_all(list(chosen.values())).charts.values())


def write_page(folder: Path, charts: list[Chart]) -> Path:
    """The page and everything it needs below ``folder``; returns its path."""
    figures = "".join(
        f'<figure class="fig" data-key="{chart.key}"><figcaption>{chart.title}</figcaption>'
        f'<div class="fig-body">{place_chart(chart, PAGE)}</div>'
        f'<script type="application/json" class="chart-spec">{place_spec(chart)}</script></figure>'
        for chart in charts
    )
    links = "".join(f'<link rel="stylesheet" href="../static/{name}">' for name in STYLES)
    html = (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>图表</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><link rel="icon" href="data:,">'
        f"{links}"
        f'<script src="../static/charts.js" defer></script></head><body><main>{figures}'
        '<ol><li data-task="jia-2025-001"><a href="#x">卡片</a></li></ol></main></body></html>'
    )
    files = {PAGE: html.encode("utf-8"), **draw_all([]).scripts}
    static = ROOT / "templates" / "static"
    files["static/charts.js"] = (static / "charts.js").read_bytes()
    files |= {f"static/{name}": (static / "css" / name).read_bytes() for name in STYLES}
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / PAGE


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Send the strict policy as a server would."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """Address of a local server of ``folder``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
