import CLibAV
import Subtitles
import SystemPackage

/// Makes a file of one sentence's sound: AAC, cut between its frames.
struct SoundExtract {
  let order: ExtractOrder
  /// The clip's zero, on the episode clock.
  let start: MediaTime
  let program: FFmpegProgram

  init(_ order: ExtractOrder, start: MediaTime, program: FFmpegProgram) {
    self.order = order
    self.start = start
    self.program = program
  }

  /// - Parameter track: the clip's sound.
  func make(of track: ClipMaterial.Track) throws(ClipProblem) -> CutExtract {
    let base = track.stream.pointee.time_base
    let times = track.times.map(base.time)
    let (from, to) = (order.start - start, order.end - start)
    let first = times.lastIndex { $0 <= from } ?? 0
    let last = times.firstIndex { $0 >= to } ?? times.count
    guard first < last else { throw .failed("there is no sound at its time") }
    let begin = max(times[first], .zero)
    var part = ClipMaterial.Track(
      file: track.file, stream: track.stream, language: track.language,
      packets: Array(track.packets[first..<last]),
      origin: track.packets[first].pts ?? 0, originBase: base)
    if track.stream.codec.codec_id != AV_CODEC_ID_AAC {
      part = try SoundEncoder(program: program, folder: order.folder).encode(part)
    }
    let name = "\(order.stem).\(ClipContainer.m4a.fileExtension)"
    let duration = try write(part, to: order.folder.appending(name))
    return CutExtract(stem: order.stem, fileName: name, start: begin, duration: duration)
  }

  private func write(_ track: ClipMaterial.Track, to path: FilePath) throws(ClipProblem)
    -> MediaTime
  {
    do {
      let writer = try ClipWriter(path, container: .m4a, title: order.stem)
      let stream = try writer.addCopy(of: track, isSound: true)
      let packets = try TrackPackets.sounds(track, stream: stream, beginsAtZero: true)
      try writer.begin(packets: packets.count)
      try writer.write(packets)
      try writer.finish()
      let made = try MediaFile(path, containers: "mov,mp4", examines: false)
      guard made.indexEntries(of: 0).count == packets.count, let duration = made.duration else {
        writer.discard()
        throw ClipProblem.failed("its file is not whole")
      }
      return duration
    } catch let problem as ClipProblem {
      throw problem
    } catch let error as LibAVError {
      throw ClipProblem(writing: error)
    } catch {
      throw .failed("\(error)")
    }
  }
}
