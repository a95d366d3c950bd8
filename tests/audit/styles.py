"""Style sheets as an old browser reads them (government-pages.md E-16); what they must and must not say."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.audit.built import Built

GENERIC = ("sans-serif", "serif", "monospace", "system-ui", "inherit", "cursive")
STANDINGS = (
    *(
        "done",
        "ahead",
        "on_schedule",
        "near_schedule",
        "behind",
        "partly_done",
        "under_way",
        "prepared",
        "intent",
    ),
    *("blocked", "not_started", "suspended", "ended", "no_information", "undecided"),
)
_NEW_VALUE = re.compile(
    r"(?<![\w-])(?:clamp|min|max|color-mix|oklch|oklab|lab|lch|light-dark|round|calc-size)\(|\d(?:dvh|svh|lvh|dvw|cqw|cqi|lh|rlh)\b"
)
_NEW_PROPERTY = re.compile(
    r"(?:inset(?:-.*)?|aspect-ratio|container(?:-.*)?|translate|rotate|scale|text-wrap(?:-.*)?|text-autospace"
    r"|text-spacing-trim|(?:margin|padding)-(?:inline|block)|accent-color|content-visibility|view-transition-name"
    r"|anchor-name|position-anchor|overflow-clip-margin|text-justify|hanging-punctuation)"
)
_FALLBACK = {
    "inset": ("top",),
    "margin-inline": ("margin", "margin-left"),
    "padding-inline": ("padding", "padding-left"),
}
_FALLBACK |= {"margin-block": ("margin", "margin-top"), "padding-block": ("padding", "padding-top")}
_NEW_SELECTOR = re.compile(
    r":(?:is|where|has|focus-visible|popover-open|user-invalid|modal|dir|not\([^)]*,)\b|::(?:backdrop|part)"
)
_NEW_AT_RULE = re.compile(
    r"@(?:layer|container|property|scope|starting-style|view-transition)\b|@media[^{]*[<>]"
)


@dataclass(frozen=True)
class Rule:
    """A block of declarations."""

    context: tuple[str, ...]
    """The at-rules around it, outermost first."""
    selector: str
    declarations: tuple[tuple[str, str], ...]
    """Property and value, in order."""


def parse_css(text: str) -> list[Rule]:
    """Every rule of a style sheet. Raises: ValueError when braces do not match."""
    rules: list[Rule] = []
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    end = _parse_block(text, 0, (), rules)
    if end != len(text):
        raise ValueError(f"a brace too many at character {end}")
    return rules


def _parse_block(text: str, at: int, context: tuple[str, ...], rules: list[Rule]) -> int:
    start = at
    while at < len(text):
        if text[at] == "{":
            head = text[start:at].strip()
            close = _closing(text, at)
            body = text[at + 1 : close]
            if "{" in body:
                if not head.startswith("@"):
                    rules.append(Rule(context, f"{head} &", ()))
                _parse_block(body, 0, (*context, head), rules)
            else:
                rules.append(Rule(context, head, _declarations(body)))
            at = start = close + 1
        elif text[at] == "}":
            return at
        elif text[at] == ";":
            head, at = text[start:at].strip(), at + 1
            if head.startswith("@"):
                rules.append(Rule(context, head, ()))
            start = at
        else:
            at += 1
    return at


def _closing(text: str, at: int) -> int:
    depth = 0
    for i in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0:
            return i
    raise ValueError(f"the brace at character {at} is never closed")


def _declarations(body: str) -> tuple[tuple[str, str], ...]:
    parts = (part.partition(":") for part in re.split(r";(?![^(]*\))", body) if ":" in part)
    return tuple((name.strip().lower(), value.strip()) for name, _, value in parts)


def check_old_browsers(name: str, text: str) -> Iterator[str]:
    """E-16: nothing newer than the oldest office browser without something before it that the old reads."""
    rules = parse_css(text)
    flex = {
        s
        for rule in rules
        if ("display", "flex") in _plain(rule) or ("display", "inline-flex") in _plain(rule)
        for s in _selectors(rule)
    }
    for rule in rules:
        guarded = any(each.startswith("@supports") for each in rule.context)
        place = f"{name}: {' '.join((*rule.context, rule.selector))[:100]}"
        for each in (*rule.context, rule.selector):
            if _NEW_AT_RULE.match(each):
                yield f"{place}: {each[:60]}"
        if rule.selector.endswith("&") or "&" in rule.selector:
            yield f"{place}: nesting"
        if not rule.selector.startswith("@") and _NEW_SELECTOR.search(rule.selector):
            if len(_selectors(rule)) > 1:
                yield f"{place}: the old selectors of the list are lost with the new one"
            elif not guarded and re.search(r":(?:is|where|has)\b", rule.selector):
                yield f"{place}: a selector that old browsers do not know"
        if not guarded:
            yield from (f"{place}: {found}" for found in _new_declarations(rule))
        if flex & set(_selectors(rule)) and not guarded:
            gaps = [
                p
                for p, v in rule.declarations
                if p in ("gap", "row-gap", "column-gap") and v not in ("0", "normal")
            ]
            grid = any(p == "display" and v.endswith("grid") for p, v in rule.declarations)
            yield from (f"{place}: {gap} in a flex box" for gap in gaps if not grid)


def _new_declarations(rule: Rule) -> Iterator[str]:
    seen: set[str] = set()
    for name, value in rule.declarations:
        if _NEW_VALUE.search(value) and (name.startswith("--") or name not in seen):
            yield f"{name}: {value}"
        if _NEW_PROPERTY.fullmatch(name) and not seen & set(_FALLBACK.get(name, ())):
            yield f"{name}: {value}"
        if (
            name == "overflow-wrap"
            and value == "anywhere"
            and not seen & {"word-break", "overflow-wrap", "word-wrap"}
        ):
            yield f"{name}: {value} without word-break before it"
        seen.add(name)


def _plain(rule: Rule) -> tuple[tuple[str, str], ...]:
    return tuple((name, value.removesuffix("!important").strip()) for name, value in rule.declarations)


def _selectors(rule: Rule) -> list[str]:
    return [" ".join(s.split()) for s in re.split(r",(?![^(]*\))", rule.selector)]


def sheets(built: Built) -> Iterator[tuple[str, str]]:
    """Style sheets of a site and styles inside its pages: name and text."""
    for name, data in built.files.items():
        if name.endswith(".css"):
            yield name, data.decode("utf-8")
    for page in built.pages.values():
        for style in page.find("//style"):
            yield page.url, style.text or ""


def check_sheets(built: Built) -> Iterator[str]:
    """E-16 for every sheet of a site."""
    for name, text in sheets(built):
        yield from check_old_browsers(name, text)


def check_fonts(built: Built) -> Iterator[str]:
    """E-02, E-03: no font from anywhere; every family list ends in a generic one."""
    stacks: list[str] = []
    for name, text in sheets(built):
        if "@font-face" in text:
            yield f"{name}: @font-face"
        for rule in parse_css(text):
            for key, value in rule.declarations:
                if key == "font-family" or (key == "font" and "," in value):
                    stacks.append(value)
                    if (
                        value.split(",")[-1].strip(" \"'").removesuffix(" !important") not in GENERIC
                        and "var(" not in value
                    ):
                        yield f"{name}: {value}"
    if not any("Microsoft YaHei" in stack and "Noto Sans CJK SC" in stack for stack in stacks):
        yield f"no family list names Microsoft YaHei and Noto Sans CJK SC: {stacks}"


def check_colours(built: Built) -> Iterator[str]:
    """A-16: at most three hues among the tokens of the theme; those of the statuses are a group apart."""
    for name, text in sheets(built):
        for rule in parse_css(text):
            tokens = {
                k: v
                for k, v in rule.declarations
                if k.startswith("--") and re.fullmatch(r"#[0-9a-fA-F]{3,8}", v)
            }
            theme = {k: v for k, v in tokens.items() if k[2:] not in STANDINGS}
            hues = distinct_hues(theme.values())
            if len(hues) > 3:
                yield f"{name}: {rule.selector}: hues {hues} of {theme}"


def distinct_hues(colours: object) -> list[int]:
    """Hues in degrees of the colours that have one (saturation above 15 %), 30 degrees apart at least."""
    found: list[int] = []
    for colour in colours:  # type: ignore[attr-defined]
        digits = colour[1:] if len(colour) > 4 else "".join(c * 2 for c in colour[1:4])
        red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
        hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
        degrees = round(hue * 360)
        if saturation > 0.15 and all(min(abs(degrees - h), 360 - abs(degrees - h)) >= 30 for h in found):
            found.append(degrees)
    return found


def check_print(built: Built) -> Iterator[str]:
    """C-04: A4, heads of tables repeated, rows not torn, addresses printed."""
    text = "\n".join(text for _, text in sheets(built))
    rules = parse_css(text)
    printed = [r for r in rules if any("@media print" in each for each in r.context)]
    said = " ".join(f"{r.selector} {{{'; '.join(f'{k}: {v}' for k, v in r.declarations)}}}" for r in printed)
    page = " ".join(f"{k}: {v}" for r in rules if r.selector.startswith("@page") for k, v in r.declarations)
    if "A4" not in page:
        yield f"@page: {page}"
    for wanted in ("table-header-group", "break-inside: avoid", "attr(href)"):
        if wanted not in said:
            yield f"@media print says nothing of {wanted}"


def check_motion(built: Built) -> Iterator[str]:
    """B-14: whoever asks for less motion gets none."""
    text = "\n".join(text for _, text in sheets(built))
    moves = any(
        k.split("-")[0] in ("transition", "animation") or (k, v) == ("scroll-behavior", "smooth")
        for r in parse_css(text)
        for k, v in r.declarations
    )
    if moves and "prefers-reduced-motion" not in text:
        yield "motion, and no @media (prefers-reduced-motion)"


def check_focus(built: Built) -> Iterator[str]:
    """B-10: a visible :focus for browsers that do not know :focus-visible."""
    rules = [r for _, text in sheets(built) for r in parse_css(text)]
    plain = [
        r for r in rules if re.search(r":focus(?![\w-])", r.selector) and ":focus-visible" not in r.selector
    ]
    if not any(k.startswith("outline") and v not in ("none", "0") for r in plain for k, v in r.declarations):
        yield "no rule gives :focus an outline"


def check_figures_aligned(built: Built) -> Iterator[str]:
    """E-13: figures of equal width, told by the sheet that every page has."""
    if "tabular-nums" not in built.files["static/site.css"].decode("utf-8"):
        yield "no font-variant-numeric: tabular-nums"


def check_line_breaking(built: Built) -> Iterator[str]:
    """E-09, E-11: strict line breaking; the gap between Chinese and Latin letters is made by style alone."""
    said = {(k, v) for _, text in sheets(built) for r in parse_css(text) for k, v in r.declarations}
    if ("line-break", "strict") not in said:
        yield "no line-break: strict"
    if ("overflow-wrap", "anywhere") not in said or ("word-break", "break-word") not in said:
        yield "no overflow-wrap: anywhere after word-break: break-word"
