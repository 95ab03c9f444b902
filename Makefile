# Each target first installs what is missing; see `dependencies`.
.PHONY: run test sanitize sanitize-thread sanitize-address collision-check browser-check report-check bench bench-peers lint format docs dependencies

PACKAGES := libopenblas-dev liblapacke-dev pkg-config
SWIFT_SOURCES := Package.swift Sources Tests Benchmarks
ARGS ?=
REPORTS ?= .build/report-samples/*.html .build/trained/*/report.html
PEERS := .build/peers

# The main job: learn the sunspot series, compare, write a report. ARGS='--help' shows what else it can do.
run: dependencies
	swift run -c release rnn train series $(ARGS)

# All tests in a debug build, where the compiler checks most. Those of the command run the one of the release build,
# since it trains networks for real; requests for memory are counted in a release build as well.
test: dependencies
	swift build -c release --product rnn
	swift test --disable-xctest --skip RecurrentCommandTests
	swift test --skip-build --disable-xctest --filter RecurrentCommandTests
	swift run -c release Benchmarks --check

# Tests that share memory between threads under the thread sanitizer; linear algebra, unfolding and data under the address
# sanitizer. Either builds all tests once more, in a folder of its own.
sanitize: sanitize-thread sanitize-address

CONCURRENT_TESTS := WorkerPoolTests|WorkerTests|SharedChunksTests|ShardTests|StreamingTests|ByteStreamTests
MEMORY_TESTS := RecurrentLinearAlgebraTests|RaggedBatchTests|TokenTests|HistoryTests|ReadingOrderTests|RecomputedStatesTests|$\
  ShardTests|SharedChunksTests|StreamingTests|DataSetTests|OptimiserTests|PassResultTests

sanitize-thread: dependencies
	swift test --sanitize thread --scratch-path .build/thread --disable-xctest --filter '$(CONCURRENT_TESTS)'

sanitize-address: dependencies
	swift test --sanitize address --scratch-path .build/address --disable-xctest --filter '$(MEMORY_TESTS)'

# A package with targets and C functions of common names that depends on this one and has `import Recurrent` alone.
collision-check: dependencies
	swift run --package-path Tests/Collision --scratch-path .build/collision --disable-index-store \
	  -debug-info-format none CollisionCheck

# Sample reports in a real browser, with screenshots in .build/report-pictures.
browser-check: dependencies
	swift test --disable-xctest --filter ReportTests
	@$(MAKE) --no-print-directory report-check PICTURES=--pictures REPORTS='.build/report-samples/*.html'

# Reports that `make test` has written, in a real browser; and pages that are wrong on purpose, which must be found.
report-check:
	@$(MAKE) --no-print-directory dependencies PACKAGES='$(PACKAGES) chromium fonts-dejavu-core'
	.ci/check-report --must-fail Tests/Browser/*.html
	.ci/check-report $(PICTURES) $(REPORTS)

# Checks the engine, then times it. ARGS='--check' only checks; ARGS='--sweep' goes along T, B and H.
bench: dependencies
	swift run -c release Benchmarks $(ARGS)

# The same work by the engine, PyTorch and JAX in turn, in a Python environment of its own.
bench-peers:
	@$(MAKE) --no-print-directory dependencies PACKAGES='$(PACKAGES) python3-venv'
	swift build -c release --product Benchmarks
	test -d $(PEERS) || python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --requirement Benchmarks/Peers/requirements.txt
	$(PEERS)/bin/python Benchmarks/Peers/compare.py .build/release/Benchmarks $(ARGS)

# Style, the size of every file, and that folders use each other in no circle; the check is checked first.
lint:
	swift format lint --strict --recursive $(SWIFT_SOURCES)
	@.ci/check-folders --must-fail Tests/Folders/Wrong/*
	@.ci/check-folders Tests/Folders/Right Sources/Recurrent Sources/RecurrentFormats \
	  Sources/RecurrentPresentation Sources/RecurrentCommand
	@find $(SWIFT_SOURCES) \( -name '*.swift' -o -name '*.[ch]' -o -name '*.py' \) -print0 \
	  | xargs -0 wc -l | awk '$$2 != "total" && $$1 > 300 { print $$2 ": " $$1 " lines, at most 300"; bad = 1 } END { exit bad }'

format:
	swift format --in-place --recursive $(SWIFT_SOURCES)

# The documentation of the three libraries, as static pages in docs/.
docs: dependencies
	swift package --allow-writing-to-directory docs generate-documentation \
	  --target Recurrent --target RecurrentFormats --target RecurrentLinearAlgebra \
	  --enable-experimental-combined-documentation \
	  --transform-for-static-hosting --hosting-base-path swift-recurrent --output-path docs

# BLAS with its C interface and LAPACKE. On Debian and Ubuntu they are installed when they are missing,
# with sudo unless we are root.
dependencies:
	@if command -v dpkg-query >/dev/null; then \
	  missing=$$(for package in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
	  if [ -n "$$missing" ]; then \
	    sudo=$$([ $$(id -u) -eq 0 ] || echo sudo); \
	    echo "Installing" $$missing "with $${sudo:+$$sudo }apt-get"; \
	    $$sudo apt-get update -qq && \
	    $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	  fi; \
	else \
	  echo "Not a Debian system: install OpenBLAS and LAPACKE with their headers if the build does not find them."; \
	fi
