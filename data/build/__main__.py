"""Rebuild everything in data/ and static/ that is made from something else."""

from data.build import crosswalk, editions, facts, names, places
from geo.boundaries.web import files as web_boundaries

for step in (editions, crosswalk, names, facts, web_boundaries, places):
    print(f"{step.__name__} …", flush=True)
    step.main()
