import Settings
import SystemPackage

/// Looks for a provider's key: in the file that its settings name, in systemd's credentials, in the
/// provider's variable, and in the vendor's where the provider is at the vendor's own address.
///
/// The first place that has something decides, also when what it has is no key.
struct ProviderKeyFinder {
  let environment: [String: String]

  struct Key {
    /// The provider with its key.
    var provider: ProviderSettings
    /// The file, credential or variable.
    var origin: String
    var warning: String?
  }

  private static let mostBytes = 16 << 10

  /// - Parameter source: where `api_key_file` was set.
  func find(
    for provider: ProviderSettings, fileSetAt source: String
  ) throws(ConfigurationError) -> Key? {
    if let path = provider.apiKeyFile { return try read(path, for: provider, source) }
    if let key = try credential(of: provider) { return key }
    for name in variables(of: provider) {
      guard let text = environment[name], !text.isEmpty else { continue }
      return try key(Array(text.utf8), for: provider, origin: name)
    }
    return nil
  }

  /// The end of a message about a key that is missing: the ways to give it.
  func ways(for provider: ProviderSettings) -> String {
    let vendors = provider.vendorKeyVariables.joined(separator: " or ")
    let ways = [
      "in a file that providers.\(provider.name).api_key_file names",
      "in systemd's credential \(credentialName(of: provider))",
      "in the variable \(ownVariable(of: provider))",
    ]
    return (ways + (vendors.isEmpty ? [] : ["in \(vendors)"])).joined(separator: ", or ")
  }

  /// Whether a variable of its own holds a key for this provider.
  func hasVariable(forProvider name: String) -> Bool {
    environment[SettingKeys.variable(ofProvider: name, SettingKeys.apiKey)]?.isEmpty == false
  }

  private func variables(of provider: ProviderSettings) -> [String] {
    [ownVariable(of: provider)] + provider.vendorKeyVariables
  }

  private func ownVariable(of provider: ProviderSettings) -> String {
    SettingKeys.variable(ofProvider: provider.name, SettingKeys.apiKey)
  }

  private func credentialName(of provider: ProviderSettings) -> String {
    "langflix.\(provider.name).key"
  }

  private func read(
    _ path: FilePath, for provider: ProviderSettings, _ source: String
  ) throws(ConfigurationError) -> Key {
    let shown = ShownText.plain(path.string)
    let name = "providers.\(provider.name).api_key_file"
    do {
      let file = try BoundedFile(reading: path, limit: Self.mostBytes)
      var key = try key(file.bytes, for: provider, origin: shown)
      if file.isReadByOthers {
        key.warning = "\(name): others than its owner can read \(shown); run: chmod 600 \(shown)"
      }
      return key
    } catch let error as ConfigurationError {
      throw error
    } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
      throw ConfigurationFile.problem("\(source): \(name): the file \(shown) does not exist")
    } catch Errno.permissionDenied {
      throw ConfigurationFile.problem(
        "\(source): \(name): no permission to read \(shown); let the user of langflix read it")
    } catch {
      throw ConfigurationFile.problem("\(source): \(name): \(shown) can't be read: \(error)")
    }
  }

  private func credential(of provider: ProviderSettings) throws(ConfigurationError) -> Key? {
    guard let folder = environment["CREDENTIALS_DIRECTORY"].map({ FilePath($0) }),
      folder.isAbsolute
    else { return nil }
    let name = credentialName(of: provider)
    do {
      // systemd grants access by a list that shows as the group's mode, so the mode says nothing.
      let file = try BoundedFile(reading: folder.appending(name), limit: Self.mostBytes)
      return try key(file.bytes, for: provider, origin: "credential \(name)")
    } catch let error as ConfigurationError {
      throw error
    } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
      return nil
    } catch {
      throw ConfigurationFile.problem("credential \(name): it can't be read: \(error)")
    }
  }

  private func key(
    _ bytes: [UInt8], for provider: ProviderSettings, origin: String
  ) throws(ConfigurationError) -> Key {
    var line = bytes[...]
    while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
    var provider = provider
    guard line.count <= Self.mostBytes,
      SettingKeys.apiKey.write(&provider, [String(decoding: line, as: UTF8.self)])
    else {
      throw ConfigurationFile.problem(
        """
        \(origin): this is no key for the provider '\(provider.name)'; \
        give \(SettingKeys.apiKey.allowed), at most 16 KiB
        """)
    }
    return Key(provider: provider, origin: origin)
  }
}
