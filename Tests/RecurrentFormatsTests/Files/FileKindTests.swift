import Foundation
import RecurrentFormats
import Testing

/// The error of a file that is not safetensors says what it is and what to do.
@Suite struct FileKindTests {
    /// What a file holds, its kind, and the remedy.
    private static let files: [(bytes: Data, kind: FileKind, remedy: String)] = [
        (Data(), .empty, "write or download it again"),
        (zip(entry: "archive/data.pkl"), .pyTorch, "save_file(model.state_dict()"),
        (zip(entry: "model/version", later: "model/data.pkl"), .pyTorch, "save_file(model.state_dict()"),
        (zip(entry: "weights.npy"), .numPyArchive, "save the arrays as safetensors"),
        (zip(entry: "readme.txt"), .zip, "unpack it"),
        // The beginning of torch.save's magic number, and of a dictionary.
        (Data([0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9]), .pickle, "load it in Python"),
        (Data([0x80, 4, 0x95, 0x0B, 0, 0, 0, 0, 0, 0, 0, 0x7D]), .pickle, "load it in Python"),
        (Data([0x93] + Array("NUMPY\u{1}\0v\0{'descr'".utf8)), .numPy, "NumPyArray(contentsOf:)"),
        (Data([0x89] + Array("HDF\r\n\u{1A}\n\0\0\0\0".utf8)), .hdf5, "in Python"),
        (Data("GGUF\u{3}\0\0\0".utf8), .gguf, "safetensors"),
        (Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]), .gzip, "gunzip"),
        (
            Data("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 132\n".utf8),
            .gitLFSPointer, "git lfs pull"
        ),
        (Data("<!DOCTYPE html>\n<html><body>404</body></html>".utf8), .webPage, "check the address"),
        (Data("\u{FEFF}\n <HTML lang=en>".utf8), .webPage, "check the address"),
        (Data("<?xml version='1.0'?><Error><Code>AccessDenied".utf8), .webPage, "check the address"),
        (Data("{\"metadata\": {\"total_size\": 3}, \"weight_map\": {}}".utf8), .json, "several files"),
        (Data("Entry not found".utf8), .text("Entry not found"), "'Entry not found'"),
        (Data("time,value\n1,2\n".utf8), .text("time,value"), "begins with 'time,value'"),
        (Data(String(repeating: "ü", count: 9000).utf8), .text(String(repeating: "ü", count: 60)), "ü'"),
    ]

    private static func zip(entry: String, later: String = "") -> Data {
        Data([0x50, 0x4B, 3, 4] + Array(repeating: 0xFF, count: 26) + Array(entry.utf8))
            + Data(repeating: 0xFE, count: later.isEmpty ? 0 : 100_000) + Data(later.utf8)
    }

    @Test(arguments: files.indices)
    func aFileThatIsNotSafetensorsIsCalledWhatItIs(index: Int) {
        let (bytes, kind, remedy) = Self.files[index]
        let error = #expect(throws: SafetensorsError.self) { try Safetensors(bytes) }
        #expect(error == .otherFile(kind))
        let message = error?.description ?? ""
        #expect(message.hasPrefix("not a safetensors file but ") && message.contains(remedy), "\(message)")
    }

    @Test func bytesThatTellNothingKeepTheErrorOfTheFormat() {
        let unknown = Data((0..<64).map { UInt8(0x80 + $0) })
        let length = unknown.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        #expect(throws: SafetensorsError.headerTooLarge(bytes: length)) { try Safetensors(unknown) }
        // A header of this format, cut off.
        let file = Safetensors(tensors: [.init(name: "a", type: .u8, shape: [1], bytes: Data([1]))]).data
        let error = #expect(throws: SafetensorsError.self) { try Safetensors(file.prefix(20)) }
        #expect(error?.description.hasPrefix("truncated") == true)
    }

    @Test func aFolderIsToldFromAFile() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let empty = #expect(throws: FileError.self) { try Safetensors(contentsOf: folder.path) }
        #expect(empty?.problem == "this is a folder, without a .safetensors file; give a file")
        try Data().write(to: folder.appendingPathComponent("model.safetensors"))
        let full = #expect(throws: FileError.self) { try Safetensors(contentsOf: folder.path) }
        #expect(full?.problem == "this is a folder; give a file, such as model.safetensors in it")
    }
}
