"""The route finder for professionals: who decides, how it goes, what must be in it, for a role and a question."""
