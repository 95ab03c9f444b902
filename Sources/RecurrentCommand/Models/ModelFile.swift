import Foundation
import Recurrent

/// The file of a trained model, which stands alone or in the folder of a run.
enum ModelFile {
    /// The model in a run's folder, or `path` itself if that is a file.
    static func resolve(_ path: String) throws -> String {
        let inFolder = RunFolder.modelPath(inFolder: path)
        if FileManager.default.fileExists(atPath: inFolder) { return inFolder }
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
        else { return path }
        throw CommandFailure(
            "\(path): there is no model in this folder; give the folder of a run whose first training is finished"
        )
    }

    /// Reads the model of a run, or a model file.
    static func read(_ path: String) throws -> any TrainedModel {
        let path = try resolve(path)
        let file = try Safetensors(contentsOf: path)
        let kinds: [any TrainedModel.Type] = [SeriesModel.self, LanguageModel.self, Classifier.self]
        for kind in kinds {
            if let model = try kind.init(file, path: path) { return model }
        }
        throw CommandFailure(
            "\(path): this file does not say what its network is for; train one with rnn train, or look at this one with rnn inspect"
        )
    }
}
