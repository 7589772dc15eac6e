"""Boundary layers as the files a browser fetches."""
