# Everything the project does by name. The work is done by the scripts beside it; each says at its top what it needs.

.DEFAULT_GOAL := help
.PHONY: help run demo test lint bench soak accuracy messages reference lock clean

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 20

run: ## set everything up, load the demo city where the database is new, serve on 127.0.0.1:8000
	@scripts/run

demo: ## start the demo city over (asks; FORCE=1 does not)
	@scripts/demo

test: ## the suite on SQLite and on a PostgreSQL of its own, and the browser tests
	@scripts/test

lint: ## formatting, types, layers, templates, migrations and catalogues
	@scripts/lint

bench: ## print figures of speed and memory
	@scripts/bench

soak: ## the slow proofs
	@scripts/soak

accuracy: ## write docs/accuracy.md anew from the documents and gold in ../shared
	@scripts/setup-python dev
	@.venv/bin/python scripts/accuracy.py

messages: ## bring the Chinese catalogues up to date with the source and compile them
	@scripts/setup-python dev
	@.venv/bin/python scripts/messages.py update
	@.venv/bin/python scripts/messages.py compile

reference: ## write docs/reference anew from the commands and the state tables
	@scripts/setup-python dev
	@.venv/bin/python scripts/reference.py

lock: ## write the lock files anew from pyproject.toml
	@scripts/lock

clean: ## remove what can be made again; the data in var/ stay
	@rm -rf .venv node_modules src/luoshi/web/static/luoshi/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find src tests scripts -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -delete
