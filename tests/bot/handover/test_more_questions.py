"""The optional questions: nobody has to answer, nothing is sent by an answer, and nothing is asked that was told."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.handover.conversation.compose import document
from bot.handover.conversation.draft import Draft, Given, Known, Place
from bot.handover.conversation.interview import question, receive, start
from bot.handover.conversation.languages import language_code
from bot.handover.conversation.more_questions import BIG5, QUESTIONS, group, waiting
from bot.handover.conversation.spoken_day import read_day
from bot.handover.conversation.steps import MENUS, MOST_QUESTIONS
from bot.turn import Audience

NOW = datetime(2026, 5, 12, 20, 30, tzinfo=timezone.utc)
PEOPLE: list[tuple[Audience, int]] = [("ouder", 9), ("jongere", 13), ("jongere", 17), ("professional", 17)]
PIECES = [
    "ja", "nee", "stop", "?", "14", "7", "weet ik niet", "verstuur", "ja verstuur maar", "later", "verder", "genoeg zo",
    "mijn ouders mogen dit niet weten", "wie leest dit?", "laat dit weg", "ik ben de oma", "nee hij is 15", "111222333",
    "06 12345678", "stap 3", "zorgen", "gaat goed", "1 maart 2027", "wat is een pgb?", "stuur de chat mee", "😀",
    "\x00",
    "hij wil niet naar school en dat gaat al maanden zo", "01234567", "Tigrinya", "{words}", "**x**", "mijn oma",
]  # fmt: skip
VALUES = sorted(
    {value for row in QUESTIONS for value in row.choices}
    | {"skip", "enough", "leave", "remove", "more", "edit", "parts", "chat_along", "leave_out", "back", "continue"}
)
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=3).map(" ".join))
messages = st.one_of(
    st.builds(Given, text=texts),
    st.builds(Given, value=st.sampled_from(VALUES), intent=st.just("choose")),
    st.builds(Given, value=st.sampled_from([row.step for row in QUESTIONS]), intent=st.just("change_field")),
)


def at_preview(audience: Audience, age: int, **known: object) -> Draft:
    told = Known.parse_obj({"age": age, "question_own_words": "het gaat niet goed", **known})
    draft = start(trigger="asked", audience=audience, gemeente="utrecht", known=told, now=NOW)
    for value in ("keep_words", "skip", "skip", "self", "skip", "may_know", "family_agrees"):
        if draft.step != "review":
            draft = receive(draft, Given(value=value, intent="choose"), now=NOW).draft
    assert draft.step == "review", draft.step
    return draft


def telling_more(audience: Audience, age: int, **known: object) -> Draft:
    return receive(at_preview(audience, age, **known), Given(value="more", intent="choose"), now=NOW).draft


@pytest.mark.parametrize(("audience", "age"), PEOPLE)
def test_every_question_for_this_person_can_be_passed_and_says_so(audience: Audience, age: int) -> None:
    draft, seen = telling_more(audience, age), []
    while draft.step != "review":
        shown = question(draft)
        assert {"skip", "enough"} <= {button.payload.split('"')[3] for button in shown.buttons if '"' in button.payload}
        seen.append(draft.step)
        draft = receive(draft, Given(value="skip", intent="choose"), now=NOW).draft
    assert len(seen) == len(set(seen)) > 2
    assert receive(draft, Given(value="send", intent="choose"), now=NOW).status == "ready"


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(person=st.sampled_from(PEOPLE), turns=st.lists(messages, max_size=12))
def test_whatever_is_typed_there_never_sends_and_never_loses_the_draft(
    person: tuple[Audience, int], turns: list[Given]
) -> None:
    draft = telling_more(*person)
    for message in turns:
        before = draft
        outcome = receive(draft, message, now=NOW)
        assert outcome.status != "ready" or before.step == "review"
        if outcome.status == "ready":
            return
        if outcome.status == "cancelled":
            # Only ever by saying so twice: first it is asked whether they are sure.
            assert before.step == "cancel"
            return
        draft = Draft.from_json(outcome.draft.to_json())
        assert draft.handover_id == before.handover_id and draft.known == before.known
        kept = set(before.answers) - set(draft.answers)
        assert (
            not kept
            or message.value
            or before.step in MENUS
            or draft.get("relation") != before.get("relation")
            or (_taken_back(kept))
        ), kept
        document(draft, NOW).to_json().encode()
        assert question(draft).text and len(question(draft).text) < 20_000


def _taken_back(lost: set[str]) -> bool:
    """An answer that changes the age or the way to be reached takes with it what hung on it, and nothing else."""
    depends = {"family_consent", "child_consent", "parents", "secrecy", "best_time", "safe_note", "safe_when", "age"}
    notes = {row.note for row in QUESTIONS} | {"ends_on"}
    return lost <= depends | notes | {"safe_contact", "address", "age_band"}


@pytest.mark.parametrize(("audience", "age"), PEOPLE)
@pytest.mark.parametrize("text", ["ja", "ja verstuur maar", "verstuur", "akkoord"])
def test_a_yes_to_an_optional_question_sends_nothing(audience: Audience, age: int, text: str) -> None:
    draft = telling_more(audience, age)
    while draft.step != "review":
        outcome = receive(draft, Given(text=text), now=NOW)
        assert outcome.status == "asking"
        skipped = receive(outcome.draft, Given(value="skip", intent="choose"), now=NOW).draft
        draft = skipped if outcome.draft.step == draft.step else outcome.draft


@pytest.mark.parametrize("gemeente", ["utrecht", None])
@pytest.mark.parametrize("age", ["4", "13", "17", None])
@pytest.mark.parametrize("words", ["Het gaat niet meer", None])
@pytest.mark.parametrize("press", product(("phone", "other", "self"), ("safe_yes", "safe_only_at", "words")))
def test_a_parent_in_trouble_answers_at_most_five_questions(
    gemeente: str | None, age: str | None, words: str | None, press: tuple[str, str]
) -> None:
    """Whatever is known and whichever of the offered ways they take: five, and then the preview."""
    known = Known(age=int(age) if age and gemeente else None, question_own_words=words)
    draft = start(trigger="asked", audience="ouder", gemeente=gemeente, known=known, now=NOW)
    asked = 0
    while draft.step != "review":
        asked += 1
        draft = receive(draft, _reply(draft, age, press), now=NOW).draft
        assert asked <= MOST_QUESTIONS, draft.asked
    assert receive(draft, Given(value="send", intent="choose"), now=NOW).status == "ready"


def _reply(draft: Draft, age: str | None, press: tuple[str, str]) -> Given:
    """An answer as people give it; a button only when it is offered."""
    offered = [button.payload for button in question(draft).buttons]

    def button(value: str, otherwise: str) -> Given:
        shown = any(f'"{value}"' in payload for payload in offered)
        return Given(value=value, intent="choose") if shown else Given(text=otherwise)

    contact = Given(text="0612345678") if press[0] == "phone" else button(press[0], "via de school van mijn zoon")
    safe = Given(text="alleen overdag") if press[1] == "words" else button(press[1], "alleen na vier uur")
    answers = {
        "own_words": button("keep_words", "Hij slaapt niet meer"),
        "gemeente": Given(gemeente="utrecht", places=(Place(slug="utrecht", name="Utrecht"),), text="Utrecht"),
        "age": Given(text=age) if age else Given(value="skip", intent="choose"),
        "name": Given(text="Els"),
        "contact": contact,
        "contact_other": Given(text="via school"),
        "safe_contact": safe,
        "safe_when": Given(text="na vier uur"),
        "best_time": Given(text="overdag"),
        "child_consent": Given(value="child_agrees", intent="choose"),
    }
    return answers[draft.step]


TOLD: list[tuple[Audience, dict[str, object], set[str]]] = [
    ("ouder", {"age": 9, "question_own_words": "hij slaapt niet"}, {"age", "gemeente"}),
    ("ouder", {"question_own_words": "ik ben de oma van een meisje van 9"}, {"age"}),
    ("jongere", {"question_own_words": "ik ben 17 en mijn hulp stopt, mail me op a@b.nl"}, {"age", "contact"}),
    ("professional", {"age": 12, "question_own_words": "x", "meldcode_step": 2, "route": "04"}, {"meldcode", "route"}),
]


@pytest.mark.parametrize(("audience", "known", "told"), TOLD)
def test_nothing_is_asked_that_was_told(audience: Audience, known: dict[str, object], told: set[str]) -> None:
    draft = start(trigger="asked", audience=audience, gemeente="utrecht", known=Known.parse_obj(known), now=NOW)
    seen: set[str] = set()
    presses = {
        "own_words": "keep_words",
        "contact": "self",
        "family_consent": "family_agrees",
        "safe_contact": "safe_yes",
    }
    for _ in range(60):
        seen.add(draft.step)
        value = "more" if draft.step == "review" else presses.get(draft.step, "skip")
        draft = receive(draft, Given(value=value, intent="choose"), now=NOW).draft
        if draft.step == "review" and not waiting(draft.with_(more=True)):
            break
    assert not seen & told
    assert "worries" in seen or "situation" in seen or "support" in seen


def test_a_draft_that_waited_for_hours_says_what_is_still_there() -> None:
    draft = at_preview("ouder", 9)
    later = NOW + timedelta(hours=9)
    back = receive(draft, Given(text="hallo"), now=later)
    assert back.status == "asking" and "er nog" in back.said[0].text and back.draft.answers == draft.answers
    assert "precies wat" in back.said[1].text


@pytest.mark.parametrize("text", ["ja", "ja verstuur maar", "verder", "goedemorgen"])
def test_a_typed_yes_of_hours_later_sends_nothing_unseen(text: str) -> None:
    later = NOW + timedelta(hours=9)
    back = receive(at_preview("ouder", 9), Given(text=text), now=later)
    assert back.status == "asking" and "er nog" in back.said[0].text
    assert receive(back.draft, Given(text="ja verstuur maar"), now=later).status == "ready"


def test_an_answer_of_hours_later_is_still_an_answer() -> None:
    draft = telling_more("ouder", 9)
    back = receive(draft, Given(text="dat hij wegloopt"), now=NOW + timedelta(hours=30))
    assert back.draft.get("worries") == "dat hij wegloopt" and "er nog" in back.said[0].text


def test_the_big_five_are_asked_of_nobody_under_sixteen() -> None:
    assert group(at_preview("jongere", 13)) == "jongere"
    assert not set(BIG5) & set(waiting(at_preview("jongere", 13)))
    assert waiting(at_preview("jongere", 16))[:5] == list(BIG5)


def test_a_citizen_service_number_in_an_optional_answer_is_refused() -> None:
    outcome = receive(telling_more("ouder", 9), Given(text="bsn 111222333 en hij loopt weg"), now=NOW)
    assert "111222333" not in outcome.draft.to_json() and "burgerservicenummer" in outcome.said[0].text


@pytest.mark.parametrize(
    ("text", "day"),
    [("1 maart 2027", "2027-03-01"), ("op 01-03-2027", "2027-03-01"), ("31 feb 2027", None), ("maart 2027", None)],
)
def test_a_day_is_a_whole_date(text: str, day: str | None) -> None:
    found = read_day(text)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(("words", "code"), [("Arabisch", "ara"), ("ik spreek tigrinya", "tir"), ("Klingon", None)])
def test_languages(words: str, code: str | None) -> None:
    assert language_code(words) == code


def test_what_was_told_elsewhere_is_in_the_document() -> None:
    draft = at_preview(
        "jongere", 17, birth_month="2009-03", language="tur", interpreter=True, unanswered=["mag de hond mee?"]
    )
    record = document(draft, NOW)
    assert record.child.birth_month == "2009-03" and record.unanswered == ("mag de hond mee?",)
    assert (record.language.code, record.language.interpreter) == ("tur", True)


def test_help_that_ends_within_a_month_does_not_wait_for_the_ordinary_order() -> None:
    draft = at_preview("jongere", 17).answered(help_now="help_now_yes", ends_on="2026-06-01")
    assert document(draft, NOW).urgency.level == "three_workdays"
    assert document(draft.answered(ends_on="2027-06-01"), NOW).urgency.level == "normal"


def test_what_does_not_fit_is_cut_in_sight() -> None:
    long = "hij slaapt niet. " * 230
    draft = at_preview("professional", 17).answered(own_words=long, situation=long, background=long, tried=long)
    record = document(draft.answered(wonen_note=long), NOW)
    assert record.situation and record.situation.endswith("…") and len(record.situation) == 4000
    assert record.big5 and record.big5.wonen.note and record.big5.wonen.note.endswith("…")


def test_a_number_in_a_question_without_an_answer_does_not_go_along() -> None:
    draft = at_preview("ouder", 9, unanswered=["bel me op 06 12345678 of a@b.nl, bsn 111222333", "mag de hond mee?"])
    told = " ".join(document(draft, NOW).unanswered)
    assert "hond" in told and not any(char.isdigit() for char in told) and "@" not in told


def test_a_profession_that_was_told_is_not_asked() -> None:
    known = Known(age=12, question_own_words="ik ben huisarts en zie een jongen die verzuimt")
    draft = start(trigger="asked", audience="professional", gemeente="utrecht", known=known, now=NOW)
    for value in ("keep_words", "skip"):
        draft = receive(draft, Given(value=value, intent="choose"), now=NOW).draft
    assert draft.step == "organisation" and "functie" not in question(draft).text
    assert document(draft, NOW).reporter.role == "huisarts"
