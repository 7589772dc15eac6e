"""Keep a ledger of coverage gaps over time."""

from geo.coverage.ledger.balance import balance, commitment, time_to_close
from geo.coverage.ledger.doubts import tell_doubts
from geo.coverage.ledger.keep import keep_ledger, read_snapshot
from geo.coverage.ledger.records import DEFINITIONS, DUE, Definition, Ledger, Rules, Snapshot
