"""Adapters: each reads one kind of source."""

from metrics.refresh.adapters.registry import ADAPTERS, NoAdapter, adapter_of
