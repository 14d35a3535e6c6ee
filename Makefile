# Every target sets itself up: a fresh machine needs only python3, git and make.
PYTHON ?= python3
BIN := .venv/bin
export PYTHON

.PHONY: help install check test soak demo bench docs clean
.DEFAULT_GOAL := help

help:  ## say what can be made
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /make \1  \t/' | expand -t 16

install:  ## make the virtual environment, fetch what Qt needs
	@sh tools/install.sh

check: install  ## style, types, direction of imports, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/typos

test: install  ## the test suite
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(TESTS)

soak: install  ## the same tests at full counts; takes hours
	@SUREFOOT_SOAK=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --timeout=7200 $(TESTS)

demo: install  ## a virtual session, its recording, its replay: see build/demo
	@$(BIN)/surefoot demo

bench: install  ## print what things cost
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

docs: install  ## write docs/commands.md anew, look at every link
	@$(BIN)/python tools/docs.py

clean:  ## remove what was made, the virtual environment too
	rm -rf .venv build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
