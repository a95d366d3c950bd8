"""YAML files ↔ the model. Paths are relative to the site folder; bytes come and go through ``disk``."""

from generator.content.problem_lines import add_lines
from generator.content.schema import DepartmentEntry, DistrictFile, Reading
from generator.content.site_parser import (
    SITE_FILE,
    check_site,
    make_departments,
    parse_site,
    read_district,
    read_district_file,
    with_tasks,
)
from generator.content.slugs import make_slug, make_unique
from generator.content.yaml_writer import format_corrections, format_data, format_district, format_task

__all__ = [
    "SITE_FILE",
    "DepartmentEntry",
    "DistrictFile",
    "Reading",
    "add_lines",
    "check_site",
    "format_corrections",
    "format_data",
    "format_district",
    "format_task",
    "make_departments",
    "make_slug",
    "make_unique",
    "parse_site",
    "read_district",
    "read_district_file",
    "with_tasks",
]
