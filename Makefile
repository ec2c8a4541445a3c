# `make` alone prints this help. CI calls `make test`, nothing else.
RITS = .venv/bin/rits

.DEFAULT_GOAL := help
.PHONY: help install run train test test-all test-fast test-browser test-api pictures check fmt lock bench-understanding clean

help: ## Show what you can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk 'BEGIN {FS = ":.*## "}; {printf "  make %-19s %s\n", $$1, $$2}'

install: ## Install everything into .venv (done by itself where needed)
	@sh scripts/install.sh

run: ## Install, train if needed, start everything, print the address of the chat
	@sh scripts/install.sh
	@$(RITS) run

train: install ## Train the model if its inputs changed
	@$(RITS) train

test: ## Install and run the tests, the real processes and a real browser included
	@sh scripts/install.sh dev
	@sh scripts/browser.sh
	@sh scripts/schemathesis.sh
	@$(MAKE) --no-print-directory -j2 check train # training takes one core and minutes
	@.venv/bin/python -m pytest -n 2 --dist loadgroup -m "not long and not journey and not clocked"
	@.venv/bin/python -m pytest -m "(journey or clocked) and not long"

test-all: test ## All of that, and then what takes many minutes: processes killed 200 times
	@.venv/bin/python -m pytest -m long

test-fast: ## The tests that need no model, no processes and no browser
	@sh scripts/install.sh dev
	@.venv/bin/python -m pytest -m "not model and not journey and not browser"

test-browser: ## The tests in a real Chromium, whole journeys and every state twice included
	@sh scripts/install.sh dev
	@sh scripts/browser.sh
	@$(RITS) train
	@.venv/bin/python -m pytest -m browser

test-api: ## Start everything, and hold the API against its document (part of `make test`)
	@sh scripts/install.sh dev
	@sh scripts/schemathesis.sh
	@$(RITS) train
	@.venv/bin/python -m pytest tests/journey/test_api_document_obeyed.py

pictures: ## Make the pictures of the documentation anew
	@sh scripts/install.sh dev
	@sh scripts/browser.sh
	@$(RITS) train
	@.venv/bin/python scripts/pictures.py $(ARGS)

check: ## Lint, types and content
	@sh scripts/install.sh dev
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@$(RITS) knowledge check --no-warnings
	@$(RITS) knowledge report --worst

fmt: ## Format the code
	@sh scripts/install.sh dev
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

lock: ## Renew the locked dependencies
	@sh scripts/lock.sh

bench-understanding: install ## Measure Rits beside others (ARGS="--help" tells more)
	@.venv/bin/python -W ignore -m benchmarks.understanding $(ARGS)

clean: ## Remove the environment and the model (never var/, which holds the handovers)
	rm -rf .venv .venv-schemathesis models .pytest_cache .ruff_cache .mypy_cache
