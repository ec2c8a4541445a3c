"""Serves the actions to Rasa: loopback only, with the token, and without ever echoing a conversation.

The SDK's own server repeats the whole request, so the whole conversation, in the body of a 500.
"""

from __future__ import annotations

import structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.errors import BotError
from bot.services import services
from bot.tokens import is_token

log = structlog.get_logger(__name__)


def load_actions() -> ActionExecutor:
    """All actions of the `actions` package, ready to run."""
    executor = ActionExecutor()
    executor.register_package("actions")
    return executor


def create_app(executor: ActionExecutor, token: str) -> Sanic:
    """The action server as an application."""
    app = Sanic("rits_actions", configure_logging=False)

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        if not is_token(request.token, token):
            return response.json({"error": "token", "action_name": ""}, status=401)
        try:
            return response.json(await executor.run(request.json))
        except ActionExecutionRejection as error:
            return response.json({"error": "rejected", "action_name": error.action_name}, status=400)
        except ActionNotFoundException as error:
            log.error("action.not_found", action=error.action_name)
            return response.json({"error": "not found", "action_name": error.action_name}, status=404)

    @app.exception(Exception)
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        status = getattr(error, "status_code", 500)
        log.error("actions.failed", error=type(error).__name__, status=status)
        return response.json({"error": "failed", "action_name": ""}, status=status)

    return app


def serve(token: str, port: int) -> None:
    """Run until stopped. It answers when what it needs was read: the first person does not wait for that."""
    executor = load_actions()
    _warm_up()
    create_app(executor, token).run("127.0.0.1", port, access_log=False)


def _warm_up() -> None:
    try:
        services().knowledge.slugs()
    except BotError as error:  # every turn says so by itself, and danger needs no content
        log.error("actions.not_warm", error=type(error).__name__)
