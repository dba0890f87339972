import Foundation
import Glibc
import Lexicon
import Settings
import Store
import SystemPackage

/// Looks at everything that langflix needs, and says how to mend what is not right.
package struct Doctor: Sendable {
  package struct Finding: Sendable, Codable, Equatable {
    package enum Verdict: String, Sendable, Codable { case good, warning, bad }
    package var verdict: Verdict
    package var subject: String
    package var detail: String
    package var mend: String?

    /// The daemon may be there, but can't be asked.
    package init(unreachableDaemon reason: String) {
      self.init(verdict: .bad, subject: "daemon", detail: reason, mend: nil)
    }

    init(verdict: Verdict, subject: String, detail: String, mend: String?) {
      self.verdict = verdict
      self.subject = subject
      self.detail = detail
      self.mend = mend
    }
  }

  let settings: LangflixSettings
  private let daemonIsRunning: Bool

  package init(settings: LangflixSettings, daemonIsRunning: Bool) {
    self.settings = settings
    self.daemonIsRunning = daemonIsRunning
  }

  /// Looks at the disk and runs programs, on a queue of its own.
  package func examine() async -> [Finding] {
    let findings = try? await BlockingQueue(label: "langflix.doctor").run {
      settings.libraries.flatMap(library)
        + [
          libraries(), clipFolder(), database(),
          space(at: settings.stateFolder, for: "state folder"), ffmpeg(),
        ].compactMap { $0 } + inotify() + providers()
    }
    return (findings ?? []) + (await wordNet())
  }

  // MARK: - Libraries

  private func libraries() -> Finding? {
    guard settings.libraries.isEmpty else { return nil }
    return bad(
      "libraries", "none is configured",
      "set LANGFLIX_MEDIA=/folder, or list folders under libraries in langflix.yaml")
  }

  /// There is no sensible guess of what a person reads.
  private func target(of library: LibrarySettings) -> Finding? {
    guard library.languages.target == nil else { return nil }
    return Finding(
      verdict: .warning, subject: "library \(library.name)",
      detail:
        "the language that you read is not set: clips have one language, and explanations are in it too",
      mend: "set languages.target, such as LANGFLIX_LANGUAGES_TARGET=de")
  }

  private func library(_ library: LibrarySettings) -> [Finding] {
    let subject = "library \(library.name)"
    let root = library.root
    guard Self.isFolder(root) else {
      return [bad(subject, "\(root) is no folder", "create or mount it, or correct its path")]
    }
    guard Self.may(root, R_OK | X_OK) else {
      return [
        bad(subject, "\(root) may not be read", "give langflix's user read permission on it")
      ]
    }
    return [
      writing(root, subject), target(of: library),
      space(at: root, for: subject, keeping: library.minFree), fileSystem(of: library),
    ].compactMap { $0 }
  }

  private func writing(_ root: FilePath, _ subject: String) -> Finding {
    if settings.clip.layout == .root { return good(subject, "\(root) can be read") }
    guard !Self.may(root, W_OK) else { return good(subject, "\(root) can be read and written") }
    return Finding(
      verdict: .warning, subject: subject, detail: "this user can't write into \(root) itself",
      mend:
        "clips go beside the episodes: the folders of the episodes must be writable for langflix's user"
    )
  }

  /// Where clips go in the layout `root`.
  private func clipFolder() -> Finding? {
    guard settings.clip.layout == .root, let folder = settings.clip.rootFolder else { return nil }
    guard Self.isFolder(folder) else {
      return Finding(
        verdict: .warning, subject: "clip folder", detail: "\(folder) is no folder yet",
        mend: "create or mount it, writable for langflix's user")
    }
    return Self.may(folder, W_OK | X_OK)
      ? good("clip folder", "\(folder) can be written")
      : bad(
        "clip folder", "this user can't write into \(folder)",
        "give langflix's user write permission on it")
  }

  private func space(
    at path: FilePath, for subject: String, keeping minFree: Int64 = 0
  ) -> Finding? {
    guard let free = DiskSpace.free(at: path) else { return nil }
    let text = "\(free / 1_000_000) MB free"
    if free < minFree {
      return Finding(
        verdict: .warning, subject: subject, detail: "\(text), less than min_free_mib keeps",
        mend: "no clips are cut: free some space, or lower libraries.NAME.min_free_mib")
    }
    return free < 1_000_000_000
      ? Finding(
        verdict: .warning, subject: subject, detail: text,
        mend: "an episode's clips take up to 6 % of its size: free some space")
      : good(subject, text)
  }

  // MARK: - Programs and files

  private func database() -> Finding {
    if daemonIsRunning { return good("store", "the running daemon has it open") }
    do {
      let folder = settings.stateFolder
      try StateFolder.make(folder)
      try EpisodeStore(folder: folder, allowsRemote: settings.stateOnNetwork == .allow).close()
      return good("store", "\(folder) can be opened")
    } catch {
      return bad("store", "\(error)", nil)
    }
  }

  private func ffmpeg() -> Finding {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { FilePath(String($0)).appending("ffmpeg") }
      .first { Self.may($0, X_OK) }
    if let found { return good("ffmpeg", "\(found)") }
    return Finding(
      verdict: .warning, subject: "ffmpeg", detail: "the program is not installed",
      mend: "clips that can't be copied are re-encoded by it: apt-get install ffmpeg")
  }

  private func providers() -> [Finding] {
    if settings.extraction.providers.isEmpty {
      return [good("provider", "lexicon: offline, needs no key, costs nothing")]
    }
    return settings.extraction.providers.map { provider in
      let subject = "provider \(provider.name)"
      let detail = "\(provider.kind.rawValue) at \(provider.baseURL), model \(provider.model)"
      if provider.needsKey, provider.apiKey == nil {
        return Finding(
          verdict: .warning, subject: subject, detail: "\(detail); no key can be read here",
          mend:
            "fine if the daemon can read it: langflix llm check; docs/providers.md lists the places"
        )
      }
      return Finding(
        verdict: .good, subject: subject, detail: detail,
        mend: "to try it with one small request: langflix llm check")
    }
  }

  private func wordNet() async -> [Finding] {
    let needed = settings.extraction.providers.isEmpty || settings.extraction.fallsBackToLexicon
    guard needed else { return [] }
    do {
      let lexicon = try await LexiconExtractor(folder: settings.extraction.lexicon.folder.string)
      let strange = Set(
        (settings.libraries.map(\.languages.source) + [settings.languages.source])
          .filter { !lexicon.supports(sourceLanguage: $0) })
      guard strange.isEmpty || !settings.extraction.providers.isEmpty else {
        return [
          Finding(
            verdict: .warning, subject: "lexicon",
            detail: "it knows no \(strange.sorted().joined(separator: ", "))",
            mend: "episodes in that language wait for a provider: set extraction.provider")
        ]
      }
      return [good("lexicon", "WordNet in \(settings.extraction.lexicon.folder)")]
    } catch {
      return [bad("lexicon", "\(error)", nil)]
    }
  }

  // MARK: - Helpers

  private func good(_ subject: String, _ detail: String) -> Finding {
    Finding(verdict: .good, subject: subject, detail: detail, mend: nil)
  }

  private func bad(_ subject: String, _ detail: String, _ mend: String?) -> Finding {
    Finding(verdict: .bad, subject: subject, detail: detail, mend: mend)
  }

  private static func may(_ path: FilePath, _ mode: Int32) -> Bool {
    path.withPlatformString { access($0, mode) } == 0
  }

  private static func isFolder(_ path: FilePath) -> Bool {
    (try? path.stat())?.type == .directory
  }
}
