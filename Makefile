# Needs git, make and Python 3.11 or newer; no root rights. Everything is installed into .venv from uv.lock.
PYTHON ?= python3
UV := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
export UV_PYTHON_DOWNLOADS ?= never
# The machine's own certificates, where it has any: a proxy of the house may have added one.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS ?= 1
endif
PYTEST_ARGS ?=
# As many runs beside each other as there are cores, four at most; journeys in a browser want a core of their own.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -gt 4 ] && n=4; echo $$n)
PARALLEL = -n $(WORKERS) --dist loadscope --no-loadscope-reorder

.PHONY: help install demo test faults lint types messages schema docs bench wheel bundle ci clean

help:
	@echo "make demo      start the archive with a sample batch and open http://127.0.0.1:8080"
	@echo "make test      lint, types and all tests (PYTEST_ARGS=... narrows them)"
	@echo "make lint      ruff, mypy, import-linter, bandit, secrets, known holes of packages"
	@echo "make faults    the long campaign of faults and attacks"
	@echo "make messages  compile the translations"
	@echo "make schema    write the tables of a new database anew, after a migration"
	@echo "make docs      write docs/cli.md, docs/api.md and docs/rules.md anew"
	@echo "make bench     the figures, each beside its floor"
	@echo "make wheel     build dist/*.whl"
	@echo "make bundle    one file that installs and upgrades without internet"

install: .venv/.installed

.uv/bin/uv:
	$(PYTHON) tools/get_uv.py

# `uv` found on PATH is no file of ours to make.
ifeq ($(UV),.uv/bin/uv)
.venv/.installed: .uv/bin/uv
endif
.venv/.installed: pyproject.toml uv.lock hatch_build.py
	$(UV) sync --frozen --quiet --compile-bytecode
	.venv/bin/python -m compileall -q src
	.venv/bin/python tools/messages.py
	@touch $@

messages: install
	.venv/bin/python tools/messages.py

demo: install
	.venv/bin/python tools/messages.py
	YIDANG_HOME="$${YIDANG_HOME:-$(CURDIR)/var/demo}" .venv/bin/yidang demo

lint: install
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	.venv/bin/bandit --quiet --configfile pyproject.toml --recursive --severity-level medium --confidence-level medium src
	.venv/bin/python tools/secrets_scan.py
	.venv/bin/python tools/audit_packages.py

test: messages lint
	$(PYTHON) tools/browser.py
	$(PYTHON) tools/chain.py
	.venv/bin/pytest $(PARALLEL) $(PYTEST_ARGS)

# The long campaign of faults and attacks: an hour and more. Its figures go to var/faults.jsonl.
faults: install
	FAULTS=full .venv/bin/pytest tests/faults tests/security $(PYTEST_ARGS)

schema: install
	.venv/bin/python tools/schema.py

docs: messages
	.venv/bin/python tools/cli_docs.py
	.venv/bin/python tools/api_docs.py
	.venv/bin/python tools/rules_docs.py

bench: install
	.venv/bin/python -m bench

bundle: messages
	.venv/bin/python tools/bundle/make.py --uv $(UV)

wheel: messages
	$(UV) build --quiet

ci:
	bash .ci/run

clean:
	rm -rf .venv .uv dist build var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
