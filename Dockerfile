FROM swift:6.3-bookworm AS build
# The distribution's own security updates are wanted, not a fixed version.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libavcodec-dev libavformat-dev libavutil-dev libcurl4-openssl-dev libicu-dev libsqlite3-dev \
       libsystemd-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
# The dependencies are a layer of their own: they change less often than the sources.
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
COPY Tests Tests
COPY Benchmarks Benchmarks
RUN swift build -c release --product langflix --static-swift-stdlib \
    && install -D -s .build/release/langflix /staging/langflix

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       ca-certificates ffmpeg libavcodec59 libavformat59 libavutil57 libcurl4 libsqlite3-0 \
       libsystemd0 tzdata wordnet-base zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 568 langflix \
    && useradd --uid 568 --gid 568 --home-dir /config --no-create-home --shell /usr/sbin/nologin langflix \
    && install -d -o 568 -g 568 /config /media
COPY --from=build /staging/langflix /usr/local/bin/langflix
COPY LICENSE /usr/share/doc/langflix/
# /config holds the store and the control socket; /media is the library (or its libraries, see langflix.yaml).
# Inside a container only what the engine publishes is reached from outside.
ENV LANGFLIX_STATE_FOLDER=/config \
    LANGFLIX_MEDIA=/media \
    LANGFLIX_DASHBOARD_LISTEN=0.0.0.0:8080
EXPOSE 8080
USER 568:568
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["langflix", "status"]
ENTRYPOINT ["langflix"]
CMD ["serve"]
