import Glibc

/// The mask of new files' permissions from the variable `UMASK`, as containers on a NAS set it.
enum FileCreationMask {
  /// Takes the mask over for this process and those that it starts.
  /// - Returns: what is wrong with the text; nil when it was taken or is not set.
  static func adopt(_ text: String?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    guard let mask = value(of: text) else {
      return "UMASK is '\(text)': give an octal number from 000 to 777, such as 002"
    }
    umask(mask)
    return nil
  }

  private static func value(of text: String) -> mode_t? {
    // "+7" would be read as a number too.
    guard text.utf8.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
    return mode_t(text, radix: 8).flatMap { $0 <= 0o777 ? $0 : nil }
  }
}
