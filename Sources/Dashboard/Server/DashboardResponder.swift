import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging

/// Answers every request: host, path, access, then the route's handler.
struct DashboardResponder: HTTPResponder {
  private let routes: [Route]
  private let hosts: HostCheck
  private let gate: Gate
  private let pages: Pages
  private let logger: Logger

  init(
    source: any DashboardSource, options: DashboardOptions, feed: LiveFeed, files: FileLane,
    logger: Logger
  ) {
    let now: @Sendable () -> Double = { Date.now.timeIntervalSince1970 }
    let policy = AccessPolicy(token: options.token, isLoopback: options.isLoopback)
    hosts = HostCheck(
      listen: options.host, machine: options.machineName, hosts: options.hosts)
    gate = Gate(policy: policy, keys: SessionKeys(token: options.token, now: now), now: now)
    pages = Pages(policy: policy)
    self.logger = logger
    let assets = AssetHandlers()
    routes =
      assets.routes + LanguageHandlers().routes + SignInHandlers(gate: gate, pages: pages).routes
      + PageHandlers(source: source, pages: pages).routes
      + ActionHandlers(source: source, gate: gate).routes
      + APIHandlers(source: source, gate: gate).routes
      + LiveHandlers(feed: feed).routes
      + MetricsHandlers(source: source, feed: feed).routes
      + MediaHandlers(source: source, files: files).routes
  }

  func respond(to request: Request, context: Visitor) async throws -> Response {
    var call: Call?
    var response: Response
    do {
      response = try await answer(request, context, &call)
    } catch is CancellationError {
      throw CancellationError()
    } catch let problem as RequestProblem {
      response = refuse(problem, request, call)
    } catch let refusal as DashboardRefusal {
      let status: HTTPResponse.Status = refusal.kind == .unknown ? .notFound : .conflict
      response = refuse(RequestProblem(status, given: refusal.description), request, call)
    } catch {
      logger.error(
        "a request of the dashboard failed",
        metadata: ["path": "\(request.uri.path)", "reason": "\(error)"])
      response = refuse(RequestProblem(.internalServerError, .internalFailure), request, call)
    }
    if let call, call.isNewSession, let session = call.session {
      response.headers.append(gate.cookie(session))
    }
    SecurityHeaders.add(to: &response.headers)
    if request.method == .head { response.body = .init() }
    return response
  }

  private func answer(
    _ request: Request, _ visitor: Visitor, _ seen: inout Call?
  ) async throws -> Response {
    guard let authority = request.head.authority, hosts.allows(authority) else {
      throw RequestProblem(.misdirectedRequest, .strangeHost)
    }
    let path = try Self.path(of: request)
    let isRead = request.method == .get || request.method == .head
    let method = isRead ? HTTPRequest.Method.get : request.method
    let there = routes.filter { $0.matches(path) }
    guard let route = there.first(where: { $0.method == method }) else {
      if there.isEmpty { throw RequestProblem.notFound }
      let allowed = Set(
        there.flatMap { $0.method == .get ? ["GET", "HEAD"] : [$0.method.rawValue] })
      throw RequestProblem(
        .methodNotAllowed, .wrongMethod,
        headers: [.allow: allowed.sorted().joined(separator: ", ")])
    }
    let call = try gate.admit(request, path, visitor.address, door: route.door)
    seen = call
    if !isRead { try gate.checkOrigin(of: call, authority) }
    return try await route.handler(call)
  }

  /// The parts of the path; none may be hidden in another one.
  private static func path(of request: Request) throws(RequestProblem) -> [String] {
    let text = request.uri.path
    guard text.hasPrefix("/"), text.utf8.count <= 2_000 else {
      throw RequestProblem(.badRequest, .wrongPath)
    }
    var parts: [String] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: true) {
      guard let decoded = Percent.decode(part), !decoded.utf8.contains(0) else {
        throw RequestProblem(.badRequest, .wrongPath)
      }
      guard decoded != ".", decoded != "..", !decoded.contains("/"), !decoded.contains("\\") else {
        throw RequestProblem.notFound
      }
      parts.append(decoded)
    }
    return parts
  }

  private func refuse(_ problem: RequestProblem, _ request: Request, _ call: Call?) -> Response {
    let isPage =
      !request.uri.path.hasPrefix("/api/") && request.uri.path != "/metrics"
      && request.headers[.accept]?.contains("text/html") == true
    guard isPage else { return JSONResponse.problem(problem) }
    if problem.status == .unauthorized, request.method == .get {
      return PlainResponse.seeOther("/sign-in?next=\(Percent.encode(request.uri.string))")
    }
    return pages.problem(problem, request, call: call)
  }
}
