"""Whatever is typed: nothing raises, nothing is lost, and nothing is sent without an explicit yes."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.handover.conversation.compose import document
from bot.handover.conversation.draft import Draft, Given, Known
from bot.handover.conversation.interview import question, receive, resume, start
from bot.handover.conversation.phrases import clean, says_yes
from bot.handover.personal_number import has_bsn
from bot.turn import AUDIENCES, Audience

NOW = datetime(2026, 5, 12, 20, 30, tzinfo=timezone.utc)
PIECES = [
    "ja",
    "nee",
    "stop",
    "?",
    "06 12345678",
    "111222333",
    "14",
    "ik heet Sam",
    "weet ik niet",
    "a@b.nl",
    "laat maar",
    "ok",
    "mijn ouders mogen dit niet weten",
    "wie leest dit?",
    "ander nummer",
    "later",
    "verder",
    "verstuur",
    "skip",
    "😀",
    "\x00",
    "nee het is 0612345678",
    "ze is 14 niet 13",
    "{words}",
    "**",
    "[x](http://a)",
    "terug",
    "hoe werkt dat hier?",
    "ja ga maar verder",
    "ik bel zelf wel",
    "hij leest mijn telefoon",
    "alleen appen 06 12345678",
    "ze mogen het niet weten",
    "klopt niet hij is vorige week 16 geworden",
    "\ud800",
    "٣",
]
VALUES = [
    "send",
    "edit",
    "skip",
    "leave",
    "remove",
    "back",
    "self",
    "other",
    "chat",
    "only_at",
    "safe_yes",
    "safe_no",
    "safe_only_at",
    "12-15",
    "16-17",
    "0-3",
    "keep_words",
    "other_words",
    "may_know",
    "secret",
    "unaware",
    "without_parents",
    "send_anyway",
    "call_first",
    "child_agrees",
    "advice_only",
    "family_agrees",
    "anonymous",
    "stop_now",
    "continue",
    "yes",
    "x",
]
FIELDS = ["own_words", "name", "age", "contact", "safe_contact", "best_time", "needs", "gemeente", "organisation", "x"]

texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=3).map(" ".join))
messages = st.one_of(
    st.builds(Given, text=texts, topic=st.sampled_from([None, "pgb"]), topic_confidence=st.floats(0, 1)),
    st.builds(Given, value=st.sampled_from(VALUES), intent=st.just("choose")),
    st.builds(Given, value=st.sampled_from(FIELDS), intent=st.just("change_field")),
)


def a_draft(audience: Audience, age: int | None, words: str | None = None) -> Draft:
    known = Known(age=age, question_own_words=words)
    return start(trigger="asked", audience=audience, gemeente="utrecht", known=known, now=NOW)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    audience=st.sampled_from(AUDIENCES),
    age=st.sampled_from([None, 3, 10, 13, 15, 16, 17, 19, 26, 45, -1]),
    words=st.sampled_from([None, "hij slaapt niet"]),
    at_once=st.booleans(),
    turns=st.lists(messages, max_size=25),
)
def test_any_conversation(
    audience: Audience, age: int | None, words: str | None, at_once: bool, turns: list[Given]
) -> None:
    draft = at_review() if at_once else a_draft(audience, age, words)
    for message in turns:
        outcome = receive(draft, message, now=NOW)
        explicit = message.value == "send" or (not message.value and says_yes(clean(message.text)))
        if outcome.status == "ready":
            assert draft.step == "review" and not draft.paused and explicit
            assert outcome.draft.consented_at == NOW
        else:
            assert outcome.draft.consented_at is None
        if outcome.status == "asking":
            assert outcome.said and all(said.text for said in outcome.said)
        if outcome.status == "cancelled":
            assert outcome.draft.answers == {} and outcome.draft.known == Known()
            return
        _kept(draft, outcome.draft)
        draft = Draft.from_json(outcome.draft.to_json())
        assert question(draft).text and resume(draft).text
        record = document(draft, NOW)
        record.to_json().encode()
        assert not has_bsn(draft.get("own_words") or "") and not has_bsn(draft.get("name") or "")


def _kept(before: Draft, after: Draft) -> None:
    """The story, once told, is only replaced by another story."""
    if before.get("own_words"):
        assert after.get("own_words")
    assert after.handover_id == before.handover_id
    assert after.known == before.known


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=80))
def test_the_preview_is_not_answered_by_chance(text: str) -> None:
    draft = at_review()
    outcome = receive(draft, Given(text=text), now=NOW)
    assert (outcome.status == "ready") == says_yes(clean(text))


@pytest.mark.parametrize(
    "text", ["ok", "oké", "👍", "klopt", "is goed", "ja maar", "ja?", "nee ja", "ja niet", "stuur niet", "j", ""]
)
def test_what_is_no_explicit_yes(text: str) -> None:
    assert receive(at_review(), Given(text=text), now=NOW).status != "ready"


@pytest.mark.parametrize(
    "text", ["ja", "Ja.", "JA HOOR", "ja graag!", "verstuur", "ja, verstuur maar", "stuur maar op", "akkoord"]
)
def test_what_is_an_explicit_yes(text: str) -> None:
    assert receive(at_review(), Given(text=text), now=NOW).status == "ready"


def test_a_yes_of_before_does_not_count_later() -> None:
    ready = receive(at_review(), Given(value="send"), now=NOW).draft
    after = receive(ready, Given(text="wacht, ander nummer"), now=NOW)
    assert after.status == "asking"
    assert document(after.draft, NOW).consent.share_summary.given is False


def test_sending_again_after_a_failed_store_is_the_same_handover() -> None:
    draft = at_review()
    first = receive(draft, Given(value="send"), now=NOW).draft
    second = receive(first, Given(value="send"), now=NOW).draft
    assert first.handover_id == second.handover_id == draft.handover_id


def test_an_enormous_message_is_quick() -> None:
    draft = a_draft("jongere", None)
    begin = datetime.now()
    for text in ("ouders niet " * 3000, "1 " * 9000, "stop " * 4000, "a" * 20000, "06 " * 5000):
        receive(draft, Given(text=text), now=NOW)
        receive(at_review(), Given(text=text), now=NOW)
    assert (datetime.now() - begin).total_seconds() < 5


@pytest.mark.parametrize("step", ["gemeente", "age", "name", "contact", "safe_contact", "safe_when", "parents"])
def test_an_enormous_message_is_quick_at_every_step(step: str) -> None:
    draft = at_review().with_(step=step, audience="jongere")
    begin = datetime.now()
    for text in ("ja er leest niemand " * 1500, "niet als ik " * 3000, "ja nee maar " * 3000, "app 06 " * 5000):
        receive(draft, Given(text=text), now=NOW)
    assert (datetime.now() - begin).total_seconds() < 5


def at_review() -> Draft:
    draft = a_draft("ouder", 9, "hij slaapt niet")
    for message in (Given(value="keep_words"), Given(value="skip"), Given(value="self")):
        draft = receive(draft, message, now=NOW).draft
    assert draft.step == "review"
    return draft
