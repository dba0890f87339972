// swift-tools-version: 6.2
import PackageDescription

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let lifecycle: Target.Dependency = .product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")

// docs/architecture.md gives each target a paragraph; Scripts/check-layers.sh guards who may know whom.
let package = Package(
  name: "langflix",
  products: [.executable(name: "langflix", targets: ["langflix"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    // C libraries
    .systemLibrary(
      name: "CLibAV", pkgConfig: "libavformat libavcodec libavutil",
      providers: [.apt(["libavformat-dev", "libavcodec-dev", "libavutil-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
      name: "CICU", pkgConfig: "icu-i18n icu-uc", providers: [.apt(["libicu-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),

    // Pure rooms
    .target(name: "Subtitles", dependencies: ["CICU"]),
    .target(name: "Settings", dependencies: [systemPackage]),
    .target(
      name: "Expressions", dependencies: ["Subtitles"],
      resources: [.embedInCode("Prompting/prompt.txt")]),
    .target(name: "Notices", dependencies: ["Expressions", "Settings", systemPackage]),

    // What adapters share: for the test that ends the program at each durable step
    .target(name: "DurableSteps"),

    // Adapters
    .target(
      name: "Library", dependencies: ["Subtitles", "Settings", "CLinux", systemPackage, log]),
    .target(
      name: "Store",
      dependencies: [
        "Subtitles", "Expressions", "DurableSteps", "CZlib", systemPackage,
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(
      name: "Media",
      dependencies: [
        "Subtitles", "Settings", "CLibAV", systemPackage, log,
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(
      name: "LanguageModels",
      dependencies: ["Subtitles", "Settings", "Expressions", "CCurl", systemPackage, log]),
    .target(name: "Lexicon", dependencies: ["Subtitles", "Expressions"]),
    .target(
      name: "Publishing",
      dependencies: [
        "Subtitles", "Expressions", "DurableSteps", systemPackage,
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      resources: [
        .embedInCode("Gallery/Page/page.html"), .embedInCode("Gallery/Page/style.css"),
        .embedInCode("Gallery/Page/words.js"), .embedInCode("Gallery/Page/player.js"),
        .embedInCode("Gallery/Page/cards.js"), .embedInCode("Gallery/Page/main.js"),
      ]),
    .target(
      name: "Anki",
      dependencies: [
        "CZlib", systemPackage,
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(name: "ServiceHost", dependencies: ["CLinux", "CSystemd", log]),
    .target(
      name: "Control",
      dependencies: [
        systemPackage, log, lifecycle,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .target(
      name: "Dashboard",
      dependencies: [
        systemPackage, log, lifecycle,
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      resources: [.embedInCode("Assets")]),

    // Composition
    .target(
      name: "Pipeline",
      dependencies: [
        "Subtitles", "Settings", "Expressions", "Library", "Store", "Media", "LanguageModels",
        "Lexicon", "Publishing", "Anki", "ServiceHost", "Control", "Dashboard", "Notices",
        systemPackage, log, lifecycle,
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .executableTarget(
      name: "langflix",
      dependencies: [
        "Subtitles", "Settings", "Expressions", "Media", "Publishing", "Control", "ServiceHost",
        "DurableSteps", "Pipeline", systemPackage, log, lifecycle,
        "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),

    // Benchmarks: not in the product, built with the tests so that they stay whole
    .executableTarget(
      name: "LLMBenchmark",
      dependencies: [
        "Pipeline", "Expressions", "LanguageModels", "Settings", "Store", "Subtitles",
        "ModelServer", systemPackage, log,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/LLMBenchmark"),
    .executableTarget(
      name: "MediaBenchmark",
      dependencies: [
        "Media", "Settings", "Subtitles", systemPackage, log,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/MediaBenchmark"),
    .executableTarget(
      name: "SubtitleBenchmark", dependencies: ["Subtitles"], path: "Benchmarks/SubtitleBenchmark"),
    .executableTarget(
      name: "LibraryBenchmark",
      dependencies: [
        "Library", "Settings", systemPackage, log,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/LibraryBenchmark"),
    .executableTarget(
      name: "StoreBenchmark",
      dependencies: [
        "Store", "Expressions", "Subtitles", systemPackage,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/StoreBenchmark"),
    .executableTarget(
      name: "LexiconEvaluation",
      dependencies: [
        "Lexicon", "Expressions", "Subtitles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/LexiconEvaluation"),

    // Tests
    .target(
      name: "ModelServer",
      dependencies: [
        "Expressions", systemPackage, log,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdHTTP2", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      path: "Tests/ModelServer"),
    .testTarget(
      name: "ModelServerTests",
      dependencies: [
        "ModelServer", "Expressions", systemPackage,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: ["vendor_clients.py", "vendor-clients-requirements.txt", "clients"]),
    .testTarget(
      name: "LanguageModelsTests",
      dependencies: [
        "LanguageModels", "ModelServer", "Expressions", "Settings", "Subtitles", systemPackage, log,
      ],
      exclude: ["HTTP/faulty_server.py", "Chat/Golden"]),
    .testTarget(name: "SubtitlesTests", dependencies: ["Subtitles"]),
    .testTarget(name: "SettingsTests", dependencies: ["Settings", "langflix", systemPackage]),
    .testTarget(
      name: "ExpressionsTests", dependencies: ["Expressions", "Subtitles"],
      exclude: ["Prompting/Golden"]),
    .testTarget(
      name: "LibraryTests",
      dependencies: ["Library", "Subtitles", "Settings", "CLinux", systemPackage, log]),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "Store", "Expressions", "Subtitles", systemPackage,
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Schemas"]),
    .testTarget(
      name: "MediaTests", dependencies: ["Media", "Settings", "Subtitles", systemPackage, log]),
    .testTarget(
      name: "NoticesTests", dependencies: ["Notices", "Expressions", "Settings", systemPackage]),
    .testTarget(name: "LexiconTests", dependencies: ["Lexicon", "Expressions", "Subtitles"]),
    .testTarget(
      name: "PublishingTests",
      dependencies: [
        "Publishing", "Expressions", "Subtitles", systemPackage,
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .testTarget(
      name: "AnkiTests",
      dependencies: ["Anki", systemPackage, .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(
      name: "ServiceTests", dependencies: ["ServiceHost", "Control", systemPackage, log, lifecycle]),
    .testTarget(
      name: "DashboardTests",
      dependencies: [
        "Dashboard", systemPackage, log, lifecycle,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Pipeline", "Control", "Expressions", "Library", "Media", "ModelServer", "Notices",
        "Publishing", "Settings", "Store", "Subtitles", systemPackage, log,
      ]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["langflix", "ModelServer", systemPackage],
      exclude: ["Recorded"]),
  ],
  swiftLanguageModes: [.v6]
)

// The image is built without the others' sources.
if Context.environment["LANGFLIX_PROGRAM_ONLY"] != nil {
  package.targets.removeAll {
    $0.type == .test || $0.path?.hasPrefix("Tests/") == true
      || $0.path?.hasPrefix("Benchmarks/") == true
  }
}

for target in package.targets where target.type != .system {
  var settings = target.swiftSettings ?? []
  settings.append(.enableUpcomingFeature("ExistentialAny"))
  settings.append(.enableUpcomingFeature("MemberImportVisibility"))
  // A newer compiler's new warning must not stop a user's build, so only CI is strict.
  if Context.environment["CI"] != nil {
    settings.append(.treatAllWarnings(as: .error))
  }
  target.swiftSettings = settings
}
