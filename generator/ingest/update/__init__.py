"""A draft against the content as it stands: matched, merged, linked and told line by line."""

from generator.ingest.update.draft_matching import Relation
from generator.ingest.update.office_changes import change_office, rewritten_periods
from generator.ingest.update.plan_json import ambiguous_problems, plain_field, plan_data, text_difference
from generator.ingest.update.plan_rows import RowAction, RowEntry
from generator.ingest.update.reception import ReceivedTable, find_district, plan_changes, plan_table
from generator.ingest.update.threeway import FieldChange, Winner
from generator.ingest.update.update_plan import UpdatePlan, make_plan, plan_files

__all__ = [
    "FieldChange",
    "ReceivedTable",
    "Relation",
    "RowAction",
    "RowEntry",
    "UpdatePlan",
    "Winner",
    "ambiguous_problems",
    "change_office",
    "find_district",
    "make_plan",
    "plain_field",
    "plan_changes",
    "plan_data",
    "plan_files",
    "plan_table",
    "rewritten_periods",
    "text_difference",
]
