# What a person does with this repository; `make` alone lists it. Linux and macOS.

PYTHON ?= python3
VENV ?= .venv
UV ?= uv
# Quarto's release, pinned once: `make lock` writes it to requirements-quarto.txt, which publishing installs.
QUARTO_VERSION := 1.7.34
RENDER_FLAGS ?=
PREVIEW_FLAGS ?=
PYTEST_FLAGS ?=
CHECK_FLAGS ?=
NEW_FLAGS ?=

PY := $(VENV)/bin/python
SITE_STAMP := $(VENV)/.requirements
DEV_STAMP := $(VENV)/.requirements-dev
# Compiling every module ahead takes half of the time; Python compiles those that are used when they are.
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --no-input --no-compile --require-hashes
COMPILE := $(UV) --no-config pip compile --quiet --universal --generate-hashes --no-emit-index-url \
  --custom-compile-command "make lock" --python-version 3.11

# Packages are compiled as they are first used (above): a Python told to keep nothing would do so in every build.
unexport PYTHONDONTWRITEBYTECODE

# A .venv whose Python went away (an upgraded system, a copied folder) counts as not there.
ifneq ($(shell test -x "$(PY)" && echo there),there)
ABSENT := absent
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

##@ Every day
.PHONY: help
help: ## list what there is
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: site
site: $(SITE_STAMP) ## build the site into _site (RENDER_FLAGS=--help tells how else)
	@$(PY) scripts/render.py $(RENDER_FLAGS)

.PHONY: preview
preview: $(SITE_STAMP) ## show the site while you edit it, at http://127.0.0.1:4848 (PREVIEW_FLAGS="--port 5000")
	@$(PY) scripts/preview.py $(PREVIEW_FLAGS)

.PHONY: check-site
check-site: $(SITE_STAMP) ## read the built site as a stranger would (CHECK_FLAGS=--external asks other hosts too)
	@$(PY) scripts/check_site.py $(CHECK_FLAGS)

##@ A site of your own
.PHONY: new
new: $(SITE_STAMP) ## make one: make new DIR=../my-site (NEW_FLAGS=--help tells what else it can be told)
	@$(PY) scripts/new_site.py "$(or $(DIR),$(error say where: make new DIR=../my-site))" $(NEW_FLAGS)

.PHONY: update
update: $(SITE_STAMP) ## bring later improvements of the code into one: make update DIR=../my-site
	@$(PY) scripts/new_site.py --update "$(or $(DIR),$(error say which: make update DIR=../my-site))"

##@ Work on it
.PHONY: test
test: $(DEV_STAMP) ## run the tests (PYTEST_FLAGS="-k dates")
	@# A file's tests stay together, as they share what was set up for them.
	@$(PY) -m pytest -rs --numprocesses auto --dist loadfile $(PYTEST_FLAGS)

.PHONY: check
check: $(DEV_STAMP) ## check the tables, the style of the code and its types
	@$(PY) scripts/check_data.py
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy

# Sphinx with MyST-NB, to compare with, lives apart: the site needs neither.
SPHINX := .cache/sphinx
.PHONY: bench
bench: $(DEV_STAMP) ## measure this site beside plain Quarto and Sphinx, and write the figures into README.md
	@test -x $(SPHINX)/bin/sphinx-build || { $(PYTHON) -m venv $(SPHINX) && \
	  $(SPHINX)/bin/python $(PIP_INSTALL) -r requirements.txt && \
	  $(SPHINX)/bin/python -m pip install --quiet --disable-pip-version-check "sphinx>=8,<10" "myst-nb>=1.3,<2"; }
	@PATH="$(CURDIR)/$(SPHINX)/bin:$$PATH" $(PY) benchmarks/rendering.py --write
	@$(PY) benchmarks/parts.py --write
	@$(PY) benchmarks/explorer.py --write
	@$(PY) benchmarks/imports.py --write
	@$(PY) benchmarks/fuzz_readers.py --write
	@$(PY) benchmarks/faults.py --write
	@if command -v lighthouse >/dev/null; then $(PY) benchmarks/lighthouse.py --write; \
	  else echo "no Lighthouse figures: npm install --global lighthouse"; fi

.PHONY: browser
browser: $(DEV_STAMP) ## get a Chromium for the browser tests, unless there is one
	@$(PY) scripts/get_browser.py

.PHONY: lock
lock: ## pin the requirements anew after a change of pyproject.toml (UPGRADE=1 takes newer releases)
	@command -v $(UV) >/dev/null || { echo "make: this needs uv: $(PYTHON) -m pip install uv" >&2; exit 1; }
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --output-file requirements.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --extra dev --constraint requirements.txt \
	  --output-file requirements-dev.txt
	@# Alone: its dependency, the jupyter metapackage, would slow every kernel by a second.
	echo "quarto-cli==$(QUARTO_VERSION)" | $(COMPILE) --no-deps --no-annotate - --output-file requirements-quarto.txt

.PHONY: clean
clean: ## remove what was built and cached (.venv stays)
	rm -rf _site _site.* .quarto _freeze .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# The environment. Its stamps are newer than the lock files, so a second `make` installs nothing.
.PHONY: absent
absent:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "make: there is no '$(PYTHON)'; install Python 3.11 or newer, or say which: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "make: '$(PYTHON)' is $$($(PYTHON) --version 2>&1), but 3.11 or newer is needed; say which: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv --clear "$(VENV)" || { \
	  echo "make: '$(PYTHON) -m venv' failed (Debian and Ubuntu keep it in the package python3-venv)" >&2; exit 1; }

$(SITE_STAMP): requirements.txt $(ABSENT)
	@echo "Installing what the site needs into $(VENV) (once)"
	@$(PY) $(PIP_INSTALL) -r requirements.txt
	@touch $@

# Holds requirements.txt too, at the same versions.
$(DEV_STAMP): requirements.txt requirements-dev.txt $(ABSENT)
	@echo "Installing what the site and its tests need into $(VENV) (once)"
	@$(PY) $(PIP_INSTALL) -r requirements-dev.txt
	@touch $(SITE_STAMP) $@
