"""How hard an answer is to read: sentence length, syllables, rare words, and terms of the trade left unexplained.

No formula knows a reader. This one ranks answers so that an editor reads the hardest first, and says which are
plainly above B1. The reading ease is that of Flesch as Douma fitted it to Dutch (1960): 206.84 - 0.93 x words a
sentence - 77 x syllables a word; higher is easier, above 80 is very easy, below 60 is hard for many adults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.answers import plain_text
from bot.answers.placeholders import PLACEHOLDER
from bot.answers.schema import Knowledge, Topic

EASY_ENOUGH = 70.0
"""Reading ease from which a text counts as B1: somewhat easier than what Douma calls standard (60-65)."""
LONGEST_MEAN_SENTENCE = 12.0
MOST_RARE_WORDS = 2

_ONE_SOUND = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ij|ie|oe|eu|ui|ou|au|ei|y")
_VOWELS = re.compile(r"[aeiouàáâäèéêëìíîïòóôöùúûü]")
_STEM = 5


@dataclass(frozen=True)
class Reading:
    """The measures of one answer."""

    topic: Topic
    ease: float
    words_a_sentence: float
    rare: tuple[str, ...]
    unexplained: tuple[str, ...]
    """Terms of the trade that stand there without their plain word."""

    @property
    def is_plain(self) -> bool:
        """B1 or easier, as far as this can be measured."""
        short = self.words_a_sentence <= LONGEST_MEAN_SENTENCE
        return self.ease >= EASY_ENOUGH and short and len(self.rare) <= MOST_RARE_WORDS and not self.unexplained

    @property
    def hardness(self) -> float:
        """For ranking: each rare word and each unexplained term weighs as five points of reading ease."""
        return 100 - self.ease + 5 * (len(self.rare) + len(self.unexplained))


def readings(knowledge: Knowledge) -> list[Reading]:
    """All answers, hardest first. What is written for professionals alone is measured by other eyes."""
    topics = (topic for topic in knowledge.topics.values() if topic.audiences != ("professional",))
    return sorted((read(topic, knowledge.terms) for topic in topics), key=lambda found: -found.hardness)


def read(topic: Topic, terms: Mapping[str, str]) -> Reading:
    """Measure one answer."""
    sentences = list(_sentences(topic))
    words = [word for sentence in sentences for word in plain_text.words(sentence)]
    a_sentence = len(words) / max(1, len(sentences))
    a_word = sum(syllables(word) for word in words) / max(1, len(words))
    text = " ".join(sentences)
    return Reading(
        topic=topic,
        ease=round(206.84 - 0.93 * a_sentence - 77 * a_word, 1),
        words_a_sentence=round(a_sentence, 1),
        rare=tuple(plain_text.rare_words(text, terms)),
        unexplained=tuple(unexplained_terms(text, terms)),
    )


def unexplained_terms(text: str, terms: Mapping[str, str]) -> Iterator[str]:
    """Terms in the text of whose plain wording no word of weight stands anywhere in it."""
    lowered = text.casefold()
    stems = {word[:_STEM] for word in plain_text.words(lowered)}
    for term, plain in terms.items():
        if not _pattern(term).search(lowered):
            continue
        own = {word[:_STEM] for word in plain_text.words(term.casefold())}
        meant = {word[:_STEM] for word in plain_text.words(plain.casefold()) if len(word) >= _STEM} - own
        if meant and not meant & stems:
            yield term


@lru_cache(maxsize=1024)
def _pattern(term: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(term.casefold())}(?:en|s|e|n)?\b")


def _sentences(topic: Topic) -> Iterator[str]:
    texts = (topic.short_answer, *(section.text for section in topic.sections))
    for text in texts:
        for _, block in plain_text.blocks(text, 0):
            found = plain_text.sentences(PLACEHOLDER.sub("team", block))
            yield from (sentence for sentence in found if plain_text.words(sentence))


def syllables(word: str) -> int:
    """Vowel sounds of a Dutch word; a trema starts a new one."""
    return max(1, len(_VOWELS.findall(_ONE_SOUND.sub("a", word.lower()))))
