import Media

extension MatrixRow {
  static let all = pictures + rates + sounds + containers + clocks + encoded

  static let pictures: [MatrixRow] = [
    MatrixRow(name: "H.264, closed groups of pictures"),
    MatrixRow(
      name: "H.264, open groups of pictures", video: h264("open-gop=1:bframes=3:b-pyramid=none")),
    MatrixRow(
      name: "H.264, B-pyramid", video: h264("open-gop=0:bframes=5:b-pyramid=normal:ref=4")),
    MatrixRow(
      name: "H.264, B-pyramid, open groups of pictures",
      video: h264("open-gop=1:bframes=5:b-pyramid=normal:ref=4"),
      methods: [.copy, .encode, .encode], reason: "s before the dialogue"),
    MatrixRow(name: "H.264, no B-frames", video: h264("bframes=0")),
    MatrixRow(
      name: "HEVC", encoders: ["libx265"], video: hevc("open-gop=0:bframes=3") + eightBits),
    MatrixRow(
      name: "HEVC, open groups of pictures", encoders: ["libx265"],
      video: hevc("open-gop=1:bframes=4:b-pyramid=1") + eightBits),
    MatrixRow(
      name: "HEVC, 10 bits", encoders: ["libx265"],
      video: hevc("open-gop=0:bframes=3") + ["-pix_fmt", "yuv420p10le"]),
    MatrixRow(
      name: "HEVC, 10 bits, open groups of pictures, in MP4", encoders: ["libx265"],
      file: "source.mp4",
      video: hevc("open-gop=1:bframes=4") + ["-pix_fmt", "yuv420p10le"]),
    MatrixRow(
      name: "HEVC, open groups of pictures, in MPEG-TS", encoders: ["libx265"],
      file: "source.ts", video: hevc("open-gop=1:bframes=4") + eightBits),
    MatrixRow(
      name: "VP9", encoders: ["libvpx-vp9", "libopus"], file: "source.webm",
      video: [
        "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "50",
        "-keyint_min", "50", "-b:v", "300k",
      ] + eightBits, sound: ["-c:a", "libopus"]),
    MatrixRow(
      name: "VP9 with hidden pictures", encoders: ["libvpx-vp9", "libopus"], file: "source.webm",
      seconds: 12,
      video: [
        "-c:v", "libvpx-vp9", "-deadline", "good", "-cpu-used", "5", "-g", "50",
        "-auto-alt-ref", "1", "-lag-in-frames", "16", "-b:v", "300k",
      ] + eightBits, sound: ["-c:a", "libopus"]),
    MatrixRow(
      name: "AV1", encoders: ["libsvtav1"],
      video: ["-c:v", "libsvtav1", "-preset", "12", "-g", "50", "-qp", "40"] + eightBits),
    MatrixRow(
      name: "AV1 in MP4", encoders: ["libsvtav1"], file: "source.mp4",
      video: ["-c:v", "libsvtav1", "-preset", "12", "-g", "50", "-qp", "40"] + eightBits),
    MatrixRow(
      name: "MPEG-2 in MPEG-TS", encoders: ["mpeg2video"], file: "source.ts", video: mpeg2,
      sound: ["-c:a", "mp2"], container: "matroska"),
    MatrixRow(
      name: "MPEG-2 in a program stream", encoders: ["mpeg2video"], file: "source.mpg",
      video: mpeg2, sound: ["-c:a", "mp2"], container: "matroska"),
    MatrixRow(
      name: "MPEG-2, interlaced", encoders: ["mpeg2video"], file: "source.ts",
      video: mpeg2 + ["-flags", "+ilme+ildct", "-top", "1"], sound: ["-c:a", "ac3"],
      container: "matroska"),
    MatrixRow(
      name: "MPEG-4 part 2 with B-frames", encoders: ["mpeg4"],
      video: ["-c:v", "mpeg4", "-bf", "2", "-g", "50", "-q:v", "4"] + eightBits),
  ]

  static let rates: [MatrixRow] = [
    MatrixRow(name: "23.976 pictures a second", rate: "24000/1001"),
    MatrixRow(name: "23.976 pictures a second in MP4", file: "source.mp4", rate: "24000/1001"),
    MatrixRow(name: "29.97 pictures a second", file: "source.mp4", rate: "30000/1001"),
    MatrixRow(name: "59.94 pictures a second", rate: "60000/1001"),
    MatrixRow(name: "59.94 pictures a second in MPEG-TS", file: "source.ts", rate: "60000/1001"),
    MatrixRow(name: "uneven rate", filter: uneven),
    MatrixRow(name: "uneven rate in MP4", file: "source.mp4", filter: uneven),
    MatrixRow(
      name: "uneven rate, open groups of pictures", filter: uneven,
      video: h264("open-gop=1:bframes=3:b-pyramid=none")),
    MatrixRow(name: "pictures that stand long", file: "source.mp4", filter: slides),
    MatrixRow(
      name: "pictures of odd lengths",
      filter: "setpts='(N+0.4*sin(N))/25/TB',settb=1/1000"),
  ]

  /// Two of five pictures are missing, and more of them in every second second.
  static let uneven =
    "select='not(mod(n,5))+eq(mod(n,5),2)+eq(mod(n,5),3)*gt(mod(t,2),1)'"
  /// Half a second without a new picture, again and again.
  private static let slides = "select='lt(mod(t,2.4),1.9)'"

  static let eightBits = ["-pix_fmt", "yuv420p"]
  static let mpeg2 = [
    "-c:v", "mpeg2video", "-bf", "2", "-g", "25", "-b:v", "1M", "-sc_threshold", "1000000000",
    "-pix_fmt", "yuv420p",
  ]

  static func hevc(_ parameters: String) -> [String] {
    [
      "-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
      "log-level=none:keyint=50:min-keyint=50:scenecut=0:b-adapt=0:" + parameters,
    ]
  }
}
