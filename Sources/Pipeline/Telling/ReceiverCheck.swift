import Control
import LanguageModels
import Notices
import Settings
import SystemPackage

/// Tries everybody who is told: sends receivers a test message, and asks media servers what they know.
package struct ReceiverCheck: Sendable {
  private let settings: LangflixSettings

  package init(settings: LangflixSettings) { self.settings = settings }

  /// All at once; takes as long as the slowest, 15 s at most.
  package func run() async -> [ReceiverCheckResult] {
    let client = Messenger.client(settings.notify)
    defer { client.close() }
    let messenger = Messenger(transport: client)
    return await withTaskGroup(of: (Int, ReceiverCheckResult).self) { group in
      for (index, member) in Audience(settings).members.enumerated() {
        group.addTask { (index, await check(member, messenger)) }
      }
      var results: [(Int, ReceiverCheckResult)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func check(
    _ member: Audience.Member, _ messenger: Messenger
  ) async -> ReceiverCheckResult {
    var result = ReceiverCheckResult(
      name: member.name, server: member.place, succeeded: true, text: "")
    do {
      switch member {
      case .receiver(let receiver):
        try await messenger.tell(receiver, .test(at: EpisodeSteps.now, times: .here))
        result.text = "a test message was taken"
      case .server(let server):
        let shelves = try await messenger.shelves(of: server)
        result.text = "reached; it knows \(shelves.count) folder\(shelves.count == 1 ? "" : "s")"
        result.notes = notes(on: shelves, of: server)
      }
    } catch {
      result.succeeded = false
      result.text = "\(error)"
    }
    return result
  }

  /// Libraries that the server would have to look through everything for.
  private func notes(on shelves: [MediaServer.Shelf], of server: MediaServer) -> [String] {
    settings.libraries.compactMap { library in
      let name = server.theirName(of: library.root)
      let isKnown =
        server.shelf(holding: name, of: shelves) != nil
        || shelves.contains { FilePath($0.path).starts(with: FilePath(name)) }
      guard !isKnown else { return nil }
      return """
        it knows no folder \(name) (library \(library.name)): all its libraries are looked through for new clips; if \
        it calls that folder something else, say so in \(server.kind.rawValue).folders: ["\(library.root)=/its/name"]
        """
    }
  }
}
