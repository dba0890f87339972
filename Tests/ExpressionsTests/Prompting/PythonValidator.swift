import Expressions
import Foundation

/// The `jsonschema` module of Python, where it is installed (Debian: python3-jsonschema).
enum PythonValidator {
  static let isInstalled: Bool = {
    (try? run("import jsonschema; jsonschema.Draft202012Validator", input: Data())) != nil
  }()

  struct Failure: Error {
    var output: String
  }

  /// Whether each value is valid; throws when the schema itself is not.
  static func judge(_ values: [JSONValue], by schema: JSONValue) throws -> [Bool] {
    let script = """
      import json, sys
      from jsonschema import Draft202012Validator as Validator
      schema, values = json.load(sys.stdin)
      Validator.check_schema(schema)
      validator = Validator(schema)
      json.dump([validator.is_valid(value) for value in values], sys.stdout)
      """
    let input = try JSONEncoder().encode(JSONValue.array([schema, .array(values)]))
    return try JSONDecoder().decode([Bool].self, from: run(script, input: input))
  }

  /// The input goes through a file: no pipe can fill up while the other side waits.
  private static func run(_ script: String, input: Data) throws -> Data {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "langflix-validator-\(UUID().uuidString)")
    try input.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(output: "python3 ended with \(process.terminationStatus)")
    }
    return data
  }
}
