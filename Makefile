# make run serves the product, make test runs its tests; both set everything up themselves.
PORT ?= 8501
HOST ?= 127.0.0.1
DATA_ROOT ?= data
export DATA_ROOT
# A base path behind a reverse proxy, without slashes at its ends: make run BASE_PATH=reports/ai
BASE_PATH ?=

PYTHON := .venv/bin/python

.PHONY: run test check shots bench browser sample

run: .venv/installed sample
	$(PYTHON) -m streamlit run app.py --server.port $(PORT) --server.address $(HOST) --server.baseUrlPath "$(BASE_PATH)"

sample: .venv/installed
	@$(PYTHON) -m leverage sample --unless-loaded

# One file of tests is one worker's: what a file shares is made once. They run as collected, so that
# files of few but long tests (the browser's) come first and no core waits for them at the end. One
# worker more than there are cores: while one of them waits for a browser or a loader, another runs.
test: .venv/installed-dev browser
	$(PYTHON) -m pytest -n $$($(PYTHON) -c "import os; print(os.cpu_count() + 1)") \
		--dist loadfile --no-loadscope-reorder

check: .venv/installed-dev
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

shots: .venv/installed-dev browser sample
	$(PYTHON) -m tools.shots

bench: .venv/installed-dev
	$(PYTHON) -m tools.bench

# Debian's chromium where this is root on Debian; elsewhere the tests look for Playwright's own.
browser: .venv/installed-dev
	@if ! command -v chromium >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	fi

.venv/installed: requirements.txt
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
