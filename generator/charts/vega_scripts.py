"""The scripts that charts.js loads at first use: Vega out of vl-convert, and the compiled kinds.

Both are classic scripts, so that they work from file://. Vega is changed in two places, each checked:
it is wrapped into a function of its own, because a classic script shares its names with the page; and its
one call of the network is cut, because nothing here may reach for it. Expressions run in Vega's interpreter
(``ast``), so that a policy without ``unsafe-eval`` holds.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import version

from generator.charts.vega_engine import Kinds

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


def make_vega_script() -> str:
    """Vega as a classic script.

    Raises: ValueError when vl-convert bundles something that this module does not know how to cut.
    """
    import vl_convert

    return seal_bundle(vl_convert.javascript_bundle(_EXPORT), version("vl-convert-python"))


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


def format_kinds(kinds: Kinds) -> str:
    """The compiled kinds as a classic script."""
    text = json.dumps(kinds, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"window.taizhangKinds={text};\n"
