"""What goes with every response: strict headers, a request id, no version of anything."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

PATHS = ["/", "/hulp", "/bericht", "/api/health/live", "/api/openapi.json", "/nergens", "/api/nergens"]


@pytest.mark.parametrize("path", PATHS)
def test_strict_headers_everywhere(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy and "default-src 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY" and "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store" and "set-cookie" not in headers and "server" not in headers


def test_a_named_site_may_frame_the_page(client_of):
    headers = client_of(frame_ancestors=("https://www.oudewater.nl",)).get("/").headers
    assert "frame-ancestors https://www.oudewater.nl" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


def test_the_request_id_of_a_proxy_is_kept_when_it_is_one(client):
    assert client.get("/", headers={"x-request-id": "abc-12345"}).headers["x-request-id"] == "abc-12345"
    assert client.get("/", headers={"x-request-id": "a b\tc"}).headers["x-request-id"] != "a b\tc"


def test_static_files_are_kept_for_ever_under_their_own_version(client):
    address = client.get("/").text.split('src="')[1].split('"')[0]
    response = client.get(address)
    assert response.status_code == 200 and "immutable" in response.headers["cache-control"]
    assert client.get("/static/old/leave.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/x/../app.py", "/static/x/%2e%2e/app.py", "/static/x//etc/passwd", "/static/x"]
)
def test_nothing_outside_the_folder_is_served(client: TestClient, path):
    assert client.get(path).status_code == 404
