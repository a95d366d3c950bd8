"""YAML files ↔ the model. Paths are relative to the site folder; bytes come and go through ``disk``."""

from generator.content.schema import DepartmentEntry, DistrictFile, Reading, ReadingHints
from generator.content.site_parser import (
    ParsedContent,
    make_departments,
    parse_content,
    parse_district,
    parse_district_file,
    parse_site,
)
from generator.content.slugs import make_slug, make_unique
from generator.content.yaml_writer import format_corrections, format_data, format_task

__all__ = [
    "DepartmentEntry",
    "DistrictFile",
    "ParsedContent",
    "Reading",
    "ReadingHints",
    "format_corrections",
    "format_data",
    "format_task",
    "make_departments",
    "make_slug",
    "make_unique",
    "parse_content",
    "parse_district",
    "parse_district_file",
    "parse_site",
]
