"""Rasa's actions: read the turn, call `bot`, say it. No decisions and no sentences of their own."""
