"""Views: what stands on which page, counted and ordered before any template sees it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import pytest

from generator.figures import Report, Standing, make_report
from generator.model import (
    Basis,
    Contact,
    Department,
    DepartmentKind,
    District,
    Identity,
    Role,
    Site,
    SiteConfig,
    SourceTable,
    StatusValue,
    TargetKind,
    addresses,
    parse_period,
)
from generator.site.views import Page, PageKind, Profile, make_accent_css, make_pages, make_site_view
from generator.site.views.accent_css import lighten
from generator.site.views.compare_page import CompareView
from generator.site.views.department_pages import DepartmentView, DirectoryView
from generator.site.views.home_page import HomeView
from generator.site.views.overview_page import OverviewView
from generator.site.views.page_view import Dates, short
from generator.site.views.phones import PhoneEntry, make_phone
from generator.site.views.pointer_pages import PointerView
from generator.site.views.task_page import TaskView
from generator.site.views.task_summary import find_call
from generator.site.views.text_pages import CatalogueView, SitemapView
from tests.builders import (
    make_actual,
    make_department,
    make_district,
    make_target,
    make_task,
    make_update,
    words_of,
)
from tests.chart_cases import read_palette

WORDS = words_of()


V = TypeVar("V")


def view_of(pages: Mapping[str, Page], url: str, kind: type[V]) -> V:
    """The view of a page, which is of this class."""
    view = pages[url].view
    assert isinstance(view, kind)
    return view


ROLES = {"甲局": Role.LEAD, "乙中心": Role.JOINT}
PHONES = (Contact(office="甲局综合科", phones=("12345678",)),)
LAND = make_task(
    1,
    "出让土地923亩，新建公园2处。",
    departments=ROLES,
    contacts=PHONES,
    targets=(
        make_target(923, "亩", TargetKind.AMOUNT, metric="出让土地", quote="出让土地923亩"),
        make_target(2, "处", metric="新建公园", quote="新建公园2处", name="t2"),
    ),
    updates=(
        make_update(
            progress="前期准备充分。全年已出让320亩。公园一处在建。",
            actuals=(make_actual(320, "亩", "已出让320亩"),),
        ),
    ),
)
REVENUE = make_task(
    2,
    "收入增长3%。",
    departments=ROLES,
    contacts=PHONES,
    targets=(make_target(3, "%", TargetKind.GROWTH, metric="收入", quote="收入增长3%"),),
    updates=(
        make_update(
            progress="收入同比下降4.18%。",
            actuals=(make_actual("-4.18", "%", "同比下降4.18%", basis=Basis.GROWTH),),
        ),
    ),
)
JOBS = make_task(
    3,
    "新增就业2万人。",
    departments=ROLES,
    contacts=PHONES,
    targets=(make_target(2, "万人", TargetKind.AMOUNT, metric="新增就业", quote="新增就业2万人"),),
    updates=(
        make_update(progress="新增就业15501人。", actuals=(make_actual(15501, "人", "新增就业15501人"),)),
    ),
)
QUIET = make_task(
    4,
    "做好服务。",
    departments={"甲局": Role.UNSTATED, "乙中心": Role.JOINT},
    contacts=PHONES,
    updates=(make_update(progress="已完成。", status=StatusValue.COMPLETED),),
)
DISTRICT = District(
    id="ceshi",
    name="测试区",
    area_code="0531",
    departments=(
        Department(name="甲局", slug="jia-ju", kind=DepartmentKind.BUREAU, former_slugs=("lao-ju",)),
        Department(name="乙中心", slug="yi-zhong-xin", kind=DepartmentKind.INSTITUTION),
        Department(name="闲办", slug="xian-ban", kind=DepartmentKind.BUREAU),
    ),
    sources=(SourceTable(period=parse_period("2025Q2"), file="sources/2025Q2.txt", title="任务表"),),
    tasks=(LAND, REVENUE, JOBS, QUIET),
)
EMPTY = District(id="kong", name="空区")
CONFIG = SiteConfig(title="测试台账", districts=("ceshi", "kong"), edition=dt.date(2025, 8, 1))
IDENTITY = Identity(
    site_domain="www.example.gov.cn",
    site_code="3701030001",
    organiser="测试区政府",
    contact="0531-12345678",
    icp="鲁ICP备00000000号",
    police_record="鲁公网安备 37010300000001号",
)


def report_of(config: SiteConfig = CONFIG, *districts: District) -> Report:
    return make_report(Site(config=config, districts=districts or (DISTRICT, EMPTY)))


def pages_of(report: Report | None = None) -> dict[str, Page]:
    return {page.url: page for page in make_pages(report or report_of(), {}, WORDS)}


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return pages_of()


def test_every_address_of_the_contract_is_planned(pages: dict[str, Page]) -> None:
    wanted = {
        addresses.HOME, addresses.COMPARE, addresses.SEARCH, addresses.METHOD, addresses.SITEMAP,
        addresses.ACCESSIBILITY, addresses.NOT_FOUND,
        "ceshi/index.html", "ceshi/2025Q2.html", "ceshi/departments/index.html",
        "ceshi/departments/jia-ju.html", "ceshi/departments/xian-ban.html", "ceshi/departments/lao-ju.html",
        "ceshi/tasks/2025-004.html", "kong/index.html",
    }  # fmt: skip
    assert wanted <= set(pages)
    assert not any(url.startswith("kong/") and url != "kong/index.html" for url in pages)


def test_titles_are_unique_begin_with_the_heading_and_name_the_site(pages: dict[str, Page]) -> None:
    heads = [page.view.head for page in pages.values()]
    assert len({head.title for head in heads}) == len(heads)
    assert [h.url for h in heads if not (h.title.startswith(h.heading) and "测试台账" in h.title)] == []


def test_the_last_link_of_the_breadcrumb_is_the_column(pages: dict[str, Page]) -> None:
    for page in pages.values():
        head = page.view.head
        last = [link.label for link in head.breadcrumb if link.url][-1]
        assert dict(head.meta)["ColumnName"] == last
        assert head.breadcrumb[0].url == addresses.HOME


def test_articles_have_title_and_source_and_no_invented_date(pages: dict[str, Page]) -> None:
    articles = [page.view.head for page in pages.values() if page.kind is PageKind.ARTICLE]
    assert {head.url for head in articles} >= {f"ceshi/tasks/2025-00{n}.html" for n in (1, 2, 3, 4)}
    for head in articles:
        meta = dict(head.meta)
        assert meta["ArticleTitle"] == head.heading
        assert meta["ContentSource"] == "测试区"
        assert "PubDate" not in meta


def test_a_known_publish_date_becomes_a_tag() -> None:
    dated = replace(DISTRICT.sources[0], published=dt.date(2025, 7, 15))
    pages = pages_of(report_of(CONFIG, replace(DISTRICT, sources=(dated,))))
    assert dict(pages["ceshi/tasks/2025-001.html"].view.head.meta)["PubDate"] == "2025-07-15 00:00"


def test_without_identity_there_are_no_marks_of_a_government_site(pages: dict[str, Page]) -> None:
    assert not any({"SiteDomain", "SiteIDCode"} & set(dict(p.view.head.meta)) for p in pages.values())
    assert not make_site_view(report_of(), WORDS).is_official


def test_with_identity_and_address_there_are() -> None:
    config = replace(CONFIG, identity=IDENTITY, base_url="https://www.example.gov.cn/tz/")
    head = pages_of(report_of(config))["ceshi/tasks/2025-001.html"].view.head
    meta = dict(head.meta)
    assert (meta["SiteIDCode"], meta["SiteDomain"]) == ("3701030001", "www.example.gov.cn")
    assert head.canonical == "https://www.example.gov.cn/tz/ceshi/tasks/2025-001.html"
    assert head.report_url is not None
    assert "site_code=3701030001" in head.report_url
    assert head.qr_svg is not None


def test_a_long_name_of_the_site_hides_no_period() -> None:
    """Titles tell pages apart however long the site's own name is."""
    pages = pages_of(report_of(replace(CONFIG, title="很长的站点名称" * 9)))
    title = pages["ceshi/2025Q2.html"].view.head.title
    assert "（2025年第二季度）" in title
    assert len(title) <= 80


def test_without_an_address_there_is_no_qr_code(pages: dict[str, Page]) -> None:
    assert all(page.view.head.qr_svg is None and page.view.head.canonical is None for page in pages.values())


def test_an_offline_site_has_no_address() -> None:
    report = report_of(replace(CONFIG, base_url="https://example.org"))
    view = make_site_view(report, WORDS, profile=Profile.OFFLINE)
    assert (view.base_url, view.is_online) == (None, False)


def test_the_sentence_counts_and_each_count_leads_to_its_list(pages: dict[str, Page]) -> None:
    sentence = str(view_of(pages, "ceshi/index.html", OverviewView).sentence)
    text = re.sub("<[^>]+>", "", sentence)
    assert (
        text == "4项任务中，3项承诺了数字，共4个。其中3个报了可以比较的数，1个没有报对应的数。"
        "可比的里面，1个达到要求，2个落后。"
    )
    assert re.findall('href="([^"]+)"', sentence) == [
        "#tasks", "#figures=target", "#targets", "#targets-all", "#unreported", "#targets-all", "#targets",
    ]  # fmt: skip


def test_targets_are_grouped_weakest_first_with_rates_among_them(pages: dict[str, Page]) -> None:
    groups = view_of(pages, "ceshi/index.html", OverviewView).groups
    found = [(g.standing, [row.target.metric for row in g.rows]) for g in groups]
    assert found == [(Standing.BEHIND, ["收入", "出让土地"]), (Standing.AHEAD, ["新增就业"])]


def test_counts_by_standing_add_up(pages: dict[str, Page]) -> None:
    view = view_of(pages, "ceshi/index.html", OverviewView)
    assert sum(count.number for count in view.counts) == len(view.cards) == 4


def test_a_card_shows_the_deciding_target_and_the_sentence_with_the_figure(pages: dict[str, Page]) -> None:
    card = view_of(pages, "ceshi/index.html", OverviewView).cards[0]
    assert card.target is not None
    assert card.target.percent == "34.7%"
    assert str(card.excerpt).startswith("全年已出让320亩。")
    assert card.who == "甲局（牵头）等2个部门"
    assert card.roles == "jia-ju:lead yi-zhong-xin:joint"
    assert card.figures == "target figure"


def test_cards_sort_weakest_first(pages: dict[str, Page]) -> None:
    cards = view_of(pages, "ceshi/index.html", OverviewView).cards
    assert [card.number for card in sorted(cards, key=lambda c: c.order)] == [1, 2, 3, 4]


def test_a_decline_is_said_as_a_decline(pages: dict[str, Page]) -> None:
    target = view_of(pages, "ceshi/tasks/2025-002.html", TaskView).targets[0].view
    assert (target.actual, target.percent, target.judgement) == ("下降4.18%", None, "未达到目标")
    assert target.verdict == "未达到目标：比目标低7.2个百分点。"
    assert target.note == "比目标低7.2个百分点。"


def test_a_target_without_figure_says_so_and_has_no_percent(pages: dict[str, Page]) -> None:
    target = view_of(pages, "ceshi/tasks/2025-001.html", TaskView).targets[1].view
    assert (target.percent, target.ratio, target.actual, target.standing) == (None, None, None, None)
    assert str(target.note).startswith("未公布可比数据")


def test_quotes_lead_to_the_targets_and_back(pages: dict[str, Page]) -> None:
    view = view_of(pages, "ceshi/tasks/2025-001.html", TaskView)
    assert [(q.words, q.url) for q in view.targets[0].quotes] == [("已出让320亩", "#quote-t1")]
    assert 'id="quote-t1" href="#target-t1"' in str(view.progress)
    assert 'id="promise-t2" href="#target-t2"' in view.commitment


def test_led_joined_and_unstated_tasks_are_kept_apart(pages: dict[str, Page]) -> None:
    view = view_of(pages, "ceshi/departments/jia-ju.html", DepartmentView)
    lists = [(found.role, [card.number for card in found.cards]) for found in view.lists]
    assert lists == [("lead", [1, 2, 3]), ("unstated", [4])]
    assert (
        view.sentence == "2025年第二季度承担4项任务：牵头3项，配合0项。其中已完成1项，超序时1项，欠序时2项。"
    )
    assert [entry.office for entry in view.phones] == ["甲局综合科"]


def test_a_body_without_tasks_keeps_its_page(pages: dict[str, Page]) -> None:
    assert view_of(pages, "ceshi/departments/xian-ban.html", DepartmentView).total == 0
    assert view_of(pages, "ceshi/departments/index.html", DirectoryView).idle[0].label == "闲办"


def test_a_former_address_points_to_the_new_one(pages: dict[str, Page]) -> None:
    target = view_of(pages, "ceshi/departments/lao-ju.html", PointerView).target
    assert target.url == "ceshi/departments/jia-ju.html"


def test_a_task_without_any_update_still_has_its_targets() -> None:
    bare = replace(LAND, updates=())
    pages = pages_of(report_of(CONFIG, replace(DISTRICT, tasks=(bare,))))
    view = view_of(pages, "ceshi/tasks/2025-001.html", TaskView)
    assert [t.view.goal for t in view.targets] == ["923亩", "2处"]
    assert (view.period, view.progress, view.source) == (None, None, None)


def test_earlier_periods_stay_on_the_task_page_newest_first() -> None:
    earlier = make_update("2025Q1", "已出让100亩。", actuals=(make_actual(100, "亩", "已出让100亩"),))
    task = replace(LAND, updates=(earlier, *LAND.updates))
    pages = pages_of(report_of(CONFIG, replace(DISTRICT, tasks=(task,))))
    history = view_of(pages, "ceshi/tasks/2025-001.html", TaskView).history
    assert [(h.period, h.is_newest) for h in history] == [("2025年第二季度", True), ("2025年第一季度", False)]
    assert "已出让" in str(history[1].text)
    periods = view_of(pages, "ceshi/index.html", OverviewView).periods
    assert [(link.url, link.current) for link in periods] == [
        ("ceshi/2025Q2.html", True),
        ("ceshi/2025Q1.html", False),
    ]
    assert view_of(pages, "ceshi/2025Q1.html", OverviewView).periods == ()


def test_the_site_map_names_every_other_page(pages: dict[str, Page]) -> None:
    view = view_of(pages, addresses.SITEMAP, SitemapView)
    named = {link.url for link in view.general}
    named |= {link.url for branch in view.districts for link in branch.below}
    catalogues = [page.view for page in pages.values() if isinstance(page.view, CatalogueView)]
    assert {catalogue.head.url for catalogue in catalogues} <= named
    named |= {link.url for each in catalogues for branch in each.branches for link in branch.below}
    assert set(pages) - {addresses.SITEMAP, addresses.NOT_FOUND} <= named


def test_the_index_without_script_has_every_task_by_section_and_by_body(pages: dict[str, Page]) -> None:
    index = view_of(pages, "ceshi/sitemap.html", CatalogueView).index
    assert len([task for group in index.sections for task in group.tasks]) == 4
    assert {group.heading.label: len(group.tasks) for group in index.departments} == {"甲局": 4, "乙中心": 4}


@pytest.mark.parametrize(
    ("section", "labels"), [(None, ["全部任务"]), ("扩大有效投资", ["扩大有效投资", "未分类"])]
)
def test_a_table_without_groups_is_not_called_unsorted(section: str | None, labels: list[str]) -> None:
    grouped = replace(DISTRICT, tasks=(replace(LAND, section=section), REVENUE, JOBS, QUIET))
    index = view_of(pages_of(report_of(CONFIG, grouped, EMPTY)), "ceshi/sitemap.html", CatalogueView).index
    assert [group.heading.label for group in index.sections] == labels
    assert index.has_sections is (section is not None)


@pytest.mark.parametrize(
    ("text", "area", "address"),
    [
        ("51806562", "0531", "tel:0531-51806562"),
        ("0531-51806562", "0531", "tel:053151806562"),
        ("12345", "0531", "tel:12345"),
        ("138****1234", "0531", None),
        ("51806562", None, "tel:51806562"),
    ],
)
def test_numbers_can_be_dialled_unless_masked(text: str, area: str | None, address: str | None) -> None:
    phone = make_phone(text, area)
    assert (phone.text, phone.url) == (text, address)


@pytest.mark.parametrize(
    ("text", "limit", "result"),
    [("短", 5, "短"), ("甲乙丙，丁戊己庚", 6, "甲乙丙…"), ("甲乙丙丁戊己", 4, "甲乙丙…")],
)
def test_long_texts_are_cut_at_a_pause(text: str, limit: int, result: str) -> None:
    assert short(text, limit) == result


def test_an_accent_is_lightened_until_it_reads_in_the_dark() -> None:
    assert make_accent_css(CONFIG, read_palette()) == ""
    css = make_accent_css(replace(CONFIG, accent="#7A1F1F"), read_palette())
    assert "--main: #7a1f1f" in css
    assert f"--main: {lighten('#7a1f1f', '#10161e')}" in css
    assert lighten("#ffffff", "#10161e") == "#ffffff"


@pytest.mark.parametrize(
    ("as_of", "made", "old", "months"),
    [
        (dt.date(2025, 6, 30), dt.date(2025, 9, 30), False, 3),
        (dt.date(2025, 6, 30), dt.date(2025, 10, 1), True, 3),
        (dt.date(2025, 6, 30), dt.date(2026, 11, 23), True, 16),
        (dt.date(2025, 6, 30), dt.date(2026, 11, 30), True, 17),
        (dt.date(2025, 6, 30), None, False, 0),
    ],
)
def test_the_age_of_figures_is_told_in_whole_months(
    as_of: dt.date, made: dt.date | None, old: bool, months: int
) -> None:
    dates = Dates(as_of=as_of, made=made)
    assert (dates.is_old, dates.months_old) == (old, months)


def test_each_number_to_call_stands_with_its_office() -> None:
    masked = PhoneEntry(office="甲科", phones=(make_phone("138****1234", "0531"),))
    office = PhoneEntry(
        office="乙科", phones=(make_phone("81234567", "0531"), make_phone("81234568", "0531"))
    )
    call = find_call((masked, office))
    assert call is not None
    assert [(e.office, [p.text for p in e.phones]) for e in call.entries] == [("乙科", ["81234567"])]
    assert call.total == 3
    assert find_call((masked,)) is None


def test_a_task_page_begins_with_the_deciding_figure(pages: dict[str, Page]) -> None:
    for url, page in pages.items():
        view = page.view
        if not isinstance(view, TaskView):
            continue
        summary = view.summary
        targets = [each.view for each in view.targets]
        assert (summary.target is None) == (not targets), url
        if summary.target is not None:
            assert summary.target.key in {target.key for target in targets}
        assert bool(view.schedule) == any(target.bar or target.percent for target in targets), url


def test_a_first_period_certifies_nobody_and_has_no_empty_tabs(pages: dict[str, Page]) -> None:
    assert addresses.ledger_url("ceshi") not in pages
    tabs = [tab.url for tab in pages["ceshi/index.html"].view.head.tabs]
    assert tabs == ["ceshi/index.html", "ceshi/departments/index.html", "ceshi/brief.html"]


def test_the_information_table_invents_no_date_and_no_institution(pages: dict[str, Page]) -> None:
    record = dict(view_of(pages, "ceshi/tasks/2025-001.html", TaskView).record)
    unknown = WORDS("pages.unknown")
    assert {record["生成日期"], record["发布机构"], record["主题词"]} == {unknown}


def test_a_front_page_of_many_districts_stays_short() -> None:
    many = tuple(replace(DISTRICT, id=f"qu{n}", name=f"{n}区") for n in range(40))
    config = replace(CONFIG, districts=tuple(each.id for each in many))
    home = view_of(pages_of(make_report(Site(config=config, districts=many))), "index.html", HomeView)
    assert [panel.weakest or panel.sentences for panel in home.panels] == [()] * len(many)
    assert all(len(measure.rows) <= 12 for measure in home.measures)


def test_compare_is_split_by_measure_where_it_would_be_too_long() -> None:
    many = tuple(replace(DISTRICT, id=f"qu{n}", name=f"{n}区") for n in range(40))
    config = replace(CONFIG, districts=tuple(each.id for each in many))
    found = pages_of(make_report(Site(config=config, districts=many)))
    index = view_of(found, addresses.COMPARE, CompareView)
    assert index.measures == ()
    assert len(index.links) == index.count > 0
    for link in index.links:
        assert link.url is not None
        assert len(view_of(found, link.url, CompareView).measures) == 1


def test_offices_whose_names_differ_at_the_end_alone_have_titles_of_their_own() -> None:
    long = "某某区推进某某重点片区规划建设和历史文化街区保护更新改造工作领导小组指挥部办公室" * 2
    names = [f"{long}{end}科" for end in "甲乙丙"]
    task = make_task(
        1, "新建公园2处。", departments=dict.fromkeys(names, Role.JOINT), updates=(make_update(),)
    )
    slugs = [make_department(name, slug=f"ke{place}") for place, name in enumerate(names)]
    pages = make_pages(report_of(CONFIG, make_district(task, departments=slugs)), {}, WORDS)
    titles = [page.view.head.title for page in pages]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 80
