"""The desk of the team: who may see and do what, and the record of who looked at what."""
