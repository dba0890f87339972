import SystemPackage

/// Who is told of new clips and of what is wrong, and when.
package struct NotifySettings: Sendable, Equatable {
  /// The file that holds the addresses, where one is named.
  package var urlFile: FilePath?
  package var receivers: [ReceiverAddress]
  /// Whether new clips are told; what is wrong always is.
  package var clips: Toggle
  /// How long news is gathered into one message.
  package var gather: Duration
  /// How long nothing may move before that is told.
  package var standstill: Duration
  /// Certificates to trust besides the system's, for receivers and media servers.
  package var caFile: FilePath?

  package init(
    urlFile: FilePath? = nil, receivers: [ReceiverAddress] = [], clips: Toggle = .on,
    gather: Duration = .seconds(60), standstill: Duration = .seconds(6 * 3_600),
    caFile: FilePath? = nil
  ) {
    self.urlFile = urlFile
    self.receivers = receivers
    self.clips = clips
    self.gather = gather
    self.standstill = standstill
    self.caFile = caFile
  }
}

/// A Jellyfin or Plex server that looks for new clips when it is told to.
package struct MediaServerSettings: Sendable, Equatable {
  /// Without a slash at its end; nil for no server.
  package var url: String?
  package var keyFile: FilePath?
  package var key: Secret?
  package var folders: [FolderName]

  package init(
    url: String? = nil, keyFile: FilePath? = nil, key: Secret? = nil, folders: [FolderName] = []
  ) {
    self.url = url
    self.keyFile = keyFile
    self.key = key
    self.folders = folders
  }
}

/// A folder of ours and what a media server calls it, written "/media=/data/tv".
package struct FolderName: Sendable, Equatable, CustomStringConvertible {
  package var ours: FilePath
  package var theirs: String

  package init(ours: FilePath, theirs: String) {
    self.ours = ours
    self.theirs = theirs
  }

  /// Nil for what is no pair of absolute paths; the server's may be one of Windows.
  package init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let ours = SettingKey<Void>.absolutePath(String(parts[0])) else {
      return nil
    }
    var theirs = parts[1]
    while theirs.count > 1, theirs.last == "/" || theirs.last == "\\" { theirs.removeLast() }
    let isWindows = theirs.dropFirst().hasPrefix(":\\") || theirs.hasPrefix("\\\\")
    guard theirs.hasPrefix("/") || isWindows, !theirs.contains("\0") else { return nil }
    self.init(ours: ours, theirs: String(theirs))
  }

  package var description: String { "\(ours)=\(theirs)" }
}
