"""Pinyin: readings of characters, initials of titles and names, words of the texts by their first letter."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from generator.site.search.tokens import HAN

_HAN = re.compile(f"[{HAN}]")
_HAN_RUN = re.compile(f"[{HAN}]+")
_LONGEST = 5
_MOST_TERMS = 6000
"""Words of running text that are found by pinyin; titles and names are found beside them."""


def read_characters(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Character → its readings: 重 → chong, zhong."""
    from pypinyin import Style, pinyin  # slow to load

    return {
        char: tuple(sorted({r for r in pinyin(char, Style.NORMAL, heteronym=True)[0] if r.isalpha()}))
        for char in sorted({char for text in texts for char in text if _HAN.match(char)})
    }


def format_readings(readings: Mapping[str, tuple[str, ...]]) -> str:
    """Every character under each of its readings: ``chong重虫 zhong重中``."""
    groups: dict[str, list[str]] = defaultdict(list)
    for char, found in readings.items():
        for reading in found:
            groups[reading].append(char)
    return " ".join(reading + "".join(chars) for reading, chars in sorted(groups.items()))


def make_initials(text: str) -> set[str]:
    """Tokens of two and three initials that follow each other: ``'xz`` and ``'xzc`` of 新增城."""
    from pypinyin import Style, lazy_pinyin

    found: set[str] = set()
    for run in _HAN_RUN.findall(text):
        letters = "".join(syllable[:1] for syllable in lazy_pinyin(run, Style.NORMAL))
        found |= {f"'{letters[i : i + size]}" for size in (2, 3) for i in range(len(letters) - size + 1)}
    return found


def find_terms(texts: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Words for pinyin, the most frequent first: what the texts repeat, no mere parts of longer runs.

    names: words that are taken whatever their number.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _HAN_RUN.findall(text):
            for size in range(2, _LONGEST + 1):
                counts.update(run[i : i + size] for i in range(len(run) - size + 1))
    inner = {
        part for run, n in counts.items() if len(run) > 2 for part in (run[1:], run[:-1]) if counts[part] == n
    }
    found = [run for run, n in counts.items() if n > 1 and run not in inner and len(run) < _LONGEST]
    frequent = sorted(found, key=lambda run: (-counts[run], run))[:_MOST_TERMS]
    whole = {name for name in names if len(name) > 1 and _HAN_RUN.fullmatch(name)}
    return (*sorted(whole), *(run for run in frequent if run not in whole))


def group_terms(terms: Iterable[str], readings: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """First letter → its words, with blanks between."""
    groups: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        for letter in sorted({reading[0] for reading in readings.get(term[0], ())}):
            groups[letter].append(term)
    return {letter: " ".join(found) for letter, found in sorted(groups.items())}
