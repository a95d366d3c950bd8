"""The check of the finished site: a clean site passes, and every single fault is found and named."""

from __future__ import annotations

import pytest

from generator.base.zip_archive import make_zip
from generator.site.site_checks import check_site

PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body><main id="main"><h1 id="top">题</h1>{body}</main></body></html>'
)


def page(body: str, title: str = "首页") -> bytes:
    """A whole page."""
    return PAGE.format(title=title, body=body).encode()


CLEAN = {
    "index.html": page('<a href="a/b.html#top">去</a><a href="https://www.example.org/">外</a>'),
    "a/b.html": page('<a href="../index.html">回</a><script src="../s.js"></script>', "乙"),
    "s.js": b"window.x = 1;",
    "a/2025Q2.csv": b"a,b\r\n",
}
FAULTS = {
    "dead link": ({"index.html": page('<a href="no.html">去</a>')}, "链接打不开"),
    "wrong case": ({"index.html": page('<a href="A/b.html">去</a>')}, "链接打不开"),
    "dead anchor": ({"index.html": page('<a href="a/b.html#nowhere">去</a>')}, "链接的位置不存在"),
    "root link": ({"index.html": page('<a href="/a/b.html">去</a>')}, "不是相对的文件地址"),
    "folder link": ({"index.html": page('<a href="a/">去</a>')}, "不是相对的文件地址"),
    "outside script": (
        {"index.html": page('<script src="https://cdn.example.org/x.js"></script>')},
        "站外资源",
    ),
    "outside image": ({"index.html": page('<img src="//img.example.org/x.png">')}, "站外资源"),
    "outside in css": ({"s.css": b"a{background:url(https://x.example.org/a.png)}"}, "不能用的写法"),
    "module": ({"index.html": page('<script type="module" src="s.js"></script>')}, "不能用的写法"),
    "integrity": ({"index.html": page('<script src="s.js" integrity="x"></script>')}, "不能用的写法"),
    "external use": ({"index.html": page('<svg><use href="s.svg#a"></use></svg>')}, "不能用的写法"),
    "fetch": ({"s.js": b"fetch('a.json')"}, "不能用的写法"),
    "request on the page": ({"index.html": page("<script>new XMLHttpRequest()</script>")}, "不能用的写法"),
    "worker": ({"s.js": b"new Worker('a.js')"}, "不能用的写法"),
    "mobile number": ({"a/b.html": page("电话13800001234", "乙")}, "个人号码"),
    "mobile number in data": ({"d.json": b'{"phone": "138-0000-1234"}'}, "个人号码"),
    "same title": ({"a/b.html": page("", "首页")}, "标题与"),
    "no title": ({"a/b.html": page("", "")}, "没有标题"),
    "placeholder": ({"a/b.html": page("共 undefined 项", "乙")}, "占位文字"),
    "template left over": ({"a/b.html": page("{{ name }}", "乙")}, "占位文字"),
    "own path": ({"s.js": b"//# sourceMappingURL=s.js.map"}, "内部信息"),
    "capital in a name": ({"Big.csv": b"a"}, "不允许的字符"),
    "blank in a name": ({"a b.csv": b"a"}, "不允许的字符"),
    "same name but for case": ({"x/2025Q2.csv": b"a", "x/2025q2.csv": b"a"}, "大小写"),
    "too deep": ({"a/b/c/d/e.csv": b"a"}, "太长或太深"),
}


def test_a_clean_site_has_no_problem() -> None:
    assert check_site(CLEAN) == ()


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_is_found(name: str) -> None:
    files, words = FAULTS[name]
    problems = check_site({**CLEAN, **files})
    assert any(words in str(problem) for problem in problems), [str(p) for p in problems]
    assert all(problem.level == "error" and problem.hint for problem in problems)


def test_archives_are_looked_into() -> None:
    inner = make_zip({"index.html": page("电话13800001234")})
    problems = check_site({**CLEAN, "offline/all-2025Q2.zip": inner})
    assert [str(problem.place) for problem in problems] == ["offline/all-2025Q2.zip!index.html"]
    sheet = make_zip({"xl/sharedStrings.xml": b"<t>13800001234</t>"})
    assert any("个人号码" in p.what for p in check_site({**CLEAN, "d.xlsx": sheet}))


def test_state_in_the_address_is_no_anchor() -> None:
    assert check_site({**CLEAN, "index.html": page('<a href="a/b.html#status=done">欠序时</a>')}) == ()


def test_checksums_and_decimals_are_no_numbers_of_people() -> None:
    sums = f"{'0' * 20}13800001234{'a' * 33} 0.13800001234567 7.13800001234".encode()
    assert check_site({**CLEAN, "m.txt": sums}) == ()


@pytest.mark.parametrize("gap", range(0, 80, 3))
def test_half_a_checksum_is_no_private_number(gap: int) -> None:
    checksum = "6222020000000000000" + "ab" * 22 + "c"
    assert len(checksum) == 64
    listed = f"0531-51806562{'x' * gap}\n{checksum}  a/b.html\n{'y' * gap}0531-51806563\n"
    assert not [p for p in check_site({**CLEAN, "list.txt": listed.encode()}) if "个人号码" in p.what]
    told = check_site({**CLEAN, "list.txt": f"卡6222020000000000000 {'x' * gap}0531-51806562".encode()})
    assert [p for p in told if "个人号码" in p.what]
