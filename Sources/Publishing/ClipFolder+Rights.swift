import Glibc
import SystemPackage

extension ClipFolder {
  /// Gives everything that is about to be published the group and the rights of the episode's folder, so that whoever
  /// may change episodes may change their clips too. Blocks.
  /// - Returns: what was refused first, in words; that is no failure: ZFS may refuse changes of rights, and a service
  ///   without privileges may not give files to any group.
  package func followFolder() -> String? {
    let shelf = path.removingLastComponent()
    var home = flatHome.removingLastComponent()
    while !Files.exists(home), home.components.count > 1 { home.removeLastComponent() }
    guard let model = Files.facts(of: home) else { return nil }
    var refusal: String?
    let own =
      [flatHome, shelf]
      + ((try? Files.names(in: shelf)) ?? [])
      .map { shelf.appending($0) }.filter { !Files.isFolder($0) }
    for file in own + Files.tree(workFolder) where refusal == nil {
      refusal = Self.follow(model, file, in: home)
    }
    return refusal
  }

  /// Gives a file beside the episodes' folders the group and the rights of the folder that it is in, as far as that is
  /// allowed. Blocks.
  package static func followFolder(_ file: FilePath) {
    let folder = file.removingLastComponent()
    if let model = Files.facts(of: folder) { _ = follow(model, file, in: folder) }
  }

  /// - Returns: what was refused.
  static func follow(_ model: stat, _ file: FilePath, in home: FilePath) -> String? {
    guard let facts = Files.facts(of: file), facts.st_uid == geteuid() else { return nil }
    let isFolder = facts.st_mode & S_IFMT == S_IFDIR
    guard isFolder || facts.st_mode & S_IFMT == S_IFREG else { return nil }
    if facts.st_gid != model.st_gid,
      file.withPlatformString({ lchown($0, facts.st_uid, model.st_gid) }) != 0
    {
      return
        "the group of \(home) (\(model.st_gid)) can't be given to them: \(Errno(rawValue: errno))"
    }
    let mode = isFolder ? model.st_mode & 0o2777 | 0o700 : model.st_mode & 0o666 | 0o600
    if facts.st_mode & 0o7777 != mode,
      file.withPlatformString({ fchmodat(AT_FDCWD, $0, mode, 0) }) != 0
    {
      return "the rights of \(home) can't be given to them: \(Errno(rawValue: errno))"
    }
    return nil
  }
}
