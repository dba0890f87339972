import Settings
import SystemPackage

/// The configuration in force, with what `langflix config` shows of it.
package struct LoadedConfiguration: Sendable {
  package var settings: LangflixSettings
  /// Every key in force, in the order of the table, then the keys of each library, then those of
  /// each provider that is in use or that a source mentions.
  package var origins: [SettingOrigin]
  /// What was ignored and why, one line each.
  package var warnings: [String]
  /// What is wrong with the keys of providers in use, one line each; empty where keys are required.
  package var keyProblems: [String]
  /// The file that was read, if there was one.
  package var file: FilePath?
}

/// One value in force and where it comes from.
package struct SettingOrigin: Sendable, Equatable, Codable {
  /// Full dotted name: "selection.clips", "libraries.tv.path".
  package var key: String
  /// As it could be written in a file; "(hidden)" for a secret.
  package var value: String
  /// "default", "preset", "/etc/langflix/langflix.yaml:12", "LANGFLIX_MEDIA", "--state-folder",
  /// "as languages.source" for what a library takes from the top level, or where a secret was found:
  /// "/etc/langflix/gemini.key", "credential langflix.gemini.key".
  package var origin: String
}
