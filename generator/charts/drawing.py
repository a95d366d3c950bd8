"""Requests → charts: what the cache has is taken; the engine starts only for what it has not."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as once
from functools import partial
from importlib.metadata import version
from importlib.resources import files

from generator.base.parallel import Workers
from generator.charts.chart_files import svg_file
from generator.charts.chart_markup import make_live, make_svg
from generator.charts.chart_types import Box, Chart, ChartCache, ChartRequest, Drawing

VEGA_SCRIPT, KINDS_SCRIPT = "static/vega.js", "static/chart-kinds.js"
Drawings = Mapping[str, tuple[str, Drawing]]
"""Key → kind and drawing."""
_WORTH = 600
"""Drawings (about 10 ms each) for which another process pays: the engine takes a second to start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCharts:
    """All charts of a site and what makes them live."""

    charts: Mapping[str, Chart]
    """Key → chart, in the order of the requests."""
    scripts: Mapping[str, bytes]
    """Site path → bytes of what charts.js loads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn variant: inner markup, and the places of the hits that the spec placed."""

    markup: str
    places: Mapping[str, Box]


def draw_charts(
    requests: Sequence[ChartRequest],
    colours: Mapping[str, str],
    *,
    cache: ChartCache,
    workers: Workers,
    live: bool = True,
) -> DrawnCharts:
    """Every chart and, with ``live``, the scripts; what was made anew is put into the cache.

    colours: token → #rrggbb of the downloads. Raises: ValueError when two requests have one key.
    """
    if twice := [key for key, n in Counter(request.key for request in requests).items() if n > 1]:
        raise ValueError(f"chart keys given twice: {sorted(twice)}")
    wanted = {drawing_key(r.kind, drawing): (r.kind, drawing) for r in requests for drawing in r.drawings}
    names = (VEGA_SCRIPT, KINDS_SCRIPT) if live else ()
    pictures, scripts = _complete_cache(wanted, names, cache, workers)
    charts = {request.key: _make_chart(request, pictures, colours) for request in requests}
    return DrawnCharts(charts=charts, scripts=scripts)


def _complete_cache(
    wanted: Drawings, names: Sequence[str], cache: ChartCache, workers: Workers
) -> tuple[dict[str, Picture], dict[str, bytes]]:
    """Every wanted picture by its key and every script by its name, drawn now where the cache has none."""
    keys = {name: script_key(name) for name in names}
    made = {key: data for key in (*keys.values(), *wanted) if (data := cache.get(key)) is not None}
    pictures = {key: picture for key in wanted if (picture := parse_picture(made.get(key, b"")))}
    missing = {key: drawing for key, drawing in wanted.items() if key not in pictures}
    for key, data in _start_engine(missing, [name for name in names if keys[name] not in made], workers):
        cache.put(key, data)
        made[key] = data
    pictures |= {key: picture for key in missing if (picture := parse_picture(made[key]))}
    return pictures, {name: made[key] for name, key in keys.items()}


def prepare_scripts(cache: ChartCache) -> None:
    """Put the scripts into the cache, which depend on the installed program alone."""
    draw_charts((), {}, cache=cache, workers=Workers(1))


def drawing_key(kind: str, drawing: Drawing) -> str:
    """Name of a drawing in the cache: hash of all that its picture is drawn from."""
    text = repr((kind, {name: getattr(drawing, name) for name in _DRAWN}))
    return hashlib.sha256(_edition().encode("ascii") + text.encode("utf-8")).hexdigest()


_DRAWN = tuple(name for name in Drawing.__slots__ if name != "hits")


def script_key(name: str) -> str:
    """Name of a script in the cache."""
    return f"{_edition()}-{name.rpartition('/')[2]}"


@once
def _edition() -> str:
    """Hash of the program that draws: this room's code and the libraries' versions."""
    digest = hashlib.sha256()
    for name in ("altair", "vl-convert-python", "pandas"):
        digest.update(f"{name}={version(name)};".encode("ascii"))
    room = files("generator.charts")
    for folder in (room, room / "kinds"):
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def parse_picture(data: bytes) -> Picture | None:
    """A picture as the cache keeps it; None when the bytes are none."""
    try:
        markup, places = json.loads(data)
        return Picture(markup=markup, places={key: Box(*place) for key, place in places.items()})
    except (ValueError, TypeError, AttributeError):
        return None


def _make_chart(request: ChartRequest, drawn: Mapping[str, Picture], colours: Mapping[str, str]) -> Chart:
    variants = [(drawing, drawn[drawing_key(request.kind, drawing)]) for drawing in request.drawings]
    return Chart(
        key=request.key,
        kind=request.kind,
        title=request.title,
        subtitle=request.subtitle,
        description=request.description,
        svg="".join(make_svg(request, drawing, p.markup, p.places) for drawing, p in variants),
        columns=tuple(column.name for column in request.table.columns),
        rows=request.table.printed,
        spec=make_live(request),
        files={
            f"{request.key}.csv": request.table.format_csv(),
            f"{request.key}.svg": svg_file(request, variants[0][1].markup, colours),
        },
    )


def _start_engine(missing: Drawings, scripts: Sequence[str], workers: Workers) -> Iterable[tuple[str, bytes]]:
    """Draw beside this process, so that it need not load the engine; in it where it has done so already.

    An engine's threads do not survive a fork.
    """
    if not missing and not scripts:
        return
    if "vl_convert" in sys.modules:
        workers = Workers(1)
    shares = min(workers.jobs, 1 + len(missing) // _WORTH)
    keys = list(missing)
    parts = [{key: missing[key] for key in keys[place::shares]} for place in range(shares)]
    waits = [
        workers.start(partial(run_engine, part, () if place else tuple(scripts)))
        for place, part in enumerate(parts)
    ]
    for wait in waits:
        yield from wait()


def run_engine(missing: Drawings, scripts: Sequence[str]) -> list[tuple[str, bytes]]:
    """Key → bytes for the cache; the only place that loads the drawing libraries."""
    from generator.charts import svg_writer, vega_engine, vega_scripts

    made = []
    scenes = vega_engine.draw_scenes([*missing.values()])
    for (key, (_, drawing)), scene in zip(missing.items(), scenes, strict=True):
        made.append((key, json.dumps(svg_writer.format_picture(scene, drawing), ensure_ascii=False)))
    if KINDS_SCRIPT in scripts:
        made.append((script_key(KINDS_SCRIPT), vega_scripts.format_kinds(vega_engine.compile_live_kinds())))
    if VEGA_SCRIPT in scripts:
        made.append((script_key(VEGA_SCRIPT), vega_scripts.make_vega_script()))
    return [(key, text.encode("utf-8")) for key, text in made]
