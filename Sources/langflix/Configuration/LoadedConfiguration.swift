import Settings
import SystemPackage

/// The configuration in force, with what `langflix config` shows of it.
package struct LoadedConfiguration: Sendable {
  package var settings: LangflixSettings
  /// Every key in force, in the order of the table, then the keys of each library.
  package var origins: [SettingOrigin]
  /// What was ignored and why, one line each.
  package var warnings: [String]
  /// The file that was read, if there was one.
  package var file: FilePath?
}

/// One value in force and where it comes from.
package struct SettingOrigin: Sendable, Equatable, Codable {
  /// Full dotted name: "selection.clips", "libraries.tv.path".
  package var key: String
  /// As it could be written in a file; "(hidden)" for a secret.
  package var value: String
  /// "default", "/etc/langflix/langflix.yaml:12", "LANGFLIX_MEDIA", "--state-folder", or
  /// "as languages.source" for what a library takes from the top level.
  package var origin: String
}
