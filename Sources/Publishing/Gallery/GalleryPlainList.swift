/// The clips as plain links, for browsers that run no scripts.
enum GalleryPlainList {
  static func html(_ data: GalleryData) -> String {
    var lines: [String] = []
    for episode in data.episodes {
      if let href = episode.href { lines.append(link(href, episode.title)) }
      for group in episode.groups {
        guard let clip = group.clip else { continue }
        lines.append(
          link(
            clip, group.expressions.filter { !$0.also }.map(\.form).joined(separator: " · ")))
      }
    }
    lines += data.others.map { link($0.href, $0.title) }
    return "<ul>\n\(lines.joined())</ul>"
  }

  private static func link(_ href: String, _ text: String) -> String {
    "<li><a href=\"\(GalleryText.html(href))\" dir=\"auto\">\(GalleryText.html(text))</a></li>\n"
  }
}
