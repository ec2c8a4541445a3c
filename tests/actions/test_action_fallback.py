"""When there is no answer: never the same words twice in a row, and soon a person first."""

from __future__ import annotations

from typing import Any

import pytest
from builders import Conversation, a_turn, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.fallback import KINDS, missed
from actions.handover import NoFormOpen
from actions.questions import CannotRead, Clarify, OutOfScope, SetGemeente, Unknown
from actions.smalltalk import SmallTalk
from bot.services import Services

HUMAN = "/ask_for_human"
PEUTER, PUBER = "slaapproblemen_peuter", "slaapproblemen_puber"
MISSES: dict[str, tuple[type, str, dict[str, Any]]] = {
    "clarify": (Clarify, "blub", {"intent": "clarify", "topics": (PEUTER, PUBER)}),
    "unknown": (Unknown, "blub", {"intent": "unknown"}),
    "something_else": (Unknown, "/unknown", {}),
    "paspoort": (OutOfScope, "ik wil een paspoort", {"intent": "out_of_scope", "noticed": {"elsewhere": "gemeente"}}),
    "out_of_scope": (OutOfScope, "blub", {"intent": "out_of_scope"}),
    "bsn": (CannotRead, "blub", {"intent": "bsn_typed"}),
    "no_words": (CannotRead, "...", {"intent": "no_words"}),
    "too_long": (CannotRead, "blub", {"intent": "too_long"}),
    "language": (CannotRead, "blub", {"intent": "other_language"}),
    "place": (SetGemeente, "blub", {"intent": "where_i_live", "entities": {"gemeente": "bestaat_niet"}}),
    "old button": (NoFormOpen, "/cancel", {}),
}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(MISSES)), min_size=2, max_size=8))
def test_never_the_same_text_twice_in_a_row_whatever_goes_wrong(services: Services, names: list[str]) -> None:
    talk = Conversation(Unknown(services))
    said = []
    for name in names:
        action, text, turn = MISSES[name]
        said.append(talk.says(text, action=action(services), **turn).text)
    assert all(first != second for first, second in zip(said, said[1:], strict=False)), said


@pytest.mark.parametrize("name", ["clarify", "unknown", "out_of_scope", "no_words"])
def test_after_two_misses_the_person_comes_first(services: Services, name: str) -> None:
    talk = Conversation(Unknown(services))
    action, text, turn = MISSES[name]
    heard = [talk.says(text, action=action(services), **turn) for _ in range(3)]
    assert heard[0].payloads[-1] == heard[1].payloads[-1] == HUMAN
    assert heard[2].payloads[0] == HUMAN


def test_something_else_asks_openly_once_and_then_offers_a_person(services: Services) -> None:
    talk = Conversation(Unknown(services))
    talk.says("blub", intent="clarify", topics=(PEUTER, PUBER), action=Clarify(services))
    first, second = talk.says("/unknown"), talk.says("/unknown")
    assert "eigen woorden" in first.text
    assert "Een mens" in second.text
    assert second.payloads[0] == HUMAN


def test_an_answer_makes_an_end_to_the_row(services: Services) -> None:
    assert missed("answer") == (None, 0)
    assert missed("clarify:2") == ("clarify", 2)
    assert missed(None) == (None, 0)
    assert "answer" not in KINDS


def test_small_talk_in_between_does_not_bring_the_same_words_back(services: Services) -> None:
    talk = Conversation(Unknown(services))
    first = talk.says("blub", intent="unknown")
    talk.says("dank je", intent="thanks", action=SmallTalk(services))
    assert talk.says("blub", intent="unknown").text != first.text


def test_what_is_not_for_us_says_who_does_know(services: Services) -> None:
    def heard(kind: str | None, gemeente: str | None = None) -> str:
        noticed, slots = {"elsewhere": kind}, {"gemeente": gemeente}
        turn = a_turn("ik wil een nieuw paspoort", intent="out_of_scope", noticed=noticed, slots=slots)
        return run(OutOfScope(services), turn).text

    site = services.knowledge.gemeenten["ede"].website
    assert "site van uw gemeente" in heard("gemeente")
    assert site and site in heard("gemeente", "ede")
    assert "dierenarts" in heard("dierenarts")
    assert heard("weetjes_en_computer") == heard(None)
