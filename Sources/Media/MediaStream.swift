/// One stream of a media file, as its container describes it.
package struct MediaStream: Sendable, Codable, Hashable {
  package enum Kind: String, Sendable, Codable, Hashable {
    case video, audio, subtitle, other
  }

  /// Position in the file, from 0.
  package var index: Int
  package var kind: Kind
  /// libavcodec's name.
  package var codec: String
  /// The tag as it stands in the file.
  package var language: String?
  package var title: String?
  package var isDefault: Bool
  package var isForced: Bool
  package var isHearingImpaired: Bool
  /// A cover picture, which is no video.
  package var isAttachedPicture: Bool
  package var width: Int?
  package var height: Int?
  package var channels: Int?

  package init(
    index: Int, kind: Kind, codec: String, language: String? = nil, title: String? = nil,
    isDefault: Bool = false, isForced: Bool = false, isHearingImpaired: Bool = false,
    isAttachedPicture: Bool = false, width: Int? = nil, height: Int? = nil, channels: Int? = nil
  ) {
    self.index = index
    self.kind = kind
    self.codec = codec
    self.language = language
    self.title = title
    self.isDefault = isDefault
    self.isForced = isForced
    self.isHearingImpaired = isHearingImpaired
    self.isAttachedPicture = isAttachedPicture
    self.width = width
    self.height = height
    self.channels = channels
  }
}
