"""Requests → charts: what the cache has is taken, the rest is drawn, on several processes."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from importlib.metadata import version

from generator.charts.chart_types import Chart, ChartCache, ChartRequest, Drawing
from generator.charts.svg_placement import make_live, make_svg
from generator.charts.theme import ChartTheme

_SHARE = 12
"""Charts that one process draws at a time."""
_WORTH = 300
"""Work, in charts of about 10 ms, below which other processes cost more (a second each) than they save."""
_SOURCES = (
    "chart_specs.py", "svg_clean.py", "kinds/bullet_rows.py", "canvas.py",
    "kinds/history_chart.py",
)  # fmt: skip

Job = tuple[str, tuple[tuple[str, Drawing], ...]]
"""Kind and the drawings to make, each under its cache key."""


def draw_charts(
    requests: Sequence[ChartRequest], theme: ChartTheme, *, cache: ChartCache, jobs: int = 1
) -> dict[str, Chart]:
    """Key → chart, in the order of ``requests``; new drawings are put into the cache.

    jobs: processes that may share the work. Raises: ValueError when two requests have one key.
    """
    if len({request.key for request in requests}) < len(requests):
        keys = [request.key for request in requests]
        raise ValueError(f"chart keys given twice: {sorted({k for k in keys if keys.count(k) > 1})}")
    wanted = [(r, drawn, drawing_key(r.kind, drawn, theme)) for r in requests for drawn in r.drawings]
    inner: dict[str, str] = {}
    missing: dict[str, tuple[str, Drawing]] = {}
    for request, drawing, key in wanted:
        if key in inner or key in missing:
            continue
        found = cache.get(key)
        if found is None:
            missing[key] = (request.kind, drawing)
        else:
            inner[key] = found.decode("utf-8")
    for key, markup in _draw_missing(missing, theme, jobs):
        cache.put(key, markup.encode("utf-8"))
        inner[key] = markup
    drawings: dict[str, list[str]] = {request.key: [] for request in requests}
    for request, _, key in wanted:
        drawings[request.key].append(inner[key])
    return {request.key: _make_chart(request, drawings[request.key]) for request in requests}


def drawing_key(kind: str, drawing: Drawing, theme: ChartTheme) -> str:
    """Name of a drawing in the cache: hash of kind, rows, size, colours, library versions and our code."""
    plain = (kind, drawing.variant, drawing.width, drawing.height, drawing.params, drawing.tables)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(_edition(tuple(theme.colours.items())) + text.encode("utf-8"))
    return digest.hexdigest()


@lru_cache(maxsize=8)
def _edition(colours: tuple[tuple[str, str], ...]) -> bytes:
    """What every drawing depends on beside its own data."""
    parts = [f"{name}={version(name)}" for name in ("altair", "vl-convert-python", "pandas")]
    digest = hashlib.sha256(json.dumps([parts, colours]).encode("utf-8"))
    for name in _SOURCES:
        digest.update(pkgutil.get_data("generator.charts", name) or b"")
    return digest.digest()


def _make_chart(request: ChartRequest, markup: Sequence[str]) -> Chart:
    return Chart(
        key=request.key,
        kind=request.kind,
        title=request.title,
        subtitle=request.subtitle,
        description=request.description,
        svg=make_svg(request, markup),
        columns=request.columns,
        rows=request.rows,
        spec=make_live(request),
    )


def _draw_missing(
    missing: Mapping[str, tuple[str, Drawing]], theme: ChartTheme, jobs: int
) -> Iterable[tuple[str, str]]:
    work = _make_jobs(missing)
    if jobs < 2 or len(missing) < _WORTH:
        for job in work:
            yield from _draw_job(job, theme)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=jobs, mp_context=context) as pool:
        for done in pool.map(_draw_job, work, [theme] * len(work)):
            yield from done


def _make_jobs(missing: Mapping[str, tuple[str, Drawing]]) -> list[Job]:
    kinds: dict[str, list[tuple[str, Drawing]]] = {}
    for key, (kind, drawing) in missing.items():
        kinds.setdefault(kind, []).append((key, drawing))
    jobs: list[Job] = []
    for kind, drawings in kinds.items():
        jobs += [(kind, tuple(drawings[i : i + _SHARE])) for i in range(0, len(drawings), _SHARE)]
    return jobs


def _draw_job(job: Job, theme: ChartTheme) -> list[tuple[str, str]]:
    """Draw in this process; the only place that loads the drawing libraries."""
    from generator.charts import svg_draw

    kind, drawings = job
    return [(key, svg_draw.draw(kind, drawing, theme)) for key, drawing in drawings]
