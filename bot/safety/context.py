"""What stands around an alarming match: a denial, the past, a film, laughter, or "right now".

Answers questions about one message; `assessment` decides what they mean for the level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.safety.lexicon import Lexicon, Rule
from bot.safety.matcher import Match, Reading
from bot.safety.words import HARD, SOFT

BRIDGE = 3  # how many words a denial may stand away
NEAR = 10  # how many words around a match its context reaches
SUBJECTS = frozenset({"ik", "hij", "zij", "ze", "mijn", "we", "wij", "me", "onze", "i", "my"})


class Context:
    """Everything around the matches of one message."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._tokens = reading.tokens
        self._forms = reading.forms
        self._lists = lexicon.word_lists
        self._fillers = lexicon.fillers
        self._sentence = self._numbered(HARD)
        self._clause = self._numbered(SOFT)
        self._by_use: dict[tuple[str, str], list[Match]] = defaultdict(list)
        for match in reading.matches:
            self._by_use[match.use.purpose, match.use.name].append(match)
        self._harmless = {place for match in self._expressions() for place in match.positions}

    def _expressions(self) -> list[Match]:
        """Harmless expressions; a comma inside means that the words do not belong together."""
        found = self._by_use["harmless", "onschuldig"]
        return [m for m in found if not any(t.barrier for t in self._tokens[m.start + 1 : m.end + 1])]

    def _numbered(self, barrier: int) -> list[int]:
        """For each word the number of its sentence (HARD) or clause (SOFT)."""
        numbers, current = [], 0
        for token in self._tokens:
            current += token.barrier >= barrier
            numbers.append(current)
        return numbers

    def said(self, name: str) -> bool:
        """Somewhere in the message."""
        return bool(self._by_use["context", name])

    def said_beside(self, name: str, match: Match) -> bool:
        """Somewhere in the message on other words than the match itself."""
        taken = set(match.positions)
        return any(not taken & set(found.positions) for found in self._by_use["context", name])

    def said_before(self, name: str, match: Match) -> bool:
        """Earlier in the message than the match: "mijn zoontje is boos, hij slaat mij"."""
        return any(found.end < match.start for found in self._by_use["context", name])

    def said_near(self, name: str, match: Match) -> bool:
        """In the same sentence as the match, a few words away at most."""
        return self._near(self._by_use["context", name], match, self._sentence)

    def is_about_myself(self, match: Match) -> bool:
        """ "Ik" is one of the words, in the same clause: then it is no imagined case."""
        ours = [place for place in match.positions if "ik" in self._forms[place]]
        others = {self._clause[place] for place in match.positions if place not in ours}
        return any(self._clause[place] in others for place in ours)

    def is_harmless(self, match: Match) -> bool:
        """An expression such as "dood van het lachen" uses the same words."""
        return not self._harmless.isdisjoint(match.positions)

    def has_exception(self, rule: Rule, match: Match) -> bool:
        """In the same clause: what stands behind a comma is another thought."""
        return self._near(self._by_use["except", rule.name], match, self._clause)

    def is_weakened_by_rule(self, rule: Rule, match: Match) -> bool:
        return self._near(self._by_use["weaker", rule.name], match, self._clause)

    def has_what_it_needs(self, rule: Rule) -> bool:
        return not rule.needs or bool(self._by_use["needs", rule.name])

    def cues(self, rule: Rule) -> list[Match]:
        """The cues of a weighing rule that are meant: heavy ones not denied, none part of an expression."""
        found = self._by_use["cue", rule.name]
        return [cue for cue in found if cue.use.weight < 0 or self._is_meant(cue)]

    def _is_meant(self, cue: Match) -> bool:
        return not self.is_harmless(cue) and (cue.use.weight == 1 or not self.is_denied(cue))

    @staticmethod
    def _near(found: Iterable[Match], match: Match, part: list[int]) -> bool:
        parts = range(part[match.start], part[match.end] + 1)
        return any(
            part[other.end] in parts and other.start <= match.end + NEAR and other.end >= match.start - NEAR
            for other in found
        )

    def is_denied(self, match: Match) -> bool:
        """ "ik wil niet dood", "geen zelfmoordgedachten", "hij slaat mij niet"."""
        return self._denied_inside(match) or self._denied_before(match) or self._denied_after(match)

    def is_over(self, match: Match) -> bool:
        """ "hij slaat mij niet meer"."""
        for place in range(match.start, min(len(self._tokens) - 1, match.end + 2)):
            outside = place not in match.positions and place + 1 not in match.positions
            if outside and self._is_denial(place) and "meer" in self._forms[place + 1]:
                follows = self._forms[place + 2] if place + 2 < len(self._tokens) else frozenset()
                return follows.isdisjoint(self._lists["ontkenning_telt_niet_voor"])
        return False

    def _is_denial(self, place: int) -> bool:
        return not self._forms[place].isdisjoint(self._lists["ontkenning"])

    def _counts(self, place: int) -> bool:
        """Not "ik weet niet", not "niet alleen", not "bijna nooit"."""
        lists, forms = self._lists, self._forms
        if place and (not forms[place - 1].isdisjoint(lists["ontkenning_telt_niet_na"]) or "bijna" in forms[place - 1]):
            return False
        after = next((p for p in range(place + 1, len(forms)) if forms[p].isdisjoint({"zo", "er", "echt"})), None)
        return after is None or forms[after].isdisjoint(lists["ontkenning_telt_niet_voor"])

    def _denied_inside(self, match: Match) -> bool:
        between = set(range(match.start, match.end)) - set(match.positions)
        return any(self._is_denial(place) and self._counts(place) for place in between)

    def _denied_before(self, match: Match) -> bool:
        first = match.start
        place, stop = first - 1, max(-1, first - 1 - BRIDGE)
        needs_that = not self._forms[first].isdisjoint(SUBJECTS)
        while place > stop and not self._tokens[place + 1].barrier:
            if self._is_denial(place):
                return self._denies_what_follows(place, needs_that)
            if not self._is_bridge(place):
                return False
            place -= 1
        return False

    def _denies_what_follows(self, place: int, needs_that: bool) -> bool:
        if place and not self._forms[place - 1].isdisjoint(self._lists["ontkenning_telt_niet_na"]):
            return False
        following = self._forms[place + 1] if place + 1 < len(self._forms) else frozenset()
        if needs_that:
            return not following.isdisjoint({"dat", "zo"})
        return "bijna" not in (self._forms[place - 1] if place else frozenset())

    def _denied_after(self, match: Match) -> bool:
        place = match.end + 1
        while place < min(len(self._tokens), match.end + 1 + BRIDGE) and not self._tokens[place].barrier:
            if self._is_denial(place):
                return self._counts(place) and not self._begins_new_thought(place)
            if not self._is_bridge(place) or not self._forms[place].isdisjoint({"ik", "wil", "om", "dat"}):
                return False
            place += 1
        return False

    def _begins_new_thought(self, place: int) -> bool:
        """A denial followed by a verb or much else opens its own sentence: "ik wil dood niemand helpt"."""
        return place + 1 < len(self._tokens) and "ik" in self._forms[place + 1]

    def _is_bridge(self, place: int) -> bool:
        allowed = self._lists["ontkenning_brug"] | self._fillers
        return not self._forms[place].isdisjoint(allowed)
