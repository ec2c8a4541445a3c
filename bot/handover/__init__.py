"""6 HANDOVER: from "I want a person" to a record that a team can act on. Knows nothing of Rasa or the web."""
