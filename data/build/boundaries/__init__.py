"""Approximate boundaries of districts and communes, rebuilt from points and boxes.

The land comes from two outlines, the units from a package that has a point and a bounding box of
nearly every ward of before July 2025, a point and an area of every commune of today, and which
became which. The steps, a module each:

1. ``sources`` reads the packages.
2. ``quality`` sets aside boxes, points and areas that cannot be right; ``districts`` mends boxes of
   districts.
3. ``outline`` marks the land on a grid; ``islands`` draws what lies beyond it.
4. ``claims`` says what each ward claims of the cells, and how strongly.
5. ``paint`` gives each cell to the strongest claim, in rounds, tilted towards the known areas and
   until every ward reaches the sides of its box.
6. ``tidy`` smooths borders and removes specks.
7. ``vector`` draws the pieces (district × commune) as one coverage of polygons.
8. ``layers`` joins the pieces to the four layers, which therefore share all their lines.

``recipe`` runs the steps, ``measure`` compares the outcome with other polygons.
"""
