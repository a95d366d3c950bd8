"""The scripts that charts.js loads at first use: Vega out of vl-convert, and the kinds compiled.

Both are classic scripts, so that they work from file://. Vega is changed in two places, each checked:
it is wrapped into a function of its own, because a classic script shares its names with the page; and its
one call of the network is cut, because nothing here may reach for it. Expressions run in Vega's interpreter
(``ast``), so that a policy without ``unsafe-eval`` holds.
"""

from __future__ import annotations

import hashlib
import json
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version

from generator.charts.chart_types import ChartCache
from generator.charts.theme import ChartTheme

VEGA, KINDS = "vega.js", "chart-kinds.js"
_KIND_SOURCES = (
    "live_charts.py", "chart_specs.py", "kinds/bullet_rows.py", "canvas.py",
    "kinds/history_chart.py",
)  # fmt: skip
_NETWORK = re.compile(r"\bawait fetch\(")
_CUT = "await taizhangOffline("
_EXPORT = "window.taizhangVega={embed:vegaEmbed};"
_HEAD = (
    "/* Vega, Vega-Lite and Vega-Embed (BSD-3-Clause, University of Washington Interactive Data Lab) "
    "as bundled by vl-convert {version}; the network is cut. */\n"
    '(function(){{"use strict";function taizhangOffline(){{return Promise.reject(new Error("offline"));}}\n'
)
_BLOCKED = re.compile(
    r"\bfetch\(|XMLHttpRequest|\bimport\(|new Worker|\bimport\s+\S+\s+from\b|^export\b", re.M
)


def live_files(theme: ChartTheme, *, cache: ChartCache, folder: str = "static") -> dict[str, bytes]:
    """Site path → bytes of the two scripts, beside charts.js in ``folder``.

    Raises: ValueError when vl-convert bundles something that this room does not know how to cut.
    """
    return {**vega_file(cache=cache, folder=folder), **kinds_file(theme, cache=cache, folder=folder)}


def vega_file(*, cache: ChartCache, folder: str = "static") -> dict[str, bytes]:
    """The script that depends on the installed vl-convert alone.

    Raises: ValueError as ``live_files``.
    """
    key = _key(["vl-convert-python"], ["live_charts.py"], {})
    return {f"{folder}/{VEGA}": _take(f"{key}-{VEGA}", _make_vega, cache)}


def kinds_file(theme: ChartTheme, *, cache: ChartCache, folder: str = "static") -> dict[str, bytes]:
    """The script of the chart kinds in the theme's colours; quick once ``draw_charts`` has compiled some."""
    key = _key(["altair", "vl-convert-python"], _KIND_SOURCES, theme.colours)
    return {f"{folder}/{KINDS}": _take(f"{key}-{KINDS}", lambda: _make_kinds(theme), cache)}


def _take(key: str, make: Callable[[], str], cache: ChartCache) -> bytes:
    data = cache.get(key)
    if data is None:
        data = make().encode("utf-8")
        cache.put(key, data)
    return data


def _key(packages: Sequence[str], sources: Sequence[str], colours: Mapping[str, str]) -> str:
    parts = [f"{name}={version(name)}" for name in packages]
    digest = hashlib.sha256(json.dumps([parts, dict(colours)]).encode("utf-8"))
    for name in sources:
        digest.update(pkgutil.get_data("generator.charts", name) or b"")
    return digest.hexdigest()


def _make_vega() -> str:
    import vl_convert

    bundle = vl_convert.javascript_bundle(_EXPORT)
    return seal_bundle(bundle, version("vl-convert-python"))


def seal_bundle(bundle: str, carrier: str) -> str:
    """The bundle as a classic script without a network.

    Raises: ValueError when another way to the network, a worker or a module import is left.
    """
    text, cuts = _NETWORK.subn(_CUT, bundle)
    found = _BLOCKED.findall(text)
    if cuts != 1 or found:
        raise ValueError(
            f"vl-convert {carrier}: {cuts} calls of fetch cut (expected 1), left over: {sorted(set(found))}"
        )
    return f"{_HEAD.format(version=carrier)}{text}\n}})();\n"


def _make_kinds(theme: ChartTheme) -> str:
    from generator.charts.chart_specs import KINDS as LIVE
    from generator.charts.chart_specs import compile_spec

    colours = tuple(theme.colours.items())
    kinds = {kind: {v: compile_spec(kind, v, colours) for v in ("wide", "narrow")} for kind in LIVE}
    plain = {"kinds": kinds, "colours": {value: token for token, value in colours}}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"window.taizhangKinds={text};\n"
