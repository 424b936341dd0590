# make setup       everything that running and testing need; doing it again does only what changed
# make run         serves the example installation at 127.0.0.1, port BOARDMARK_PORT (8000)
# make check       the static checks
# make test        set-up, the static checks and every test
# make benchmarks  ratios of our speed to that of something bare
# make faults      kills the server a hundred times on each database while people respond
# make malformed   ten thousand malformed posts to each public form, an hour
# make screenshots the pictures in docs/screenshots
# make format      the form that the checks ask for
# make lock        the lock files again, after a change in pyproject.toml or package.json
# make clean       takes away what set-up made (the data in var/ stays)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup program run check test benchmarks faults malformed screenshots format lock clean

PYTHON ?= python3
BIN := .venv/bin
DONE := .venv/done

help:
	@sed -n 's/^# //p' Makefile

setup: program
	@$(PYTHON) setup/system.py test
	@echo "Set-up is complete."

# What the program itself needs; the tests need more of the system than this.
program: system $(DONE)/python $(DONE)/npm $(DONE)/assets

.PHONY: system
system:
	@$(PYTHON) setup/system.py program

$(DONE)/venv: | system
	@echo "Making the virtual environment .venv"
	@$(PYTHON) -m venv .venv
	@mkdir -p $(DONE) && touch $@

$(DONE)/python: requirements/development.txt pyproject.toml $(DONE)/venv
	@echo "Installing the locked Python packages"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.txt
	@echo "Installing Boardmark itself, editable"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(DONE)/npm: package-lock.json requirements/npm.txt setup/npm.sh $(DONE)/venv
	@echo "Installing the locked npm packages"
	@sh setup/npm.sh ci
	@touch $@

$(DONE)/assets: setup/assets.py $(DONE)/npm $(DONE)/python
	@echo "Building the style sheets, scripts and fonts"
	@$(BIN)/python setup/assets.py
	@touch $@

run: program
	BOARDMARK_DEMO=1 $(BIN)/boardmark serve

check: program
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint webapp exports --lint --quiet
	git ls-files -z | xargs -0 $(BIN)/codespell
	$(BIN)/python setup/tracked.py

# Half of it while the other half waits for a browser, a database or Java.
test: setup check
	$(BIN)/pytest --numprocesses 2 --dist worksteal

benchmarks: program
	$(BIN)/python -m tests.benchmarks

# How many kills on each database; some ten minutes for a hundred.
KILLS ?= 100
faults: setup
	$(BIN)/python -m tests.faults $(KILLS)

POSTS ?= 10000
malformed: setup
	$(BIN)/python -m tests.security.malformed $(POSTS)

screenshots: setup
	$(BIN)/python -m tests.browser.screenshots

format: program
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

lock:
	@sh setup/lock.sh
	@$(MAKE) --no-print-directory setup

clean:
	rm -rf .venv node_modules webapp/static/vendor exports/fonts dist
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find frameworks exports webapp tests setup -name __pycache__ -prune -exec rm -rf {} +
