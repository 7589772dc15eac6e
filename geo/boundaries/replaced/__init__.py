"""The generations of replaced boundaries, and which is in force."""

from geo.boundaries.replaced.store import (
    BUNDLED,
    MANIFEST,
    WEB,
    BoundaryStoreError,
    Generation,
    before,
    current,
    folder,
    in_force,
    pinned,
    point_at,
    publish,
    served_dir,
    trouble,
    writing,
)
