import Foundation

extension RunDescription {
    /// Reads `run.json` in the folder of a run.
    package init(inFolder folder: String) throws {
        let path = "\(folder)/run.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(
                "\(folder): this is not a run: there is no run.json; give the folder of a run")
        }
        do {
            self = try JSONDecoder().decode(RunDescription.self, from: data)
        } catch {
            throw CommandFailure(
                "\(path): this does not describe a run; the file is damaged, or another program wrote it")
        }
    }
}
