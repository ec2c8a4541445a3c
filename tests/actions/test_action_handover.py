"""The handover form, turn by turn: the draft, danger in between, and confirming only what was committed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from builders import BSN, CONCERN, DANGER, Conversation, Heard, a_turn, run

from actions.handover import HandoverForm, NoFormOpen
from actions.questions import AnswerQuestion, Unknown
from actions.safety import ShowEmergency
from bot.services import Services

PEUTER = "slaapproblemen_peuter"
STORY = "Mijn dochter van 8 wordt gepest op school"
STEPS = ("own_words", "age", "name", "contact", "safe_contact", "review")


@pytest.fixture
def talk(services: Services) -> Conversation:
    return Conversation(HandoverForm(services), metadata={"gemeente": "voorbeeldgemeente", "audience": "ouder"})


def to(talk: Conversation, step: str) -> Heard:
    """Answer questions until this step."""
    heard = talk.says("/ask_for_human")
    answers = {
        "own_words": "we weten het niet meer",
        "age": "8",
        "name": "Samira",
        "contact": "06-12345678",
        "safe_contact": "ja",
        "best_time": "overdag",
    }
    while talk.draft["step"] != step:
        heard = talk.says(answers[talk.draft["step"]])
    return heard


def rows(services: Services) -> int:
    with services.engine.connect() as connection:
        return int(connection.exec_driver_sql("select count(*) from handovers").scalar_one())


def test_asking_for_a_person_opens_the_form(talk: Conversation) -> None:
    heard = talk.says("/ask_for_human")
    assert (heard.category, heard.handover["offered"], heard.handover["submitted"]) == ("human", True, False)
    assert heard.slots["requested_slot"] == "handover_reply"
    assert heard.slots["handover_reply"] is None
    assert talk.draft["team"]["name"] == "Jeugdteam Voorbeeld"


def test_what_was_told_before_is_in_the_draft(talk: Conversation, services: Services) -> None:
    talk.says(STORY, topics=(PEUTER,), entities={"leeftijd": 8}, action=AnswerQuestion(services))
    talk.says("/ask_for_human")
    known = talk.draft["known"]
    assert (known["question_own_words"], known["age"], known["topic"]) == (STORY, 8, PEUTER)
    assert known["answered"][0]["topic"] == PEUTER


@pytest.mark.parametrize(
    ("before", "times", "trigger"), [(None, 0, "asked"), ("unknown", 1, "no_answer"), ("unknown", 2, "no_answer")]
)
def test_why_the_handover_was_asked(
    talk: Conversation, services: Services, before: str | None, times: int, trigger: str
) -> None:
    for _ in range(times):
        talk.says("blub", intent="unknown", action=Unknown(services))
    talk.says("/ask_for_human")
    assert talk.draft["trigger"] == trigger


def test_danger_before_the_form_is_its_reason(talk: Conversation, services: Services) -> None:
    talk.says(DANGER, intent="danger", action=ShowEmergency(services))
    talk.says("/ask_for_human")
    assert talk.draft["trigger"] == "safety"
    assert talk.draft["known"]["safety_signals"][0]["kind"] == "suicidality"


def test_a_whole_handover_is_stored_and_then_confirmed(talk: Conversation, services: Services) -> None:
    to(talk, "review")
    heard = talk.chooses("send")
    stored = services.handovers.list()[0]
    assert heard.category == "human"
    assert heard.handover == {"offered": True, "submitted": True, "reference": stored.reference}
    assert stored.reference in heard.text and "25 november" in heard.text
    assert heard.closes_form and talk.slots["handover_draft"] is None
    assert stored.document.contact.address == "0612345678"
    assert stored.document.consent.share_summary.given


def test_confirming_twice_is_one_handover(talk: Conversation, services: Services) -> None:
    to(talk, "review")
    same = Conversation(talk.action, dict(talk.slots), talk.metadata)
    first, second = talk.chooses("send"), same.chooses("send")
    assert first.handover["reference"] == second.handover["reference"]
    assert rows(services) == 1


@pytest.mark.parametrize("step", STEPS)
def test_danger_inside_the_form_shows_numbers_first_and_keeps_the_draft(talk: Conversation, step: str) -> None:
    to(talk, step)
    before = talk.slots["handover_draft"]
    heard = talk.says(DANGER, intent="danger")
    assert (heard.category, "113" in heard.texts[0]) == ("crisis", True)
    assert talk.draft["answers"] == json.loads(before)["answers"]
    assert not heard.closes_form
    assert talk.draft["step"] == step
    talk.says("/ask_for_human")
    assert talk.draft["step"] == step
    assert "suicidality" in json.dumps(talk.draft["known"]["safety_signals"])


def test_danger_inside_the_form_reaches_the_worker(talk: Conversation, services: Services) -> None:
    to(talk, "review")
    talk.says(DANGER, intent="danger")
    talk.chooses("send")
    document = services.handovers.list()[0].document
    assert document.urgency.level == "now"
    assert document.safety.signals[0].numbers_shown


def test_danger_in_a_form_without_a_draft_shows_numbers(services: Services) -> None:
    heard = run(HandoverForm(services), a_turn(DANGER, intent="danger"))
    assert heard.category == "crisis" and heard.closes_form


def test_a_concern_inside_the_form_gets_the_caring_question_before_the_next(talk: Conversation) -> None:
    to(talk, "own_words")
    heard = talk.says(CONCERN)
    assert "/safety_check" in heard.payloads[0]
    assert heard.category == "form" and talk.draft["step"] != "own_words"


@pytest.mark.parametrize(("answer", "category"), [("yes", "crisis"), ("unsure", "crisis"), ("no", "smalltalk")])
def test_the_answer_to_the_caring_question_does_not_close_the_form(
    talk: Conversation, answer: str, category: str
) -> None:
    to(talk, "own_words")
    talk.says(CONCERN)
    before = talk.slots["handover_draft"]
    heard = talk.presses("safety_check", answer=answer)
    assert heard.category == category
    assert heard.payloads[-1] == "/ask_for_human"
    assert (talk.draft["answers"], talk.draft["step"]) == (json.loads(before)["answers"], json.loads(before)["step"])
    assert not heard.closes_form


def test_a_question_in_between_is_answered_and_the_form_goes_on(talk: Conversation) -> None:
    to(talk, "contact")
    heard = talk.says("mijn peuter slaapt ook slecht, is dat normaal?", topics=(PEUTER,))
    assert (heard.category, heard.topic) == ("ordinary_or_care", PEUTER)
    assert heard.facts[-1]["category"] == "form"
    assert talk.draft["step"] == "contact"


def test_a_button_of_an_answer_works_inside_the_form(talk: Conversation) -> None:
    to(talk, "contact")
    assert talk.presses("vraag", topic=PEUTER).topic == PEUTER


@pytest.mark.parametrize(
    ("text", "intent", "category"),
    [
        ("wat kost een paspoort?", "out_of_scope", "out_of_scope"),
        ("ben jij een mens?", "who_are_you", None),
        ("hoe werkt dat met die dinges?", "unknown", "clarify"),
        ("en hoe zit dat?", "clarify", "clarify"),
    ],
)
def test_another_message_in_between_does_not_get_the_answer_of_some_topic(
    talk: Conversation, text: str, intent: str, category: str | None
) -> None:
    to(talk, "contact")
    heard = talk.says(text, intent=intent, confidence=0.1, topics=(PEUTER,))
    assert heard.topic is None
    assert category is None or heard.category == category
    assert heard.facts[-1]["category"] == "form" and talk.draft["step"] == "contact"


def test_another_municipality_said_in_the_form_changes_the_team(services: Services) -> None:
    talk = Conversation(HandoverForm(services))
    talk.says("/ask_for_human")
    talk.says("we weten het niet meer")
    assert talk.draft["step"] == "gemeente"
    talk.says("voorbeeldgemeente", entities={"gemeente": "voorbeeldgemeente"})
    assert talk.draft["team"]["name"] == "Jeugdteam Voorbeeld"
    assert talk.slots["gemeente"] == "voorbeeldgemeente"


@pytest.mark.parametrize("step", STEPS)
def test_stopping_leaves_nothing(talk: Conversation, services: Services, step: str) -> None:
    to(talk, step)
    heard = talk.presses("cancel")
    assert heard.closes_form and talk.slots["handover_draft"] is None
    assert heard.handover["submitted"] is False
    assert list(services.handovers.list()) == []


def test_answers_in_the_form_do_not_become_the_question_of_a_next_handover(talk: Conversation) -> None:
    to(talk, "review")
    talk.chooses("send")
    assert "own_words" not in talk.slots
    talk.says("/ask_for_human")
    assert talk.draft["known"]["question_own_words"] is None


def test_a_button_of_a_closed_form_offers_to_begin_again(services: Services) -> None:
    for payload in ('/choose{"value": "send"}', '/change_field{"field": "name"}', "/cancel"):
        heard = run(NoFormOpen(services), a_turn(payload))
        assert (heard.category, heard.payloads) == ("clarify", ["/ask_for_human"])


@pytest.mark.parametrize("payload", ['/choose{"value": "send"}', '/change_field{"field": "name"}', "/cancel"])
def test_an_old_button_after_sending_says_that_it_was_sent(
    talk: Conversation, services: Services, payload: str
) -> None:
    to(talk, "review")
    reference = str(talk.chooses("send").handover["reference"])
    assert talk.slots["last_reference"] == reference
    heard = talk.says(payload, action=NoFormOpen(services))
    assert "al verstuurd" in heard.text and reference in heard.text
    assert heard.handover["submitted"] is False


def test_send_it_after_sending_does_not_begin_again(talk: Conversation, services: Services) -> None:
    to(talk, "review")
    reference = str(talk.chooses("send").handover["reference"])
    heard = talk.says("verstuur maar", intent="ask_for_human")
    assert "al verstuurd" in heard.text and reference in heard.text and heard.closes_form
    assert rows(services) == 1


def test_what_was_stopped_is_not_said_to_be_sent(talk: Conversation, services: Services) -> None:
    to(talk, "review")
    talk.chooses("send")
    to(talk, "review")
    talk.presses("cancel")
    assert "al verstuurd" not in talk.says("/cancel", action=NoFormOpen(services)).text


def test_the_opening_gives_the_number_of_the_team_and_whether_it_is_open(talk: Conversation) -> None:
    opening = talk.says("mag ik iemand bellen", intent="ask_for_human").texts[0]
    assert "085-000 00 00" in opening and "Jeugdteam Voorbeeld" in opening and "open" in opening.lower()


def test_the_opening_says_honestly_that_no_number_is_known(services: Services) -> None:
    opening = Conversation(HandoverForm(services)).says("mag ik iemand bellen", intent="ask_for_human").texts[0]
    assert "ken ik niet" in opening and "website" in opening


def test_danger_instead_of_the_story_is_part_of_the_story(talk: Conversation, services: Services) -> None:
    talk.says("/ask_for_human")
    talk.says(f"{DANGER} en niemand ziet het", intent="danger")
    again = talk.says("ja")
    assert talk.draft["step"] == "own_words" and "own_words" not in talk.draft["answers"]
    assert "niemand ziet het" in again.text
    talk.chooses("keep_words")
    assert talk.draft["answers"]["own_words"] == f"{DANGER} en niemand ziet het"


def test_danger_after_the_story_was_known_is_added(talk: Conversation, services: Services) -> None:
    talk.says(STORY, topics=(PEUTER,), action=AnswerQuestion(services))
    talk.says("/ask_for_human")
    talk.says(DANGER, intent="danger")
    talk.says("/ask_for_human")
    talk.chooses("keep_words")
    assert talk.draft["answers"]["own_words"] == f"{STORY}\n{DANGER}"


@pytest.mark.parametrize("yes", ["ja", "ja, verstuur maar", "verder"])
def test_a_yes_after_danger_sends_nothing_before_the_preview_was_seen_again(
    talk: Conversation, services: Services, yes: str
) -> None:
    to(talk, "review")
    talk.says(DANGER, intent="danger")
    heard = talk.says(yes)
    assert list(services.handovers.list()) == [] and "Mag ik dit versturen" in heard.text
    talk.says("ja, verstuur maar")
    assert rows(services) == 1


def test_free_text_is_no_municipality(services: Services) -> None:
    talk = Conversation(HandoverForm(services))
    to(talk, "gemeente")
    talk.says("Mijn Kind Eet Niet", intent="unknown")
    assert talk.draft["step"] == "gemeente" and "gemeente" not in talk.draft["answers"]
    talk.says("Nergenshuizen")
    assert talk.draft["step"] == "age" and "gemeente" not in talk.draft["answers"]


@pytest.mark.parametrize(
    ("typed", "slug", "name"),
    [("Den Haag", "s_gravenhage", "'s-Gravenhage"), ("wij wonen in Utrecht", "utrecht", "Utrecht")],
)
def test_a_typed_municipality_is_looked_up(services: Services, typed: str, slug: str, name: str) -> None:
    talk = Conversation(HandoverForm(services))
    to(talk, "gemeente")
    talk.says(typed)
    assert (talk.draft["answers"]["gemeente"], talk.draft["answers"]["gemeente_name"]) == (slug, name)


def test_a_place_in_more_municipalities_gives_buttons(services: Services) -> None:
    talk = Conversation(HandoverForm(services))
    to(talk, "gemeente")
    heard = talk.says("Bergen")
    offered = [place["slug"] for place in talk.draft["places"]]
    assert len(offered) > 1 and all(f'/choose{{"value": "{slug}"}}' in heard.payloads for slug in offered)
    talk.chooses(offered[1])
    assert talk.draft["answers"]["gemeente"] == offered[1]


def test_a_topic_answered_twice_is_told_once(talk: Conversation, services: Services) -> None:
    for _ in range(2):
        talk.says(STORY, topics=(PEUTER,), action=AnswerQuestion(services))
    heard = to(talk, "review")
    line = next(line for line in heard.text.splitlines() if "al verteld" in line)
    assert line.lower().count("slap") + line.lower().count("slaap") == 1


def locked(database: Path) -> sqlite3.Connection:
    """Somebody holds the database: nothing can be written."""
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    return holder


def test_a_store_that_fails_is_said_and_a_second_yes_works_after_repair(
    talk: Conversation, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.engine.BUSY_MS", 10)
    to(talk, "review")
    assert services.handovers
    holder = locked(services.settings.var_dir / "rits.db")
    heard = talk.chooses("send")
    assert_not_stored(heard)
    holder.rollback()
    holder.close()
    heard = talk.chooses("send")
    assert heard.handover["submitted"] and rows(services) == 1


@pytest.mark.parametrize(
    "setting", [{"database_url": "sqlite:////proc/nowhere/rits.db"}, {"database_url": "zzz"}, {"encryption_key": "x"}]
)
def test_no_database_or_key_at_all_is_not_stored_either(
    talk: Conversation, services: Services, setting: dict[str, str]
) -> None:
    to(talk, "review")
    unusable = Services(services.settings.copy(update=setting), services.clock)
    unusable.__dict__["shelf"] = services.shelf
    heard = talk.says('/choose{"value": "send"}', action=HandoverForm(unusable))
    assert_not_stored(heard)
    assert talk.chooses("send").handover["submitted"]


def assert_not_stored(heard: Heard) -> None:
    assert "niet** verstuurd" in heard.texts[0]
    assert "085-000 00 00" in heard.texts[0] and "112" in heard.texts[0]
    assert heard.category == "form"
    assert heard.handover == {"offered": True, "submitted": False, "reference": None}
    assert not heard.closes_form
    assert '/choose{"value": "send"}' in heard.payloads


@pytest.mark.parametrize("step", STEPS)
def test_a_citizen_service_number_is_nowhere(talk: Conversation, services: Services, step: str) -> None:
    talk.says(f"Mijn dochter wordt gepest, bsn {BSN}", topics=(PEUTER,), action=AnswerQuestion(services))
    to(talk, step)
    heard = talk.says(f"mijn bsn is {BSN}", intent="bsn_typed")
    assert BSN not in json.dumps(talk.slots) and BSN not in heard.text
    while talk.draft["step"] != "review":
        talk.chooses("skip") if talk.draft["step"] not in ("contact", "own_words") else talk.says("0612345678")
    talk.chooses("send")
    raw = services.handovers.list()[0].document.to_json()
    assert BSN not in raw
    assert BSN.encode() not in (services.settings.var_dir / "rits.db").read_bytes()
