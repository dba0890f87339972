import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The same as the pages, as JSON under `/api/v1`. `docs/openapi.yaml` describes it.
struct APIHandlers: Sendable {
  let source: any DashboardSource
  let gate: Gate

  var routes: [Route] { reading + changing }

  private var reading: [Route] {
    [
      Route(.get, "/api/v1/overview") { call in
        try call.query.expect(only: [])
        return try JSONResponse.of(try await source.overview())
      },
      Route(.get, "/api/v1/episodes") { call in
        let query = try Queries.episodes(call.query, isForm: false)
        return try JSONResponse.of(try await source.episodes(query))
      },
      Route(.get, "/api/v1/episodes/#") { call in
        try call.query.expect(only: [])
        guard let id = Route.number(call.path[3]), let detail = try await source.episode(id)
        else { throw RequestProblem(.notFound, .noEpisode) }
        return try JSONResponse.of(detail)
      },
      Route(.get, "/api/v1/history") { call in
        try call.query.expect(only: ["limit", "offset"])
        return try JSONResponse.of(try await source.history(try call.query.range()))
      },
      Route(.get, "/api/v1/expressions") { call in
        let query = try Queries.search(call.query, isForm: false)
        return try JSONResponse.of(try await source.search(query))
      },
      Route(.get, "/api/v1/settings") { call in
        try call.query.expect(only: [])
        return try JSONResponse.of(Settings(settings: await source.settings()))
      },
      Route(.get, "/api/v1/session") { call in
        try call.query.expect(only: [])
        return try JSONResponse.of(
          SessionReport(
            canChange: call.standing == .program || call.session != nil,
            csrfToken: call.session?.csrfToken))
      },
    ]
  }

  private var changing: [Route] {
    [
      Route(.post, "/api/v1/retry") { call in
        try await check(call)
        return try JSONResponse.of(Retried(episodes: try await source.retry(nil)))
      },
      Route(.post, "/api/v1/episodes/#/retry") { call in
        try await check(call)
        let id = Route.number(call.path[3])
        return try JSONResponse.of(Retried(episodes: try await source.retry(id)))
      },
      Route(.post, "/api/v1/pause") { call in
        try await check(call)
        let wish = try Self.pauseWish(try await call.body())
        return try JSONResponse.of(try await source.pause(backlogOnly: wish.backlogOnly ?? false))
      },
      Route(.post, "/api/v1/resume") { call in
        try await check(call)
        return try JSONResponse.of(try await source.resume())
      },
      Route(.post, "/api/v1/libraries/:/known") { call in
        try await check(call)
        let wish = try Self.wish(try await call.body())
        let hasChanged = try await source.know(
          wish.phrase, isKnown: wish.known ?? true, library: call.path[3])
        return try JSONResponse.of(Known(isChanged: hasChanged))
      },
    ]
  }

  private func check(_ call: Call) async throws {
    try call.query.expect(only: [])
    try gate.checkChange(call, csrfToken: nil)
  }

  private struct Wish: Decodable {
    var phrase: String
    var known: Bool?
  }

  /// Most characters of a phrase, as in `known.txt`.
  private static let phraseLimit = 200

  private static func wish(_ body: ByteBuffer) throws(RequestProblem) -> Wish {
    guard let wish = try? JSONDecoder().decode(Wish.self, from: Data(body.readableBytesView)) else {
      throw RequestProblem(.badRequest, .noPhraseGiven)
    }
    guard 1...phraseLimit ~= wish.phrase.unicodeScalars.count,
      !wish.phrase.contains(where: \.isNewline), !wish.phrase.utf8.contains(0)
    else {
      throw RequestProblem(.badRequest, .wrongPhrase, ["most": "\(phraseLimit)"])
    }
    return wish
  }

  private struct PauseWish: Decodable {
    var backlogOnly: Bool?

    enum CodingKeys: String, CodingKey { case backlogOnly = "backlog_only" }
  }

  private static func pauseWish(_ body: ByteBuffer) throws(RequestProblem) -> PauseWish {
    guard body.readableBytes > 0 else { return PauseWish() }
    guard let wish = try? JSONDecoder().decode(PauseWish.self, from: Data(body.readableBytesView))
    else { throw RequestProblem(.badRequest, .wrongPause) }
    return wish
  }

  private struct Settings: Encodable { var settings: [SettingEntry] }
  private struct Retried: Encodable { var episodes: Int }
  private struct Known: Encodable { var isChanged: Bool }
  private struct SessionReport: Encodable {
    var canChange: Bool
    var csrfToken: String?
  }
}
