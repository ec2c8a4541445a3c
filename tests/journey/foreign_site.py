"""The site of a municipality, elsewhere than Rits: a strict policy, a style of its own, and scripts that listen."""

from __future__ import annotations

import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from string import Template
from urllib.parse import parse_qs, urlsplit

# Everything that a style sheet of a site may do to what stands on its pages.
PAGE = Template("""<!doctype html>
<html lang="fy">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Jeugd en gezin - Gemeente Ergens</title>
  <style nonce="$nonce">
    html { font-size: 62.5%; }
    * { letter-spacing: .08em; text-transform: uppercase; box-sizing: content-box; }
    body { font: italic 3rem/1 fantasy; color: #fff; background: #639; margin: 0; }
    main { min-height: 160vh; padding: 2rem; }
    div, p, ul, li, a, button, textarea, dialog { float: right; margin: 20px; border: 5px dotted lime; }
    button, textarea { display: none !important; }
    dialog { display: none !important; position: static; }
    :focus, :focus-visible { outline: none !important; }
    rits-chat { display: inline; font-size: 40px; color: red; text-align: right; }
  </style>
  <script nonce="$nonce">
    window.heardKeys = [];
    window.namesBefore = [];
    document.addEventListener("keydown", (event) => window.heardKeys.push(event.key));
    sessionStorage.setItem("of-the-site", "stays");
    window.namesBefore = Object.keys(window);
  </script>
  <script nonce="$nonce" src="$rits/widget.js" data-gemeente="$gemeente" data-publiek="$publiek" async></script>
</head>
<body>
  <main>
    <h1>Jeugd en gezin</h1>
    <a href="/jeugd/verder">Lees verder</a>
  </main>
</body>
</html>
""")
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src {rits}; img-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)


class ForeignSite:
    """`address` is `localhost` and not 127.0.0.1: for a browser that is another site than Rits."""

    def __init__(self, port: int, rits: str) -> None:
        self.address = f"http://localhost:{port}"
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(rits))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def page(self, gemeente: str, publiek: str) -> str:
        return f"{self.address}/jeugd?gemeente={gemeente}&publiek={publiek}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(rits: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if not parts.path.startswith("/jeugd"):
                self.send_error(404)
                return
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            nonce = secrets.token_urlsafe(12)
            known = {"gemeente": "voorbeeldgemeente", "publiek": "ouder", **asked}
            body = PAGE.substitute(known, nonce=nonce, rits=rits).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY.format(nonce=nonce, rits=rits))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing of it belongs in the output of a test."""

    return Handler
