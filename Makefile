# `make` lists what there is. Every target first sets up what it needs, at once when nothing is missing.

SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help setup packages chat test lint format eval bench lock screenshots

# No report of what is run goes anywhere.
export HF_HUB_DISABLE_TELEMETRY := 1
export GRADIO_ANALYTICS_ENABLED := False

# The folder of `make chat`, taken as it was typed: spaces, quotes and dollar signs are part of a name.
override ARTICLES := $(value ARTICLES)
export ARTICLES

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do \
		printf '  make %-11s %s\n' "$$name" "$$text"; done

setup: ## make .venv, install everything, fetch the models
	@.ci/setup.sh models
	$(if $(filter setup,$(MAKECMDGOALS)),@echo '==> Ready. make chat opens the chat; . .venv/bin/activate brings the command dossier.')

packages:
	@.ci/setup.sh packages

chat: ## open the chat on the sample articles; ARTICLES=folder for your own
	@.ci/chat.sh

test: ## run every test, two at a time; PYTEST="-k name" passes arguments on
	@.ci/setup.sh models qwen2.5-coder-0.5b-instruct
	@.venv/bin/python -m pytest --numprocesses=2 --dist=worksteal $(PYTEST)

lint: packages ## check style and types
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/mypy .ci/*.py

format: packages ## put the code into shape
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

eval: setup ## measure the answers, goes on where it was stopped; EVAL="..." passes arguments on
	@.venv/bin/dossier eval $(EVAL)

bench: setup ## measure speed and retrieval; BENCH="quality" or "support" takes an hour, "chat" the page in a browser
	@$(if $(filter chat,$(BENCH)),.venv/bin/python -m tests.ui.web.bench_chat)
	@$(if $(BENCH:chat=),.venv/bin/python -m eval.bench $(BENCH:chat=),$(if $(BENCH),,.venv/bin/python -m eval.bench))

screenshots: setup ## write pictures of the chat to docs/images and build/screenshots
	@.venv/bin/python -m tests.screenshots

lock: packages ## pin the versions anew; LOCK=--upgrade takes newer ones
	@.ci/lock.sh $(LOCK)
