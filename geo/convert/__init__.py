"""Carry a table of one edition to another."""

from geo.convert.convert import convert
from geo.convert.options import number_columns, rules_of
from geo.convert.records import KNOWN_WEIGHTS, ConvertError, Result
from geo.convert.report import located, output, placed, report
