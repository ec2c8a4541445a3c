"""Answers from knowledge: files -> Knowledge -> Answer -> messages. Knows nothing of Rasa, the web or the database."""
