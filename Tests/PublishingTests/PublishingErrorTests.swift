import SystemPackage
import Testing

@testable import Publishing

struct PublishingErrorTests {
  /// The second is Linux's number of EDQUOT.
  @Test(arguments: [Errno.noSpace, Errno(rawValue: 122)])
  func aUsedUpQuotaIsAFullDisk(_ number: Errno) {
    #expect(PublishingError("writing", at: "/m", number).code == .diskFull)
    #expect(PublishingError("writing", at: "/m", Errno.ioError).code == .other)
  }
}
