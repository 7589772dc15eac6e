"""What the columns of a table are likely to be."""

from metrics.importing.proposal.column_kinds import TIMES, last_part
from metrics.importing.proposal.indicator_words import likely_indicators, why_likely
from metrics.importing.proposal.memory import (
    MAPPINGS,
    kept_columns,
    put_columns,
    remember,
    remembered,
)
from metrics.importing.proposal.one_province import provinces_in
from metrics.importing.proposal.place_column import of_its_time
from metrics.importing.proposal.propose import propose, role_said
from metrics.importing.proposal.roles import RESULT, role_headed, role_titled
from metrics.importing.proposal.settle import EACH, settled
from metrics.importing.proposal.topics import suggested
