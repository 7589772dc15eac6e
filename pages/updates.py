"""What is new: the figures that imports have brought, revised and withdrawn."""

from ui.updates import updates_page

updates_page()
