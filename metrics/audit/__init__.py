"""Find by arithmetic what contradicts itself."""

from metrics.audit.audit import MOST_OF_A_RULE, RULES, audit, audit_sheet, counted
from metrics.audit.export import as_csv, as_json, document
from metrics.audit.records import Finding, Severity, Witness
from metrics.audit.sheet import read_sheet
from metrics.audit.sums import arithmetic
from metrics.audit.words import MOST_NAMES, names, say, title, tolerance, when, where
