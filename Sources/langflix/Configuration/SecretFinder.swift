import SystemPackage

/// Looks for a secret: in the file that its settings name, in systemd's credentials, in its variables.
///
/// The first place that has something decides, also when what it has is no such secret.
struct SecretFinder {
  let environment: [String: String]

  struct File {
    let path: FilePath
    /// The key that names it, and where that was set.
    let key: String
    let source: String
  }

  struct Found {
    /// Without the end of its line; nil for what is longer than any secret.
    var text: String?
    /// The file, credential or variable.
    var origin: String
    var warning: String?

    fileprivate init(_ bytes: [UInt8], origin: String) {
      var line = bytes[...]
      while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
      text = line.count <= SecretFinder.mostBytes ? String(decoding: line, as: UTF8.self) : nil
      self.origin = origin
    }
  }

  private static let mostBytes = 16 << 10

  func find(
    in file: File?, credential: String, variables: [String]
  ) throws(ConfigurationError) -> Found? {
    if let file { return try find(in: file) }
    if let found = try find(credential: credential) { return found }
    for name in variables {
      guard let text = environment[name], !text.isEmpty else { continue }
      return Found(Array(text.utf8), origin: name)
    }
    return nil
  }

  private func find(in file: File) throws(ConfigurationError) -> Found {
    let shown = ShownText.plain(file.path.string)
    let what = "\(file.source): \(file.key)"
    guard let read = try read(file.path, what: what) else {
      throw ConfigurationFile.problem("\(what): the file \(shown) does not exist")
    }
    var found = Found(read.bytes, origin: shown)
    if read.isReadByOthers {
      found.warning =
        "\(file.key): others than its owner can read \(shown); run: chmod 600 \(shown)"
    }
    return found
  }

  private func find(credential name: String) throws(ConfigurationError) -> Found? {
    guard let folder = environment["CREDENTIALS_DIRECTORY"].map({ FilePath($0) }),
      folder.isAbsolute
    else { return nil }
    // systemd grants access by a list that shows as the group's mode, so the mode says nothing.
    return try read(folder.appending(name), what: "credential \(name)").map {
      Found($0.bytes, origin: "credential \(name)")
    }
  }

  /// Nil where there is no such file.
  private func read(_ path: FilePath, what: String) throws(ConfigurationError) -> BoundedFile? {
    let shown = ShownText.plain(path.string)
    do {
      return try BoundedFile(reading: path, limit: Self.mostBytes)
    } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
      return nil
    } catch Errno.permissionDenied {
      throw ConfigurationFile.problem(
        "\(what): no permission to read \(shown); let the user of langflix read it")
    } catch {
      throw ConfigurationFile.problem("\(what): \(shown) can't be read: \(error)")
    }
  }
}
