import Settings
import Subtitles
import SystemPackage

/// Fills the settings from what the sources say, and checks what concerns several keys at once.
struct SettingsBuilder {
  var settings: LangflixSettings
  var origins: [SettingOrigin] = []
  /// What is odd but stops nothing, one line each.
  var warnings: [String] = []
  /// What is wrong with the keys of providers in use, one line each.
  var keyProblems: [String] = []
  let resolver: ConfigurationResolver
  private let hasStateFolder: Bool

  /// - Parameter stateFolder: the default; nil where there is none.
  init(resolver: ConfigurationResolver, stateFolder: FilePath?) {
    self.resolver = resolver
    hasStateFolder = stateFolder != nil
    settings = LangflixSettings(stateFolder: stateFolder ?? "/")
  }

  /// - Parameters:
  ///   - libraries: the names that the file lists, with their lines.
  ///   - problems: those found before, to which this adds its own. Values that were refused are
  ///     missing here, so what compares two keys is checked only where there were none.
  mutating func build(
    libraries: [(name: String, line: Int)], file: FilePath?, wrongSoFar problems: inout [String]
  ) {
    var top = settings
    for key in SettingKeys.top { fill(&top, key, prefix: [], whenUnset: { _ in "default" }) }
    settings = top
    let wereProblems = !problems.isEmpty
    let hasMedia = resolver.value(of: ConfigurationEntry.mediaKey, form: .path) != nil
    let names = Set(libraries.map(\.name) + (hasMedia ? [SettingKeys.mediaName] : []))
    for name in names.sorted() {
      let line = libraries.first { $0.name == name }?.line
      addLibrary(name) {
        guard !wereProblems, let line, let file else { return }
        let place = ConfigurationEntry.Source.file(file, line: line)
        problems.append("\(place): libraries.\(name).path: it is missing; give the folder to watch")
      }
    }
    guard problems.isEmpty else { return }
    if !hasStateFolder, origin("state_folder") == "default" {
      problems.append(
        """
        state_folder: no default, since none of STATE_DIRECTORY, XDG_STATE_HOME and HOME is set; \
        set LANGFLIX_STATE_FOLDER
        """)
    }
    problems +=
      contextProblems() + layoutProblems() + charsetProblems()
      + FolderOverlaps(settings).problems(origin)
  }

  private mutating func addLibrary(_ name: String, withoutPath: () -> Void) {
    let prefix = ["libraries", name]
    guard resolver.value(of: prefix + ["path"], form: .path) != nil else { return withoutPath() }
    var library = LibrarySettings(
      name: name, root: "/", languages: settings.languages, backlog: settings.backlog,
      subtitles: settings.subtitles)
    for key in SettingKeys.library {
      fill(
        &library, key, prefix: prefix,
        whenUnset: { name in
          SettingKeys.top.contains { $0.name == name } ? "as \(name)" : "default"
        })
    }
    settings.libraries.append(library)
  }

  mutating func fill<Owner>(
    _ owner: inout Owner, _ key: SettingKey<Owner>, prefix: [String],
    whenUnset: (String) -> String
  ) {
    let path = prefix + key.name.split(separator: ".").map { String($0) }
    var origin = whenUnset(key.name)
    if let (texts, source) = resolver.value(of: path, form: key.form) {
      let isWritten = key.write(&owner, texts)
      precondition(isWritten, "\(key.name) was checked before")
      origin = source.description
    }
    let shown =
      switch key.form {
      case .text, .path, .optionalPath: key.read(owner).joined()
      case .list: "[" + key.read(owner).map { ShownText.inYAML($0) }.joined(separator: ", ") + "]"
      }
    origins.append(
      SettingOrigin(
        key: path.joined(separator: "."), value: key.isSecret ? "(hidden)" : shown, origin: origin))
  }

  private func contextProblems() -> [String] {
    let least = "selection.context_min_seconds"
    let most = "selection.context_max_seconds"
    guard settings.selection.contextMinimum >= settings.selection.contextMaximum else { return [] }
    // What the user set is the place to mend; a default is not.
    let place = [least, most].map { origin($0) }.first { $0 != "default" } ?? "default"
    return [
      """
      \(place): \(least) is \(value(least)) (\(origin(least))) and must be less than \(most), \
      \(value(most)) (\(origin(most)))
      """
    ]
  }

  private func layoutProblems() -> [String] {
    guard settings.clip.layout == .root, settings.clip.rootFolder == nil else { return [] }
    return [
      """
      \(origin("clip.layout")): clip.layout is root, which needs a folder: set clip.root_folder
      """
    ]
  }

  private func charsetProblems() -> [String] {
    origins.filter { $0.key.hasSuffix("subtitles.charset") && $0.value != "auto" }
      .filter { !DecodedText.isCharset($0.value) }
      .map { entry in
        """
        \(entry.origin): \(entry.key): there is no charset '\(entry.value)'; give 'auto', or a name such as \
        'windows-1250' or 'CP949'
        """
      }
  }

  func origin(_ key: String) -> String {
    origins.first { $0.key == key }?.origin ?? "default"
  }

  private func value(_ key: String) -> String {
    origins.first { $0.key == key }?.value ?? ""
  }
}
