import Expressions
import Foundation
import GRDB
import SystemPackage
import Testing

@testable import Store

/// What is asked often, or at each deletion, looks at few rows however many there are.
@Suite struct IndexTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try EpisodeStore(folder: folder.path).close()
  }

  @Test(arguments: [
    EpisodeStore.progressSQL, EpisodeStore.whereaboutsSQL,
    "SELECT id FROM episode WHERE folder = x'2f' ORDER BY id DESC LIMIT 1",
  ])
  func nothingIsScanned(_ sql: String) throws {
    let plan = try inspect(folder) { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: Self.nothing(sql))
        .map { $0["detail"] as String }
    }
    #expect(plan.contains { $0.hasPrefix("SEARCH") })
    #expect(!plan.contains { $0.hasPrefix("SCAN") && $0 != "SCAN CONSTANT ROW" }, "\(plan)")
    #expect(!plan.contains { $0.contains("(fingerprint=?)") }, "most have none: \(plan)")
  }

  private static func nothing(_ sql: String) -> StatementArguments {
    if sql.contains(":since") { return ["state": "", "since": 0] }
    return sql.contains("?") ? [1] : []
  }

  @Test func aDeletedEpisodesSuccessorsAreFoundByIndex() throws {
    try inspect(folder) { database in
      let root = try #require(
        try Int.fetchOne(
          database, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'episode_by_predecessor'")
      )
      let reads = try Row.fetchAll(database, sql: "EXPLAIN DELETE FROM episode WHERE id = 1")
        .filter { $0["opcode"] == "OpenRead" }.map { $0["p2"] as Int }
      #expect(reads.contains(root))
    }
  }
}
