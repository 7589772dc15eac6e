"""Rebuild everything in data/ and static/ that is made from something else."""

from data.build import crosswalk, editions, facts, places, web_boundaries

for step in (editions, crosswalk, facts, web_boundaries, places):
    print(f"{step.__name__} …", flush=True)
    step.main()
