import Settings

/// A configuration that was read and is free of faults.
package struct NewConfiguration: Sendable {
  package var settings: LangflixSettings
  /// Every key and its value as it may be shown; secrets are not told.
  package var shown: [String: String]

  package init(settings: LangflixSettings, shown: [String: String]) {
    self.settings = settings
    self.shown = shown
  }

  /// Keys of which only a restart takes the new value: the store and its socket are open, and the stop has its time
  /// promised.
  static func isFixed(_ key: String) -> Bool {
    ["state_folder", "log.format", "shutdown_seconds", "clip.gallery", "clip.deck"].contains(key)
      || key.hasPrefix("dashboard.") || key.hasPrefix("health.")
  }

  /// These settings, but what can't change while the daemon runs as it was before.
  func settings(keepingFixedOf former: LangflixSettings) -> LangflixSettings {
    var settings = settings
    settings.stateFolder = former.stateFolder
    settings.log.format = former.log.format
    settings.shutdownLimit = former.shutdownLimit
    settings.dashboard = former.dashboard
    settings.health = former.health
    settings.clip.gallery = former.clip.gallery
    settings.clip.deck = former.clip.deck
    return settings
  }

  /// The names of the keys that differ, in order; of keys that are secret only that they do.
  func changes(since former: NewConfiguration) -> [String] {
    let keys = Set(shown.keys).union(former.shown.keys)
    var changed = keys.filter { shown[$0] != former.shown[$0] }
    let secrets = Dictionary(
      former.settings.extraction.providers.map { ($0.name, $0.apiKey) }, uniquingKeysWith: { $1 })
    for provider in settings.extraction.providers {
      if let secret = secrets[provider.name], secret != provider.apiKey {
        changed.insert("providers.\(provider.name).api_key")
      }
    }
    return changed.sorted()
  }
}
