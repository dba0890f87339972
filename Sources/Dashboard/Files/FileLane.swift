import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOPosix

/// Serves published files, whole or in part, reading on threads of its own.
struct FileLane: Sendable {
  let threads: NIOThreadPool

  private static let chunk = 256 << 10

  func response(_ file: PublishedFile, to request: Request) async throws -> Response {
    let opened = try await threads.runIfActive { OpenedFile(file) }
    guard let opened else { throw RequestProblem.notFound }
    var headers: HTTPFields = [
      .contentType: Self.type(of: file.name), .acceptRanges: "bytes", .eTag: opened.tag,
      // A clip that is cut anew keeps its name: browsers ask each time, and are told when theirs still is the one.
      .cacheControl: "private, no-cache",
    ]
    if request.headers[.ifNoneMatch] == opened.tag {
      return Response(status: .notModified, headers: headers)
    }
    let condition = request.headers[.ifRange]
    let wanted = condition == nil || condition == opened.tag ? request.headers[.range] : nil
    switch ByteRange(wanted, size: opened.size) {
    case .unsatisfiable:
      headers[.contentRange] = "bytes */\(opened.size)"
      return Response(status: .rangeNotSatisfiable, headers: headers)
    case .whole:
      return Response(
        status: .ok, headers: headers, body: body(opened, 0, opened.size))
    case .part(let range):
      headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(opened.size)"
      return Response(
        status: .partialContent, headers: headers,
        body: body(opened, range.lowerBound, range.upperBound - range.lowerBound + 1))
    }
  }

  /// One piece is in memory at a time: the next is read when the browser has taken this one.
  private func body(_ file: OpenedFile, _ start: Int64, _ count: Int64) -> ResponseBody {
    ResponseBody(contentLength: Int(count)) { [threads] writer in
      var offset = start
      let end = start + count
      while offset < end {
        let length = Int(min(Int64(Self.chunk), end - offset))
        let bytes = try await threads.runIfActive { [offset] in
          try file.read(length, at: offset)
        }
        // The length was promised: a file that has become shorter ends the connection.
        guard bytes.count == length else { throw ChannelError.inputClosed }
        try await writer.write(ByteBuffer(bytes: bytes))
        offset += Int64(length)
      }
      try await writer.finish(nil)
    }
  }

  /// By the endings that langflix itself gives; nothing else is ever taken for a page.
  static func type(of name: String) -> String {
    switch name.split(separator: ".").last?.lowercased() {
    case "mp4", "m4v": "video/mp4"
    case "mkv": "video/x-matroska"
    case "webm": "video/webm"
    case "m4a": "audio/mp4"
    case "mp3": "audio/mpeg"
    case "vtt": "text/vtt; charset=utf-8"
    case "srt": "text/plain; charset=utf-8"
    case "json": "application/json; charset=utf-8"
    case "jpg", "jpeg": "image/jpeg"
    default: "application/octet-stream"
    }
  }
}
