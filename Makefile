# make setup   everything that running and testing need; doing it again does only what changed
# make run     serves the example installation at 127.0.0.1, port BOARDMARK_PORT (8000)
# make check   the static checks
# make test    set-up, the static checks and every test
# make lock    the lock files again, after a change in pyproject.toml or package.json
# make clean   takes away what set-up made (the data in var/ stays)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup program run check test lock clean

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

lock:
	@sh setup/lock.sh
