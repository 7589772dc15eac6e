"""What is asked of whoever brings a table, and on what ground each reading stands."""

from metrics.importing.asked.doubts import doubts, of_another_time
from metrics.importing.asked.evidence import Evidence, evidence, evidence_rows
from metrics.importing.asked.questions import TYPED, Question, Reading, questions
from metrics.importing.asked.readings import readings
from metrics.importing.asked.template import template
