import Settings
import SystemPackage
import Testing

@testable import Pipeline

/// What becomes of a set of clips, by what one look saw.
@Suite struct PlacementTests {
  private func sight(
    file: Bool = true, _ folder: Placement.Sight.Folder, home: Bool = false, shelf: Bool = false,
    elsewhere: Bool = false
  ) -> Placement.Sight {
    var sight = Placement.Sight(isFileThere: file, folder: folder)
    sight.isHome = home
    sight.isOnShelf = home || shelf
    sight.isFoundElsewhere = elsewhere
    return sight
  }

  private func placement(
    _ sight: Placement.Sight, lost: Bool = false, _ policy: DeletionPolicy = .keep
  ) -> Placement {
    Placement(sight, wasLost: lost, onDelete: policy)
  }

  @Test func whatLiesWhereItBelongsStays() {
    #expect(placement(sight(.ours, home: true)) == .stays)
    #expect(placement(sight(.ours, home: true, elsewhere: true)) == .stays)
    #expect(placement(sight(.ours, home: true), .remove) == .stays)
  }

  @Test func clipsFollowTheirFile() {
    #expect(placement(sight(.ours)) == .follows)
    #expect(placement(sight(.ours, shelf: true)) == .follows)
    #expect(placement(sight(.absent, elsewhere: true)) == .found)
    #expect(placement(sight(.absent, shelf: true, elsewhere: true), lost: true) == .found)
    #expect(placement(sight(.foreign, elsewhere: true)) == .found)
  }

  @Test func aDeletedFolderStaysDeletedUnlessItWentWithItsFile() {
    #expect(placement(sight(.absent, shelf: true)) == .wasDeleted)
    #expect(placement(sight(.absent, shelf: true), lost: true) == .isCutAnew)
    #expect(placement(sight(.absent)) == .isCutAnew)
    #expect(placement(sight(.foreign, shelf: true)) == .stays)
  }

  @Test func clipsOfAFileThatIsGoneAreKeptUnlessToldOtherwise() {
    #expect(placement(sight(file: false, .ours)) == .stays)
    #expect(placement(sight(file: false, .ours), .remove) == .isRemoved)
    #expect(placement(sight(file: false, .foreign), .remove) == .stays)
    #expect(placement(sight(file: false, .absent), .remove) == .isLost)
    #expect(placement(sight(file: false, .absent)) == .isLost)
  }

  @Test(
    arguments: [
      ("/m/Show.S01E02.720p.mkv", "/m/Show - s1e2 - Title WEBDL-1080p.mkv", true),
      ("/m/Season 1/Show.1x02.avi", "/m/Season 1/Show.S01E02.mkv", true),
      ("/m/Show.S01E02.mkv", "/m/Show.S01E03.mkv", false),
      ("/m/Show.S01E02.mkv", "/m/Other.S01E02.mkv", false),
      ("/m/The Show/Season 1/S01E02.mkv", "/m/The Show/Season 1/The.Show.S01E02.mkv", true),
    ] as [(FilePath, FilePath, Bool)])
  func episodesAreToldByTheirNumbers(one: FilePath, other: FilePath, same: Bool) throws {
    let (one, other) = (
      try #require(NamedEpisode(path: one)), try #require(NamedEpisode(path: other))
    )
    #expect(one.isSame(as: other) == same)
    #expect(other.isSame(as: one) == same)
  }

  @Test func aNameWithoutANumberTellsNothing() {
    #expect(NamedEpisode(path: "/m/Pilot.mkv") == nil)
  }
}
