"""Safety: somebody in danger sees the right number at once.

`assess` reads a message; the reply functions turn an assessment into fixed texts. A word list and a small
model in one file; no network, no Rasa, no clock.
"""

from bot.safety.answers import read_answer
from bot.safety.assessment import Assessment, Signal
from bot.safety.judgement import assess
from bot.safety.replies import after_check, emergency_reply, gentle_check, numbers_in

__all__ = [
    "Assessment",
    "Signal",
    "after_check",
    "assess",
    "emergency_reply",
    "gentle_check",
    "numbers_in",
    "read_answer",
]
