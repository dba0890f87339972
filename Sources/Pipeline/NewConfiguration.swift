import Settings

/// A configuration that was read and is free of faults.
package struct NewConfiguration: Sendable {
  package var settings: LangflixSettings
  /// Every key, in the order of the reference, with its value as it may be shown; secrets are not told.
  package var shown: [ShownSetting]

  package init(settings: LangflixSettings, shown: [ShownSetting]) {
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

  /// These settings as they may be shown, but what can't change while the daemon runs as it was before.
  func shown(keepingFixedOf former: [ShownSetting]) -> [ShownSetting] {
    let fixed = former.filter { Self.isFixed($0.key) }
    var kept = Dictionary(fixed.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
    let entries = shown.compactMap { entry in
      Self.isFixed(entry.key) ? kept.removeValue(forKey: entry.key) : entry
    }
    // Of what the new configuration does not name at all, such as a token.
    return entries + fixed.filter { kept[$0.key] != nil }
  }

  /// The names of the keys that differ, in order; of keys that are secret only that they do.
  func changes(since former: NewConfiguration) -> [String] {
    let (new, old) = (values, former.values)
    var changed = Set(new.keys).union(old.keys).filter { new[$0] != old[$0] }
    let secrets = Dictionary(
      former.settings.extraction.providers.map { ($0.name, $0.apiKey) }, uniquingKeysWith: { $1 })
    for provider in settings.extraction.providers {
      if let secret = secrets[provider.name], secret != provider.apiKey {
        changed.insert("providers.\(provider.name).api_key")
      }
    }
    let others: [(key: String, differs: Bool)] = [
      ("notify.url", settings.notify.receivers != former.settings.notify.receivers),
      ("jellyfin.api_key", settings.jellyfin.key != former.settings.jellyfin.key),
      ("plex.token", settings.plex.key != former.settings.plex.key),
    ]
    changed.formUnion(others.filter(\.differs).map(\.key))
    return changed.sorted()
  }

  private var values: [String: String] {
    Dictionary(shown.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
  }
}
