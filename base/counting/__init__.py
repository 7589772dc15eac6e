"""What this process has done so far, in numbers."""

from base.counting.counts import STEPS, Counted, Timed, everything
