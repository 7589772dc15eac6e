"""What tests of places share."""

import pytest

from tests.base.reading.here import opened_here


@pytest.fixture(autouse=True)
def files_are_opened_here(request):
    """Open files in this process, which takes a second less each, but for tests marked apart."""
    if request.node.get_closest_marker("apart"):
        yield
        return
    with opened_here():
        yield
