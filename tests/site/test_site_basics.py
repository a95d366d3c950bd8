"""The site as a mapping of files: same bytes twice, exactly these files, every link, no private number."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from generator.app import conductors
from generator.language import privacy
from tests.audit import links, private_numbers
from tests.audit.articles import squeeze
from tests.audit.built import Built, append, build_once, read_output, sample_root
from tests.audit.documents import iter_texts

GOLDEN = Path(__file__).parent / "sample-files.txt"
GLOSS = re.compile(r"(?<=[a-z] )\([\u3400-\u9fff]+\)")
"""The Chinese term behind an English one, where the method page explains it."""
CHINESE = re.compile(r"[\u3400-\u9fff]+")


def test_same_content_gives_the_same_bytes(sample: Built, tmp_path: Path) -> None:
    root = sample_root(tmp_path / "elsewhere")
    conductors.build_site(root, conductors.Options(output=tmp_path / "output", jobs=1))
    files = read_output(tmp_path / "output")
    assert sorted(files) == sorted(sample.files)
    assert [name for name in files if files[name] != sample.files[name]] == []


def test_the_sample_has_exactly_these_files(sample: Built, pytestconfig: pytest.Config) -> None:
    names = "".join(f"{name}\n" for name in sorted(sample.files))
    if pytestconfig.getoption("update"):
        GOLDEN.write_text(names, encoding="utf-8")
    assert names == GOLDEN.read_text(encoding="utf-8")


def test_D_02_every_link_leads_somewhere(built: Built) -> None:
    assert list(links.check_links(built))[:20] == []


def test_every_file_is_reached_and_every_chart_file_offered(built: Built) -> None:
    assert [name for name in built.files if "/charts/" in name]
    assert list(links.check_reached(built.files)) == []


def test_a_link_leads_to_what_it_names(built: Built) -> None:
    assert list(links.check_named(built)) == []


def test_every_xml_file_is_well_formed(built: Built) -> None:
    assert list(links.check_xml(built)) == []


def test_file_names_are_plain(built: Built) -> None:
    lowered = [name.lower() for name in built.files]
    assert len(set(lowered)) == len(lowered)
    assert [name for name in built.files if not name.isascii() or len(name) > 100 or " " in name] == []


def test_D_06_D_07_D_08_D_11_no_private_number_in_any_file(built: Built) -> None:
    assert list(private_numbers.check_private_numbers(built)) == []


def test_D_11_masked_numbers_of_the_content_are_in_no_file(built: Built) -> None:
    source = "\n".join(p.read_text(encoding="utf-8") for p in (built.root / "content").rglob("*.yaml"))
    private = set(private_numbers.find_private_numbers(source))
    assert private, "the content of this test has a mobile number"
    found = [
        (name, form[:3])
        for name, data in built.files.items()
        for form in private
        if form.encode() in data.replace(b" ", b"").replace(b"-", b"")
    ]
    assert found == []


def test_D_11_a_page_with_a_mask_says_so(built: Built) -> None:
    masked = [p for p in built.pages.values() if p.is_task and privacy.is_masked(p.text)]
    assert masked
    assert [page.url for page in masked if "去标识化" not in page.text] == []


def test_english_words_leave_no_chinese_interface(english: Built) -> None:
    """All Chinese on an English page is the content's own."""
    known = "\n".join(_content_strings(english.site))
    found: list[str] = []
    for page in english.pages.values():
        assert page.root.get("lang") == "en"
        for text in iter_texts(page.body, skip_verbatim=True):
            runs = CHINESE.findall(GLOSS.sub("", text))
            found += [f"{page.url}: {run} in “{text[:120]}”" for run in runs if run not in known]
    assert not found, "\n".join(found[:20])


def _content_strings(value: object) -> set[str]:
    """Every text of the content, white space taken out."""
    if isinstance(value, str):
        return {squeeze(value)}
    if isinstance(value, tuple):
        return {text for each in value for text in _content_strings(each)}
    if is_dataclass(value):
        return {text for each in fields(value) for text in _content_strings(getattr(value, each.name))}
    return set()


def test_a_theme_replaces_one_template_and_one_style_alone(sample: Built, shared_folder: Path) -> None:
    def make_root(root: Path) -> Path:
        sample_root(root)
        append(root / "site.yaml", "\ntheme: look\n")
        (root / "look" / "parts").mkdir(parents=True)
        (root / "look" / "static" / "css").mkdir(parents=True)
        (root / "look" / "parts" / "breadcrumb.html").write_text("<p>themed crumbs</p>\n", encoding="utf-8")
        (root / "look" / "static" / "css" / "70-print.css").write_text(
            ".look { top: 0; }\n", encoding="utf-8"
        )
        return root

    themed = build_once(shared_folder, "themed", make_root)
    assert all("themed crumbs" in page.text for page in themed.pages.values())
    assert b".look { top: 0; }" in themed.files["static/site.css"]
    assert len(themed.files["static/site.css"]) < len(sample.files["static/site.css"])
    assert themed.files["static/site.js"] == sample.files["static/site.js"]
    assert sorted(themed.pages) == sorted(sample.pages)
    shutil.rmtree(themed.folder)
