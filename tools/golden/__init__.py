"""Golden copies of what the atlas answers, and what differs between two: docs/golden.md."""
