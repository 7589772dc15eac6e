"""Replace the bundled, approximate boundaries by official ones, and take that back.

What comes from outside is checked, mended and reported before anything is put in force; see
docs/boundaries.md. Modules: `sets` and `download` fetch the two public sets, `vector` reads a file
of any form, `matching` says which unit each polygon is of, `sound`, `carry`, `swaps` and `islands`
find and mend faults, `mend` makes one coverage, `build` and `web` write a generation
(geo/_boundary_store.py), `upgrade` does it all.
"""
