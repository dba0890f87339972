import Settings
import Subtitles
import SystemPackage

/// The clips to be cut from one source.
///
/// Times are on the **episode clock**, which players show: it is zero at the container's start
/// time, as the times in subtitle files are.
package struct CutOrder: Sendable, Codable {
  @PathBytes package var source: FilePath
  /// The audio track to keep, by language; without one, the default track or else the first.
  package var audioLanguage: String?
  /// How far before the context a clip may start for the sake of a keyframe.
  package var leadInMaximum: MediaTime
  /// What is kept around the context.
  package var pad: MediaTime
  package var mode: CutMode
  package var sound: SoundMode
  /// libx264's constant rate factor, for what is encoded.
  package var quality: Int
  package var extracts: ExtractKind
  /// For the clips that can't be copied; a name is looked up in PATH.
  package var ffmpegProgram: String
  /// From an earlier run on the same file.
  package var index: KeyframeIndex?
  package var clips: [ClipOrder]

  package init(
    source: FilePath, audioLanguage: String? = nil, leadInMaximum: MediaTime, pad: MediaTime,
    mode: CutMode = .auto, sound: SoundMode = .auto, quality: Int = 20,
    extracts: ExtractKind = .audio, ffmpegProgram: String = "ffmpeg",
    index: KeyframeIndex? = nil, clips: [ClipOrder]
  ) {
    self.source = source
    self.audioLanguage = audioLanguage
    self.leadInMaximum = leadInMaximum
    self.pad = pad
    self.mode = mode
    self.sound = sound
    self.quality = quality
    self.extracts = extracts
    self.ffmpegProgram = ffmpegProgram
    self.index = index
    self.clips = clips
  }
}
