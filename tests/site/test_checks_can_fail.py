"""Every check of a built site finds the fault it is for: one fault each, put into a copy of a good site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pytest

from tests.audit import (
    appearance,
    articles,
    heads,
    links,
    markup,
    private_numbers,
    progress,
    scripts,
    structure,
    styles,
    wording,
)
from tests.audit.built import Built
from tests.audit.documents import parse_pages
from tests.audit.private_numbers import check_private_numbers, find_private_numbers

Check = Callable[[Built], Iterable[str]]


@dataclass(frozen=True)
class Fault:
    """A fault and the check that must find it."""

    check: Check
    file: str
    """Pattern of the site paths that are spoiled."""
    old: str
    """Pattern of what is spoiled, in the middle of the file's text."""
    new: str
    only_first: bool = False
    """Spoil the first such file alone."""


class Spoiled(Built):
    """A built site with other files in memory."""

    def __init__(self, good: Built, files: Mapping[str, bytes]) -> None:
        super().__init__(good.name, good.folder, good.root)
        self.__dict__.update(files=files, pages=parse_pages(files), site=good.site)


def spoil(good: Built, fault: Fault) -> Spoiled:
    """A copy of a site with one fault; asserts that there was something to spoil."""
    files, changed = dict(good.files), 0
    for name, data in good.files.items():
        if re.fullmatch(fault.file, name) and not (changed and fault.only_first):
            text = re.sub(fault.old, fault.new, data.decode("utf-8"), flags=re.S)
            changed += text != data.decode("utf-8")
            files[name] = text.encode("utf-8")
    assert changed, f"nothing to spoil: {fault.old} in {fault.file}"
    return Spoiled(good, files)


@cache
def usual(good: Built, check: Check) -> frozenset[str]:
    """What a check finds on the good site itself: nothing, as other tests hold."""
    return frozenset(check(good))


@cache
def rule(name: str) -> Check:
    """A rule of own wording as a check."""
    return lambda built: wording.check_wording(built, name)


def parse(built: Built) -> Iterable[str]:
    """HTML parse errors of a whole site."""
    return [found for page in built.pages.values() for found in markup.check_parsing(page)]


def files_reached(built: Built) -> Iterable[str]:
    """Files of a whole site."""
    return links.check_reached(built.files)


def built_well(built: Built) -> Iterable[str]:
    """Structure of a whole site."""
    return [found for page in built.pages.values() for found in markup.check_structure(page)]


HTML, TASK, OVERVIEW, CSS = r".*\.html", r"ceshi/tasks/.*\.html", r"ceshi/index\.html", r"static/site\.css"
NOTE = '<p class="foot-note">'

FAULTS: dict[str, Fault] = {
    "A_01": Fault(heads.check_site_tags, HTML, r'<meta name="SiteIDCode"[^>]*>', ""),
    "A_01_twice": Fault(heads.check_site_tags, HTML, r'(<meta name="SiteName"[^>]*>)', r"\1\1"),
    "A_02": Fault(
        heads.check_column_tags, HTML, r'name="ColumnType" content="[^"]*"', 'name="ColumnType" content=""'
    ),
    "A_03": Fault(heads.check_article_tags, TASK, r'(name="ArticleTitle" content=")', r"\1x"),
    "A_03_source": Fault(heads.check_article_tags, TASK, r'<meta name="ContentSource"[^>]*>', ""),
    "A_04": Fault(heads.check_optional_tags, HTML, r'(name="Url" content="https)', r"\1x"),
    "A_05": Fault(heads.check_pub_dates, TASK, r'(name="PubDate" content="[^"]*)"', r'\1:58"'),
    "A_06": Fault(
        heads.check_column_types,
        HTML,
        r'name="ColumnType" content="[^"]*"',
        'name="ColumnType" content="新闻"',
    ),
    "A_07": Fault(
        heads.check_identity_tags, HTML, r'name="SiteDomain" content="', 'name="SiteDomain" content="https://'
    ),
    "A_08": Fault(heads.check_identity_tags, HTML, r"9999010001", "9999010002"),
    "A_09": Fault(heads.check_landmarks, OVERVIEW, r"<main ", "<main></main><main "),
    "A_09_footer": Fault(heads.check_landmarks, OVERVIEW, NOTE, NOTE + "x"),
    "A_10": Fault(heads.check_footers, HTML, r"测公网安备 99990102000001号", ""),
    "A_11": Fault(
        heads.check_footers,
        HTML,
        r"jiucuo\.html\?site_code=\d+&amp;url=[^\"]*",
        "jiucuo.html?site_code=1&amp;url=x",
    ),
    "A_12": Fault(
        heads.check_nothing_from_outside,
        HTML,
        r"</main>",
        '<img alt="" src="https://x.example/a.png"></main>',
    ),
    "A_12_css": Fault(heads.check_nothing_from_outside, CSS, r"^", "a{background:url(//x.example/a.png)}"),
    "A_14": Fault(heads.check_titles, TASK, r"<title>.*?</title>", "<title>任务 - 测试台账（虚构）</title>"),
    "A_15": Fault(heads.check_breadcrumbs, TASK, r"<li[^>]*>执行公开</li>", ""),
    "A_16": Fault(styles.check_colours, CSS, r":root \{", ":root { --new: #118833; --newer: #aa11aa; "),
    "A_18": Fault(appearance.check_weights, TASK, r"</main>", "x" * 100_000 + "</main>"),
    "A_20": Fault(heads.check_no_blank_columns, OVERVIEW, r"</main>", "<ul></ul></main>"),
    "A_21": Fault(heads.check_publish_time, TASK, r"<time [^>]*>", "<time>"),
    "A_22": Fault(heads.check_source_shown, TASK, r'(name="ContentSource" content=")[^"]*', r"\1别处"),
    "A_23": Fault(heads.check_outside_links, TASK, r"（外部链接）", ""),
    "A_25": Fault(heads.check_reachable, HTML, r'href="[^"]*accessibility\.html"', 'href="index.html"'),
    "A_26": Fault(heads.check_calm, HTML, r"</main>", "<marquee>x</marquee></main>"),
    "B_04": Fault(structure.check_language, HTML, r'<html lang="zh-CN"', '<html lang="zh"'),
    "B_06": Fault(structure.check_marks, TASK, r'(<span class="mark"[^>]*>.*?</svg>)[^<]*', r"\1"),
    "B_06_shape": Fault(structure.check_marks, HTML, r'href="#m-behind"', 'href="#m-done"'),
    "B_07": Fault(structure.check_viewport, HTML, r"initial-scale=1", "initial-scale=1, maximum-scale=1"),
    "B_10": Fault(styles.check_focus, CSS, r":focus(?![\w-])", ":hover"),
    "B_11": Fault(structure.check_outline, OVERVIEW, r"<h2", "<h4"),
    "B_11_skip": Fault(structure.check_outline, HTML, r'<a class="skip"[^>]*>.*?</a>', ""),
    "B_12": Fault(structure.check_tables, OVERVIEW, r'scope="col"', ""),
    "B_12_caption": Fault(structure.check_tables, OVERVIEW, r"<caption[^>]*>.*?</caption>", ""),
    "B_13": Fault(structure.check_charts, OVERVIEW, r"<desc[^>]*>", "<desc>"),
    "B_13_numbers": Fault(structure.check_charts, OVERVIEW, r"(<desc[^>]*>)", r"\g<1>987654"),
    "B_14": Fault(styles.check_motion, CSS, r"prefers-reduced-motion", "prefers-contrast"),
    "B_16": Fault(structure.check_elder_entry, HTML, r">退出长辈版<", "><"),
    "B_19": Fault(structure.check_reading_aloud, TASK, r'(data-off="[^"]*") hidden', r"\1"),
    "B_20": Fault(
        structure.check_terms_explained, HTML, r'href="[^"]*method\.html[^"]*"', 'href="index.html"'
    ),
    "C_01": Fault(articles.check_record, TASK, r"(<dt>本站编号</dt><dd>)[^<]*", r"\1"),
    "C_02": Fault(articles.check_record, TASK, r"本站编号", "索引号"),
    "C_03": Fault(articles.check_heading_line, TASK, r"data-print>打印<", "data-print><"),
    "C_04": Fault(styles.check_print, CSS, r"attr\(href\)", '""'),
    "C_05": Fault(articles.check_qr, TASK, r'(<svg [^>]*class="qr".*?d="M[\d. ]+h)\d', r"\g<1>9"),
    "C_07": Fault(articles.check_no_counters, TASK, NOTE, "<p>浏览次数：12</p>" + NOTE),
    "C_08": Fault(articles.check_attachments, r".*\.csv", r"^.*$", "x"),
    "C_08_label": Fault(articles.check_attachments, OVERVIEW, r"(download>)[^<]*", r"\1下载"),
    "C_10": Fault(articles.check_dates, TASK, r"<dt>数据截至</dt>", "<dt>截至</dt>"),
    "C_11": Fault(articles.check_catalogue, HTML, r"公开时限", ""),
    "C_13": Fault(
        articles.check_departments_linked, TASK, r'href="\.\./departments/[^"]*"', 'href="../index.html"'
    ),
    "C_15": Fault(articles.check_quotes, TASK, r"<q>", "<q>并非原文"),
    "C_15_text": Fault(articles.check_verbatim, TASK, r'(data-text="progress">)', r"\1多"),
    "D_02": Fault(links.check_links, OVERVIEW, r"#main", "#mein"),
    "D_02_file": Fault(links.check_links, OVERVIEW, r"2025-003\.html", "2025-333.html"),
    "D_02_chart": Fault(files_reached, TASK, r'(href="\.\./charts/[^"]*") download', r"\1"),
    "D_02_unreached": Fault(files_reached, r".*\.html", r"corrections\.html", "index.html"),
    "D_02_other_name": Fault(links.check_named, TASK, r"accessibility\.html", "sitemap.html"),
    "D_02_other_row": Fault(links.check_named, OVERVIEW, r"tasks/2025-003\.html", "tasks/2025-004.html"),
    "D_04": Fault(heads.check_freshness, r"ceshi/2025Q1\.html", r"生成时已满\d+个月", ""),
    "D_04_age": Fault(heads.check_freshness, r"ceshi/2025Q1\.html", r"已满\d+个月", "已满99个月"),
    "D_06": Fault(check_private_numbers, TASK, "</h1>", " 138 0013 8000</h1>", only_first=True),
    "D_06_data": Fault(check_private_numbers, r"data/tasks\.json", "测试区", "１３８００１３８０００"),
    "D_07": Fault(check_private_numbers, r"data/tasks\.csv", "测试区", "11010519491231002X"),
    "D_08": Fault(check_private_numbers, r"ceshi/feed\.xml", "测试区", "6222 0213 0741 8529 630"),
    "D_09": Fault(structure.check_no_phone_without_link, TASK, r'href="tel:[^"]*"', 'href="#main"'),
    "E_01": Fault(appearance.check_charset, HTML, r'<meta charset="utf-8">', ""),
    "E_02": Fault(styles.check_fonts, CSS, r"^", "@font-face{font-family:x;src:url(x.woff2)}"),
    "E_03": Fault(styles.check_fonts, CSS, r"^", "h1{font-family:SimSun}"),
    "E_07": Fault(wording.check_no_space_indents, TASK, r"<li>", "<li>　"),
    "E_09": Fault(styles.check_line_breaking, CSS, r"line-break: strict", ""),
    "E_13": Fault(styles.check_figures_aligned, CSS, r"tabular-nums", "normal"),
    "E_15": Fault(
        scripts.check_third_party, OVERVIEW, r"</main>", '<script src="../static/vega.js"></script></main>'
    ),
    "E_17": Fault(appearance.check_kernels, HTML, r'<meta name="renderer"[^>]*>', ""),
    "E_18": Fault(
        appearance.check_content_without_script, OVERVIEW, r"data-needs-script hidden", "data-needs-script"
    ),
    "E_18_hidden": Fault(
        appearance.check_content_without_script, TASK, r'<p class="small">', '<p hidden class="small">'
    ),
    "E_22": Fault(links.check_relative, OVERVIEW, r'href="\.\./index\.html"', 'href="/index.html"'),
    "E_24": Fault(scripts.check_storage_guarded, r"static/site\.js", r"^", "localStorage.getItem('x');"),
    "F_01": Fault(wording.check_units_as_printed, TASK, r"20家", "20个企业"),
    "F_02": Fault(wording.check_decimals, TASK, r"40\.0%</data>", "40%</data>"),
    "F_12": Fault(rule("F-12"), TASK, NOTE, "<p>1、测算说明。</p>" + NOTE),
    "F_03": Fault(rule("F-03"), TASK, NOTE, "<p>共4千项。</p>" + NOTE),
    "F_04": Fault(rule("F-04"), TASK, NOTE, "<p>共.5亿元。</p>" + NOTE),
    "F_05": Fault(rule("F-05"), TASK, NOTE, "<p>增长15～30%。</p>" + NOTE),
    "F_06": Fault(rule("F-06"), TASK, NOTE, "<p>从3~5项中。</p>" + NOTE),
    "F_07": Fault(wording.check_points, TASK, r'(class="bar-words">).*?</p>', r"\1比序时进度低10%。</p>"),
    "F_08": Fault(rule("F-08"), TASK, NOTE, "<p>截至2025年06月30日。</p>" + NOTE),
    "F_09": Fault(wording.check_periods, TASK, r'<span class="basis">[^<]*</span>', ""),
    "F_10": Fault(rule("F-10"), TASK, NOTE, "<p>近日公布。</p>" + NOTE),
    "F_11": Fault(rule("F-11"), TASK, NOTE, "<p>完成,推进。</p>" + NOTE),
    "F_11_pairs": Fault(wording.check_pairs, TASK, NOTE, "<p>测算（说明见方法。</p>" + NOTE),
    "F_13": Fault(progress.check_shares, OVERVIEW, NOTE, "<p>1项，占9项的12%。</p>" + NOTE),
    "F_14": Fault(rule("F-14"), TASK, NOTE, "<p>增长-3%。</p>" + NOTE),
    "D_05": Fault(rule("D-05"), TASK, NOTE, "<p>undefined</p>" + NOTE),
    "G_01": Fault(progress.check_schedule, TASK, r"(比序时进度<span[^>]*>)50\.0", r"\g<1>51.0"),
    "G_02": Fault(progress.check_targets_shown, TASK, r"未达|没有达到|未达到|达到", ""),
    "G_03": Fault(progress.check_own_judgement_marked, r"method\.html", r"个百分点", "点"),
    "G_06": Fault(progress.check_counts, OVERVIEW, r'(#status=behind">.*?<b>)\d', r"\g<1>7"),
    "G_06_totals": Fault(
        progress.check_totals, OVERVIEW, r'<li class="card"[^>]*data-number="3"', '<li class="card"'
    ),
    "G_07": Fault(progress.check_record_complete, TASK, r'class="promise"', ""),
    "G_08": Fault(progress.check_values_keyed, TASK, r'data-target="', 'data-target="x'),
    "G_08_value": Fault(
        progress.check_values_keyed, TASK, r'(<data class="percent" value=")0\.4"', r'\g<1>0.5"'
    ),
    "G_09": Fault(progress.check_bars, TASK, r"(M0,3h)96", r"\g<1>120"),
    "G_10": Fault(progress.check_own_judgement_marked, TASK, r"系统测算，非官方评价", ""),
    "html": Fault(parse, TASK, r"</h1>", "</h2>"),
    "html_ids": Fault(built_well, TASK, r"</main>", '<p id="main"></p></main>'),
    "html_nested": Fault(
        built_well, TASK, r"</main>", '<a href="#main"><button type="button">x</button></a></main>'
    ),
    "html_label": Fault(built_well, TASK, r'for="top-q"', 'for="top-x"'),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_found(official: Built, name: str) -> None:
    fault = FAULTS[name]
    good = usual(official, fault.check)
    assert set(fault.check(spoil(official, fault))) - good


def test_A_13_an_unofficial_site_must_say_so(sample: Built) -> None:
    for fault in (
        Fault(heads.check_footers, HTML, heads.NOTICE, ""),
        Fault(heads.check_footers, HTML, NOTE, "<p>网站标识码：1</p>" + NOTE),
        Fault(
            heads.check_identity_tags,
            HTML,
            "</title>",
            '</title><meta name="SiteIDCode" content="9999010001">',
        ),
        Fault(
            articles.check_qr,
            TASK,
            r"</main>",
            '<svg class="qr"><path stroke="#000" d="M4 4h7"/></svg></main>',
        ),
    ):
        assert list(fault.check(spoil(sample, fault)))


@pytest.mark.parametrize(
    "text",
    [
        "var a = b?.c;",
        "var a = b ?? c;",
        "a ||= b;",
        "class A { x = 1 }",
        "class A { static { } }",
        "var a = 1_000;",
        "var a = 10n;",
        "import('x');",
        "await x;",
        "var a = 'x'.replaceAll('a', 'b');",
        "var a = Object.hasOwn(b, 'c');",
        "var a = structuredClone(b);",
        "fetch('x');",
        "new Worker('x');",
        "var a = /(?<=x)y/;",
        "",
    ],
)
def test_E_15_newer_script_is_found(text: str) -> None:
    assert list(scripts.check_script("x.js", text))


@pytest.mark.parametrize(
    "text", ["var a = Boolean(Object.hasOwn && window.structuredClone);", "async () => { await 1; };"]
)
def test_E_15_asking_for_a_builtin_is_allowed(text: str) -> None:
    assert list(scripts.check_script("x.js", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "a { width: clamp(1px, 2vw, 3px) }",
        "a { --x: min(1px, 2vw) }",
        "a { display: flex; gap: 1px }",
        "a { display: flex } @media print { a { gap: 1px } }",
        "a:focus, a:focus-visible { outline: 0 }",
        ":is(a, b) { color: red }",
        "a:has(b) { color: red }",
        "a { inset: 0 }",
        "a { aspect-ratio: 1 }",
        "a { text-wrap: balance }",
        "@layer x { a { color: red } }",
        "@container (width > 1px) { a { color: red } }",
        "@media (width >= 600px) { a { color: red } }",
        "a { height: 100dvh }",
        "a { color: color-mix(in srgb, red, blue) }",
        "a { color: red; &:hover { color: blue } }",
        "a { overflow-wrap: anywhere }",
        "a { margin-inline: 1px }",
    ],
)
def test_E_16_newer_style_is_found(text: str) -> None:
    assert list(styles.check_old_browsers("x.css", text))


@pytest.mark.parametrize(
    "text",
    [
        "a { width: 2px; width: clamp(1px, 2vw, 3px) }",
        "a { display: grid; gap: 1px; grid-template-columns: minmax(0, 1fr) }",
        "a:focus-visible { outline: 1px solid }",
        "@supports (aspect-ratio: 1) { a { aspect-ratio: 1 } }",
        "a { height: 100vh; height: 100dvh }",
        "a { word-break: break-word; overflow-wrap: anywhere }",
        "@media (min-width: 600px) { a { color: red } }",
    ],
)
def test_E_16_guarded_style_is_allowed(text: str) -> None:
    assert list(styles.check_old_browsers("x.css", text)) == []


def test_E_16_braces_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="never closed"):
        styles.parse_css("a { color: red")


def test_every_check_has_a_fault() -> None:
    named = {fault.check for fault in FAULTS.values()}
    modules = (
        appearance,
        articles,
        heads,
        links,
        private_numbers,
        progress,
        scripts,
        structure,
        styles,
        wording,
    )
    everything = {
        value
        for module in modules
        for name, value in vars(module).items()
        if name.startswith("check_") and getattr(value, "__module__", "") == module.__name__
    }
    elsewhere = {heads.check_tags, scripts.check_scripts, scripts.check_script, styles.check_sheets}
    elsewhere |= {styles.check_old_browsers, wording.check_wording, links.check_xml}
    elsewhere |= {links.check_reached}
    assert {check.__name__ for check in everything - named - elsewhere} == set()


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138-0013-8000",
        "138\u00a00013\u00a08000",
        "１３８００１３８０００",
        "电话13800138000，",
        "11010519491231002X",
        "110105 19491231 002x",
        "110105491231002",
        "6222021307418529630",
        "6222 0213 0741 8529 630",
    ],
)
def test_D_11_a_private_number_is_found_in_any_form(text: str) -> None:
    assert find_private_numbers(f"（{text}）")


@pytest.mark.parametrize(
    "text",
    [
        "0531-55550101",
        "053155550105",
        "9999010001",
        "0.13800138000",
        "a13800138000f",
        "13800138000元",
        "2025-06-30",
    ],
)
def test_D_11_other_numbers_are_none(text: str) -> None:
    assert find_private_numbers(f"（{text}）") == []
