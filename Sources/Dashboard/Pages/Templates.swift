import Mustache

/// The pages' templates, parsed once for each language. Each of them escapes what it shows as `HTMLEscaping` does.
enum Templates {
  private static let libraries: [Language: MustacheLibrary] = {
    MustacheContentTypes.register(HTMLEscaping(), named: HTMLEscaping.name)
    return Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, library($0)) })
  }()

  private static func library(_ language: Language) -> MustacheLibrary {
    var library = MustacheLibrary()
    for (name, bytes) in sources {
      let text = Words.translate(String(decoding: bytes, as: UTF8.self), language)
      do {
        try library.register("{{% CONTENT_TYPE: \(HTMLEscaping.name)}}" + text, named: name)
      } catch {
        preconditionFailure("the template \(name) is wrong: \(error)")
      }
    }
    return library
  }

  static func render(_ name: String, _ values: [String: Any], _ language: Language) -> String {
    guard let text = libraries[language]?.render(values, withTemplate: name) else {
      preconditionFailure("there is no template \(name)")
    }
    return text
  }

  /// Every template by its name; partials are called by it too.
  static let sources: [(name: String, bytes: [UInt8])] = [
    ("layout", PackageResources.layout_mustache),
    ("home", PackageResources.home_mustache),
    ("pause", PackageResources.pause_mustache),
    ("queue", PackageResources.queue_mustache),
    ("finished", PackageResources.finished_mustache),
    ("counts", PackageResources.counts_mustache),
    ("providers", PackageResources.providers_mustache),
    ("libraries", PackageResources.libraries_mustache),
    ("budget", PackageResources.budget_mustache),
    ("episodes", PackageResources.episodes_mustache),
    ("episode", PackageResources.episode_mustache),
    ("failures", PackageResources.failures_mustache),
    ("history", PackageResources.history_mustache),
    ("search", PackageResources.search_mustache),
    ("settings", PackageResources.settings_mustache),
    ("signin", PackageResources.signin_mustache),
    ("problem", PackageResources.problem_mustache),
    ("pager", PackageResources.pager_mustache),
  ]
}
