import Foundation
import Library
import Settings
import SystemPackage
import Testing

@testable import Pipeline
@testable import Store

/// The library's scans and the store know the same file systems as remote, though by other marks.
@Suite struct FileSystemTests {
  /// By `f_type`, the names that `mountinfo` has for them.
  private static let names: [Int64: [String]] = [
    0x6969: ["nfs", "nfs4"], 0x517B: ["smbfs"], 0xFF53_4D42: ["cifs"], 0xFE53_4D42: ["smb3"],
    0x6573_5546: ["fuse", "fuse.sshfs", "fuse.mergerfs"], 0x0102_1997: ["9p"],
    0x5346_414F: ["afs"], 0x6B41_4653: ["afs"], 0x00C3_6400: ["ceph"], 0x7375_7245: ["coda"],
    0x7461_636F: ["ocfs2"], 0x0116_1970: ["gfs2"], 0x0BD0_0BD0: ["lustre"],
    0x4750_4653: ["gpfs"], 0x1983_0326: ["beegfs"], 0xAAD7_AAEA: ["panfs"],
    0x786F_4256: ["vboxsf"], 0xBACB_ACBC: ["vmhgfs"], 0x7C7C_6673: ["prl_fs"],
  ]

  @Test func theListsAgree() {
    #expect(Set(FileSystemKind.remotes.keys) == Set(Self.names.keys))
    for name in Self.names.values.joined() {
      #expect(MountTable.Mount(point: "/", kind: name).isRemote, "\(name)")
    }
    // A disk of this machine, on which nobody else changes anything; its `f_type` does not tell it from a share.
    #expect(!MountTable.Mount(point: "/", kind: "fuseblk").isRemote)
    for name in ["ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs"] {
      #expect(!MountTable.Mount(point: "/", kind: name).isRemote, "\(name)")
    }
  }

  @Test func whatIsFreeForAFolderThatIsNotThereYet() throws {
    let folder = FilePath(FileManager.default.temporaryDirectory.path)
    #expect(try #require(DiskSpace.free(at: folder.appending("not/yet/there"))) > 0)
  }

  @Test func theDoctorTellsTheSpaceOfAStateFolderThatIsNotThereYet() async throws {
    let folder = FilePath(FileManager.default.temporaryDirectory.path).appending("lf-\(UUID())")
    defer { try? FileManager.default.removeItem(atPath: folder.string) }
    let findings = await Doctor(
      settings: .init(stateFolder: folder.appending("not/yet")), daemonIsRunning: true
    ).examine()
    let space = try #require(findings.first { $0.subject == "state folder" })
    #expect(space.detail.contains("MB free"))
  }
}
