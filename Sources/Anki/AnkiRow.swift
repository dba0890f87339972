import SystemPackage

/// A note as the collection's tables keep it, with the media that it names.
package struct AnkiRow {
  var guid: String
  var fields: [String]
  var tags: String
  /// Seconds since 1970: when its content last changed.
  var modified: Int64
  package var media: [Medium]

  /// A file that the note names. Its content is read again when it is written: a season's are too much to hold.
  package struct Medium: Sendable {
    package var name: String
    var file: FilePath
    var checksum: UInt32
  }

  /// - Throws: `AnkiError` for media that can't be read.
  package init(_ note: AnkiNote, modified: Int64) throws(AnkiError) {
    let guid = AnkiIdentity.guid(note.identity)
    self.guid = guid
    self.modified = modified
    tags = note.tags.isEmpty ? "" : " \(note.tags.map(Self.tag).joined(separator: " ")) "
    var media: [Medium] = []
    func add(_ file: FilePath?, ending: String) throws(AnkiError) -> String? {
      guard let file else { return nil }
      let checksum = ZipWriter.checksum(try MediaBytes.read(file))
      // Other content, another name: a learner's collection keeps the first file that has a name.
      let mark = String(checksum, radix: 16)
      let name = "langflix-\(guid)-\(mark).\(file.extension?.lowercased() ?? ending)"
      media.append(Medium(name: name, file: file, checksum: checksum))
      return name
    }
    let sound = try add(note.sound, ending: "m4a")
    let picture = try add(note.picture, ending: "jpg")
    let clip = try add(note.clip, ending: "mp4")
    self.media = media
    let inField = (
      sound: sound.map { "[sound:\($0)]" } ?? "",
      picture: picture.map { "<img src=\"\($0)\" alt=\"\">" } ?? "",
      clip: clip.map { "[sound:\($0)]" } ?? ""
    )
    fields = [
      note.expression.html, note.dictionaryForm.html, note.meaning.html, note.translation.html,
      note.literalMeaning.html, note.sentence.html, note.sentenceTranslation.html, inField.sound,
      inField.picture, inField.clip, note.register.html, note.level.html, note.similar.html,
      note.usageNote.html, note.series.html, note.episode.html, note.time.html,
    ]
  }

  /// What tells whether its content is the same.
  var content: String { fields.joined(separator: "\u{1f}") + "\u{1f}" + tags }

  /// Anki's tags end at white space and nest at "::".
  private static func tag(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
            || scalar == "\"" ? "_" : scalar
        }))
  }
}
