"""A worker in the chat: who speaks, what was said, and what happens when nobody comes."""
