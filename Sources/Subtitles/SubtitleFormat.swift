/// The text subtitle formats that are read.
package enum SubtitleFormat: String, Sendable, Codable {
  case subRip = "srt"
  case webVTT = "vtt"
  /// Also its older form, SSA.
  case ass = "ass"
  case sami = "smi"
  case microDVD = "sub"
}
