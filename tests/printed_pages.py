"""A site folder's pages as they are printed, without writing them."""

from __future__ import annotations

from pathlib import Path

from generator.app import conductors, inspection
from generator.base.parallel import Workers
from generator.site.views import make_site_view


def print_pages(root: Path) -> dict[str, bytes]:
    """Every page of the districts, online: site path → bytes; charts and data beside them."""
    site, _ = inspection.read_site(root)
    ground = conductors.lay_ground(root, site, Workers(1), bundle=False)
    files: dict[str, bytes] = {}
    for each in ground.report.districts:
        plan = conductors.plan_district(ground, each, conductors.read_tables(root, each.district))
        files |= conductors.print_district(plan, make_site_view(plan.report, ground.words))
    return files
