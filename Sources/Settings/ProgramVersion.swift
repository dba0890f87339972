/// The version of this build, as `--version`, the manifest and the status say it.
package enum ProgramVersion {
  package static let current = "0.2.0"
}
