import Foundation
import Settings
import SystemPackage

extension ConfigurationEntry {
  /// The entry with its path made absolute, or the problem with its value.
  func checked(_ places: ConfigurationPlaces) -> Result<ConfigurationEntry, ConfigurationError> {
    if key.first == "libraries" {
      var scratch = LibrarySettings(name: key[1], root: "/")
      let inner = key.dropFirst(2).joined(separator: ".")
      return checked(SettingKeys.library.first { $0.name == inner }, &scratch, places)
    }
    if key.first == "providers" {
      var scratch = ProviderSettings(name: key[1], kind: .openai)
      let inner = key.dropFirst(2).joined(separator: ".")
      return checked(SettingKeys.provider.first { $0.name == inner }, &scratch, places) {
        // A zone that nobody knows would make the provider's day end at some other hour.
        inner != "day_time_zone" || TimeZone(identifier: $0.dayTimeZone) != nil
      }
    }
    var scratch = LangflixSettings(stateFolder: "/")
    let name = key.joined(separator: ".")
    return checked(SettingKeys.top.first { $0.name == name }, &scratch, places)
  }

  private func checked<Owner>(
    _ setting: SettingKey<Owner>?, _ scratch: inout Owner, _ places: ConfigurationPlaces,
    isPossible: (Owner) -> Bool = { _ in true }
  ) -> Result<ConfigurationEntry, ConfigurationError> {
    guard let setting else { preconditionFailure("every entry has a key of the table: \(key)") }
    var entry = self
    if setting.form == .path || setting.form == .optionalPath && value.texts != ["none"],
      case .text(let text) = value
    {
      guard let path = places.absolute(text, from: baseFolder) else {
        return .failure(problem(setting, hint: homeHint(text, places)))
      }
      entry.value = .text(path.string)
    }
    guard setting.write(&scratch, entry.value.texts), isPossible(scratch) else {
      return .failure(problem(setting, hint: ""))
    }
    return .success(entry)
  }

  /// Relative paths in a file start at its folder, others at the working directory.
  private var baseFolder: FilePath? {
    guard case .file(let path, _) = source else { return nil }
    return path.removingLastComponent()
  }

  private func homeHint(_ text: String, _ places: ConfigurationPlaces) -> String {
    text.hasPrefix("~") && places.home == nil ? " (HOME is not set, so ~ has no meaning)" : ""
  }

  private func problem<Owner>(_ setting: SettingKey<Owner>, hint: String) -> ConfigurationError {
    let name = key.joined(separator: ".")
    let text = value.texts.joined(separator: ", ")
    // An address with a name or a query may hold a password or a key.
    let isSecret =
      setting.isSecret || text.contains("://") && text.contains { "@?".contains($0) }
    let shown = isSecret ? "the value" : ShownText.quoted(text)
    return ConfigurationFile.problem(
      "\(source): \(name): \(shown) is not allowed; give \(setting.allowed)\(hint)")
  }
}
