"""Rebuild everything in data/ and static/ that is made from something else."""

from data.build import crosswalk, editions, facts, names, places, web

for step in (editions, crosswalk, names, facts, web, places):
    print(f"{step.__name__} …", flush=True)
    step.main()
