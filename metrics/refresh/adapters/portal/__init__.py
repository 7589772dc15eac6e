"""The index of Decision 766 and its indicators, from the National Public Service Portal."""

from metrics.refresh.adapters.portal.adapter import PortalAdapter
