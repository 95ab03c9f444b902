import Foundation

/// The data sets that come with the command, in the folder that `swift build` puts beside it. They are not embedded in
/// the executable, because that would take the compiler minutes.
enum ShippedData {
    static func path(_ name: String) throws -> String {
        let places = ["resources", "bundle"].map { kind in
            Bundle.main.bundleURL.appendingPathComponent("swift-recurrent_RecurrentCommand.\(kind)/\(name)")
                .path
        }
        if let place = places.first(where: FileManager.default.fileExists(atPath:)) { return place }
        throw CommandFailure(
            "\(places[0]): there is no such file; run the command from where `swift build` put it")
    }
}
