# `make` alone lists the targets. The site needs Python 3.11 or newer; Linux and macOS.

PYTHON ?= python3
VENV ?= .venv
UV ?= uv
# The Quarto release that hosts install; `make lock` writes it to requirements-quarto.txt.
QUARTO_VERSION := 1.7.34
RENDER_FLAGS ?=
PREVIEW_FLAGS ?=
PYTEST_FLAGS ?=
CHECK_FLAGS ?=
NEW_FLAGS ?=

PY := $(VENV)/bin/python
OCTAVO := $(PY) -m octavo.cli
SITE_STAMP := $(VENV)/.requirements
DEV_STAMP := $(VENV)/.requirements-dev
# More packages that the pages import, one per line.
OWN := $(wildcard requirements-pages.txt)
# The pinned versions, without their hashes: those packages must not replace them.
PINS := sed -n 's/^\([^ ]*==.*\) \\$$/\1/p' requirements.txt
STARTER := toolkit/src/octavo/starter/site
# Compiling every module in advance would take half of the time; Python compiles modules when they are first used.
PIP := -m pip install --quiet --disable-pip-version-check --no-input --no-compile
# A file's tests run in one process, because they share fixtures.
RUN_TESTS := ../$(PY) -m pytest -rs --numprocesses auto --dist loadfile --no-loadscope-reorder
# The toolkit in this repository, editable.
EDITABLE := $(PIP) --no-deps --editable toolkit
COMPILE := $(UV) --no-config pip compile --quiet --universal --generate-hashes --no-emit-index-url \
  --custom-compile-command "make lock" --python-version 3.11

# With this variable, Python would compile pandas again in every build.
unexport PYTHONDONTWRITEBYTECODE

# A .venv whose Python is missing or another version (after a system upgrade, in a copied folder, or where a dev container
# opens one from outside) is made again.
ifneq ($(shell "$(PY)" -SEc 'import os; os.stat("$(VENV)/lib/" + os.__file__.split("/")[-2])' 2>/dev/null && echo there),there)
ABSENT := absent
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

##@ The site
.PHONY: help
help: ## list the targets
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: site
site: $(SITE_STAMP) ## build the site into _site/ (RENDER_FLAGS=--help lists options)
	@$(OCTAVO) build $(RENDER_FLAGS)

.PHONY: preview
preview: $(SITE_STAMP) ## show the site while you edit it (PREVIEW_FLAGS="--port 5000")
	@$(OCTAVO) preview $(PREVIEW_FLAGS)

.PHONY: check-site
check-site: $(SITE_STAMP) ## check the built site (CHECK_FLAGS=--external also requests links to other sites)
	@$(OCTAVO) check --site $(CHECK_FLAGS)

##@ A site of your own
.PHONY: new
new: $(SITE_STAMP) ## make one: make new DIR=../my-site (NEW_FLAGS=--help lists options)
	@$(OCTAVO) new "$(or $(DIR),$(error name its folder: make new DIR=../my-site))" $(NEW_FLAGS)

.PHONY: upgrade
upgrade: $(SITE_STAMP) ## bring one up to date: make upgrade DIR=../my-site
	@$(OCTAVO) upgrade "$(or $(DIR),$(error name its folder: make upgrade DIR=../my-site))"

.PHONY: template
template: $(SITE_STAMP) ## write octavo-site.zip, for people who start with `quarto use template octavo-site.zip`
	@$(PY) toolkit/scripts/build_template.py octavo-site.zip

##@ Development
.PHONY: test
test: $(DEV_STAMP) ## run the tests of the site and of the toolkit (PYTEST_FLAGS="-k dates")
	@$(PY) -m pytest -q tests
	@cd toolkit && $(RUN_TESTS) -m "not campaign" $(PYTEST_FLAGS)

.PHONY: campaigns
campaigns: $(DEV_STAMP) ## run the long tests that `make test` leaves out: kills, full disks, an installed wheel
	@cd toolkit && $(RUN_TESTS) -m campaign $(PYTEST_FLAGS)

.PHONY: check
check: $(DEV_STAMP) ## check the tables, and the toolkit's style, types, and imports
	@$(OCTAVO) check
	@cd toolkit && ../$(PY) -m ruff check .
	@cd toolkit && ../$(PY) -m ruff format --check --quiet .
	@cd toolkit && ../$(PY) -m mypy
	@cd toolkit && ../$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

# Sphinx with MyST-NB, for comparison, has its own environment: the site needs neither.
SPHINX := .cache/sphinx
.PHONY: bench
bench: $(DEV_STAMP) ## run the benchmarks and write their figures into the docs
	@test -x $(SPHINX)/bin/sphinx-build || { $(PYTHON) -m venv $(SPHINX) && \
	  $(SPHINX)/bin/python $(PIP) --require-hashes -r requirements.txt && \
	  $(SPHINX)/bin/python $(PIP) "sphinx>=8,<10" "myst-nb>=1.3,<2" && \
	  $(SPHINX)/bin/python $(PIP) --no-deps --editable toolkit; }
	@PATH="$(CURDIR)/$(SPHINX)/bin:$$PATH" $(PY) toolkit/benchmarks/rendering.py --write
	@for name in parts explorer search imports fuzz_readers faults; do $(PY) toolkit/benchmarks/$$name.py --write || exit 1; done
	@if command -v lighthouse >/dev/null; then $(PY) toolkit/benchmarks/lighthouse.py --write; \
	  else echo "no Lighthouse figures: npm install --global lighthouse@13"; fi

.PHONY: docs
docs: $(SITE_STAMP) ## build the toolkit's docs into toolkit/docs/_site, and check them
	@cd toolkit/docs && "$(abspath $(PY))" -m octavo.cli build && "$(abspath $(PY))" -m octavo.cli check --site

.PHONY: browser
browser: $(DEV_STAMP) ## get a Chromium for the browser tests, unless there is one
	@$(PY) toolkit/scripts/get_browser.py

.PHONY: gallery
gallery: $(DEV_STAMP) ## take the pictures of the README and of the gallery in the docs
	@$(PY) toolkit/scripts/take_pictures.py

.PHONY: dist
dist: $(DEV_STAMP) ## build a release of the toolkit into dist/: make dist TAG=v1.1.0
	@$(PY) toolkit/scripts/release.py "$(or $(TAG),$(error name its tag: make dist TAG=v1.1.0))"

.PHONY: lock
lock: ## pin the requirements again after a change of toolkit/pyproject.toml (UPGRADE=1 takes newer releases)
	@command -v $(UV) >/dev/null || { echo "make: this needs uv: $(PYTHON) -m pip install uv" >&2; exit 1; }
	$(COMPILE) $(if $(UPGRADE),--upgrade) toolkit/pyproject.toml --extra site --output-file requirements.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) toolkit/pyproject.toml --extra site --extra dev --no-strip-extras \
	  --constraint requirements.txt --output-file toolkit/requirements-dev.txt
	@# Without dependencies: the jupyter metapackage would slow every kernel by a second.
	echo "quarto-cli==$(QUARTO_VERSION)" | $(COMPILE) --no-deps --no-annotate - --output-file requirements-quarto.txt
	cp requirements.txt requirements-quarto.txt $(STARTER)/

.PHONY: clean
clean: ## remove what was built and cached (.venv stays)
	rm -rf _site _site.* .quarto _freeze .cache dist toolkit/dist
	find . -name .venv -prune -o \( -name __pycache__ -o -name '.*_cache' -o -name .hypothesis \) -prune -exec rm -rf {} +

# The environment. Its stamps are newer than the lock files, so a second `make` installs nothing.
.PHONY: absent
absent:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "make: there is no '$(PYTHON)'; install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "make: '$(PYTHON)' is $$($(PYTHON) --version 2>&1), but 3.11 or newer is needed; name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv --clear "$(VENV)" || { \
	  echo "make: '$(PYTHON) -m venv' failed (Debian and Ubuntu keep it in the package python3-venv)" >&2; exit 1; }
	@# Otherwise, each kernel that Quarto starts warns of an unencrypted connection, although it is local.
	@mkdir -p $(VENV)/etc/ipython && echo "c.IPKernelApp.log_level = 'ERROR'" >$(VENV)/etc/ipython/ipython_kernel_config.py

$(SITE_STAMP): requirements.txt $(OWN) toolkit/pyproject.toml $(ABSENT)
	@echo "Installing the site's requirements into $(VENV) (once)"
	@$(PY) $(PIP) --require-hashes -r requirements.txt
	@$(if $(OWN),$(PINS) | $(PY) $(PIP) -r $(OWN) -c /dev/stdin)
	@$(PY) $(EDITABLE)
	@touch $@

# Holds requirements.txt too, at the same versions.
$(DEV_STAMP): requirements.txt $(OWN) toolkit/requirements-dev.txt toolkit/pyproject.toml $(ABSENT)
	@echo "Installing the requirements of the site and its tests into $(VENV) (once)"
	@$(PY) $(PIP) --require-hashes -r toolkit/requirements-dev.txt
	@$(if $(OWN),$(PINS) | $(PY) $(PIP) -r $(OWN) -c /dev/stdin)
	@$(PY) $(EDITABLE)
	@touch $(SITE_STAMP) $@
