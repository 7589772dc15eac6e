"""Attack a copy of the app, for as long as one likes, and count what gave way."""
