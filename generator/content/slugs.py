"""ASCII names for pages: pinyin, lower case, words joined by hyphens."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(r"[^a-z0-9]+")
_LONGEST = 48


def make_slug(name: str) -> str:
    """``区发展改革局`` is qu-fa-zhan-gai-ge-ju; never empty, at most 48 characters."""
    from pypinyin import lazy_pinyin  # slow to load, and rarely needed

    syllables = lazy_pinyin(name)
    slug = _SEPARATOR.sub("-", "-".join(syllables).lower()).strip("-")
    return slug[:_LONGEST].strip("-") or "x"


def make_unique(slug: str, taken: set[str]) -> str:
    """The slug, or the slug with the first free number behind it."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
