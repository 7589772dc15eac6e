"""Figures: where they come from, how they are kept, and what may be said of them."""
