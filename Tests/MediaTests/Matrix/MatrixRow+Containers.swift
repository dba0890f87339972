import Media
import Settings

extension MatrixRow {
  private static let open = h264("open-gop=1:bframes=3:b-pyramid=none")

  static let containers: [MatrixRow] = [
    MatrixRow(name: "MP4", file: "source.mp4", video: open),
    MatrixRow(
      name: "fragmented MP4", file: "source.mp4",
      options: ["-movflags", "frag_keyframe+empty_moov"]),
    MatrixRow(
      name: "fragmented MP4, open groups of pictures, one fragment a second", file: "source.mp4",
      video: open,
      options: ["-movflags", "empty_moov+default_base_moof", "-frag_duration", "1000000"]),
    MatrixRow(name: "Matroska without cues", options: ["-seekable", "0"]),
    MatrixRow(name: "live Matroska", video: open, options: ["-live", "1"]),
    MatrixRow(name: "MPEG-TS", file: "source.ts", video: open),
    MatrixRow(name: "M2TS", file: "source.m2ts", options: ["-mpegts_m2ts_mode", "1"]),
    MatrixRow(name: "FLV", file: "source.flv"),
    MatrixRow(
      name: "AVI without B-frames", file: "source.avi", video: h264("bframes=0")),
    MatrixRow(
      name: "MPEG-4 part 2 in AVI", encoders: ["mpeg4", "libmp3lame"], file: "source.avi",
      video: ["-c:v", "mpeg4", "-bf", "0", "-g", "50", "-q:v", "4"] + eightBits,
      sound: ["-c:a", "libmp3lame"]),
    MatrixRow(
      name: "AVI with B-frames", file: "source.avi",
      video: ["-c:v", "mpeg4", "-bf", "2", "-g", "50", "-q:v", "4"] + eightBits,
      sound: ["-c:a", "libmp3lame"], methods: [.encode, .encode, .encode], reason: "AVI doesn't say"
    ),
  ]

  static let clocks: [MatrixRow] = [
    MatrixRow(
      name: "MP4 whose edit list cuts", file: "source.mp4", video: open,
      remux: (reading: ["-ss", "3.37"], writing: [])),
    MatrixRow(
      name: "MP4 whose edit list delays the sound", file: "source.mp4",
      remux: (
        reading: ["-i", "SOURCE", "-itsoffset", "0.7"], writing: ["-map", "0:v", "-map", "1:a"]
      ), methods: [.encode, .copy, .copy], reason: "the sound begins"),
    MatrixRow(
      name: "MP4 whose edit list delays the picture", file: "source.mp4",
      remux: (
        reading: ["-i", "SOURCE", "-itsoffset", "0.7"], writing: ["-map", "1:v", "-map", "0:a"]
      )),
    MatrixRow(
      name: "MPEG-TS ten hours into a broadcast", file: "source.ts",
      options: ["-output_ts_offset", "36000", "-muxdelay", "0"]),
    MatrixRow(
      name: "MPEG-TS ten hours into a broadcast, open groups of pictures", file: "source.ts",
      video: open, options: ["-output_ts_offset", "36000"]),
    MatrixRow(
      name: "MPEG-TS whose clock overflows", file: "source.ts",
      options: ["-output_ts_offset", "95438", "-muxdelay", "0"]),
    MatrixRow(
      name: "Matroska that starts at 100 s", options: ["-output_ts_offset", "100"]),
    MatrixRow(
      name: "Matroska whose sound starts below 0", video: open,
      options: ["-avoid_negative_ts", "disabled"]),
    MatrixRow(
      name: "MP4 without an edit list", file: "source.mp4", video: open,
      options: ["-use_editlist", "0"]),
    MatrixRow(
      name: "MP4 with negative composition offsets", file: "source.mp4", video: open,
      options: ["-movflags", "+negative_cts_offsets"]),
    MatrixRow(
      name: "fragmented MP4 that starts at 100 s", file: "source.mp4",
      options: ["-output_ts_offset", "100", "-movflags", "frag_keyframe+empty_moov"]),
  ]

  static let encoded: [MatrixRow] = [
    MatrixRow(
      name: "keyframes 10 s apart, copied", seconds: 24,
      video: h264("keyint=250:min-keyint=250:bframes=3"), mode: .copy),
    MatrixRow(
      name: "keyframes 10 s apart", seconds: 24, video: h264("keyint=250:min-keyint=250:bframes=3"),
      methods: [.copy, .encode, .encode], reason: "s before the dialogue"),
    exact("H.264", video: h264()),
    exact("open groups of pictures", video: open),
    exact("MP4 with an edit list", file: "source.mp4", video: open),
    exact(
      "MPEG-TS ten hours into a broadcast", file: "source.ts",
      options: ["-output_ts_offset", "36000"]),
    exact("23.976 pictures a second", rate: "24000/1001"),
    exact("uneven rate", filter: uneven),
    exact("AC-3", sound: ["-c:a", "ac3"]),
  ]

  private static func exact(
    _ name: String, file: String = "source.mkv", rate: String = "25", filter: String? = nil,
    video: [String] = h264(), sound: [String] = ["-c:a", "aac"], options: [String] = []
  ) -> MatrixRow {
    MatrixRow(
      name: "\(name), encoded", file: file, rate: rate, filter: filter, video: video,
      sound: sound, options: options, mode: .exact, methods: [.encode, .encode, .encode],
      reason: "clip.cut is exact")
  }
}
