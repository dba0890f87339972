/// A source with damage that the seed alone decides.
struct DamagedInput: CustomStringConvertible {
  let seed: Int
  let source: DamageSources.Source
  private(set) var bytes: [UInt8]
  /// What was done to it.
  private(set) var damage: [String] = []
  private var random: Random

  /// SplitMix64.
  private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let headerBytes = 4_096
  private static let longestBlock = 16_384

  init(seed: Int, sources: [DamageSources.Source]) {
    self.seed = seed
    source = sources[seed % sources.count]
    bytes = source.bytes
    random = Random(state: UInt64(seed))
    // Most have one kind of damage, some two.
    for _ in 0..<(Int.random(in: 0..<4, using: &random) == 0 ? 2 : 1) {
      switch Int.random(in: 0..<7, using: &random) {
      case 0: flip()
      case 1: truncate()
      case 2: swapBlocks()
      case 3: zeroBlock()
      case 4: repeatBlock()
      case 5: blowUpSizes()
      default: append(sources)
      }
    }
  }

  var description: String {
    "seed \(seed), \(source.name): \(damage.joined(separator: ", then "))"
  }

  private mutating func flip() {
    // Few as often as many.
    let most = [1, 4, 20, 200][Int.random(in: 0..<4, using: &random)]
    let count = Int.random(in: 1...most, using: &random)
    for _ in 0..<count {
      bytes[Int.random(in: bytes.indices, using: &random)] ^=
        UInt8.random(in: 1...255, using: &random)
    }
    damage.append("\(count) bytes changed")
  }

  private mutating func truncate() {
    let length = Int.random(in: 1..<bytes.count, using: &random)
    damage.append("\(length) of \(bytes.count) bytes left")
    bytes.removeLast(bytes.count - length)
  }

  private mutating func block() -> Range<Int> {
    let length = Int.random(in: 1...min(Self.longestBlock, max(1, bytes.count / 3)), using: &random)
    let start = Int.random(in: 0...bytes.count - length, using: &random)
    return start..<start + length
  }

  private mutating func swapBlocks() {
    let first = block()
    let other = Int.random(in: 0...bytes.count - first.count, using: &random)
    let (one, two) = (Array(bytes[first]), Array(bytes[other..<other + first.count]))
    bytes.replaceSubrange(first, with: two)
    bytes.replaceSubrange(other..<other + first.count, with: one)
    damage.append("\(first.count) bytes at \(first.lowerBound) and \(other) swapped")
  }

  private mutating func zeroBlock() {
    let range = block()
    bytes.replaceSubrange(range, with: repeatElement(0, count: range.count))
    damage.append("bytes \(range) zeroed")
  }

  private mutating func repeatBlock() {
    let range = block()
    let times = Int.random(in: 1...3, using: &random)
    for _ in 0..<times { bytes.insert(contentsOf: Array(bytes[range]), at: range.upperBound) }
    damage.append("bytes \(range) repeated \(times) times")
  }

  /// Runs of ones where sizes are: near the beginning, or near the end, where MP4's index may be.
  private mutating func blowUpSizes() {
    let span = min(Self.headerBytes, bytes.count)
    let start = Int.random(in: 0..<4, using: &random) == 0 ? bytes.count - span : 0
    let count = Int.random(in: 1...6, using: &random)
    for _ in 0..<count {
      let place = start + Int.random(in: 0..<span, using: &random)
      let length = Int.random(in: 1...8, using: &random)
      for position in place..<min(place + length, bytes.count) { bytes[position] = 0xFF }
    }
    damage.append("\(count) runs of 0xFF in the \(span) bytes from \(start)")
  }

  private mutating func append(_ sources: [DamageSources.Source]) {
    let other = sources[Int.random(in: sources.indices, using: &random)]
    bytes += other.bytes
    damage.append("\(other.name) appended")
  }
}
