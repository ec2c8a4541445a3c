"""Lexicon and second opinion together: the one assessment that everything else uses.

Either may raise the level. The second opinion may make an emergency of the lexicon a caring question, and may pass
over a caring question, only where it is all but certain. Danger in another language is the lexicon's alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

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
SHORT = 6
"""Words below which there is little to go by."""
SHORTEST_PART = 4
LONGEST_READ = 400
LITTLE_WORDS = Path(__file__).parent / "little_words.txt"


@dataclass(frozen=True)
class Bounds:
    """From which chance the second opinion raises, and up to which it lowers what the lexicon found.

    Chosen on the tuning half of tests/nlu: `rits eval --half tuning`."""

    emergency: float = 0.50
    emergency_after_all: float = 0.97
    """Where the lexicon saw it and made it a question: it was denied, or is past."""
    question: float = 0.33
    short_question: float = 0.65
    sentence_question: float = 0.45
    keeps_emergency: float = 0.14
    keeps_question: float = 0.02


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
    lowered = _lowered(read, [whole, *_of_sentences(tokens, model, read.level)], bounds)
    raised = max(_raised(read, tokens, shown, whole, model, bounds), key=lambda a: LEVELS.index(a.level))
    if LEVELS.index(raised.level) <= LEVELS.index(lowered.level):
        return lowered
    kind = read.kind or raised.kind  # the lexicon's word for it is surer
    return replace(raised, signals=(*raised.signals, *read.signals), writer=read.writer, kind=kind)


def _lowered(read: Assessment, opinions: Sequence[Opinion], bounds: Bounds) -> Assessment:
    """Only when neither the whole nor any sentence gives it a chance. A death wish, and what two rules say, stand."""
    grave = [signal for signal in read.signals if signal.level == read.level]
    if (
        read.level == "urgent"
        and _may_be_less(grave)
        and all(one.emergency < bounds.keeps_emergency for one in opinions)
    ):
        return replace(read, level="concern")
    if read.level == "concern" and all(opinion.danger < bounds.keeps_question for opinion in opinions):
        return Assessment(writer=read.writer)
    return read


def _may_be_less(grave: Sequence[Signal]) -> bool:
    if len(grave) > 1:
        return False
    return grave[0].kind != "suicidality" or matcher().lexicon.rules[grave[0].rule].bare_word


def _of_sentences(tokens: list[Token], model: SecondOpinion, level: SafetyLevel) -> Iterator[Opinion]:
    return (model.ask(part, level) for part in _sentences(tokens)) if level != "none" else iter(())


def _raised(
    read: Assessment, tokens: list[Token], shown: str, whole: Opinion, model: SecondOpinion, bounds: Bounds
) -> Iterator[Assessment]:
    if not _tells_something(tokens):
        yield Assessment()
        return
    emergency = bounds.emergency_after_all if _is_made_weaker(read) else bounds.emergency
    question = bounds.short_question if len(tokens) < SHORT and read.level == "none" else bounds.question
    yield _seen(whole, tokens, shown, _level(whole, emergency, question))
    if len(tokens) > LONG:
        for part in _sentences(tokens):
            opinion = model.ask(part, "none")
            yield _seen(opinion, part, shown, _level(opinion, emergency, bounds.sentence_question))


def _tells_something(tokens: Sequence[Token]) -> bool:
    """One word, or little words only, is an answer to a question ("morgen", "weet ik niet"): too little to guess by."""
    return len(tokens) > 1 and any(token.form not in little_words() for token in tokens)


@lru_cache(maxsize=1)
def little_words() -> frozenset[str]:
    lines = LITTLE_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_made_weaker(read: Assessment) -> bool:
    """The lexicon knows the words as graver than it took them here: they were denied, or it is past, or a film."""
    rules = matcher().lexicon.rules
    return read.level == "concern" and any(rules[signal.rule].level in EMERGENCY_LEVELS for signal in read.signals)


def _level(opinion: Opinion, emergency: float, question: float) -> SafetyLevel:
    if opinion.emergency >= emergency:
        return "life_threatening" if opinion.life_threatening > opinion.emergency / 2 else "urgent"
    return "concern" if opinion.danger >= question else "none"


def _seen(opinion: Opinion, tokens: list[Token], shown: str, level: SafetyLevel) -> Assessment:
    if level == "none":
        return Assessment()
    quote = " ".join(shown[tokens[place].start : tokens[place].end] for place in opinion.places)
    return Assessment(level, opinion.kind, (Signal(opinion.kind, level, quote, OPINION),))


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
