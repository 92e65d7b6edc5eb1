# Every target does its own set-up: a fresh machine needs Python 3.11 (or newer) and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check lock bench clean

demo: $(READY)  ## simulate the example protocols and write a report
	$(BIN)/regrow simulate protocols/six-infusions.toml protocols/six-infusions-with-integration.toml --out demo-report --force
	@echo "Open demo-report/report.html in a browser."

test: $(READY)  ## run the whole test suite
	$(BIN)/python -m pytest

check: test  ## what must hold before a change lands: tests, lint, types, contracts, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell src tests docs protocols studies README.md GLOSSARY.md CHANGELOG.md CONTRIBUTING.md

bench: $(READY)  ## measure the engine against its peers in one run
	$(BIN)/python -m bench

lock: $(READY)  ## renew the lock files after a change of dependencies
	$(BIN)/uv pip compile pyproject.toml --group dev --extra calibrate --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements/lock.txt

$(READY): pyproject.toml requirements/lock.txt requirements/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "regrow needs Python 3.11 or newer; say: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/lock.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) demo-report
