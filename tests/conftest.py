"""What all tests share."""

from hypothesis import settings

# Speed is measured by benchmarks, never by a deadline of a test.
settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")
