"""Answers from knowledge: files -> Knowledge -> Answer -> messages. No Rasa, web or database."""
