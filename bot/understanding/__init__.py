"""3 UNDERSTANDING: Rasa components, each a thin shell around a module without Rasa."""
