import Hummingbird
import HummingbirdCore

/// One request, read and checked as far as all of them are.
struct Call: Sendable {
  let request: Request
  /// The parts of the path, decoded.
  let path: [String]
  let query: FormFields
  let standing: AccessPolicy.Standing
  /// What a page's forms send along; nil where nothing can be changed.
  let session: Session?
  /// Whether the session is new and its cookie is still to be set.
  let isNewSession: Bool
  let address: String
  /// What pages are written in.
  let language: Language

  private static let bodyLimit = 64 << 10

  func body() async throws -> ByteBuffer {
    do {
      return try await request.body.collect(upTo: Self.bodyLimit)
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      throw RequestProblem(.contentTooLarge, .wrongBody)
    }
  }

  /// The fields of a form.
  func form() async throws -> FormFields {
    try FormFields(String(buffer: try await body()))
  }
}
