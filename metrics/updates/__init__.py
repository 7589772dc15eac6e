"""What is new in the atlas, and what is expected when."""

from metrics.updates.expected import Expected, expected
from metrics.updates.reading import Changed, Group, Row, Update, changed, imports, updates
from metrics.updates.scope import Scope
