"""Sources that are asked again: what they say now, what differs, and whether it is stored."""
