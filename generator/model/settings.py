"""site.yaml, and the whole site as a build needs it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from generator.model.district import District
from generator.model.kinds import Name, WebAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an official government site must show; all or nothing comes from site.yaml."""

    site_domain: Name
    """Bare host."""
    site_code: Name
    """网站标识码, 10 characters."""
    organiser: Name
    """主办单位."""
    contact: Name
    """联系方式."""
    icp: Name
    """ICP备案编号."""
    police_record: Name
    """公安机关备案号."""
    undertaker: Name | None = None
    """承办单位."""
    badge_url: WebAddress | None = None
    """党政机关网站标识 page at bszs.conac.cn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """site.yaml."""

    title: Name
    """Name of the site."""
    districts: tuple[Name, ...]
    """District ids in the order of the site."""
    language: str = "zh-CN"
    """Language of the user interface: zh-CN or en."""
    base_url: WebAddress | None = None
    """https address under which the site is published; None for a folder or bundle only."""
    description: Name | None = None
    """One sentence for search engines and the home page."""
    publisher: Name | None = None
    """Who runs this site."""
    edition: dt.date | None = None
    """Day of this edition, printed as 本页生成时间; None takes the newest as_of date."""
    identity: Identity | None = None
    """Official identity; None builds the unofficial profile."""
    theme: Name | None = None
    """Folder beside site.yaml whose templates and static files override the program's."""
    accent: str | None = None
    """Main colour as #rrggbb; None takes the theme's."""
    breadcrumb: tuple[Name, ...] = ("执行公开", "政府重点工作")
    """Labels between the home page and the district in the breadcrumb."""
    on_schedule_points: Decimal = Decimal(5)
    """Points below the schedule that still count as 达序时."""
    texts: tuple[tuple[str, str], ...] = ()
    """User-interface words that replace the catalogue's, by key."""
    releases: int = 1
    """Sites kept when a build replaces them, for ``taizhang rollback``; 0 keeps none."""
    mask_names: bool = False
    """Mask personal names of contact staff (张*)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything a build needs, read and checked."""

    config: SiteConfig
    """site.yaml."""
    districts: tuple[District, ...]
    """In the order of site.yaml."""
    published: tuple[str, ...] = ()
    """Site paths published before (content/published.txt); those without a page of their own point on."""
