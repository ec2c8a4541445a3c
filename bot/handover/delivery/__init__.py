"""The ways in which a handover reaches a team: one module a way, chosen by setting."""
