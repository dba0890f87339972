import ArgumentParser
import Foundation
import Media
import ServiceHost
import Settings

@main
enum Program {
  static func main() async {
    // The media worker's first act must come before anything reads the environment or starts a thread, and on the
    // main thread: the signal that ends it with its parent follows that thread.
    if CommandLine.arguments.dropFirst().first == MediaWorker.subcommand { exit(MediaWorker.run()) }
    // A reader that goes away is seen by the writes themselves.
    signal(SIGPIPE, SIG_IGN)
    ProcessMemory.prepare()
    if let problem = FileCreationMask.adopt(ProcessInfo.processInfo.environment["UMASK"]) {
      Output.error(problem)
      exit(ExitStatus.configuration.rawValue)
    }
    await Langflix.main()
  }
}

struct Langflix: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "langflix",
    abstract: "Clips with the expressions worth learning, beside the episodes on your NAS.",
    discussion: """
      Exit codes: 0 all done; 1 something failed, the message says what; 64 wrong usage; \
      69 the daemon, the store or WordNet can't be had; 75 something waits (for subtitles, a provider, or the next attempt); \
      78 wrong configuration; 130 interrupted.
      """,
    version: "langflix \(ProgramVersion.current)",
    subcommands: [
      ServeCommand.self, ReloadCommand.self, ProcessCommand.self, StatusCommand.self,
      RetryCommand.self, RestoreCommand.self, EstimateCommand.self,
      PauseCommand.self, ResumeCommand.self, ForgetCommand.self, DatabaseCommand.self,
      ExplainCommand.self, InspectCommand.self, KnownCommand.self, GalleryCommand.self,
      AnkiCommand.self, AnswersCommand.self, LLMCommand.self, NotifyCommand.self,
      DoctorCommand.self, HealthcheckCommand.self, ConfigCommand.self,
    ])
}
