"""Places and geometry."""
