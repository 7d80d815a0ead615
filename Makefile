# make demo   code the sample article (installs what coding needs, nothing more)
# make setup  install for development        make test   checks and tests
# make docs   build the documentation        make bench  measure on the benchmarks, where they are at hand
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
SAMPLE := src/dateline/data/samples/sample-2024-03-14.txt

.PHONY: help setup demo test docs bench clean
help:
	@sed -n 's/^# //p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dateline needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.core: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing what coding needs into $(VENV) (about a minute, once)"
	@$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	@echo "Installing what development needs into $(VENV)"
	@$(PIP) -e '.[dev,train]'
	@touch $@

$(VENV)/.docs: $(VENV)/.core
	@echo "Installing what the documentation needs into $(VENV)"
	@$(PIP) -e '.[docs]'
	@touch $@

setup: $(VENV)/.dev

demo: $(VENV)/.core
	@$(BIN)/dateline code $(SAMPLE)

test: $(VENV)/.dev
	scripts/check
	scripts/test

docs: $(VENV)/.docs
	scripts/build-docs

bench: $(VENV)/.core
	$(BIN)/python -m bench articles

clean:
	rm -rf build dist docs/_build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
