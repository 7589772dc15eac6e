"""Tables of PxWeb: what they are made of, and their cells."""

from metrics.refresh.adapters.pxweb.adapter import PxWeb
