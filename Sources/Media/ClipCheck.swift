import CLibAV
import Glibc
import Subtitles
import SystemPackage

/// Opens a clip again and looks whether it begins and ends as it should.
struct ClipCheck {
  let path: FilePath
  /// How late the sound may begin; nil when there is none.
  let soundTolerance: MediaTime?
  /// Of the clip up to its context's end.
  let length: MediaTime
  /// How many packets were written.
  let pictures: Int
  let sounds: Int

  struct Facts {
    let duration: MediaTime
    let sizeBytes: Int64
  }

  private static let packetLimit = 2_000
  private static let pictureTolerance = MediaTime.milliseconds(42)
  private static let endTolerance = MediaTime.milliseconds(200)

  func check() throws(ClipProblem) -> Facts {
    do {
      let file = try MediaFile(path, containers: "mov,mp4,matroska", examines: false)
      // Read out of the stream's own parameters here, where the source's container may have said otherwise.
      guard file.streams.allSatisfy({ $0.kind != .audio || $0.hasSampleRate }) else {
        throw ClipProblem.notCopied("the parameters of its sound are damaged")
      }
      try checkStart(of: file)
      try checkPackets(of: file)
      guard let duration = file.duration, duration + Self.endTolerance >= length else {
        throw ClipProblem.notCopied("it is shorter than the dialogue")
      }
      var facts = stat()
      guard path.withPlatformString({ stat($0, &facts) }) == 0 else {
        throw ClipProblem.failed("the clip is gone; does another program clean its folder?")
      }
      return Facts(duration: duration, sizeBytes: Int64(facts.st_size))
    } catch let problem as ClipProblem {
      throw problem
    } catch let error as LibAVError {
      throw .notCopied("it can't be read again: \(error.description)")
    } catch {
      throw .failed("\(error)")
    }
  }

  /// Counts what was written, and looks whether its decoding times rise: in MP4 by its index, which costs nothing.
  private func checkPackets(of file: MediaFile) throws {
    var counts: [Int: Int] = [:]
    if file.containerName == MediaFile.matroska {
      try file.rewind()
      while let packet = try file.next() { counts[packet.stream, default: 0] += 1 }
    } else {
      for stream in file.streams.indices {
        let entries = file.indexEntries(of: stream)
        counts[stream] = entries.count
        guard file.streams[stream].kind == .video || file.streams[stream].kind == .audio,
          zip(entries, entries.dropFirst()).contains(where: { $0.ticks >= $1.ticks })
        else { continue }
        throw ClipProblem.notCopied("its decoding times don't rise")
      }
    }
    for (stream, count) in counts {
      let wanted =
        switch file.streams[stream].kind {
        case .video: pictures
        case .audio: sounds
        default: count
        }
      guard count == wanted else {
        throw ClipProblem.notCopied("it has \(count) packets of \(wanted)")
      }
    }
  }

  private func checkStart(of file: MediaFile) throws {
    var isPictureSeen = false
    var isSoundSeen = soundTolerance == nil
    for _ in 0..<Self.packetLimit where !isPictureSeen || !isSoundSeen {
      guard let packet = try file.next() else { break }
      let stream = file.streams[packet.stream]
      let time = stream.pointee.time_base.time(packet.pts ?? 0)
      switch stream.kind {
      case .video where !isPictureSeen:
        isPictureSeen = true
        guard packet.isKey else {
          throw ClipProblem.notCopied("it doesn't begin with a keyframe")
        }
        guard abs(time.microseconds) <= Self.pictureTolerance.microseconds else {
          throw ClipProblem.notCopied("its picture begins \(time.milliseconds) ms late")
        }
      case .audio where !isSoundSeen:
        isSoundSeen = true
        guard time <= (soundTolerance ?? .zero) + Self.pictureTolerance else {
          throw ClipProblem.notCopied("its sound begins \(time.milliseconds) ms late")
        }
      default: break
      }
    }
    guard isPictureSeen, isSoundSeen else {
      throw ClipProblem.notCopied("it lacks \(isPictureSeen ? "its sound" : "its picture")")
    }
  }
}
