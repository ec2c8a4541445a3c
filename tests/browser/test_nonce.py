"""The policy of our pages as a browser carries it out: what has the nonce works, and nothing else does."""

from __future__ import annotations

import pytest

# What a mistake of ours, or a text that gets onto a page, could try. Each tells whether it got its way.
ATTEMPTS = {
    "a script of our own address without the nonce": """async (address) => {
        const script = Object.assign(document.createElement("script"), { type: "module" });
        const ended = new Promise((done) => { script.onload = () => done(true); script.onerror = () => done(false); });
        try { script.src = address; } catch { return false; }
        document.head.append(script);
        return ended;
    }""",
    "a handler in an attribute": """async (address) => {
        const text = document.createElement("p");
        try { text.setAttribute("onclick", "window.reached = true"); } catch { return false; }
        document.body.append(text);
        text.click();
        return window.reached === true;
    }""",
    "text as markup": """() => {
        try { document.createElement("p").innerHTML = "<b>x</b>"; return true; } catch { return false; }
    }""",
    "text as code": """async () => {
        try { setTimeout("window.ran = true"); } catch { return false; }
        await new Promise((done) => setTimeout(done, 50));
        return window.ran === true;
    }""",
    "a style of its own": """() => {
        const style = document.createElement("style");
        style.textContent = "body { outline: 7px solid }";
        document.head.append(style);
        return getComputedStyle(document.body).outlineWidth === "7px";
    }""",
    "a question to another site": """() => fetch("https://elders.example/").then(() => true, () => false)""",
}


@pytest.fixture
def tab(chromium, door):
    context = chromium.new_context()
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.parametrize("path", ["/", "/hulp", "/bericht", "/antwoord/slapen"])
def test_what_carries_the_nonce_works_and_so_does_what_it_imports(tab, door, path):
    complaints = []
    tab.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(door.address + path)
    tab.wait_for_load_state("networkidle")
    loaded = tab.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert any(name.endswith(".css") for name in loaded) and any(name.endswith(".js") for name in loaded)
    assert tab.evaluate("document.styleSheets.length") >= 3 and complaints == []


def test_an_imported_module_runs_though_the_page_never_named_it(tab, door):
    tab.goto(f"{door.address}/hulp")
    assert "exit.js" not in tab.content()
    tab.wait_for_function("performance.getEntriesByType('resource').some((one) => one.name.endsWith('exit.js'))")
    for _ in range(3):
        tab.keyboard.press("Shift")
    tab.wait_for_url(lambda address: not address.startswith(door.address))


def test_what_carries_no_nonce_does_nothing(tab, door):
    tab.goto(f"{door.address}/hulp")
    address = tab.evaluate("document.querySelector('script[src]').src")
    assert {what: tab.evaluate(attempt, address) for what, attempt in ATTEMPTS.items()} == dict.fromkeys(
        ATTEMPTS, False
    )


def test_a_page_of_another_site_gets_nothing_from_the_api(tab, door):
    # For a browser `localhost` is another site than 127.0.0.1.
    tab.goto(door.address.replace("127.0.0.1", "localhost") + "/robots.txt")
    ask = """(address) => fetch(address, {
        method: "POST", body: '{"text": "hoi", "gemeente": "oudewater"}',
        headers: { "Content-Type": "application/json" },
    }).then((answer) => answer.status, () => "refused")"""
    assert tab.evaluate(ask, f"{door.address}/api/turn") == "refused"
    assert door.dialogue.heard == []
