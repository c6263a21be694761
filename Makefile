# What `sh` can do as well; QUICK=1 measures less, WRITE=1 keeps the figures in docs/performance.md.
PYTHON ?= .venv/bin/python

letters:
	$(PYTHON) -m lettergen build

test:
	$(PYTHON) -m pytest -q -n 2

bench:
	$(PYTHON) benchmarks/bench.py $(if $(QUICK),--quick) $(if $(WRITE),--write)

.PHONY: letters test bench
