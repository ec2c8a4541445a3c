"""The small Markdown for the pages without JavaScript, and telephone numbers."""

from __future__ import annotations

import pytest

from bot.web.markup import html, with_headings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een.\n\nTwee\ndrie.", "<p>Een.</p><p>Twee<br>drie.</p>"),
        ("**Bel**: nu", "<p><strong>Bel</strong>: nu</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("[Wie](https://rits.nl/a?b=1&c=2)", '<p><a href="https://rits.nl/a?b=1&amp;c=2">Wie</a></p>'),
        ("[Hier](/bericht)", '<p><a href="/bericht">Hier</a></p>'),
        ("[x](http://rits.nl)", "<p>x</p>"),
        ("[x](//rits.nl)", "<p>x</p>"),
        ("<b>x</b> & `y`", "<p>&lt;b&gt;x&lt;/b&gt; &amp; `y`</p>"),
        ("## Kop", "<h3>Kop</h3>"),
    ],
)
def test_markup(text, expected):
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Bel 112.", "112"),
        ("bel 113, dag en nacht", "113"),
        ("0800-2000", "08002000"),
        ("**0800 64 64 644**", "08006464644"),
        ("Jeugdstem 088-555 1000 helpt", "0885551000"),
        ("0900-1113111", "09001113111"),
        ("06-12345678", "0612345678"),
        ("0348 123456", "0348123456"),
        ("bel 14 0348", "140348"),
    ],
)
def test_a_number_can_be_called(text, number):
    assert f'href="tel:{number}"' in html(text)


@pytest.mark.parametrize(
    "text", ["113.nl", "op 05-03-2026", "112 euro", "artikel 112.3", "€ 1.113,00", "in 2112", "0800-20", "2026-0112"]
)
def test_other_figures_are_left_alone(text):
    assert "tel:" not in html(text)


def test_what_stands_alone_in_bold_is_a_heading_of_the_page():
    shown = with_headings(html("**Wat helpt**\n\nEen **vet** woord.\n\n**Een** en **twee**\n\n**<b>x</b>**"))
    assert shown.count("<h2>") == 2 and "<h2>Wat helpt</h2>" in shown and "<h2>&lt;b&gt;x&lt;/b&gt;</h2>" in shown
