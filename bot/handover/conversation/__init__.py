"""The conversation that makes a handover: what is asked, how answers are read, and the document that comes of it."""
