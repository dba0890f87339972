import Foundation
import Testing

/// Pictures that bear their own number: a block of 16 by 16 for each of 16 bits, black or white,
/// and below them the same bits inverted, so that a picture that was damaged has no number.
enum CountedPictures {
  static let columns = 8
  static let block = 16
  static let width = 128
  static let height = 64
  static let size = width * height
  /// Difference between a bit and its inversion that no whole picture falls below.
  private static let contrast = 160

  /// As gray rows.
  static func raw(count: Int) -> Data {
    var data = Data(capacity: count * size)
    for number in 0..<count {
      for row in 0..<(height / block) {
        var line: [UInt8] = []
        for column in 0..<columns {
          let bit = (row % 2) * columns + column
          let isSet = (number >> bit) & 1 == 1
          line += [UInt8](repeating: isSet == (row < 2) ? 255 : 0, count: block)
        }
        for _ in 0..<block { data.append(contentsOf: line) }
      }
    }
    return data
  }

  /// The number of each picture; nil for one that is damaged.
  static func numbers(in data: Data) -> [Int?] {
    data.withUnsafeBytes { bytes in
      (0..<(bytes.count / size)).map { picture in
        var number = 0
        for bit in 0..<(2 * columns) {
          let upper = brightness(bytes, picture, row: bit / columns, column: bit % columns)
          let lower = brightness(bytes, picture, row: bit / columns + 2, column: bit % columns)
          guard abs(upper - lower) > contrast else { return nil }
          if upper > lower { number |= 1 << bit }
        }
        return number
      }
    }
  }

  /// Mean of a block's middle.
  private static func brightness(
    _ bytes: UnsafeRawBufferPointer, _ picture: Int, row: Int, column: Int
  ) -> Int {
    var sum = 0
    for y in stride(from: 4, to: 12, by: 2) {
      let start = picture * size + (row * block + y) * width + column * block
      for x in stride(from: 4, to: 12, by: 2) { sum += Int(bytes[start + x]) }
    }
    return sum / 16
  }
}

struct CountedPicturesTests {
  @Test func damageIsSeen() {
    var data = CountedPictures.raw(count: 700)
    #expect(CountedPictures.numbers(in: data) == Array(0..<700))
    let start = 5 * CountedPictures.size
    for place in start..<(start + CountedPictures.size / 2) { data[place] = 128 }
    #expect(CountedPictures.numbers(in: data).firstIndex(of: nil) == 5)
  }
}
