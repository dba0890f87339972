import CZlib
import SystemPackage

/// Writes a ZIP archive whose entries are stored as they are: sound, pictures and video do not get smaller.
///
/// Entries have the time 1980-01-01, so that the same content makes the same archive. No archive over 4 GiB.
struct ZipWriter {
  private struct Entry {
    var name: [UInt8]
    var checksum: UInt32
    var size: UInt32
    var offset: UInt32
  }

  private let file: FileDescriptor
  private var entries: [Entry] = []
  private var length = 0

  /// - Parameter file: open for writing, empty; the caller closes it.
  init(_ file: FileDescriptor) { self.file = file }

  mutating func add(_ name: String, _ content: [UInt8]) throws {
    guard length + content.count + 65_536 < UInt32.max, entries.count < UInt16.max else {
      throw AnkiError("the deck would be over 4 GiB; leave the clips out (clip.deck: audio)")
    }
    let entry = Entry(
      name: Array(name.utf8), checksum: Self.checksum(content), size: UInt32(content.count),
      offset: UInt32(length))
    var header = Bytes()
    header.add(UInt32(0x0403_4b50))
    Self.describe(entry, into: &header)
    header.bytes += entry.name
    try write(header.bytes)
    try write(content)
    entries.append(entry)
  }

  /// Writes the archive's list of entries.
  mutating func finish() throws {
    let start = UInt32(length)
    var list = Bytes()
    for entry in entries {
      list.add(UInt32(0x0201_4b50))
      list.add(UInt16(20))
      Self.describe(entry, into: &list)
      // No comment, first disk, no attributes.
      list.add(UInt16(0))
      list.add(UInt16(0))
      list.add(UInt16(0))
      list.add(UInt32(0))
      list.add(entry.offset)
      list.bytes += entry.name
    }
    let size = UInt32(list.bytes.count)
    list.add(UInt32(0x0605_4b50))
    list.add(UInt32(0))
    list.add(UInt16(entries.count))
    list.add(UInt16(entries.count))
    list.add(size)
    list.add(start)
    list.add(UInt16(0))
    try write(list.bytes)
  }

  /// What a local header and the list say alike.
  private static func describe(_ entry: Entry, into bytes: inout Bytes) {
    bytes.add(UInt16(20))
    // Names are UTF-8; stored; midnight, 1980-01-01.
    bytes.add(UInt16(0x0800))
    bytes.add(UInt16(0))
    bytes.add(UInt16(0))
    bytes.add(UInt16(0x0021))
    bytes.add(entry.checksum)
    bytes.add(entry.size)
    bytes.add(entry.size)
    bytes.add(UInt16(entry.name.count))
    bytes.add(UInt16(0))
  }

  private mutating func write(_ bytes: [UInt8]) throws {
    _ = try file.writeAll(bytes)
    length += bytes.count
  }

  static func checksum(_ content: [UInt8]) -> UInt32 {
    content.withUnsafeBufferPointer { buffer in
      UInt32(truncatingIfNeeded: crc32_z(0, buffer.baseAddress, buffer.count))
    }
  }

  /// Little-endian numbers.
  private struct Bytes {
    var bytes: [UInt8] = []

    mutating func add(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
  }
}
