import LanguageModels
import Testing

@Suite(
  "HTTP: cancelling and closing", .enabled(if: FaultyServer.isAvailable, "needs python3"),
  .timeLimit(.minutes(10)))
struct HTTPEndingTests {
  @Test("cancelling closes the connection and throws", arguments: ["/hang", "/stall"])
  func cancel(_ path: String) async throws {
    let server = try await FaultyServer()
    let client = HTTPClient()
    let task = Task { try await client.send(server.get(path)) }
    #expect(await server.says("waiting \(path)"))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(await server.says("gone \(path)"))
    #expect(try await client.send(server.get("/echo")).status == 200)
  }

  @Test("a cancelled task sends nothing")
  func cancelledBefore() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await client.send(server.get("/echo"))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect((try await client.send(server.get("/count"))).bodyText == "1")
    #expect(!server.log.lines.contains("request GET /echo"))
  }

  @Test("a send that waits for its turn can be cancelled")
  func cancelInTheQueue() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient(options: .with { $0.transferLimit = 1 })
    let first = Task { try await client.send(server.get("/hang")) }
    #expect(await server.says("waiting /hang"))
    let second = Task { try await client.send(server.get("/echo")) }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    #expect(!server.log.lines.contains("request GET /echo"))
  }

  @Test("a thousand sends, cancelled at every moment, each end once")
  func races() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient(options: .with { $0.transferLimit = 64 })
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<1_000 {
        group.addTask {
          let task = Task { try await client.send(server.post("/echo", [UInt8(number % 256)])) }
          for _ in 0..<(number % 50) { await Task.yield() }
          if number % 10 != 0 { task.cancel() }
          do {
            #expect(try await task.value.body == [UInt8(number % 256)])
          } catch {
            #expect(error is CancellationError)
            #expect(number % 10 != 0)
          }
        }
      }
    }
    #expect(try await client.send(server.post("/echo", [1])).body == [1])
    client.close()
    await client.closed()
  }

  @Test("closing ends what is pending, and what comes later")
  func close() async throws {
    let server = try await FaultyServer()
    let client = HTTPClient(options: .with { $0.transferLimit = 1 })
    let active = Task { try await client.send(server.get("/hang")) }
    #expect(await server.says("waiting /hang"))
    let waiting = Task { try await client.send(server.get("/echo")) }
    client.close()
    client.close()
    await client.closed()
    #expect(await server.says("gone /hang"))
    let first = await #expect(throws: HTTPFailure.self) { try await active.value }
    #expect(first?.kind == .dropped)
    let second = await #expect(throws: HTTPFailure.self) { try await waiting.value }
    #expect(second?.kind == .invalid)
    let third = await client.failure(of: server.get("/echo"))
    #expect(third?.kind == .invalid)
    #expect(third?.message.contains("closed") == true)
  }

  @Test("a client that was never used closes too")
  func closeUnused() async {
    let client = HTTPClient()
    client.close()
    await client.closed()
  }

  @Test("sends race with closing, and each ends")
  func closeRaces() async throws {
    let server = try await FaultyServer()
    for round in 0..<20 {
      let client = HTTPClient()
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<20 {
          group.addTask { _ = try? await client.send(server.get("/echo")) }
        }
        group.addTask {
          for _ in 0..<(round * 5) { await Task.yield() }
          client.close()
        }
      }
      await client.closed()
    }
  }
}
