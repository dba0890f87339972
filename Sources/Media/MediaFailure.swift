/// Why media could not be read, or a clip not be made.
package struct MediaFailure: Error, Sendable, Codable, Hashable {
  package enum Kind: String, Sendable, Codable, Hashable {
    /// The file system refuses the source: missing, no permission, or a read error.
    case unreadable
    /// Not a video container that is read here.
    case notMedia
    /// It ends before it should; perhaps it is still being copied.
    case truncated
    /// A container without a moving picture.
    case noVideo
    /// The worker used up its time.
    case timedOut
    /// The worker was ended by a signal.
    case crashed
    /// The folder for the clips can't be written.
    case outputUnwritable
    case diskFull
    /// The calling task was cancelled.
    case cancelled
    case internalError
  }

  package var kind: Kind
  /// Plain words: what failed, and how to mend it.
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
