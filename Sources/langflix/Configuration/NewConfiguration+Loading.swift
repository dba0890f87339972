import Pipeline
import Settings

extension NewConfiguration {
  /// What a daemon can work by.
  /// - Throws: `ConfigurationError` when there is nothing to watch.
  init(serving loaded: LoadedConfiguration) throws(ConfigurationError) {
    guard !loaded.settings.libraries.isEmpty else {
      throw ConfigurationError(problems: [
        """
        no library is configured: set LANGFLIX_MEDIA=/folder, or list folders under libraries in \
        /etc/langflix/langflix.yaml (docs/langflix.example.yaml shows how)
        """
      ])
    }
    self.init(
      settings: loaded.settings,
      shown: loaded.origins.map {
        ShownSetting(key: $0.key, value: $0.value, origin: $0.origin)
      })
  }
}
