"""Page elements and meta tags that a government site owes (government-pages.md, group A)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from tests.audit.built import Built
from tests.audit.documents import Document, class_path, has_class, is_outside, iter_texts, resolve, text_of
from tests.audit.scripts import THIRD_PARTY

SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE_TAGS = ("ArticleTitle", "PubDate", "ContentSource")
OPTIONAL_TAGS = ("Keywords", "Author", "Description", "Image", "Url")
COLUMN_TYPES = frozenset(
    [
        "首页",
        "概况信息",
        "机构职能",
        "负责人信息",
        "工作动态",
        "政策文件",
        "信息公开指南",
        "信息公开目录",
        "信息公开年报",
        "依申请公开",
        "数据发布",
        "数据开放",
        "政策解读",
        "回应关切",
        "办事服务",
        "咨询投诉",
        "征集调查",
        "在线访谈",
    ]
)
PUB_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d")
SITE_CODE = re.compile(r"\d{10}|bm\d{8}|N\d{9}")
NOTICE = "本页根据公开信息整理，非政府网站"
IDENTITY_LABELS = ("网站标识码", "备案", "党政机关网站标识", "我为政府网站找错")
HOTLINK = re.compile(
    r"""(?:\b(?:src|srcset|data|poster)=["']\s*(?:https?:)?//)|(?:url\(\s*["']?(?:https?:)?//)|(?:@import\s+["'](?:https?:)?//)""",
    re.I,
)
_NOTHING = frozenset({"", "null", "undefined", "-"})


def check_tags(names: tuple[str, ...], pages: list[Document]) -> Iterator[str]:
    """Each tag stands once, with something in it."""
    for page in pages:
        for name in names:
            found = page.meta.get(name, [])
            if len(found) != 1 or found[0].strip() in _NOTHING:
                yield f"{page.url}: {name} = {found}"


def check_site_tags(built: Built) -> Iterator[str]:
    """A-01. An unofficial site has no domain and code of a government site, and claims none (A-13)."""
    names = SITE_TAGS if built.is_official else SITE_TAGS[:1]
    yield from check_tags(names, list(built.pages.values()))


def check_column_tags(built: Built) -> Iterator[str]:
    """A-02; articles keep the tags of their column."""
    yield from check_tags(COLUMN_TAGS, list(built.pages.values()))


def articles(built: Built) -> list[Document]:
    """Pages that call themselves articles."""
    return [page for page in built.pages.values() if page.is_task or "ArticleTitle" in page.meta]


def check_article_tags(built: Built) -> Iterator[str]:
    """A-03. PubDate is the source's day of publication; where no table names it, none is made up (D-01)."""
    found = articles(built)
    names = ARTICLE_TAGS if built.is_official else ("ArticleTitle", "ContentSource")
    yield from check_tags(names, found)
    for page in found:
        if page.meta.get("ArticleTitle") != [page.heading]:
            yield f"{page.url}: ArticleTitle {page.meta.get('ArticleTitle')} is not the h1 “{page.heading}”"
        if "PubDate" not in page.meta and "来源未注明" not in _dates(page).get("来源发布时间", ""):
            yield f"{page.url}: no PubDate, and the page does not say why"


def check_optional_tags(built: Built) -> Iterator[str]:
    """A-04."""
    for page in built.pages.values():
        for name in OPTIONAL_TAGS:
            for content in page.meta.get(name, []):
                if content.strip() in _NOTHING:
                    yield f"{page.url}: {name} is empty"
        canonical = [link.get("href") or "" for link in page.find("/html/head/link[@rel='canonical']")]
        if canonical != page.meta.get("Url", []):
            yield f"{page.url}: Url {page.meta.get('Url')} is not the canonical address {canonical}"
        if any(not url.startswith("https://") for url in canonical):
            yield f"{page.url}: canonical {canonical} is not absolute"
        for text in page.meta.get("Description", []):
            if "<" in text or len(text) > 200:
                yield f"{page.url}: Description has {len(text)} characters or markup"


def check_pub_dates(built: Built) -> Iterator[str]:
    """A-05."""
    for page in built.pages.values():
        for text in page.meta.get("PubDate", []):
            try:
                dt.datetime.strptime(text, "%Y-%m-%d %H:%M")
            except ValueError:
                yield f"{page.url}: PubDate {text} is no date"
            if not PUB_DATE.fullmatch(text):
                yield f"{page.url}: PubDate {text}"


def check_column_types(built: Built) -> Iterator[str]:
    """A-06: from the standard's list; the front page is 首页, figures are 数据发布 or 工作动态."""
    for page in built.pages.values():
        for text in page.meta.get("ColumnType", []):
            wanted = {"首页"} if page.url == "index.html" else COLUMN_TYPES - {"首页"}
            if page.url.endswith(("/index.html", "compare.html")) and page.url.count("/") == 1:
                wanted = {"数据发布", "数据开放", "工作动态", "首页"}
            if text not in wanted:
                yield f"{page.url}: ColumnType {text}"


def check_identity_tags(built: Built) -> Iterator[str]:
    """A-07, A-08: a bare host; the code of site.yaml, the same in tag, footer and report-a-fault entry."""
    identity = built.site.config.identity
    for page in built.pages.values():
        if identity is None:
            yield from (
                f"{page.url}: {name} on an unofficial site" for name in SITE_TAGS[1:] if name in page.meta
            )
            continue
        domain, code = page.meta.get("SiteDomain", [""])[0], page.meta.get("SiteIDCode", [""])[0]
        if domain != identity.site_domain or "/" in domain or ":" in domain:
            yield f"{page.url}: SiteDomain {domain}"
        if code != identity.site_code or not SITE_CODE.fullmatch(code):
            yield f"{page.url}: SiteIDCode {code}"
        if code not in _footer(page):
            yield f"{page.url}: the code {code} is not in the footer"


def check_landmarks(built: Built) -> Iterator[str]:
    """A-09, B-15: one header, main and footer; header and footer the same on all pages."""
    prints: dict[str, dict[str, str]] = {"header": {}, "footer": {}}
    for page in built.pages.values():
        for name in ("header", "main", "footer"):
            found = page.find(f"//body/{name}") if name != "main" else page.find("//main")
            if len(found) != 1:
                yield f"{page.url}: {len(found)} × {name}"
            elif name in prints:
                prints[name][page.url] = fingerprint(page, found[0])
    for name, found_prints in prints.items():
        usual = Counter(found_prints.values()).most_common(1)
        for url, mark in found_prints.items():
            if mark != usual[0][0]:
                yield f"{url}: another {name} than the other pages"


def fingerprint(page: Document, element: Element) -> str:
    """What a header or footer shows, without marks of the current item and with addresses from the root."""
    pieces: list[str] = []
    for each in element.iter():
        if not isinstance(each.tag, str) or any(
            has_class(up, "foot-qr") for up in (each, *each.iterancestors())
        ):
            continue
        link = each.get("href") or each.get("action") or ""
        if link and not is_outside(link):
            link = "#".join(resolve(page.url, link)) if not link.startswith("#") else link
        elif "jiucuo" in link:
            link = link.split("url=")[0]
        pieces += [
            each.tag,
            link,
            each.get("class") or "",
            (each.text or "").strip(),
            (each.tail or "").strip(),
        ]
    return hashlib.sha256("\n".join(pieces).encode()).hexdigest()


def check_footers(built: Built) -> Iterator[str]:
    """A-10, A-11: every mark of the identity with its value and its address; A-13: none of them without."""
    identity = built.site.config.identity
    for page in built.pages.values():
        text = _footer(page)
        if identity is None:
            around = " ".join(text_of(each) for each in page.find("//body/header | //body/footer"))
            yield from (f"{page.url}: shows {label}" for label in IDENTITY_LABELS if label in around)
            if NOTICE not in text_of(page.root):
                yield f"{page.url}: does not say {NOTICE}"
            continue
        wanted = (
            "党政机关网站标识",
            "我为政府网站找错",
            "网站标识码",
            "主办单位",
            "联系方式",
            "站点地图",
            "承办单位",
        )
        values = (
            identity.site_code,
            identity.organiser,
            identity.contact,
            identity.icp,
            identity.police_record,
        )
        yield from (f"{page.url}: no {each} in the footer" for each in (*wanted, *values) if each not in text)
        yield from _check_footer_links(page)
        if NOTICE in text_of(page.root):
            yield f"{page.url}: an official page says {NOTICE}"


def _check_footer_links(page: Document) -> Iterator[str]:
    links = page.texts("//body/footer//a/@href")
    for pattern in (
        r"https://beian\.miit\.gov\.cn",
        r"https://(www\.)?beian\.(mps\.)?gov\.cn/.*\d{14}",
        r"https://bszs\.conac\.cn",
    ):
        if not any(re.match(pattern, link) for link in links):
            yield f"{page.url}: no link {pattern} in the footer"
    reports = [link for link in links if link.startswith("https://zfwzgl.www.gov.cn/exposure/jiucuo.html?")]
    if len(reports) != 1:
        yield f"{page.url}: {len(reports)} links to report a fault"
        return
    query = parse_qs(urlsplit(reports[0]).query)
    if query.get("url") != page.meta.get("Url") or query.get("site_code") != page.meta.get("SiteIDCode"):
        yield f"{page.url}: reports a fault of {query}"


def check_nothing_from_outside(built: Built) -> Iterator[str]:
    """A-12, C-06: no image, style, script or frame from another host."""
    for name, data in built.files.items():
        if name.endswith((".html", ".css", ".js", ".svg")):
            for match in HOTLINK.finditer(data.decode("utf-8")):
                yield f"{name}: {match[0]}"
    for page in built.pages.values():
        for link in page.find("//head/link[not(@rel='canonical')] | //iframe | //object | //embed"):
            if is_outside(link.get("href") or link.get("src") or link.get("data") or ""):
                yield f"{page.url}: {etree.tostring(link, encoding='unicode')[:120]}"


def check_titles(built: Built) -> Iterator[str]:
    """A-14: unique, with the site's name, beginning with the h1, at most 80 characters."""
    titles = {url: text_of(page.find("/html/head/title")[0]) for url, page in built.pages.items()}
    name = built.site.config.title
    for url, title in titles.items():
        start = title.split(" - ")[0].removesuffix("…")
        if name not in title or not built.pages[url].heading.startswith(start) or len(title) > 80:
            yield f"{url}: title “{title}”, h1 “{built.pages[url].heading}”"
    yield from (f"{n} pages have the title “{t}”" for t, n in Counter(titles.values()).items() if n > 1)


def check_breadcrumbs(built: Built) -> Iterator[str]:
    """A-15, C-12: from the front page through the configured path to this page."""
    path = list(built.site.config.breadcrumb)
    districts = {district.id for district in built.site.districts}
    for page in built.pages.values():
        lists = page.find(
            "//nav[@aria-label][.//ol]//ol[li[@aria-current='page'] or li/a[@aria-current='page']]"
        )
        if len(lists) != 1:
            yield f"{page.url}: {len(lists)} breadcrumbs"
            continue
        items = lists[0].findall("li")
        links = lists[0].findall(".//a")
        if not links or resolve(page.url, links[0].get("href") or "")[0] != "index.html":
            yield f"{page.url}: the breadcrumb does not begin at the front page"
            continue
        if items[-1].get("aria-current") != "page" and not items[-1].findall("a[@aria-current='page']"):
            yield f"{page.url}: the last item is not the current one"
        if page.url != "index.html" and text_of(links[-1]) != page.meta["ColumnName"][0]:
            yield f"{page.url}: last link {text_of(links[-1])}, column {page.meta['ColumnName'][0]}"
        labels = [text_of(item) for item in items]
        if page.url.split("/")[0] in districts and labels[1 : 1 + len(path)] != path:
            yield f"{page.url}: breadcrumb {labels}"


def check_no_blank_columns(built: Built) -> Iterator[str]:
    """A-20: something to read on every page, or a sentence that says why not; a date in either case."""
    for page in built.pages.values():
        main = page.find("//main")[0]
        blocks = [text for text in iter_texts(main) if len(text) > 3]
        if len(blocks) < 4 or not main.findall(".//time"):
            yield f"{page.url}: {len(blocks)} pieces of text, {len(main.findall('.//time'))} dates"
        for each in page.find("//main//*[self::ul or self::ol or self::tbody or self::dl]"):
            if (
                not len(each)
                and not each.get("data-search-results")
                and "data-search-results" not in each.attrib
            ):
                yield f"{page.url}: an empty {each.tag} in main"


def check_publish_time(built: Built) -> Iterator[str]:
    """A-21: a visible date on every page, the same as PubDate where there is one."""
    for page in built.pages.values():
        times = [each.get("datetime") or "" for each in page.find("//main//time")]
        if not times or not all(re.fullmatch(r"\d{4}-\d\d-\d\d", t) for t in times):
            yield f"{page.url}: dates {times}"
        for text in page.meta.get("PubDate", []):
            if text[:10] not in times:
                yield f"{page.url}: PubDate {text} is not among the visible dates {times}"


def check_source_shown(built: Built) -> Iterator[str]:
    """A-22: 来源 in sight, the same as ContentSource, with a link where its address is known."""
    urls = {table.url for district in built.site.districts for table in district.sources if table.url}
    for page in articles(built):
        source = page.meta.get("ContentSource", [""])[0]
        if source not in _dates(page).get("来源", ""):
            yield f"{page.url}: 来源 “{_dates(page).get('来源')}”, ContentSource “{source}”"
        if built.is_official and page.is_task and not urls & {a.get("href") for a in page.find("//main//a")}:
            yield f"{page.url}: no link to the original"


def check_outside_links(built: Built) -> Iterator[str]:
    """A-23: a link to another host says in words that it leads away, and opens no back door."""
    for page in built.pages.values():
        for link in page.find("//a[starts-with(@href, 'http')]"):
            rel = (link.get("rel") or "").split()
            if "noopener" not in rel or "外部链接" not in text_of(link):
                yield f"{page.url}: {link.get('href')} rel={rel}"


def check_reachable(built: Built) -> Iterator[str]:
    """A-25: from the front page to every page in at most three steps; the site map links every column."""
    depth = {"index.html": 0}
    queue = ["index.html"]
    for url in queue:
        for link in built.pages[url].texts("//a/@href"):
            target = resolve(url, str(link))[0] if not is_outside(str(link)) else ""
            if target in built.pages and target not in depth:
                depth[target] = depth[url] + 1
                queue.append(target)
    for url in built.pages:
        if url not in depth and url != "404.html":
            yield f"{url}: no way leads there"
        elif depth.get(url, 0) > 3:
            yield f"{url}: {depth[url]} steps from the front page"
    maps = [url for url in built.pages if url.rpartition("/")[2] == "sitemap.html"]
    listed = {
        resolve(url, str(link))[0] for url in maps for link in built.pages[url].texts("//main//a/@href")
    }
    columns = {url for url, page in built.pages.items() if "ArticleTitle" not in page.meta}
    moved = {
        url
        for url in columns
        if built.pages[url].find("//meta[@http-equiv='refresh'] | //meta[@name='robots']")
    }
    yield from (
        f"{url}: not on the site map"
        for url in sorted(columns - listed - moved - {"404.html", "sitemap.html"})
    )


def check_calm(built: Built) -> Iterator[str]:
    """A-26, B-14: nothing plays, blinks, refreshes or opens by itself."""
    for page in built.pages.values():
        for each in page.find("//*[@autoplay] | //marquee | //blink | //dialog[@open] | //audio | //video"):
            yield f"{page.url}: {each.tag}"
        yield from (
            f"{page.url}: refresh"
            for _ in page.find("//meta[@http-equiv='refresh' and number(@content) > 0]")
        )
    for name, data in built.files.items():
        if name.endswith(".js") and name not in THIRD_PARTY:
            for word in ("setInterval", "requestAnimationFrame", "window.open", "alert("):
                if word in data.decode("utf-8"):
                    yield f"{name}: {word}"


def check_freshness(built: Built) -> Iterator[str]:
    """D-04: figures that are more than a quarter old on the day of the edition say so, and no others."""
    edition = built.site.config.edition
    for page in built.pages.values():
        shown = _dates(page).get("数据截至")
        found = re.match(r"(\d{4})年(\d{1,2})月(\d{1,2})日", shown or "")
        if edition is None or found is None:
            continue
        days = (edition - dt.date(int(found[1]), int(found[2]), int(found[3]))).days
        said = re.search(r"生成时已满(\d+)个月", shown or "")
        if (days > 93) != bool(said) and days not in range(89, 94):
            yield f"{page.url}: 数据截至 {shown}, {days} days before {edition}"
        if said and not 28 * int(said[1]) <= days < 31 * (int(said[1]) + 1):
            yield f"{page.url}: 数据截至 {shown}, {days} days before {edition}"


def _dates(page: Document) -> dict[str, str]:
    """Label → value of the dates under the heading."""
    rows = page.find(f"//dl[{class_path('dates')}]//dt")
    return {text_of(dt_): text_of(dt_.getnext()) for dt_ in rows if dt_.getnext() is not None}


def _footer(page: Document) -> str:
    return " ".join(text_of(each) for each in page.find("//body/footer"))


dates_of = _dates
