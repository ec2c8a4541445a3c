"""How somebody answers the questions before a message to the team, whatever their order is."""

from __future__ import annotations

from collections.abc import Callable

# Which words are in a question, and what is said then; to any other it is yes.
ANSWERS = {
    "zal ik dit zo doorgeven": "ja",
    "is het veilig": "ja",
    "wanneer kan": "'s avonds",
    "hoe oud": "15",
    "noemen": "Samira",
    "bereiken": "06-12345678",
}
MOST_QUESTIONS = 9


def answer_until_preview(tell: Callable[[str], str], said: str) -> str:
    """`tell` says something and gives the reply; this gives the reply with the preview."""
    for _ in range(MOST_QUESTIONS):
        if "Dit is precies wat" in said:
            return said
        asked = said.lower()
        said = tell(next((answer for words, answer in ANSWERS.items() if words in asked), "ja"))
    raise AssertionError(f"no preview; last said: {said}")
