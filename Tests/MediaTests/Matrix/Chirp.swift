import Foundation
import Testing

/// A tone that rises evenly, so that its pitch tells the time.
enum Chirp {
  static let rate = 48_000
  private static let lowest = 300.0
  /// Hertz a second: in one frame of AAC the tone rises by 4 Hz, and is known to a fraction of one.
  private static let slope = 200.0
  private static let window = 0.04
  /// How far off the estimate may be, in seconds, after a lossy codec.
  static let error = 0.003

  /// As a WAV file with one channel of 16 bits.
  static func wave(seconds: Double) -> Data {
    let count = Int(seconds * Double(rate))
    var data = Data(capacity: 44 + 2 * count)
    func add<T: FixedWidthInteger>(_ value: T) {
      withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
    }
    data.append(contentsOf: "RIFF".utf8)
    add(UInt32(36 + 2 * count))
    data.append(contentsOf: "WAVEfmt ".utf8)
    add(UInt32(16))
    add(UInt16(1))
    add(UInt16(1))
    add(UInt32(rate))
    add(UInt32(2 * rate))
    add(UInt16(2))
    add(UInt16(16))
    data.append(contentsOf: "data".utf8)
    add(UInt32(2 * count))
    for sample in 0..<count {
      let time = Double(sample) / Double(rate)
      let phase = 2 * Double.pi * (lowest + slope * time / 2) * time
      add(Int16(16_000 * sin(phase)))
    }
    return data
  }

  /// Which second of the chirp is heard.
  /// - Parameters:
  ///   - samples: one channel at `rate`.
  ///   - time: from the first sample.
  /// - Returns: nil where there is no tone.
  static func second(in samples: [Int16], at time: Double) -> Double? {
    let first = Int((time - window / 2) * Double(rate))
    let last = Int((time + window / 2) * Double(rate))
    guard first >= 1, last < samples.count else { return nil }
    var crossings: [Double] = []
    for place in first...last {
      let (before, after) = (Double(samples[place - 1]), Double(samples[place]))
      if before < 0, after >= 0 {
        crossings.append((Double(place - 1) + before / (before - after)) / Double(rate))
      }
    }
    guard crossings.count > 5 else { return nil }
    let middle = crossings.reduce(0, +) / Double(crossings.count)
    let centre = Double(crossings.count - 1) / 2
    var (above, below) = (0.0, 0.0)
    for (number, crossing) in crossings.enumerated() {
      above += (Double(number) - centre) * (crossing - middle)
      below += (crossing - middle) * (crossing - middle)
    }
    return (above / below - lowest) / slope + time - middle
  }
}

struct ChirpTests {
  @Test func isRead() throws {
    let samples = Chirp.wave(seconds: 8).dropFirst(44).withUnsafeBytes {
      Array($0.bindMemory(to: Int16.self))
    }
    for time in [0.1, 1.234, 7.9] {
      #expect(abs(try #require(Chirp.second(in: samples, at: time)) - time) < 0.0005)
    }
    #expect(Chirp.second(in: [Int16](repeating: 0, count: 9_600), at: 0.1) == nil)
    #expect(Chirp.second(in: samples, at: 7.99) == nil)
  }
}
