# make run    set up, load the demo once, serve
# make test   set up, run every test
# make lint   formatting, lint, types, the import rule
# make bench  measure, in ratios taken in one run
# make coverage  which lines the tests without a browser pass through
.PHONY: setup run test lint bench coverage

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

coverage:
	@bin/setup tests
	@.venv/bin/coverage run -m pytest -m "not walk"
	@.venv/bin/coverage report --skip-covered --skip-empty

bench:
	@bin/setup tests
	@.venv/bin/python bench/run.py
