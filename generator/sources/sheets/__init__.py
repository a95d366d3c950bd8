"""Spreadsheets."""

from generator.sources.sheets.ods import read_ods
from generator.sources.sheets.xls import read_xls, read_xlsb
from generator.sources.sheets.xlsx import read_xlsx

__all__ = ["read_ods", "read_xls", "read_xlsb", "read_xlsx"]
