# Two commands: `make site` builds the site, `make test` runs all tests. The verbs are in tasks.py.

PYTHON ?= python3
INV = .venv/bin/inv
# What the tests run besides Python, each with its package (Debian).
PROGRAMS = nginx:nginx sshd:openssh-server rsync:rsync
# The S3 server of the tests has an environment of its own: it needs older packages than the site.
S3 = .cache/moto

.PHONY: site serve test programs browser clean

site: .venv/site
	@$(INV) build
	@echo "Look at it: make serve, then http://localhost:8000/"

serve: .venv/site
	@$(INV) serve

test: .venv/test programs browser $(S3)/made
	@$(INV) test

clean:
	rm -rf .venv .cache output

programs:
	@PATH="$$PATH:/usr/sbin"; missing=; \
	  for pair in $(PROGRAMS); do command -v $${pair%:*} >/dev/null || missing="$$missing $${pair#*:}"; done; \
	  if [ -z "$$missing" ]; then :; \
	  elif [ "$$(id -u)" = 0 ]; then apt-get -q update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qy install $$missing; \
	  else echo "The tests need$$missing. Write: sudo apt-get install$$missing"; exit 1; fi

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: sudo apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python lacks venv. Write: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/site: .venv/python requirements.txt
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: .venv/site requirements-test.txt
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

$(S3)/made: .venv/python requirements-s3.txt
	@$(PYTHON) -m venv $(S3)
	@$(S3)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-s3.txt
	@touch $@

browser: .venv/test
	@command -v chromium >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	  || .venv/bin/playwright install chromium
