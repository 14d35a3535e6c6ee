# Every target sets itself up: a fresh machine needs only python3, git and make.
PYTHON ?= python3
BIN := .venv/bin
# Tests run side by side in so many processes.
WORKERS ?= auto
export PYTHON

.PHONY: help install check test soak demo bench docs site shots wheel-check clean
.DEFAULT_GOAL := help

help:  ## say what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /make \1  \t/' | expand -t 18

install:  ## make the virtual environment, fetch what Qt needs
	@sh tools/install.sh

check: install  ## style, types, direction of imports, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/typos

test: install  ## the test suite
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

soak: install  ## the same tests at full counts; takes hours
	@SUREFOOT_SOAK=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --timeout=7200 $(TESTS)

demo: install  ## a virtual session, its recording, its replay: see build/demo
	@$(BIN)/surefoot demo

bench: install  ## print what things cost
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

docs: install  ## write the pages that the code tells anew, look at every link
	@$(BIN)/python tools/docs.py
	@$(BIN)/python tools/api_page.py
	@$(BIN)/python tools/drill_page.py

site: install  ## the pages as a site in build/site; a dead link is an error
	@sh tools/site.sh

shots: install  ## pictures of every view and state in build/shots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python tools/shots.py build/shots

wheel-check: install  ## build wheel and sdist, try them in an empty environment
	@$(BIN)/python tools/wheel_check.py

clean:  ## remove what was made, the virtual environment too
	rm -rf .venv build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
