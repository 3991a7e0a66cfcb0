# Two commands for a machine with nothing but Python 3.11; each does all of its own set-up.
PYTHON ?= python3

.PHONY: demo test check constraints

demo: .venv/run.done
	.venv/bin/python -m bot demo $(ARGS)

test: .venv/dev.done
	.venv/bin/python -m pytest -n auto --dist loadfile $(ARGS)

# What CI runs.
check:
	bash .ci/run

.venv/run.done: requirements/run.txt
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements/run.txt
	touch $@

.venv/dev.done: requirements/dev.txt
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@

# Pins anew what pyproject.toml asks for; needs uv.
constraints:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-emit-index-url --custom-compile-command "make constraints" --output-file requirements/run.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-emit-index-url --custom-compile-command "make constraints" --extra dev \
	  --output-file requirements/dev.txt
