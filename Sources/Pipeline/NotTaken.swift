import Foundation
import Library
import Settings
import SystemPackage

/// Says why the watcher takes no file at a path, by the rules that it goes by itself. Blocks.
struct NotTaken: Sendable {
  let settings: LangflixSettings

  /// The rule of names that leaves a file out of its library, and the setting that changes it; nil when none does, or
  /// when it lies in no library.
  func byName(_ path: FilePath) -> String? {
    guard let library = settings.library(containing: path) else { return nil }
    let rules = IgnoreRules(include: library.include, exclude: library.exclude)
    guard let rule = rules.leavingOut(path, below: library.root) else { return nil }
    return Self.words(rule, library: library.name)
  }

  /// Why a file that no rule leaves out is not known, or not known yet, as far as one look tells it; nil when it should
  /// be.
  func yet(_ path: FilePath, now: Double) -> String? {
    guard settings.library(containing: path) != nil else {
      return """
        it lies in no library: langflix process FILE takes it once, and a folder is watched by libraries.NAME.path or \
        LANGFLIX_MEDIA
        """
    }
    guard let file = EpisodeFiles.observe(path) else {
      return "it can't be looked at: check its permissions, and those of its folder"
    }
    let settle = settings.watch.settle.seconds
    let age = now - Double(file.modified) / 1_000_000_000
    if (0..<settle).contains(age) {
      return """
        it changed \(Int(age)) s ago and is taken when it has stayed the same for \(String(format: "%g", settle)) s \
        (watch.settle_seconds)
        """
    }
    if file.sizeBytes == 0 { return "it is empty, as a file is that is about to be written" }
    if EpisodeFiles.hasHoles(path) {
      return
        "parts of it were never written, as in a download that goes on: it is taken when it is whole"
    }
    return nil
  }

  /// Why nothing is known of a file, in a line for the person who named it.
  func reason(_ path: FilePath, now: Double) -> String {
    let problem = RequestedFile.problem(with: path)
    guard FilePresence.of(path) == .there, (try? path.stat().type) == .regular else {
      return problem ?? "it is no ordinary file"
    }
    return byName(path) ?? problem ?? yet(path, now: now)
      ?? """
      nothing leaves it out: it is noticed while its library is watched (langflix status), and when it has stayed the \
      same for watch.settle_seconds
      """
  }

  static func words(_ rule: LeavingOut, library: String) -> String {
    let exclude = "libraries.\(library).exclude"
    return switch rule {
    case .hidden(let name): "\"\(name)\" is a hidden name, which is always left out: rename it"
    case .unfinished(let name):
      "\"\(name)\" is named like a download or a copy that is not whole, which is always left out: rename it when it is"
    case .recycleBin(let name): "\"\(name)\" is a recycle bin, which is always left out"
    case .system(let name):
      "\"\(name)\" is a folder of the storage system, which is always left out"
    case .clips(let name):
      "clips are written into folders named \"\(name)\", which are always left out"
    case .extra(let name):
      "its name is one of a sample, a trailer or another extra; \"!\(name)\" in \(exclude) takes it all the same"
    case .extras(let name):
      "\"\(name)\" is a folder of extras; \"!\(name)\" in \(exclude) takes what is in it all the same"
    case .excluded(let name, let pattern):
      "\"\(name)\" is left out by \"\(pattern)\" in \(exclude)"
    case .notIncluded: "no pattern in libraries.\(library).include matches it or a folder above it"
    case .amongSubtitles(let name):
      "videos in folders of subtitles, such as \"\(name)\", are always left out"
    case .notMedia: "it is not named like a video or a subtitle file, such as .mkv, .mp4 or .srt"
    }
  }
}
