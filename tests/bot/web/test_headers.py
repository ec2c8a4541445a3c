"""What goes with every response: strict headers, a nonce, a request id, no version of anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from desk_door import desk_door
from starlette.routing import Route
from starlette.testclient import TestClient

PATHS = ["/", "/hulp", "/bericht", "/api/health/live", "/api/openapi.json", "/nergens", "/api/nergens"]
# Attributes that run or style without a nonce. An `svg` may have `class`, nothing more is needed.
INLINE = re.compile(r"style|on[a-z]+")
# Addresses that need a value to show something.
FILLED = (
    "/?gemeente=oudewater&publiek=jongere",
    "/antwoord/zorgtoeslag",
    "/plan?geboren=2009-03&situatie=pleegzorg",
    "/routes?rol=huisarts&vraag=jeugd_ggz",
    "/hulp?gemeente=oudewater",
    "/nergens",
    "/antwoord/nergens",
)
ROLES = ("medewerker", "coordinator", "beheerder")


class Markup(HTMLParser):
    """Collects what could run or style in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.nonces: list[str | None] = []
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "script" or (tag == "link" and given.get("rel") == "stylesheet"):
            self.nonces.append(given.get("nonce"))
        if tag == "style" or any(INLINE.fullmatch(name) for name in given):
            self.inline.append(self.get_starttag_text() or tag)
        if any(str(value).lower().startswith("javascript:") for value in given.values()):
            self.inline.append(self.get_starttag_text() or tag)


@pytest.fixture(scope="module")
def door(tmp_path_factory, shelf):
    """The front door with real content, and the desk with its roles."""
    return desk_door(tmp_path_factory.mktemp("headers"), shelf)


def policy_of(response) -> dict[str, str]:
    parts = response.headers["content-security-policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


def looked_at(response) -> str:
    """The page holds only what its own nonce allows; gives that nonce."""
    policy, found = policy_of(response), Markup(response.text)
    nonce = policy["script-src"].removeprefix("'nonce-").removesuffix("'")
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", nonce) and policy["style-src"] == f"'nonce-{nonce}'"
    assert found.nonces and set(found.nonces) == {nonce} and found.inline == []
    assert policy["default-src"] == "'none'" and policy["base-uri"] == "'none'"
    assert policy["img-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    return nonce


def plain_addresses(app, prefix: str = "/") -> list[str]:
    routes = [route for route in app.routes if isinstance(route, Route) and "GET" in (route.methods or ())]
    return sorted({route.path for route in routes if route.path.startswith(prefix) and "{" not in route.path})


@pytest.mark.parametrize("path", PATHS)
def test_strict_headers_everywhere(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy and "default-src 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY" and "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store" and "set-cookie" not in headers and "server" not in headers


def test_every_page_runs_and_styles_only_by_its_nonce(door):
    client = TestClient(door.app, raise_server_exceptions=False)
    pages = [client.get(path) for path in (*plain_addresses(door.app), *FILLED)]
    drawn = [page for page in pages if page.headers["content-type"].startswith("text/html")]
    assert len(drawn) > 12
    nonces = [looked_at(page) for page in drawn]
    assert len(set(nonces)) == len(nonces)


@pytest.mark.parametrize("role", ROLES)
def test_so_does_every_page_of_the_desk(door, role):
    worker = door.worker(role)
    pages = [worker.get(path) for path in plain_addresses(door.app, "/team")]
    drawn = [page for page in pages if page.status_code == 200 and page.headers["content-type"].startswith("text/html")]
    assert len(drawn) >= 3
    for page in drawn:
        looked_at(page)
        # The desk draws its lists from our own HTML; on all other pages text cannot become markup at all.
        assert "require-trusted-types-for" not in policy_of(page)
        assert policy_of(page)["frame-ancestors"] == "'none'"


def test_on_pages_of_visitors_no_text_can_become_markup(client):
    policy = policy_of(client.get("/hulp"))
    assert policy["require-trusted-types-for"] == "'script'" and policy["trusted-types"] == "'none'"


@pytest.mark.parametrize("path", ["/api/health/live", "/widget.js", "/nergens.js", "/plan.ics?geboren=2009-03"])
def test_what_is_no_page_may_do_nothing_as_one(door, path):
    response = door.client().get(path)
    if not response.headers["content-type"].startswith("text/html"):
        assert set(policy_of(response)) == {"default-src", "frame-ancestors"}


def test_only_files_without_anything_personal_are_for_other_sites(client):
    def shared(path):
        return client.get(path).headers["cross-origin-resource-policy"] == "cross-origin"

    assert shared("/widget.js") and shared("/static/x/page.css")
    assert not any(shared(path) for path in ("/", "/hulp", "/mijn-bericht", "/api/status", "/metrics", "/bericht"))


def test_https_is_kept_once_it_was_there(client):
    assert "strict-transport-security" not in client.get("/").headers
    secure = TestClient(client.app, base_url="https://testserver").get("/").headers
    assert "max-age=31536000" in secure["strict-transport-security"]


def test_a_named_site_may_frame_the_page_but_not_what_is_behind_a_code(client_of):
    client = client_of(frame_ancestors=("https://www.oudewater.nl",))
    headers = client.get("/").headers
    assert "frame-ancestors https://www.oudewater.nl" in headers["content-security-policy"]
    assert "x-frame-options" not in headers
    assert client.get("/mijn-bericht").headers["x-frame-options"] == "DENY"


def test_the_request_id_of_a_proxy_is_kept_when_it_is_one(client):
    assert client.get("/", headers={"x-request-id": "abc-12345"}).headers["x-request-id"] == "abc-12345"
    assert client.get("/", headers={"x-request-id": "a b\tc"}).headers["x-request-id"] != "a b\tc"


def test_static_files_are_kept_for_ever_under_their_own_version(client):
    address = re.search(r'href="(/static/[^"]+\.css)"', client.get("/hulp").text)[1]
    response = client.get(address)
    assert response.status_code == 200 and "immutable" in response.headers["cache-control"]
    assert client.get("/static/old/leave.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/x/../app.py", "/static/x/%2e%2e/app.py", "/static/x//etc/passwd", "/static/x"]
)
def test_nothing_outside_the_folder_is_served(client: TestClient, path):
    assert client.get(path).status_code == 404
