import Expressions
import Settings
import SystemPackage

/// A media server that is told to look for new clips. It is first asked which folders it knows: where one of them holds
/// the clips, only that folder is looked through, else everything.
package struct MediaServer: Sendable {
  package enum Kind: String, Sendable, CaseIterable { case jellyfin, plex }

  package let kind: Kind
  package let url: String
  package let key: Secret
  package let folders: [FolderName]

  /// Nil where it is not set up.
  package init?(_ kind: Kind, _ settings: MediaServerSettings) {
    guard let url = settings.url, let key = settings.key else { return nil }
    self.kind = kind
    self.url = url
    self.key = key
    folders = settings.folders
  }

  package static func all(of settings: LangflixSettings) -> [MediaServer] {
    [MediaServer(.jellyfin, settings.jellyfin), MediaServer(.plex, settings.plex)].compactMap(
      \.self)
  }

  /// Host and port, which may be shown.
  package var server: String {
    String(url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? "")
  }

  // MARK: - What it knows

  package var question: Call {
    call("GET", kind == .jellyfin ? "/Library/VirtualFolders" : "/library/sections")
  }

  /// A folder that the server shows a library from.
  package struct Shelf: Sendable, Hashable {
    /// How the server names the library; nil where it need not be told.
    package var section: String?
    package var path: String

    package init(section: String?, path: String) {
      self.section = section
      self.path = path
    }
  }

  /// Reads the answer to `question`; nil for what is none.
  package func shelves(from json: JSONValue) -> [Shelf]? {
    switch kind {
    case .jellyfin:
      json.array?.flatMap { library in
        (library["Locations"]?.array ?? []).compactMap { location in
          location.string.map { Shelf(section: nil, path: $0) }
        }
      }
    case .plex:
      json["MediaContainer"].map { container in
        (container["Directory"]?.array ?? []).flatMap { section in
          (section["Location"]?.array ?? []).compactMap { location in
            location["path"]?.string.map { Shelf(section: section["key"]?.string, path: $0) }
          }
        }
      }
    }
  }

  /// What the server calls a folder of ours.
  package func theirName(of folder: FilePath) -> String {
    let best = folders.filter { folder.starts(with: $0.ours) }
      .max { $0.ours.components.count < $1.ours.components.count }
    guard let best else { return folder.string }
    let separator = best.theirs.contains("\\") ? "\\" : "/"
    let rest = folder.components.dropFirst(best.ours.components.count).map(\.string)
    let start = best.theirs == "/" ? "" : best.theirs
    return rest.isEmpty ? best.theirs : ([start] + rest).joined(separator: separator)
  }

  /// The shelf that holds a folder by its name there; the deepest wins.
  package func shelf(holding name: String, of shelves: [Shelf]) -> Shelf? {
    shelves.filter { Self.holds($0.path, name) }.max { $0.path.utf8.count < $1.path.utf8.count }
  }

  private static func holds(_ shelf: String, _ name: String) -> Bool {
    var shelf = shelf[...]
    while shelf.last == "/" || shelf.last == "\\" { shelf.removeLast() }
    guard name.hasPrefix(shelf) else { return false }
    let next = name.dropFirst(shelf.count).first
    return next == nil || next == "/" || next == "\\"
  }

  // MARK: - Having it look

  /// More folders than this at once are no less work than all.
  private static let mostFolders = 20

  package func refreshes(of folders: [FilePath], on shelves: [Shelf]) -> [Call] {
    let names = Set(folders.map(theirName)).sorted()
    let places = names.compactMap { name in
      shelf(holding: name, of: shelves).map { (name: name, section: $0.section) }
    }
    let isWhole = places.count < names.count || places.count > Self.mostFolders || places.isEmpty
    switch kind {
    case .jellyfin:
      guard !isWhole else { return [call("POST", "/Library/Refresh")] }
      let updates = places.map { place -> JSONValue in
        ["Path": .string(place.name), "UpdateType": "Modified"]
      }
      return [
        call("POST", "/Library/Media/Updated", body: ["Updates": .array(updates)])
      ]
    case .plex:
      guard !isWhole else { return [call("GET", "/library/sections/all/refresh")] }
      return places.map { place in
        call(
          "GET",
          "/library/sections/\(Self.encoded(place.section ?? "all"))/refresh?path=\(Self.encoded(place.name))"
        )
      }
    }
  }

  package func refusal(_ answer: CallAnswer) -> String {
    let mend =
      switch answer.status {
      case 300...399: Refusal.moved(answer)
      case 401, 403:
        kind == .jellyfin
          ? "make an API key under Dashboard, API Keys, and give it as jellyfin.api_key"
          : "give the token of the server's owner as plex.token"
      case 404: "check that \(kind.rawValue).url is the address of the server itself"
      case 500...: "look at that server's log"
      default: "check \(kind.rawValue).url"
      }
    return "\(server) answered with status \(answer.status); \(mend)"
  }

  private func call(_ method: String, _ path: String, body: JSONValue? = nil) -> Call {
    let credential =
      kind == .jellyfin
      ? (name: "Authorization", value: "MediaBrowser Token=\"\(key.value)\"")
      : (name: "X-Plex-Token", value: key.value)
    return Call(
      method, url + path, headers: [credential, (name: "Accept", value: "application/json")],
      body: body)
  }

  /// Percent-encoded, for a query.
  private static func encoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { result, byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
