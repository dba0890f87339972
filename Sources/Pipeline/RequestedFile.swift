import Library
import SystemPackage

/// What a person may have meant by a path that is no episode. Blocks.
enum RequestedFile {
  /// Why the file can't be processed, with what to do instead; nil when it may be an episode.
  static func problem(with path: FilePath) -> String? {
    let type: FileType
    do {
      type = try path.stat().type
    } catch {
      return error == .permissionDenied
        ? "it can't be read: check its permissions" : "there is no such file: check the path"
    }
    if type == .directory {
      return
        "it is a folder: name an episode in it, or watch it with LANGFLIX_MEDIA and langflix serve"
    }
    guard type == .regular else { return "it is no ordinary file" }
    let suffix = path.extension?.lowercased() ?? ""
    if EpisodeFiles.subtitleExtensions.contains(suffix) {
      return "it holds subtitles: name the video, its subtitles are found beside it"
    }
    guard EpisodeFiles.videoExtensions.contains(suffix) else {
      return "it is not named like a video, such as .mkv or .mp4"
    }
    let folders = path.components.dropLast().map(\.string)
    if zip(folders, folders.dropFirst()).contains(where: { $0 == "Shorts" && $1 == "langflix" }) {
      return "it is one of langflix's own clips: name the episode that it was made of"
    }
    return nil
  }
}
