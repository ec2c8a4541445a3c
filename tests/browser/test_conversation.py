"""A conversation on a phone: ask, read, choose, fail, go on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.errors import UpstreamError


def ask(page, words="mijn peuter slaapt slecht"):
    page.get_by_label("Typ uw vraag").fill(words)
    page.keyboard.press("Enter")


def log(page):
    return page.get_by_role("log")


def test_a_question_gets_an_answer_with_its_sources(page, door):
    ask(page)
    expect(log(page).get_by_text("Slecht slapen komt vaak voor.")).to_be_visible()
    page.get_by_text("Waar komt dit vandaan?").click()
    expect(page.get_by_text("gecontroleerd op 1 mei 2026")).to_be_visible()
    expect(page.get_by_role("link", name="JGZ: slaap")).to_have_attribute("href", "https://www.jgzrichtlijnen.nl/")
    assert (door.dialogue.heard[0].gemeente, door.dialogue.heard[0].audience) == ("oudewater", "ouder")


def test_enter_sends_and_shift_enter_makes_a_line(page, door):
    page.get_by_label("Typ uw vraag").focus()
    page.keyboard.type("een")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("twee")
    page.keyboard.press("Enter")
    expect(log(page).locator(".told")).to_have_count(1)
    assert door.dialogue.heard[0].text == "een\ntwee"
    expect(page.get_by_label("Typ uw vraag")).to_have_value("")
    expect(page.get_by_label("Typ uw vraag")).to_be_focused()


def test_an_empty_message_is_not_sent(page, door):
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("Typ eerst uw vraag.")).to_be_visible()
    assert door.dialogue.heard == []


def test_a_chosen_button_is_sent_and_stays_as_text(page, door):
    ask(page)
    log(page).get_by_role("button", name="Praat met een mens").click()
    expect(log(page).locator(".said").last).to_have_text("U koos: Praat met een mens")
    expect(page.get_by_text("Keuzes waren: Praat met een mens")).to_be_visible()
    expect(log(page).get_by_role("button", name="Praat met een mens")).to_have_count(1)
    assert door.dialogue.heard[1].payload == "/ask_for_human"


def test_a_person_can_be_asked_for_at_any_moment(page, door):
    page.get_by_role("link", name="Praat met een mens").click()
    expect(log(page).locator(".told")).to_have_count(1)
    assert door.dialogue.heard[0].payload == "/ask_for_human"


def test_a_suggestion_starts_the_conversation(page, door):
    page.get_by_role("button", name="Hoe krijg ik hulp voor mijn kind?").click()
    expect(log(page).locator(".told")).to_have_count(1)
    assert door.dialogue.heard[0].text == "Hoe krijg ik hulp voor mijn kind?"


def test_an_emergency_looks_different_in_words_and_border(page, fakes, door):
    door.dialogue.reply = fakes.an_emergency("**Bel 112** als het nu gebeurt.")
    ask(page, "ik wil DOOD")
    urgent = log(page).locator(".urgent")
    expect(urgent).to_contain_text("Dringend: bel eerst")
    assert urgent.evaluate("node => parseFloat(getComputedStyle(node).borderLeftWidth)") >= 8
    expect(urgent.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    expect(urgent.get_by_role("link", name="112")).to_be_in_viewport()


def test_a_bad_line_keeps_the_message_and_sends_it_when_it_can(page, door):
    page.route("**/api/turn", lambda route: route.abort())
    ask(page, "ben je er nog")
    expect(page.locator("#stand")).to_contain_text("Uw bericht staat klaar")
    expect(page.locator("#stand-meer").get_by_role("link", name="0800-2000")).to_have_attribute("href", "tel:08002000")
    expect(log(page).locator(".said")).to_have_text("U: ben je er nog")
    page.unroute("**/api/turn")
    page.get_by_role("button", name="Probeer het nu").click()
    expect(log(page).get_by_text("Slecht slapen komt vaak voor.")).to_be_visible()
    expect(page.locator("#stand-meer")).to_be_hidden()
    expect(page.get_by_label("Typ uw vraag")).to_be_focused()
    assert [request.text for request in door.dialogue.heard] == ["ben je er nog"]


@pytest.mark.parametrize("body", ["[]", "{}", '{"messages": []}', "<html>"])
def test_a_reply_without_words_is_a_failure(page, body):
    page.clock.install()
    page.route("**/api/turn", lambda route: route.fulfill(status=200, content_type="application/json", body=body))
    ask(page)
    for _ in range(12):
        page.clock.fast_forward(20_000)
    expect(page.locator("#praat").get_by_role("link", name="112").first).to_be_visible()
    expect(log(page).locator(".told:not(.problem)")).to_have_count(0)


@pytest.mark.parametrize(("status", "place"), [(422, "#gesprek .problem"), (503, "#stand")])
def test_a_refusal_is_shown_in_the_words_of_the_server(page, status, place):
    error = '{"error": {"code": "x", "message": "Het is nu erg druk. Wacht even."}}'
    page.route("**/api/turn", lambda route: route.fulfill(status=status, content_type="application/json", body=error))
    ask(page)
    expect(page.locator(place)).to_contain_text("Het is nu erg druk. Wacht even.")
    expect(page.locator("#praat").get_by_role("link", name="112")).to_have_attribute("href", "tel:112")


def test_when_the_dialogue_is_down_the_person_can_call_or_write(page, door):
    door.dialogue.reply = UpstreamError("down")
    ask(page)
    expect(log(page).get_by_role("link", name="085-000 00 00")).to_be_visible()
    link = log(page).get_by_role("link", name="Laat een bericht achter")
    expect(link).to_have_attribute("href", "/bericht?gemeente=oudewater&publiek=ouder")
    expect(log(page).get_by_role("button", name="Opnieuw sturen")).to_be_visible()


def test_waiting_is_shown_honestly(page, door):
    page.clock.install()
    hold = []
    page.route("**/api/turn", lambda route: hold.append(route))
    ask(page)
    expect(page.locator("#stand")).to_have_text("Ik zoek het op…")
    page.clock.fast_forward(3200)
    expect(page.locator("#stand")).to_have_text("Het duurt langer dan gewoon. Even geduld nog.")
    more = page.locator("#stand-meer")
    expect(more.get_by_role("link", name="112")).to_be_visible()
    expect(more.get_by_role("link", name="Het lokale team")).to_have_attribute(
        "href", "/hulp?gemeente=oudewater&publiek=ouder"
    )
    page.clock.fast_forward(10_000)
    expect(page.locator("#stand")).to_contain_text("Uw bericht staat klaar")


def test_a_reload_keeps_the_conversation_and_wiping_ends_it(page, door):
    ask(page)
    expect(log(page).locator(".told")).to_have_count(1)
    page.reload()
    expect(log(page).get_by_text("Slecht slapen komt vaak voor.")).to_be_visible()
    ask(page, "en nu")
    expect(log(page).locator(".told")).to_have_count(2)
    first, second = door.dialogue.heard
    assert first.conversation == second.conversation and first.id != second.id
    page.get_by_role("button", name="Wis dit gesprek").click()
    expect(log(page).locator(".told")).to_have_count(0)
    ask(page, "opnieuw")
    expect(log(page).locator(".told")).to_have_count(1)
    assert door.dialogue.heard[2].conversation != first.conversation


def test_answers_to_a_form_pass_but_the_safety_question_stays(page, fakes, door):
    def button(title, payload):
        return {"title": title, "payload": payload}

    door.dialogue.reply = (
        fakes.an_answer()
        | {"category": "form", "topic": None}
        | {
            "messages": [
                {"text": "Mag dit?", "buttons": [button("Ja", '/choose{"value": "yes"}')], "sources": []},
                {"text": "Gaat het?", "buttons": [button("Nee", '/safety_check{"answer": "no"}')], "sources": []},
            ]
        }
    )
    ask(page)
    expect(log(page).get_by_role("button")).to_have_count(2)
    door.dialogue.reply = (
        fakes.an_answer()
        | {"category": "form", "topic": None}
        | {"messages": [{"text": "Oké.", "buttons": [], "sources": []}]}
    )
    ask(page, "iets anders")
    expect(log(page).get_by_role("button")).to_have_count(1)
    expect(log(page).get_by_role("button", name="Nee")).to_be_visible()


def test_a_reply_can_only_become_text(page, fakes, door):
    words = '<img src=x onerror="window.hit=1"> [klik](javascript:window.hit=1) [x](//evil.example) **<b>vet</b>**'
    door.dialogue.reply = fakes.an_answer(words)
    ask(page, "<script>window.hit=1</script>")
    expect(log(page).get_by_text("<img src=x")).to_be_visible()
    expect(log(page).locator(".text a, img, script")).to_have_count(0)
    assert page.evaluate("window.hit") is None


def test_markup_is_what_the_pages_without_script_show(page, fakes, door):
    text = "Eerst dit.\n\n**Kop**\n\nTekst:\n- een **vet**\n- bel 0800-2000\n\n1. stap\n2. [site](https://rits.nl/a)"
    door.dialogue.reply = fakes.an_answer(text)
    ask(page)
    shown = log(page).locator(".text").inner_html()
    assert shown == (
        "<p>Eerst dit.</p><h3>Kop</h3><p>Tekst:</p><ul><li>een <strong>vet</strong></li>"
        '<li>bel <a href="tel:08002000">0800-2000</a></li></ul>'
        '<ol><li>stap</li><li><a href="https://rits.nl/a" rel="noreferrer">site</a></li></ol>'
    )
