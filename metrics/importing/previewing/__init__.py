"""What is seen of a file before anything is asked of it."""

from metrics.importing.previewing.left import columns_left
from metrics.importing.previewing.previews import Preview, preview
