import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// JSON as the API writes it: snake_case, times in seconds since 1970.
enum JSONResponse {
  static func of(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    Response(
      status: status, headers: [.contentType: "application/json; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(bytes: try bytes(value))))
  }

  static func bytes(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(value)
  }

  static func problem(_ problem: RequestProblem) -> Response {
    var headers = problem.headers
    headers[.contentType] = "application/json; charset=utf-8"
    let body = (try? bytes(Problem(error: problem.message(in: .english)))) ?? Data()
    return Response(
      status: problem.status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }

  private struct Problem: Encodable { var error: String }
}
