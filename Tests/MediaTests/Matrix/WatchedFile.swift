import Foundation
import SystemPackage
import Testing

/// What is seen and heard of a file that was made of counted pictures and a chirp.
struct WatchedFile {
  struct Picture {
    /// Nil when it is damaged.
    var number: Int?
    var time: Double
    var isKey: Bool
  }

  /// In the order in which they are shown.
  private(set) var pictures: [Picture] = []
  /// When each of its sounds is heard, and its first sample's place.
  private(set) var sounds: [(time: Double, place: Double)] = []
  /// Longest of its frames.
  private(set) var soundFrame = 0.0
  let samples: [Int16]
  /// What the decoder complained of.
  let complaints: String
  private(set) var videoPackets = 0
  private(set) var startTimes: [Double] = []
  private(set) var codecs: [String] = []

  /// - Parameters:
  ///   - isSource: whether times count from the container's start, as players do.
  ///   - folder: for what is decoded.
  init(_ path: FilePath, isSource: Bool, folder: FilePath) async throws {
    let (gray, sound) = (folder.appending(".gray"), folder.appending(".s16"))
    complaints = try await Tool(
      "ffmpeg",
      ["-nostdin", "-y", "-v", "error"] + (isSource ? [] : ["-xerror"]) + [
        "-threads", "1", "-i", path.string, "-map", "0:v:0", "-vsync", "passthrough", "-pix_fmt",
        "gray", "-f",
        "rawvideo", gray.string, "-map", "0:a:0", "-ac", "1", "-ar", "\(Chirp.rate)", "-f",
        "s16le", sound.string,
      ], folder: folder
    ).errors
    defer {
      for file in [gray, sound] { try? FileManager.default.removeItem(atPath: file.string) }
    }
    let numbers = CountedPictures.numbers(
      in: try Data(contentsOf: URL(fileURLWithPath: gray.string)))
    samples = try Data(contentsOf: URL(fileURLWithPath: sound.string)).withUnsafeBytes {
      Array($0.bindMemory(to: Int16.self))
    }
    try await probe(path, isSource: isSource, folder: folder)
    try #require(pictures.count == numbers.count, "\(pictures.count) of \(numbers.count) times")
    for place in pictures.indices { pictures[place].number = numbers[place] }
  }

  private mutating func probe(_ path: FilePath, isSource: Bool, folder: FilePath) async throws {
    let entries =
      "frame=media_type,key_frame,nb_samples,best_effort_timestamp_time,duration_time"
      + ",pkt_duration_time"
      + ":stream=codec_type,codec_name,start_time,nb_read_packets,sample_rate:format=start_time"
    let text = try await Tool(
      "ffprobe",
      [
        "-v", "error", "-threads", "1", "-count_packets", "-show_entries", entries, "-of",
        "compact", path.string,
      ],
      folder: folder
    ).output
    var (rate, zero, place, longest) = (48_000.0, 0.0, 0.0, 0.0)
    var next: Double?
    for line in text.split(separator: "\n") {
      let fields = Dictionary(
        line.split(separator: "|").dropFirst().compactMap { field -> (Substring, Substring)? in
          let parts = field.split(separator: "=", maxSplits: 1)
          return parts.count == 2 ? (parts[0], parts[1]) : nil
        }, uniquingKeysWith: { first, _ in first })
      let time = fields["best_effort_timestamp_time"].flatMap { Double($0) }
      switch (line.prefix { $0 != "|" }, fields["media_type"] ?? fields["codec_type"] ?? "") {
      case ("frame", "video"):
        // A program stream gives not every picture a time.
        let shown = try #require(time ?? next)
        pictures.append(Picture(number: nil, time: shown, isKey: fields["key_frame"] == "1"))
        next = (fields["duration_time"] ?? fields["pkt_duration_time"]).flatMap { Double($0) }
          .map { shown + $0 }
      case ("frame", "audio"):
        sounds.append((try #require(time ?? sounds.last?.time), place))
        let samples = fields["nb_samples"].flatMap { Double($0) } ?? 0
        (place, longest) = (place + samples, max(longest, samples))
      case ("stream", let kind):
        codecs.append(String(fields["codec_name"] ?? ""))
        if kind == "video" {
          videoPackets = fields["nb_read_packets"].flatMap { Int($0) } ?? 0
        }
        if kind == "audio" { rate = fields["sample_rate"].flatMap { Double($0) } ?? rate }
        if kind != "subtitle" {
          startTimes.append(fields["start_time"].flatMap { Double($0) } ?? .nan)
        }
      case ("format", _) where isSource:
        zero = fields["start_time"].flatMap { Double($0) } ?? 0
      default: break
      }
    }
    for place in pictures.indices { pictures[place].time -= zero }
    for place in sounds.indices { sounds[place].time -= zero }
    try #require(!sounds.isEmpty)
    soundFrame = longest / rate
  }

  /// The picture that is on the screen then.
  func picture(at time: Double) -> Picture? {
    pictures.last { $0.time <= time + 0.0005 }
  }

  /// Which second of the chirp is heard then.
  func chirp(at time: Double) -> Double? {
    guard let sound = sounds.last(where: { $0.time <= time }) else { return nil }
    return Chirp.second(in: samples, at: sound.place / Double(Chirp.rate) + time - sound.time)
  }

  var soundStart: Double { sounds.first?.time ?? .nan }
  var soundEnd: Double {
    guard let last = sounds.last else { return .nan }
    return last.time + (Double(samples.count) - last.place) / Double(Chirp.rate)
  }
}
