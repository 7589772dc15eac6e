"""What is shipped with the app: its packages with hashes, their licences, a bill of materials."""
