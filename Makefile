# Filrouge: what a newcomer types. Needs git, make and Python 3.11 or newer; nothing else.
#
#   make run      install, then serve the demo centre on http://127.0.0.1:8000
#   make test     the whole suite, on SQLite and on PostgreSQL
#   make check    format, lint, types, floors, migrations, deployment settings
#   make bench    speed of pages, actions and letters, with 650 and with 50,000 people
#   make bench-law  speed and exactness of the law, beside OpenFisca-Core, NumPy and Polars

SHELL := /bin/sh
.DEFAULT_GOAL := help
# The environment is ours: what another project left in the shell must not reach it.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DATA := $(CURDIR)/var
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	if command -v $$name >/dev/null 2>&1 && \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$name; break; fi; done)
ARGS ?=

.PHONY: help install run test test-sqlite test-postgres check format lock bench bench-law bench-lock demo-reset screens clean

help:
	@sed -n 's/^#   //p' Makefile

install: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml Makefile
	@if [ -z "$(PYTHON)" ]; then \
	  echo "Filrouge needs Python 3.11 or newer with venv (Debian: apt install python3-venv)." >&2; \
	  exit 1; fi
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.8,<1'
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

run: install
	@FILROUGE_DATA="$(DATA)" $(BIN)/filrouge serve --migrate --demo-if-empty $(ARGS)

# Both engines run even when the first fails. Browser tests run once, in the first.
test: install
	@status=0; \
	$(MAKE) --no-print-directory test-sqlite || status=1; \
	$(MAKE) --no-print-directory test-postgres || status=1; \
	exit $$status

test-sqlite: install
	@$(BIN)/python scripts/ensure_test_tools.py
	@echo "== SQLite"
	@env -u DATABASE_URL $(BIN)/python -m pytest $(ARGS)

test-postgres: install
	@$(BIN)/python scripts/ensure_test_tools.py
	@echo "== PostgreSQL"
	@$(BIN)/python scripts/postgres.py run -- $(BIN)/python -m pytest -m "not browser" $(ARGS)

check: install
	@$(BIN)/python scripts/check.py

format: install
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

# No registry's address may stand in the lock files: they are checked by hash wherever they come from.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock:
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.8,<1'
	@$(COMPILE) $(ARGS) pyproject.toml --output-file requirements.lock
	@$(COMPILE) $(ARGS) pyproject.toml --group dev --output-file requirements-dev.lock

# Pages, actions and letters through the whole program, on both engines. ARGS="--rounds 100".
bench: install
	@$(BIN)/python scripts/ensure_test_tools.py
	@$(BIN)/python -m bench $(ARGS)

# The law measured beside other engines, in an environment of its own (OpenFisca-Core is AGPL:
# never shipped, never in the program's environment). ARGS=--quick for a short run.
BENCH := .venv-bench

bench-law: $(BENCH)/.installed
	@$(BENCH)/bin/python bench/law_speed.py $(ARGS)

$(BENCH)/.installed: bench/requirements-bench.lock
	@$(MAKE) --no-print-directory install
	@[ -x $(BENCH)/bin/python ] || $(PYTHON) -m venv --without-pip $(BENCH)
	@$(BIN)/uv pip sync --quiet --python $(BENCH)/bin/python --require-hashes $<
	@touch $@

bench-lock: install
	@$(subst make lock,make bench-lock,$(COMPILE)) $(ARGS) bench/requirements-bench.in \
		--output-file bench/requirements-bench.lock

# The demo centre as on the first day, in var/ only.
demo-reset: install
	@env -u DATABASE_URL FILROUGE_DATA="$(DATA)" $(BIN)/filrouge demo --reset

# The pictures of docs/screens, taken by the browser tests of the main job.
screens: install
	@$(BIN)/python scripts/ensure_test_tools.py
	@$(BIN)/python scripts/screens.py

clean:
	@rm -rf $(VENV) $(BENCH) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build
	@rm -rf src/filrouge.egg-info
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
