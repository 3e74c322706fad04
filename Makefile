# Two commands matter: `make run` and `make test`. The rest is for those who change the code.
PORT ?= 8000
HOST ?= 127.0.0.1
PY := .venv/bin/python
NPROC := $(shell nproc)

.PHONY: run test check bench messages fonts screenshots clean

run: ## set up, load the round of 2550 into an empty database, serve
	@tools/setup.sh run
	@HOST=$(HOST) PORT=$(PORT) tools/run.sh

test: ## set up, run every test (SQLite, PostgreSQL, Chromium)
	@tools/setup.sh dev
	@$(PY) -m pytest -n $(NPROC) $(ARGS)

check: ## linters, types, import contracts
	@tools/setup.sh dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet templates

bench: ## measure; ONLY=group runs one group
	@tools/setup.sh dev
	@$(PY) -m bench $(ONLY)

messages: ## collect messages to translate; ADD=file.json fills in Thai
	@tools/setup.sh dev
	@$(PY) tools/messages.py $(ADD)

fonts: ## build the Sarabun of pages and paper anew from its package
	@tools/setup.sh dev
	@$(PY) tools/build_fonts.py
	@$(PY) tools/label_widths.py
