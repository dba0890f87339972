import CLibAV
import Glibc

/// A libav return code that says no, in the library's words and ours.
struct LibAVError: Error {
  var code: Int32
  /// What was being done, as in "can't … : reason".
  var action: String

  /// The funnel of all libav return codes: passes what is not negative.
  @discardableResult
  static func check(_ code: Int32, _ action: @autoclosure () -> String) throws(LibAVError) -> Int32
  {
    guard code < 0 else { return code }
    throw LibAVError(code: code, action: action())
  }

  /// Allocations that failed; Swift's own would have trapped.
  static func memory<Value>(_ value: Value?) throws(LibAVError) -> Value {
    guard let value else { throw LibAVError(code: -ENOMEM, action: "reserve memory") }
    return value
  }

  /// Zero for an error of libav's own.
  var systemError: Int32 { lfErrno(code) }

  var description: String {
    var buffer = [CChar](repeating: 0, count: 128)
    av_strerror(code, &buffer, buffer.count)
    let words = String(
      decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return "can't \(action): \(words.prefix(1).lowercased() + words.dropFirst())"
  }
}

extension MediaFailure {
  /// Of a read of the source.
  init(reading error: LibAVError) {
    switch error.systemError {
    case ENOMEM:
      self.init(
        .internalError,
        "\(error.description); raise the media worker's memory limit if the file is sound")
    case EINVAL, 0:
      self.init(.notMedia, "\(error.description); it is damaged or not a video")
    case EACCES, EPERM:
      self.init(.unreadable, "\(error.description); let langflix's user read it")
    default:
      self.init(.unreadable, "\(error.description); check the disk and the file's permissions")
    }
  }

  /// Of a write into the clips' folder; nil when the folder is not to blame.
  init?(writing error: LibAVError) {
    switch error.systemError {
    case ENOSPC, EDQUOT:
      self.init(.diskFull, "\(error.description); make room, or raise the quota, for the clips")
    case EROFS, EACCES, EPERM, ENOENT, ENOTDIR:
      self.init(
        .outputUnwritable, "\(error.description); let langflix's user write into that folder")
    default: return nil
    }
  }
}
