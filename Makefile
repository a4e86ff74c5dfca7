# Two commands on a fresh machine with Python 3.11, pip and make: `make run` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := run
.PHONY: run test coverage faults check format format-check lint types imports test-fast lock migration bench

$(VENV)/runtime.stamp: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

run: $(VENV)/runtime.stamp
	$(BIN)/python app.py run

# On SQLite where a test has a twin on PostgreSQL. The twins and the fault runs follow.
test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --ignore tests/faults -m "not twin" -n auto --dist worksteal

# The twins, on PostgreSQL, and what has none. `coverage report` says afterwards what nothing walked.
coverage: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --ignore tests/faults -m "twin or not repeats" -n auto --dist worksteal --cov --cov-fail-under=95 --cov-report=

# Three side by side: they wait more than they work, for limits, leases and slow clients.
faults: $(VENV)/dev.stamp
	$(BIN)/python -m pytest tests/faults -n 3 --dist worksteal

# Without the long fault runs and the browser: for the minute between two edits.
test-fast: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --ignore tests/faults -m "not browser and not twin" -n auto --dist worksteal -q

check: format-check lint types imports test coverage faults

format-check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

imports: $(VENV)/dev.stamp
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Locks carry hashes and no address; pip verifies every file against them.
lock: $(VENV)/dev.stamp
	$(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal --generate-hashes --custom-compile-command "make lock" --python-version 3.11 -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal --generate-hashes --custom-compile-command "make lock" --python-version 3.11 --group dev -o requirements-dev.txt

# make migration name=add_glossary
migration: $(VENV)/dev.stamp
	$(BIN)/python -m storage.migrations "$(name)"

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks
