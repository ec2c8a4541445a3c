"""Why a message is read as danger or not, in lines for whoever tends the word list or the examples."""

from __future__ import annotations

from collections.abc import Iterator

from bot.safety.assessment import assess_with
from bot.safety.judgement import assess
from bot.safety.lexicon import LEVELS
from bot.safety.matcher import matcher
from bot.safety.second_opinion import second_opinion
from bot.safety.words import tokenize, visible


def explain(text: str) -> Iterator[str]:
    """The verdict, then what the word list found, then what the trained model made of the whole message."""
    verdict = assess(text)
    yield f"level: {verdict.level}" + (f" ({verdict.kind})" if verdict.kind else "")
    read = assess_with(matcher(), text)
    yield f"word list: {read.level}"
    yield from (f'  {signal.level:<16} {signal.rule}: "{signal.quote}"' for signal in read.signals)
    tokens = tokenize(visible(text))
    if tokens:
        opinion = second_opinion().ask(tokens, read.level)
        chances = ", ".join(f"{level} {chance:.2f}" for level, chance in zip(LEVELS, opinion.chances, strict=True))
        yield f"second opinion: {chances}"
        words = " ".join(tokens[place].form for place in opinion.places)
        yield f'  most by: "{words}", likeliest kind {opinion.kind}'
