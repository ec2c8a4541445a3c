"""1 MESSAGE IN: the front door, the only process that faces the internet. It stays up when Rasa is down."""
