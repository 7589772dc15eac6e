"""Adapters: each reads one kind of source."""
