# Everything a newcomer needs: `make run`. What each target does: `make help`.
# Works with GNU make 3.81 (macOS) and later. PYTHON=/path/to/python3.12 picks the interpreter.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:

PYTHON ?=
BIN := .venv/bin
NPM := npm --prefix frontend --silent
PYTEST_FLAGS ?= -n 2

.PHONY: help run setup dev test lint types page-checks unit e2e bench drills eval lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## start the whole shop on this machine: http://127.0.0.1:8000
	@$(BIN)/hashira up

setup: ## make .venv and build the page, as far as something changed (run does it too)
	@PYTHON="$(PYTHON)" .ci/setup.sh run

dev:
	@PYTHON="$(PYTHON)" .ci/setup.sh dev

test: lint types page-checks ## lint, types and every test, the browser's too
	@echo "[test] pytest"
	@$(BIN)/pytest -q $(PYTEST_FLAGS)

lint: dev ## ruff, the formatter, the layers (import-linter), and the page's ESLint and Prettier
	@echo "[lint] ruff, import-linter, eslint"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/lint-imports --no-logo
	@$(NPM) run lint

types: dev ## mypy (strict) and TypeScript
	@echo "[types] mypy, tsc"
	@$(BIN)/mypy
	@$(NPM) run types

page-checks: dev
	@echo "[test] the page's own tests"
	@$(NPM) run test

e2e: dev ## only the tests that drive a real browser
	@$(BIN)/pytest tests/e2e $(PYTEST_FLAGS)

bench: setup ## time a chat turn (hashira bench turn)
	@$(BIN)/hashira prepare
	@$(BIN)/hashira bench turn

drills: dev ## the heavy forms of benchmarks and tests: load, faults, size, time; the reports go to docs/drills
	@$(BIN)/hashira prepare
	@for bench in events recommend train swaps feedback ingest retrieve generations turn kills faults images artist; do $(BIN)/hashira bench $$bench --report docs/drills || exit 1; done
	@for suite in recommender retrieval coach routing slots safety; do $(BIN)/hashira eval $$suite --no-log --report docs/drills || exit 1; done
	@$(BIN)/hashira eval end_to_end --repeats 4 --no-log --report docs/drills
	@$(BIN)/hashira eval mutate --report docs/drills
	@$(BIN)/pytest tests/drills tests/live -q

eval: setup ## score routing, retrieval and the Coach's answers (hashira eval routing|slots|retrieval|coach)
	@for suite in routing slots retrieval coach; do $(BIN)/hashira eval $$suite || exit 1; done

lock: setup ## resolve pyproject.toml into the lock files; UPGRADE=1 takes the newest versions
	@.ci/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## remove .venv, the built page and all caches; keep the shop's state
	@rm -rf .venv build dist api/static frontend/node_modules frontend/test-results
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "removed .venv, the built page and all caches; the shop's state is still in .hashira (delete the folder to start over)"
