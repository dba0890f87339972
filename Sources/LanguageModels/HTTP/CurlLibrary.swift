import CCurl

/// What libcurl keeps for the whole process.
enum CurlLibrary {
  /// Initialized once, by the first that asks; never undone, as other threads may still use it.
  static let isReady = lfGlobalInit() == CURLE_OK
}
