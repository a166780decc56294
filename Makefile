# make run    set up, load the demo once, serve
# make test   set up, run every test
# make lint   formatting, lint, types, the import rule
# make bench  measure, in ratios taken in one run
.PHONY: setup run test lint bench

setup:
	@bin/setup

run: setup
	@.venv/bin/events demo
	@.venv/bin/events serve

test:
	@bin/setup tests
	@.venv/bin/pytest -n 2 --dist worksteal

lint: setup
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench:
	@bin/setup tests
	@.venv/bin/python bench/run.py
