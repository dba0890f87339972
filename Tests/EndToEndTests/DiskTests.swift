import Foundation
import Glibc
import SystemPackage
import Testing

/// A small file system of a test's own, in memory.
final class SmallDisk: Sendable {
  let path: FilePath

  /// Why none can be mounted here; nil where it can.
  static let objection: String? = {
    let folder = FilePath(NSTemporaryDirectory()).appending("lf-disk-\(UUID())")
    defer { try? FileManager.default.removeItem(atPath: folder.string) }
    do {
      try FileManager.default.createDirectory(
        atPath: folder.string, withIntermediateDirectories: true)
      _ = try SmallDisk(at: folder, mebibytes: 1)
      return nil
    } catch {
      return "no tmpfs can be mounted: \(error)"
    }
  }()

  init(at path: FilePath, mebibytes: Int) throws {
    self.path = path
    guard mount("tmpfs", path.string, "tmpfs", 0, "size=\(mebibytes)m") == 0 else {
      throw Errno(rawValue: errno)
    }
  }

  var ballast: FilePath { path.appending("ballast") }

  /// Leaves no byte free.
  func fill() throws {
    let descriptor = try FileDescriptor.open(
      ballast, .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
    defer { try? descriptor.close() }
    let block = [UInt8](repeating: 1, count: 4_096)
    do { while true { try descriptor.writeAll(block) } } catch Errno.noSpace {}
  }

  deinit { umount2(path.string, Int32(MNT_DETACH)) }
}

/// A library's own limits for its clips.
@Suite(.timeLimit(.minutes(10))) struct ClipRoomTests {
  let place: Workplace
  let configuration: FilePath

  init() throws {
    place = try Workplace()
    configuration = place.root.appending("langflix.yaml")
  }

  private func configure(_ library: String) throws {
    try Data("libraries:\n  small:\n    path: \(place.media)\n    \(library)\n".utf8)
      .write(to: URL(fileURLWithPath: configuration.string))
  }

  private func reload() async throws {
    let result = try await place.langflix(
      ["reload"], ["LANGFLIX_CONFIG": configuration.string, "LANGFLIX_MEDIA": ""])
    #expect(result.status == 0, "\(result.errors)")
  }

  /// An episode of so many bytes a second that its clips take more than a MiB.
  private func addLarge(_ name: String) async throws {
    var video = try Data(contentsOf: URL(fileURLWithPath: try await Fixture.video.string))
    // A void element of 20 MB.
    video.append(contentsOf: [0xEC, 0x11, 0x31, 0x2D, 0x00])
    video.append(Data(repeating: 1, count: 20_000_000))
    let stem = FilePath(name).stem ?? ""
    try Data(Fixture.subtitles.utf8).write(
      to: URL(fileURLWithPath: place.media.appending("\(stem).en.srt").string))
    try video.write(to: URL(fileURLWithPath: place.media.appending(name).string))
  }

  @Test func aUsedUpQuotaWaitsUntilItIsRaised() async throws {
    try configure("clip_quota_mib: 1")
    let daemon = try await Daemon.start(place, configuration: configuration)
    try await addLarge("Large.mkv")
    var seen = try await place.waitForStatus("the quota") {
      $0.episode("Large")?.reason?.contains("quota of 1 MiB") == true
    }
    #expect(seen.episode("Large")?.state == "cutting")
    #expect(seen.libraries[0].troubles.contains { $0.contains("small.clip_quota_mib") })
    let health = try await place.langflix(["healthcheck"])
    #expect(health.status == 0)
    #expect(health.output.hasPrefix("degraded: library small: "), "\(health.output)")
    #expect(health.output.contains("quota of 1 MiB"), "\(health.output)")
    let doctor = try await place.langflix(
      ["doctor"], ["LANGFLIX_CONFIG": configuration.string, "LANGFLIX_MEDIA": ""])
    #expect(doctor.output.contains("quota of 1 MiB"), "\(doctor.output)")
    #expect(
      !FileManager.default.fileExists(
        atPath: place.media.appending("Shorts/langflix/Large/expressions.json").string))
    try configure("clip_quota_mib: 4000")
    try await reload()
    seen = try await place.waitForStatus("room") { $0.episode("Large")?.state == "done" }
    #expect(seen.libraries[0].troubles == [])
    #expect(try await place.langflix(["healthcheck"]).output == "healthy\n")
    try await expectGoodClips(FilePath(try #require(seen.episode("Large")?.folder)))
    #expect(await daemon.stop() == 0)
  }

  @Test func withoutADaemonNothingIsSaidToGoOnByItself() async throws {
    try configure("min_free_mib: 1000000000")
    let episode = try await place.add("Pilot.mkv")
    let result = try await place.langflix(
      ["process", episode.string],
      ["LANGFLIX_CONFIG": configuration.string, "LANGFLIX_MEDIA": ""])
    #expect(result.status == 75)
    #expect(result.output.contains("then run this again, or start the daemon"), "\(result.output)")
    #expect(!result.output.contains("by itself"), "\(result.output)")
  }

  @Test func whatIsToStayFreeStaysFree() async throws {
    // More than any disk has.
    try configure("min_free_mib: 1000000000")
    let daemon = try await Daemon.start(place, configuration: configuration)
    try await place.add("Pilot.mkv")
    try await place.waitForStatus("no room") {
      $0.episode("Pilot")?.reason?.contains("1000000000 MiB free") == true
    }
    try configure("min_free_mib: 1")
    try await reload()
    try await place.waitForStatus("room") { $0.episode("Pilot")?.state == "done" }
    #expect(await daemon.stop() == 0)
  }
}

@Suite(
  .enabled(if: SmallDisk.objection == nil, "\(SmallDisk.objection ?? "")"),
  .timeLimit(.minutes(10)))
struct DiskTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  @Test func clipsWaitForRoomAndOtherLibrariesDoNot() async throws {
    let full = place.root.appending("full")
    try FileManager.default.createDirectory(
      atPath: full.string, withIntermediateDirectories: false)
    let disk = try SmallDisk(at: full, mebibytes: 40)
    let configuration = place.root.appending("langflix.yaml")
    try Data(
      "libraries:\n  full:\n    path: \(full)\n  other:\n    path: \(place.media)\n".utf8
    ).write(to: URL(fileURLWithPath: configuration.string))
    let daemon = try await Daemon.start(place, configuration: configuration)
    try await place.add("Full.mkv", in: full)
    try disk.fill()
    var seen = try await place.waitForStatus("no room") { $0.episode("Full")?.reason != nil }
    #expect(seen.episode("Full")?.reason?.contains("disk is full") == true, "\(seen)")
    #expect(
      seen.libraries.first { $0.name == "full" }?.troubles.contains { $0.contains("full") } == true)
    let health = try await place.langflix(["healthcheck"])
    #expect(health.status == 0)
    #expect(health.output.hasPrefix("degraded: library full: "), "\(health.output)")
    #expect(health.output.contains("disk is full"), "\(health.output)")

    var video = try Data(contentsOf: URL(fileURLWithPath: try await Fixture.video.string))
    video.append(contentsOf: [0xEC, 0x81, 1])
    try Data(Fixture.subtitles.utf8).write(
      to: URL(fileURLWithPath: place.media.appending("Other.en.srt").string))
    try video.write(to: URL(fileURLWithPath: place.media.appending("Other.mkv").string))
    seen = try await place.waitForStatus("the other done") { $0.episode("Other")?.state == "done" }
    #expect(seen.episode("Full")?.state == "cutting")

    unlink(disk.ballast.string)
    seen = try await place.waitForStatus("room again") { $0.episode("Full")?.state == "done" }
    #expect(seen.libraries.map(\.troubles) == [[], []])
    #expect(try await place.langflix(["healthcheck"]).output == "healthy\n")
    try await expectGoodClips(FilePath(try #require(seen.episode("Full")?.folder)))
    #expect(await daemon.stop() == 0)
  }

  @Test func workStandsStillWhileTheStoreIsFull() async throws {
    let disk = try SmallDisk(at: place.state, mebibytes: 8)
    // A stop leaves no room in the store's log that later writes would use.
    let first = try await Daemon.start(place)
    #expect(await first.stop() == 0)
    let daemon = try await Daemon.start(place)
    try disk.fill()
    try await place.add("Pilot.mkv")
    let seen = try await place.waitForStatus("standing still") { $0.pause?.reason != nil }
    #expect(seen.pause?.reason?.contains("free some space") == true, "\(seen)")
    unlink(disk.ballast.string)
    let done = try await place.waitForStatus("going on") {
      $0.episode("Pilot")?.state == "done" && $0.pause == nil
    }
    try await expectGoodClips(FilePath(try #require(done.episode("Pilot")?.folder)))
    #expect(await daemon.stop() == 0)
    #expect(try await place.langflix(["db", "check"]).status == 0)
  }
}
