import Foundation
import Synchronization

/// What a server process has said so far, and who waits for more of it.
final class FaultyServerLog: Sendable {
  private struct Waiter {
    let id: UUID
    let isMeant: @Sendable (String) -> Bool
    let continuation: CheckedContinuation<String?, Never>
  }

  private struct State {
    var lines: [String] = []
    var waiters: [Waiter] = []
    var isOver = false
    var cancelled: Set<UUID> = []
  }

  private let state = Mutex(State())

  var lines: [String] { state.withLock { $0.lines } }

  /// The first line that is meant, said already or later; nil once cancelled or the server has
  /// ended.
  func line(_ isMeant: @escaping @Sendable (String) -> Bool) async -> String? {
    let id = UUID()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer: String?? = state.withLock { state in
          if let line = state.lines.first(where: isMeant) { return .some(line) }
          if state.isOver || state.cancelled.remove(id) != nil { return .some(nil) }
          state.waiters.append(Waiter(id: id, isMeant: isMeant, continuation: continuation))
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiter: Waiter? = state.withLock { state in
        guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil
        }
        return state.waiters.remove(at: index)
      }
      waiter?.continuation.resume(returning: nil)
    }
  }

  /// Blocks its thread until the server ends.
  func read(_ handle: FileHandle) {
    var rest = Data()
    while true {
      let data = handle.availableData
      if data.isEmpty { break }
      rest.append(data)
      while let end = rest.firstIndex(of: 0x0A) {
        add(String(decoding: rest[..<end], as: UTF8.self))
        rest = Data(rest[(end + 1)...])
      }
    }
    let waiters = state.withLock { state in
      state.isOver = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.continuation.resume(returning: nil) }
  }

  private func add(_ line: String) {
    let waiters = state.withLock { state in
      state.lines.append(line)
      defer { state.waiters.removeAll { $0.isMeant(line) } }
      return state.waiters.filter { $0.isMeant(line) }
    }
    for waiter in waiters { waiter.continuation.resume(returning: line) }
  }
}
