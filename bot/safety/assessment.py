"""How alarming a message is by the word list, and which words made it so. Pure: text in, assessment out.

A rule of the lexicon proposes a level; what stands around it may take it away, weaken it or make it graver.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.safety.context import Context
from bot.safety.lexicon import LEVELS, Rule
from bot.safety.matcher import Match, Matcher, Reading
from bot.safety.weighing import weighed
from bot.safety.words import visible
from bot.turn import EMERGENCY_LEVELS, SafetyFacts, SafetyLevel

Writer = Literal["ouder", "jongere"]
# Of two kinds at one level the one that needs the other help line most comes first.
KIND_ORDER = (
    "medical", "acute_danger", "suicidality", "sexual_abuse", "violence", "abuse", "parent_overwhelmed", "psychosis",
    "exploitation", "runaway", "self_harm", "neglect", "eating",
)  # fmt: skip
LONGEST_QUOTE = 160


@dataclass(frozen=True)
class Signal:
    """One thing that was read in the message: the words themselves, and the rule that saw them."""

    kind: str
    level: SafetyLevel
    quote: str
    rule: str


@dataclass(frozen=True)
class Assessment:
    """The gravest level and kind, with every signal behind it."""

    level: SafetyLevel = "none"
    kind: str | None = None
    signals: tuple[Signal, ...] = ()
    language: str | None = None
    writer: Writer | None = None

    @property
    def is_emergency(self) -> bool:
        return self.level in EMERGENCY_LEVELS

    @property
    def facts(self) -> SafetyFacts:
        return SafetyFacts(level=self.level, kind=self.kind)


def assess_with(reader: Matcher, text: str) -> Assessment:
    """What the lexicon says of this message; `judgement.assess` adds the second opinion."""
    shown = visible(text)
    reading = reader.read(shown)
    context = Context(reading, reader.lexicon)
    found = [*_found(reading, context, reader)]
    if not found:
        return Assessment()
    signals = _signals(found, reading, shown)
    gravest = signals[0]
    languages = [rule.language for rule, level, _ in found if rule.language and level == gravest.level]
    return Assessment(
        level=gravest.level,
        kind=gravest.kind,
        signals=tuple(signals),
        language=languages[0] if languages else None,
        writer=_writer(context),
    )


def _found(reading: Reading, context: Context, reader: Matcher) -> Iterator[tuple[Rule, SafetyLevel, Match]]:
    for match in reading.matches:
        if match.use.purpose == "rule":
            rule = reader.lexicon.rules[match.use.name]
            level = _level(rule, match, context)
            if level != "none":
                yield rule, level, match
    for rule in reader.weighing_rules:
        total = weighed(rule.name, rule.threshold, context.cues(rule))
        if total is not None and not context.has_exception(rule, total):
            yield rule, rule.level, total


def _level(rule: Rule, match: Match, context: Context) -> SafetyLevel:
    if _does_not_count(rule, match, context):
        return "none"
    level = rule.level
    if _is_weakened(rule, match, context):
        level = min(level, "concern", key=LEVELS.index)
    if level == "urgent" and rule.now_escalates and _is_now(match, context):
        level = "life_threatening"
    return level


def _does_not_count(rule: Rule, match: Match, context: Context) -> bool:
    if context.is_harmless(match) or context.has_exception(rule, match) or not context.has_what_it_needs(rule):
        return True
    if rule.bare_word and _is_about_the_subject(match, context):
        return True
    if rule.unknown_agent and _child_is_agent(match, context, "jong_kind"):
        return True
    return rule.negatable and context.is_denied(match) and not context.is_over(match)


def _is_about_the_subject(match: Match, context: Context) -> bool:
    """A bare word such as "zelfmoord" in a question, a protocol or a school paper says nothing about a person."""
    return context.said("onderwerp") or any(context.said_near(name, match) for name in ("informatie", "algemeen"))


def _is_weakened(rule: Rule, match: Match, context: Context) -> bool:
    if context.is_weakened_by_rule(rule, match):
        return True
    if rule.negatable and context.is_over(match):
        return True
    if rule.past_weakens and context.said_near("verleden", match) and not context.said("heden"):
        return True
    if rule.laughing_weakens and context.said_near("lachen", match):
        return True
    if rule.general_weakens and context.said_near("algemeen", match) and not context.is_about_myself(match):
        return True
    return rule.unknown_agent and _may_be_a_child(match, context)


def _child_is_agent(match: Match, context: Context, age: str) -> bool:
    """ "Hij slaat mij" about a child: a child was named before it, and no grown-up anywhere."""
    return context.said_before(age, match) and not context.said_beside("volwassen_dader", match)


def _may_be_a_child(match: Match, context: Context) -> bool:
    """The age came later, or the child may be grown: then it is a question."""
    if _child_is_agent(match, context, "groot_kind"):
        return True
    return context.said("jong_kind_na") and not context.said_beside("volwassen_dader", match)


def _is_now(match: Match, context: Context) -> bool:
    return context.said_near("nu", match) and not context.said_near("nu_niet", match)


def _signals(found: list[tuple[Rule, SafetyLevel, Match]], reading: Reading, text: str) -> list[Signal]:
    """One signal a rule, gravest first."""
    best: dict[str, Signal] = {}
    for rule, level, match in found:
        known = best.get(rule.name)
        if known is None or LEVELS.index(level) > LEVELS.index(known.level):
            best[rule.name] = Signal(rule.kind, level, _quote(match, reading, text), rule.name)
    return sorted(best.values(), key=_gravity)


def _gravity(signal: Signal) -> tuple[int, int]:
    order = KIND_ORDER.index(signal.kind) if signal.kind in KIND_ORDER else len(KIND_ORDER)
    return -LEVELS.index(signal.level), order


def _quote(match: Match, reading: Reading, text: str) -> str:
    return text[reading.tokens[match.start].start : reading.tokens[match.end].end][:LONGEST_QUOTE]


def _writer(context: Context) -> Writer | None:
    if context.said("schrijver_ouder"):
        return "ouder"
    return "jongere" if context.said("schrijver_jongere") else None
