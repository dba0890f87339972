import Settings
import SystemPackage

/// Reads the configuration: options over environment variables over the file over defaults.
package enum ConfigurationLoader {
  /// Loads and checks everything before anything starts.
  ///
  /// It reads a few small files in the calling thread, which is fine at the start of a program only.
  ///
  /// - Parameters:
  ///   - file: what `--config` names; it must exist. Without it `$LANGFLIX_CONFIG` is read, which
  ///     must exist too, or else the first of the usual files that exists, if any.
  ///   - overrides: values of options, by the dotted names of their keys.
  ///   - environment: the whole environment.
  ///   - requiresKeys: whether a key that is missing or can't be read stops the program. Commands that ask
  ///     no provider may be run by users who have no access to the keys.
  /// - Throws: `ConfigurationError` with every problem found.
  package static func load(
    file: String?, overrides: [String: String], environment: [String: String],
    requiresKeys: Bool = true
  ) async throws -> LoadedConfiguration {
    let places = ConfigurationPlaces(environment: environment)
    let variable = environment["LANGFLIX_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    let found = try ConfigurationFile.find(
      name: file ?? variable, source: file == nil ? "LANGFLIX_CONFIG" : "--config", places: places)
    let tree = try found.map { found throws(ConfigurationError) in try ConfigurationTree(found) }
    let flags = ConfigurationSources.entries(overrides: overrides)
    let providers = ProviderNames(inFile: tree?.names["providers"] ?? [], file: tree?.path)
    let variables = ConfigurationSources.entries(
      environment: environment, providers: providers.withVariables)

    var problems = flags.problems + (tree?.problems ?? []) + providers.problems
    func valid(_ entries: [ConfigurationEntry]) -> [ConfigurationEntry] {
      entries.compactMap { entry in
        switch entry.checked(places) {
        case .success(let entry): return entry
        case .failure(let error):
          problems += error.problems
          return nil
        }
      }
    }
    let resolver = ConfigurationResolver(
      flags: valid(flags.entries), environment: valid(variables.entries),
      file: valid(tree?.entries ?? []))
    var builder = SettingsBuilder(resolver: resolver, stateFolder: places.defaultStateFolder)
    builder.build(
      libraries: tree?.names["libraries"] ?? [], file: tree?.path, wrongSoFar: &problems)
    builder.addProviders(
      providers, keys: ProviderKeyFinder(environment: environment), wrongSoFar: &problems)
    builder.addSecrets(environment: environment)
    if requiresKeys { problems += builder.keyProblems }
    guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    return LoadedConfiguration(
      settings: builder.settings, origins: builder.origins,
      warnings: variables.warnings + builder.warnings, keyProblems: builder.keyProblems,
      file: found?.path)
  }
}
