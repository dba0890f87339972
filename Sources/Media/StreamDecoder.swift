import CLibAV

extension UnsafeMutablePointer<AVStream> {
  /// Whether a decoder takes the stream's parameters, which may be damaged; true where libav has no decoder to ask.
  var canBeDecoded: Bool {
    guard let decoder = avcodec_find_decoder(codec.codec_id) else { return true }
    var context = avcodec_alloc_context3(decoder)
    defer { avcodec_free_context(&context) }
    guard context != nil,
      avcodec_parameters_to_context(context, pointee.codecpar) >= 0
    else {
      return false
    }
    // One thread: dozens would be started and ended for nothing.
    context?.pointee.thread_count = 1
    return avcodec_open2(context, decoder, nil) >= 0
  }

  /// Whether sound could have so many samples a second; else its header is damaged.
  var hasSampleRate: Bool { (1...768_000).contains(codec.sample_rate) }
}
