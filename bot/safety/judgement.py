"""Lexicon and second opinion together: the one assessment that everything else uses.

Either may raise the level. The second opinion may make an emergency of the lexicon a caring question, and may pass
over a caring question, only where it is all but certain. Danger in another language is the lexicon's alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.safety.assessment import Assessment, Signal, assess_with
from bot.safety.lexicon import LEVELS
from bot.safety.matcher import matcher
from bot.safety.second_opinion import Opinion, SecondOpinion, second_opinion
from bot.safety.words import HARD, Token, tokenize, visible
from bot.turn import EMERGENCY_LEVELS, SafetyLevel

OPINION = "second_opinion"
"""Stands where a signal names its rule."""
LONG = 30
"""Words from which each sentence is read by itself too: the gravest fact comes late, as an aside."""
SHORTEST_PART = 4
LONGEST_READ = 400


@dataclass(frozen=True)
class Bounds:
    """From which chance the second opinion raises, and up to which it lowers what the lexicon found.

    Chosen on the tuning half of tests/nlu: `rits eval --half tuning`."""

    emergency: float = 0.65
    question: float = 0.40
    sentence_question: float = 0.50
    keeps_emergency: float = 0.12
    keeps_question: float = 0.15


BOUNDS = Bounds()


def assess(text: str) -> Assessment:
    """What this message says about danger, and which words made it so."""
    return judge(text, second_opinion(), BOUNDS)


def judge(text: str, model: SecondOpinion, bounds: Bounds) -> Assessment:
    read = assess_with(matcher(), text)
    if read.language:
        return read
    shown = visible(text)
    tokens = tokenize(shown)[:LONGEST_READ]
    if not tokens:
        return read
    whole = model.ask(tokens, read.level)
    lowered = _lowered(read, whole, bounds)
    raised = max(_raised(tokens, shown, whole, model, bounds), key=lambda a: LEVELS.index(a.level))
    if LEVELS.index(raised.level) <= LEVELS.index(lowered.level):
        return lowered
    return replace(raised, signals=(*raised.signals, *lowered.signals), writer=read.writer, kind=_kind(read, raised))


def _lowered(read: Assessment, whole: Opinion, bounds: Bounds) -> Assessment:
    if read.is_emergency and whole.emergency < bounds.keeps_emergency:
        return replace(read, level="concern")
    if read.level == "concern" and whole.danger < bounds.keeps_question:
        return Assessment(writer=read.writer)
    return read


def _raised(
    tokens: list[Token], shown: str, whole: Opinion, model: SecondOpinion, bounds: Bounds
) -> Iterator[Assessment]:
    yield _seen(whole, tokens, shown, _level(whole, bounds.emergency, bounds.question))
    if len(tokens) > LONG:
        for part in _sentences(tokens):
            opinion = model.ask(part, "none")
            yield _seen(opinion, part, shown, _level(opinion, bounds.emergency, bounds.sentence_question))


def _level(opinion: Opinion, emergency: float, question: float) -> SafetyLevel:
    if opinion.emergency >= emergency:
        return "life_threatening" if opinion.life_threatening > opinion.emergency / 2 else "urgent"
    return "concern" if opinion.danger >= question else "none"


def _seen(opinion: Opinion, tokens: list[Token], shown: str, level: SafetyLevel) -> Assessment:
    if level == "none":
        return Assessment()
    quote = " ".join(shown[tokens[place].start : tokens[place].end] for place in opinion.places)
    return Assessment(level, opinion.kind, (Signal(opinion.kind, level, quote, OPINION),))


def _kind(read: Assessment, raised: Assessment) -> str | None:
    """The lexicon's word for it is surer, where it has one of equal weight."""
    return read.kind if read.level in EMERGENCY_LEVELS and read.kind else raised.kind


def _sentences(tokens: list[Token]) -> Iterator[list[Token]]:
    """Pieces between full stops and the like, of enough words to say something."""
    part: list[Token] = []
    for token in tokens:
        if token.barrier >= HARD and len(part) >= SHORTEST_PART:
            yield part
            part = []
        part.append(token)
    if len(part) >= SHORTEST_PART:
        yield part
