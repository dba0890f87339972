# langflix as a container: docs/adr/ADR-017 says why it is as it is.
#
# The bases are named by their tags: the distribution's security updates are wanted, and the nightly build brings them.
# checkov:skip=CKV_DOCKER_5: build-ffmpeg.sh asks for a source package, which checkov does not take for an installation
# checkov:skip=CKV_DOCKER_7: the tags stand in the ARG lines below, which checkov does not read
ARG SWIFT_IMAGE=swift:6.3-bookworm
ARG DEBIAN_IMAGE=debian:bookworm-slim

# --- FFmpeg and ICU's data with the parts that langflix uses, from Debian's own packages -----------------------------
# hadolint ignore=DL3006
FROM ${DEBIAN_IMAGE} AS libraries
COPY packaging/image/debian-src.sources /etc/apt/sources.list.d/
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       dpkg-dev gcc libc6-dev libdav1d-dev libicu72 libx264-dev libzimg-dev make nasm pkg-config python3-minimal \
       xz-utils zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /parts
COPY packaging/image/build-icu-data.sh packaging/image/cut-icu-data.py ./
RUN ./build-icu-data.sh /staging
COPY packaging/image/build-ffmpeg.sh packaging/image/ffmpeg-parts.txt ./
RUN apt-get update && ./build-ffmpeg.sh /staging && rm -rf /var/lib/apt/lists/*

# --- The program -------------------------------------------------------------------------------------------------
# hadolint ignore=DL3006
FROM ${SWIFT_IMAGE} AS build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libavcodec-dev libavformat-dev libavutil-dev libcurl4-openssl-dev libicu-dev libsqlite3-dev \
       libsystemd-dev pkg-config python3-minimal zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
# Without tests and benchmarks, which do not go to the builder.
ENV LANGFLIX_PROGRAM_ONLY=1
# The dependencies are a layer of their own: they change less often than the sources.
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
COPY packaging/image/build-program.sh packaging/image/cut-icu-data.py packaging/image/
RUN packaging/image/build-program.sh /staging

# --- What runs ---------------------------------------------------------------------------------------------------
# hadolint ignore=DL3006
FROM ${DEBIAN_IMAGE}
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       ca-certificates libcurl4 libdav1d6 libicu72 libsqlite3-0 libstdc++6 libsystemd0 libx264-164 libzimg2 tzdata \
       wordnet-base zlib1g \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log \
       /usr/lib/*/libicudata.so.* \
    && groupadd --gid 568 langflix \
    && useradd --uid 568 --gid 568 --home-dir /config --no-create-home --shell /usr/sbin/nologin langflix \
    && install -d -o 568 -g 568 /config /media
COPY --from=libraries /staging /
COPY --from=build /staging/langflix /staging/swift-backtrace-static /usr/local/bin/
COPY LICENSE NOTICE /usr/share/doc/langflix/
ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="langflix" \
      org.opencontainers.image.description="Clips with the expressions worth learning, beside your episodes" \
      org.opencontainers.image.source="https://github.com/langflix/langflix" \
      org.opencontainers.image.documentation="https://github.com/langflix/langflix/tree/main/docs" \
      org.opencontainers.image.licenses="GPL-2.0-or-later" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# /config holds the store and the control socket; /media is the library (or its libraries, see langflix.yaml).
# Inside a container only what the engine publishes is reached from outside. A crash writes where it was to the log.
ENV LANGFLIX_STATE_FOLDER=/config \
    LANGFLIX_MEDIA=/media \
    LANGFLIX_DASHBOARD_LISTEN=0.0.0.0:8080 \
    SWIFT_BACKTRACE=enable=yes,sanitize=yes,threads=crashed,images=mentioned,registers=none,interactive=no,color=no,swift-backtrace=/usr/local/bin/swift-backtrace-static
EXPOSE 8080
VOLUME ["/config", "/media"]
USER 568:568
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["langflix", "healthcheck"]
ENTRYPOINT ["langflix"]
CMD ["serve"]
