"""What the preview adds to a page: its script, what does not build, and leave for both in its policy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

SCRIPT_URL, STYLE_URL = "/livereload.js", "/taizhang-preview.css"
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
_HEAD, _HEAD_END, _BODY = re.compile(rb"<head[^>]*>"), b"</head>", re.compile(rb"<body[^>]*>")
_ADDED = f'<script src="{SCRIPT_URL}"></script><link rel="stylesheet" href="{STYLE_URL}">'.encode()

STYLE = """\
#taizhang-problems { position: sticky; top: 0; z-index: 9999; max-height: 50vh; margin: 0;
  padding: 1rem 1.5rem; overflow: auto; background: #5c0011; color: #fff; font: 16px/1.6 monospace; }
#taizhang-problems strong { color: #fff; }
#taizhang-problems ul { margin: .5rem 0 0; padding-left: 1.2rem; }
#taizhang-problems li { white-space: pre-wrap; overflow-wrap: anywhere; color: #fff; }
"""


def adapt_page(page: bytes, *, host: str, problems: bytes, at_top: bool = False) -> bytes:
    """A page with the preview's script and what does not build at its head.

    host: where the script asks for news. at_top: read its relative links from the site's top (a page that is
    shown for addresses of any depth).
    """
    page = _POLICY.sub(lambda m: m[1] + _adapt_attribute(m[2], host) + m[3], page, count=1)
    if at_top:
        page = _HEAD.sub(lambda m: m[0] + b'<base href="/">', page, count=1)
    page = page.replace(_HEAD_END, _ADDED + _HEAD_END, 1)
    return _BODY.sub(lambda m: m[0] + problems, page, count=1)


def _adapt_attribute(value: bytes, host: str) -> bytes:
    return escape(adapt_policy(unescape(value.decode("utf-8")), host)).encode("utf-8")


def adapt_policy(policy: str, host: str) -> str:
    """A policy that lets in the preview's script, style, connection and base, and nothing more.

    ``script-src 'none'; img-src 'self'`` → ``script-src 'self'; img-src 'self'; …``
    """
    wanted = {
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": f"ws://{host}",
        "base-uri": "'self'",
    }
    found = [directive.split() for directive in policy.split(";") if directive.strip()]
    names = {directive[0] for directive in found}
    found += [[name] for name in wanted if name not in names]
    return "; ".join(" ".join(_let_in(directive, wanted)) for directive in found)


def _let_in(directive: list[str], wanted: dict[str, str]) -> list[str]:
    name, *sources = directive
    source = wanted.get(name)
    if source is None or source in sources:
        return directive
    return [name, *(s for s in sources if s != "'none'"), source]


def format_problems(heading: str, problems: Sequence[str]) -> bytes:
    """What does not build, as markup; nothing without problems."""
    if not problems:
        return b""
    lines = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    told = f"<strong>{escape(heading)}</strong><ul>{lines}</ul>"
    return f'<section id="taizhang-problems" role="alert">{told}</section>'.encode()


def make_waiting_page(words: str) -> bytes:
    """What is shown while there is no site yet."""
    text = escape(words)
    head = f'<!doctype html><html><head><meta charset="utf-8"><title>{text}</title></head>'
    return f"{head}<body><p>{text}</p></body></html>".encode()
