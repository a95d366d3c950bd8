"""Text → search tokens: the one rule that the index and ``templates/static/search.js`` both follow.

A text is folded (NFKC, lower case). A run of Chinese characters gives its two-character grams; a run of Latin
letters or digits gives itself as a word, and a word with the Chinese character behind it gives one more token
(``60亿``), so that a number is found with its unit.
"""

from __future__ import annotations

import re
import unicodedata

HAN = "\u3007\u3400-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"(?P<word>[a-z0-9]+(?:\.[0-9]+)*)(?P<next>[{HAN}])?|(?P<han>[{HAN}]+)")


def fold(text: str) -> str:
    """The text as it is compared: NFKC, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def make_tokens(text: str) -> list[str]:
    """Tokens of a text, in order, repeated ones kept."""
    folded = fold(text)
    tokens: list[str] = []
    at = 0
    while (match := _RUN.search(folded, at)) is not None:
        if match["word"]:
            tokens.append(match["word"])
            if match["next"]:
                tokens.append(match["word"] + match["next"])
            at = match.end("word")
        else:
            run = match["han"]
            tokens += [run[i : i + 2] for i in range(len(run) - 1)]
            at = match.end()
    return tokens
