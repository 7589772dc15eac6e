# Two commands matter: `make run` and `make test`. Both install what is missing and are quick afterwards.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8501
STAMPS := .make
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PYTHONUTF8 := 1
# Programs that tests start would else compile the whole code each time.
unexport PYTHONDONTWRITEBYTECODE

help:  ## Show the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(STAMPS)/app $(STAMPS)/assets  ## Start the app at http://localhost:8501 (PORT=… for another port)
	$(PY) -m metrics status > /dev/null
	ATLAS_OPEN=$${ATLAS_OPEN-1} $(PY) -m streamlit run serve.py --server.port $(PORT)

test: $(STAMPS)/dev $(STAMPS)/assets $(STAMPS)/chromium $(STAMPS)/postgres  ## Lint, type-check and run every test, the Chromium journeys included
	$(MAKE) --no-print-directory -j3 -k --output-sync=line lint units journeys

units: $(STAMPS)/dev  ## Run the tests that need no browser
	$(PY) -m pytest --ignore=tests/journeys -n auto --dist worksteal

# Readers wait for much of their time: two go beside the other tests.
journeys: $(STAMPS)/dev $(STAMPS)/assets $(STAMPS)/chromium  ## Walk the running app in Chromium
	$(PY) -m pytest tests/journeys -m journey -n 2 --dist loadfile --reruns 2

lint: $(STAMPS)/dev  ## Check style, types and which part imports which
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

bench: $(STAMPS)/dev $(STAMPS)/assets $(STAMPS)/chromium  ## Measure the app against the usual way, in Chromium
	$(PY) -m benchmarks

soak: $(STAMPS)/dev $(STAMPS)/assets  ## Attack a copy of the app for half an hour (MINUTES=… for longer)
	$(PY) -W ignore -m tools.soak --minutes $${MINUTES:-30}

data: $(STAMPS)/dev  ## Rebuild data/ and static/boundaries from their sources
	$(PY) -m data.build

boundaries: $(STAMPS)/dev $(STAMPS)/boundary-sources  ## Rebuild the boundaries from packages, and what depends on them
	$(PY) -m data.build.boundaries build --sources $(STAMPS)/sources
	$(PY) -m data.build

clean:  ## Remove what make made (not the figures)
	rm -rf $(VENV) $(STAMPS) node_modules static/vendor .mypy_cache .ruff_cache .import_linter_cache .pytest_cache

$(VENV)/bin/python:
	python3 -m venv $(VENV)

$(STAMPS)/app: requirements.txt constraints.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet -r requirements.txt -c constraints.txt
	mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements-dev.txt requirements.txt constraints.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet -r requirements-dev.txt -c constraints.txt
	mkdir -p $(STAMPS) && touch $@ $(STAMPS)/app

# The system's npm where there is one, else the one in a Python wheel.
$(STAMPS)/assets: package.json package-lock.json tools/vendor.sh tools/npm.sh tools/fonts.py $(STAMPS)/app | $(VENV)/bin/python
	bash tools/vendor.sh $(VENV)
	mkdir -p $(STAMPS) && touch $@

$(STAMPS)/boundary-sources: data/build/boundaries/package.json data/build/boundaries/package-lock.json tools/boundary_sources.sh tools/npm.sh | $(VENV)/bin/python
	bash tools/boundary_sources.sh $(VENV) $(STAMPS)/sources
	touch $@

$(STAMPS)/chromium:
	command -v chromium >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; }
	mkdir -p $(STAMPS) && touch $@

# Only its programs are used, by the tests: RUNLEVEL keeps the package from starting a server.
$(STAMPS)/postgres:
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { $(SUDO) apt-get update -qq && $(SUDO) env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; }
	mkdir -p $(STAMPS) && touch $@

.PHONY: help run test units journeys lint bench data boundaries clean
