"""What tests of figures share."""

import pytest

from tests.metrics.importing.importing_home import home  # noqa: F401 - a fixture
from tests.metrics.made_up import write
from tests.metrics.stores import ROWS


@pytest.fixture
def places(tmp_path):
    """Return the arguments that keep a test in its own folders."""
    return {"home": tmp_path / "var", "data_dir": write(tmp_path / "data", ROWS)}
